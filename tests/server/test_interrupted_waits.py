"""
Programs that wait, seen from outside: they end when they are told to, whatever is under way.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context

import pytest

from braket_jobs import ConfigurationError, Job, JobsClient, PollPolicy
from braket_jobs.testing import BraketServer, JobsFactory, faults

SECONDS = 30.0
AT_ONCE = 5.0  # far less than what each of these waits for, and enough for a busy machine
HOURLY = "poll=PollPolicy(wait_initial=3600, wait_max=3600)"
SEEN = 'on_update=lambda job: print("seen", flush=True)'

BLOCKING = f"""
from braket_jobs import *
import sys
wait_for_job(sys.argv[1], timeout=None, {SEEN}, {HOURLY})
"""
MANY = f"""
from braket_jobs import *
import sys
for outcome in JobsClient().wait_all(sys.argv[1:], timeout=None, {SEEN}, {HOURLY}):
    pass
"""
ASYNC = f"""
import asyncio, sys
from braket_jobs import *
asyncio.run(AsyncJobsClient().wait(sys.argv[1], timeout=None, {SEEN}, {HOURLY}))
"""
LEFT_BEHIND = f"""
import sys, threading
from braket_jobs import *
seen = threading.Event()
def wait():
    wait_for_job(sys.argv[1], timeout=None, on_update=lambda job: seen.set(), {HOURLY})
threading.Thread(target=wait, daemon=True).start()
seen.wait()
"""
LEFT_OPEN = """
import sys
from braket_jobs import *
updates = JobsClient().updates(sys.argv[1], timeout=None, poll=PollPolicy(wait_initial=0.001, wait_max=0.002))
next(updates)
"""
LEFT_UNHEARD = """
import asyncio, sys
from braket_jobs import *
async def main():
    try:
        async with asyncio.timeout(1):
            await AsyncJobsClient().wait(sys.argv[1], timeout=None)
    except TimeoutError:
        print("seen", flush=True)
asyncio.run(main())
"""


@contextmanager
def running(server: BraketServer, program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """
    Run a program that asks the server, and end it in any case.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=os.environ | server.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def seconds_to_end(process: subprocess.Popen[str]) -> float:
    started = time.monotonic()
    process.wait(SECONDS)
    return time.monotonic() - started


@pytest.mark.parametrize("program", [BLOCKING, MANY, ASYNC])
def test_ctrl_c_ends_a_wait_at_once(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, program: str
) -> None:
    """
    As KeyboardInterrupt, though the next poll would be an hour later.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    with running(braket_server, program, arn) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        seconds = seconds_to_end(process)
        last_words = process.stderr.read().splitlines()[-1]

    assert (process.returncode, last_words) == (-signal.SIGINT, "KeyboardInterrupt")
    assert seconds < AT_ONCE


@pytest.mark.parametrize("program", [BLOCKING, ASYNC])
def test_ctrl_c_waits_for_no_answer(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, program: str
) -> None:
    """
    A request that hangs for a minute holds nobody.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    hangs_after_one = program.replace("3600", "0.001").replace('print("seen", flush=True)', "None")
    braket_jobs_factory.fail(faults.HANG, job_arn=arn, times=10)

    with running(braket_server, f"print('started', flush=True){hangs_after_one}", arn) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time_to_ask(braket_jobs_factory, arn)
        process.send_signal(signal.SIGINT)
        seconds = seconds_to_end(process)

    assert process.returncode == -signal.SIGINT
    assert seconds < AT_ONCE


def time_to_ask(factory: JobsFactory, arn: str) -> None:
    """
    Return when the service has got the first request for a job.
    """
    deadline = time.monotonic() + SECONDS
    while len(factory._store.faults._queues["GetJob", arn]) == 10 and time.monotonic() < deadline:
        os.sched_yield()


@pytest.mark.parametrize("program", [LEFT_BEHIND, LEFT_OPEN])
def test_a_wait_that_is_left_keeps_no_interpreter(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, program: str
) -> None:
    """
    The program ends when its main thread does, without a word.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    with running(braket_server, program, arn) as process:
        assert process.stderr is not None
        seconds = seconds_to_end(process)
        words = process.stderr.read()

    assert (process.returncode, words) == (0, "")
    assert seconds < SECONDS / 2


def test_a_request_under_way_keeps_no_interpreter(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory
) -> None:
    """
    A coroutine timed out while its request hangs: the program ends long before the answer could come.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(faults.HANG, job_arn=arn)

    with running(braket_server, LEFT_UNHEARD, arn) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        seconds = seconds_to_end(process)
        words = process.stderr.read()

    assert (process.returncode, words) == (0, "")
    assert seconds < AT_ONCE


def _waits(client: JobsClient, arn: str) -> None:
    job = client.wait(arn, timeout=SECONDS, poll=PollPolicy(wait_initial=0.001, wait_max=0.002))
    assert job.status == "COMPLETED"


# Python 3.12 and later say that forking with threads may deadlock; that it doesn't here is what this shows.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_waits_with_threads_of_its_own(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory
) -> None:
    """
    Though its parent has waited with the same client, and waits still.
    """
    life = ["QUEUED", "RUNNING", "COMPLETED"]
    first, second, never = (braket_jobs_factory.create(states=states) for states in (life, life, ["RUNNING"]))

    with JobsClient(endpoint_url=braket_server.url) as client:
        _waits(client, first)
        updates = client.updates(never, timeout=None)
        next(updates)
        child = get_context("fork").Process(target=_waits, args=(client, second))
        child.start()
        child.join(SECONDS)

    assert child.exitcode == 0


def _is_refused(begun: Iterator[Job]) -> None:
    with pytest.raises(ConfigurationError, match="Call the client's method again in this process"):
        next(begun)


def _reads(made: Iterator[Job]) -> None:
    assert next(made).status == "RUNNING"


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_an_iterator_goes_on_in_its_process_only(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    The threads that it waits for stay in the parent; one that was not begun finds the child's own.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    with JobsClient(endpoint_url=braket_server.url) as client:
        begun, made = (client.updates(arn, timeout=None) for _ in range(2))
        next(begun)
        children = [
            get_context("fork").Process(target=target, args=(iterator,))
            for target, iterator in ((_is_refused, begun), (_reads, made))
        ]
        for child in children:
            child.start()
        for child in children:
            child.join(SECONDS)

    assert [child.exitcode for child in children] == [0, 0]
