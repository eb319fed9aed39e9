"""
Many threads, several processes, an impatient user: every answer belongs to its question, and nothing is left behind.
"""

import gc
import json
import logging
import multiprocessing
import os
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.answers import a_client
from support.elsewhere import ask_elsewhere
from support.fault_server import Action, Exchange, FaultServer, Request
from support.faults import JOB, answer, hang_up, head, raw, refusal, reset
from support.outcomes import a_jobs_client, attempt
from support.samples import REAL_ARN, sample

from braket_jobs import BraketJobsError, Job, JobArn, JobsClient, RetryPolicy

_THREADS = 32
_CALLS = 200
_FAULTS = [
    refusal(429, "ThrottlingException"),
    refusal(500, "InternalServiceException"),
    refusal(404, "ResourceNotFoundException"),
    answer(503, b"[]"),
    answer(200, b"{}"),
    hang_up(),
    reset(head(200, len(JOB)) + JOB[:100]),
    raw(head(200, len(JOB)) + JOB[:100]),
]
_CHANCE = random.Random(20250516)


def _arn(number: int) -> str:
    return f"{REAL_ARN.rpartition('/')[0]}/job-{number}"


def _truthful(request: Request) -> Action:
    """
    The job that was asked for.
    """
    arn = unquote(request.target.removeprefix("/job/"))
    return answer(200, json.dumps(sample("real_completed_wire") | {"jobArn": arn}).encode())


def _unreliable(request: Request) -> Action:
    return _CHANCE.choice(_FAULTS) if _CHANCE.random() < 0.3 else _truthful(request)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.timeout(300)
def test_32_threads_with_200_calls_and_faults(caplog: pytest.LogCaptureFixture) -> None:
    """
    One client, 6400 calls, three in ten requests go wrong: each answer is that of its question or an error of ours,
    and no thread and no socket is left.
    """
    # errors keep the frames they passed and so connections: neither pytest's log nor the collector may hold them
    caplog.set_level(logging.CRITICAL, "braket_jobs")
    gc.collect()  # of the tests before
    threads, files = set(threading.enumerate()), _open_files()
    with FaultServer(choose=_unreliable) as server, a_jobs_client(server.url) as client:

        def ask(number: int) -> str:
            return _judged(_arn(number), attempt(lambda: client.get_job(_arn(number))))

        with ThreadPoolExecutor(_THREADS) as pool:
            judgements = Counter(pool.map(ask, range(_THREADS * _CALLS)))
    gc.collect()

    assert set(judgements) == {"the job", "an error of ours"}
    assert judgements["the job"] > _THREADS * _CALLS / 2
    # what tests before this one have left may have ended in the meantime
    assert set(threading.enumerate()) <= threads
    assert _open_files() <= files


def _judged(arn: str, outcome: Job | Exception) -> str:
    if not isinstance(outcome, Job | BraketJobsError):
        return f"a stranger: {outcome!r}"
    if outcome.job_arn != arn:
        return f"an answer to another question: {outcome.job_arn} for {arn}"
    return "the job" if isinstance(outcome, Job) else "an error of ours"


def _ask_in_child(client: JobsClient, numbers: list[int], answers: "multiprocessing.Queue[list[str]]") -> None:
    answers.put([client.get_job(_arn(number)).job_arn for number in numbers])


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.timeout(120)
def test_forked_children_and_their_parent_get_their_own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A client used before a fork goes on in parent and children, and no answer goes astray.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[list[str]] = context.Queue()
    with FaultServer(choose=_truthful) as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(_arn(0))
        shares = [list(range(start, start + 50)) for start in (1000, 2000, 3000)]
        children = [context.Process(target=_ask_in_child, args=(client, share, answers)) for share in shares]
        for child in children:
            child.start()
        own = [client.get_job(_arn(number)).job_arn for number in range(50)]
        theirs = sorted(answers.get() for _ in children)
        for child in children:
            child.join()

    assert own == [_arn(number) for number in range(50)]
    assert theirs == [[_arn(number) for number in share] for share in shares]


@pytest.mark.timeout(120)
def test_values_travel_to_spawned_processes_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    ARNs and policies go to another process, jobs and errors come back from it, whole.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    arns = [JobArn.parse(_arn(number)) for number in range(4)]
    missing = refusal(404, "ResourceNotFoundException")

    def choose(request: Request) -> Action:
        return missing if request.target.endswith("3") else _truthful(request)

    with FaultServer(choose=choose) as server, multiprocessing.get_context("spawn").Pool(2) as pool:
        arguments = [(server.url, RetryPolicy(max_attempts=2), arn) for arn in arns]
        outcomes = pool.starmap(ask_elsewhere, arguments)

    assert [arn for arn, _, _ in outcomes] == arns
    assert [getattr(outcome, "job_arn", None) for _, outcome, _ in outcomes] == [str(arn) for arn in arns]
    assert [type(outcome).__name__ for _, outcome, _ in outcomes] == ["Job", "Job", "Job", "JobNotFoundError"]
    assert os.getpid() not in {process for _, _, process in outcomes}


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_during_a_nap_passes_at_once(interruption: type[BaseException]) -> None:
    """
    Ctrl-C while the call waits for its retry ends it; no further request is made.
    """

    def nap(_: float) -> None:
        raise interruption

    with FaultServer(refusal(500, "InternalServiceException")) as server:
        client = JobsClient(client=a_client(server.url), sleep=nap)
        with pytest.raises(interruption):
            client.get_job(REAL_ARN)

    assert server.hits == 1


def _interrupt(exchange: Exchange) -> bool:
    os.kill(os.getpid(), signal.SIGINT)
    exchange.closing.wait()
    return False


def test_an_interruption_during_a_request_passes_at_once() -> None:
    """
    Ctrl-C while the server is silent ends the call; it is taken for no fault and not retried.
    """
    server = FaultServer(Action(_interrupt))
    with server, a_jobs_client(server.url) as client, pytest.raises(KeyboardInterrupt):
        client.get_job(REAL_ARN)

    assert server.hits == 1


def test_after_an_interruption_the_client_goes_on() -> None:
    """
    The connection that was interrupted is not used again: the next answer is not the last question's.
    """
    with FaultServer(Action(_interrupt), answer()) as server, a_jobs_client(server.url) as client:
        with pytest.raises(KeyboardInterrupt):
            client.get_job(_arn(1))
        job = client.get_job(REAL_ARN)

    assert job.job_arn == REAL_ARN


def test_closing_in_the_middle_of_calls_is_no_fault_of_theirs() -> None:
    """
    A client that is closed by one thread while others ask goes on for them: at worst they ask again.
    """
    server = FaultServer(choose=_truthful)
    with server, a_jobs_client(server.url) as client, ThreadPoolExecutor(8) as pool:

        def ask_or_close(number: int) -> str:
            if number % 10 == 0:
                client.close()
            return _judged(_arn(number), attempt(lambda: client.get_job(_arn(number))))

        judgements = set(pool.map(ask_or_close, range(400)))

    assert judgements == {"the job"}
