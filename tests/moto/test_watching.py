"""
Jobs that are waited for, from the application's side: what is yielded, returned, raised and asked for.
"""

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction
from functools import partial
from itertools import count, cycle, islice
from typing import Any, cast

import boto3
import pytest
from support.watching import SECONDS, nobody_polls

from braket_jobs import (
    AccessDeniedError,
    ConfigurationError,
    InternalServiceError,
    InvalidJobArnError,
    Job,
    JobArn,
    JobNotFoundError,
    JobsClient,
    JobStatus,
    PollPolicy,
    Quota,
    RetryDetails,
    RetryPolicy,
    ThrottlingError,
    WaitCancelledError,
    WaitTimeoutError,
    get_job,
    wait_for_job,
)
from braket_jobs.testing import JobsFactory, faults

FAST = PollPolicy(wait_initial=0.001, wait_max=0.002)
HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)
LIFE = ["QUEUED", "RUNNING", "COMPLETED"]
MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


def change(factory: JobsFactory, job: Job) -> None:
    """
    Move on a job that was seen: an update that isn't taken in before the next one comes gives way to that.
    """
    if not job.is_terminal:
        factory.advance(job.job_arn)


async def nothing(_job: Job) -> None:
    """
    Do nothing, if awaited.
    """


async def never(_job: Job) -> AsyncIterator[None]:
    """
    Yield nothing, if iterated over.
    """
    for _ in range(0):
        yield


@pytest.fixture
def client(braket: None) -> Iterator[JobsClient]:  # noqa: ARG001  # it asks the embedded Braket
    with JobsClient(quota=Quota(rate=10_000), sleep=lambda _: None) as client:
        yield client


def test_updates_are_the_polls_that_show_something_new(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    One for each state, though polls in between showed the same.
    """
    arn = braket_jobs_factory.create(states=LIFE, advance="manually")
    statuses = list[JobStatus]()

    for job in client.updates(arn, timeout=SECONDS, poll=FAST):
        statuses.append(job.status)
        seen_at, give_up_at = braket_jobs_factory.looks(arn), time.monotonic() + SECONDS
        while not job.is_terminal and braket_jobs_factory.looks(arn) < seen_at + 2 and time.monotonic() < give_up_at:
            os.sched_yield()
        change(braket_jobs_factory, job)

    assert statuses == LIFE
    assert braket_jobs_factory.looks(arn) >= 7


def test_who_was_busy_gets_the_newest_update(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    The job as it is now, and not what it was like in between.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING", "CANCELLING", "CANCELLED"])
    statuses = list[JobStatus]()

    for job in client.updates(arn, timeout=SECONDS, poll=FAST):
        statuses.append(job.status)
        assert nobody_polls()  # since it has ended

    assert len(statuses) <= 2
    assert statuses[-1] is JobStatus.CANCELLED


def test_the_place_in_the_queue_comes_with_the_updates(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    While the job is queued.
    """
    arn = braket_jobs_factory.create(states=LIFE, queue_position="7", advance="manually")
    seen = list[Job]()

    for job in client.updates(arn, timeout=SECONDS, poll=FAST):
        seen.append(job)
        change(braket_jobs_factory, job)
    queued, running, completed = seen

    assert queued.queue_info is not None
    assert running.queue_info is not None
    assert (queued.queue_info.position, running.queue_info.position) == ("7", "None")
    assert completed.queue_info is None


def test_the_place_in_the_queue_takes_no_request_of_its_own(
    client: JobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    One for each poll.
    """
    arn = braket_jobs_factory.create(states=LIFE)

    client.wait(arn, timeout=SECONDS, poll=FAST)

    assert braket_jobs_factory.looks(arn) == 3


@pytest.mark.parametrize("end", ["COMPLETED", "FAILED", "CANCELLED"])
def test_a_wait_returns_the_job_whatever_its_end(
    client: JobsClient, braket_jobs_factory: JobsFactory, end: str
) -> None:
    """
    A job that failed is no error of waiting.
    """
    arn = braket_jobs_factory.create(states=["RUNNING", end])

    assert client.wait(arn, timeout=SECONDS, poll=FAST).status == end


def test_a_wait_tells_what_it_sees(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    The first poll, each change, and the end.
    """
    arn = braket_jobs_factory.create(states=LIFE, advance="manually")
    seen: list[JobStatus] = []

    def on_update(job: Job) -> None:
        seen.append(job.status)
        change(braket_jobs_factory, job)

    client.wait(arn, timeout=timedelta(seconds=SECONDS), on_update=on_update, poll=FAST)

    assert seen == LIFE


def test_what_on_update_raises_ends_the_wait(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    It is the caller's own code.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    with pytest.raises(ZeroDivisionError):
        client.wait(arn, timeout=SECONDS, on_update=lambda _: 1 / 0, poll=FAST)


def test_a_wait_that_takes_too_long_carries_the_last_update(
    client: JobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    Whoever catches it knows how the job stood.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    client.get_job(arn)  # builds what there is to build

    with pytest.raises(WaitTimeoutError) as caught:
        client.wait(arn, timeout=1.0, poll=HOURLY)

    assert caught.value.job is not None
    assert (caught.value.job.status, caught.value.job_arn, caught.value.attempts) == ("RUNNING", arn, 1)


@pytest.mark.parametrize("wrong", [MISSING.replace(":job/", ":quantum-task/"), "", "job-1"])
def test_what_is_no_job_is_refused_before_anything_is_asked(client: JobsClient, wrong: str) -> None:
    """
    By `updates` when it is called, by `wait` when it waits.
    """
    with pytest.raises(InvalidJobArnError):
        client.updates(wrong, timeout=SECONDS)
    with pytest.raises(InvalidJobArnError):
        client.wait(wrong, timeout=SECONDS)


@pytest.mark.parametrize("timeout", [0, -1.0, timedelta(0), float("nan")])
def test_a_timeout_that_makes_no_sense_is_refused(client: JobsClient, timeout: float | timedelta) -> None:
    """
    When the method is called, not when its iterator is used.
    """
    with pytest.raises(ValueError, match="a timeout is positive"):
        client.updates(MISSING, timeout=timeout)
    with pytest.raises(ValueError, match="a timeout is positive"):
        client.wait_all([MISSING], timeout=timeout)


def test_a_job_that_is_not_there_ends_the_wait_at_once(client: JobsClient) -> None:
    """
    Waiting doesn't bring it.
    """
    with pytest.raises(JobNotFoundError):
        client.wait(MISSING, timeout=None, poll=HOURLY)


def test_failing_polls_are_one_request_each(
    client: JobsClient, braket_jobs_factory: JobsFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """
    The wait itself is what tries again, and it says so.
    """
    arn = braket_jobs_factory.create(states=["COMPLETED"])
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn, times=6)

    with caplog.at_level(logging.WARNING, logger="braket_jobs"):
        job = client.wait(arn, timeout=SECONDS, poll=FAST)
        assert nobody_polls()  # whoever waits is told before it is logged

    assert job.status is JobStatus.COMPLETED
    assert [record.getMessage()[:32] for record in caplog.records] == ["A poll failed, the wait goes on:"] * 6


def test_an_outage_that_lasts_ends_the_wait(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    With the last error and how long nothing was seen.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn, times=10_000)
    impatient = PollPolicy(wait_initial=0.001, wait_max=0.01, max_outage=0.05)

    with pytest.raises(InternalServiceError) as caught:
        client.wait(arn, timeout=SECONDS, poll=impatient)

    assert "max_outage" in caught.value.__notes__[-1]


def test_throttled_polls_are_made_again(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    With a new token each, though the next regular poll would be an hour later.
    """
    arn = braket_jobs_factory.create(states=["COMPLETED"])
    braket_jobs_factory.fail(faults.THROTTLING, job_arn=arn, times=5)

    assert client.wait(arn, timeout=SECONDS, poll=HOURLY).status is JobStatus.COMPLETED


def test_many_jobs_are_asked_for_in_their_order(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Repetitions and what is no job included.
    """
    arns = [braket_jobs_factory.create(job_name=f"job-{number}", states=["RUNNING"]) for number in range(60)]
    wanted: list[str | JobArn] = [*arns, MISSING, "job-1", JobArn.parse(arns[0])]

    outcomes = list(client.get_jobs(wanted))

    assert [outcome.job_arn for outcome in outcomes] == [str(each) for each in wanted]
    assert [outcome.job.job_name for outcome in outcomes[:60] if outcome.job] == [f"job-{n}" for n in range(60)]
    assert [type(outcome.error) for outcome in outcomes[60:]] == [JobNotFoundError, InvalidJobArnError, type(None)]
    assert [braket_jobs_factory.looks(arn) for arn in arns] == [2] + [1] * 59


def test_queue_info_of_many_jobs_comes_only_when_asked_for(
    client: JobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    As with `get_job`.
    """
    arn = braket_jobs_factory.create(states=["QUEUED"])

    (without,) = client.get_jobs([arn])
    (with_it,) = client.get_jobs([arn], with_queue_info=True)

    assert without.unwrap().queue_info is None
    assert with_it.unwrap().queue_info is not None


def test_an_endless_input_is_read_as_it_is_used(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    No more than 32 jobs ahead.
    """
    arns = [braket_jobs_factory.create(states=["RUNNING"]) for _ in range(3)]
    read: list[str] = []

    def endless() -> Iterator[str]:
        for arn in cycle(arns):
            read.append(arn)
            yield arn

    outcomes = list(islice(client.get_jobs(endless()), 100))

    assert [outcome.job_arn for outcome in outcomes] == list(islice(cycle(arns), 100))
    assert len(read) <= 100 + 32


def test_many_jobs_are_tried_again_as_the_client_says(braket_jobs_factory: JobsFactory) -> None:
    """
    Four requests for each; throttling doesn't count, it waits for its turn.
    """
    weak, throttled = (braket_jobs_factory.create(states=["RUNNING"]) for _ in range(2))
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=weak, times=4)
    braket_jobs_factory.fail(faults.THROTTLING, job_arn=throttled, times=6)
    client = JobsClient(quota=Quota(rate=10_000), sleep=lambda _: None)

    broken, late = client.get_jobs([weak, throttled])

    assert isinstance(broken.error, InternalServiceError)
    assert broken.error.attempts == 4
    assert late.unwrap().status is JobStatus.RUNNING


def test_without_a_quota_throttling_is_retried_like_all_else(braket_jobs_factory: JobsFactory) -> None:
    """
    Four requests, then it is the outcome.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(faults.THROTTLING, job_arn=arn, times=4)
    client = JobsClient(quota=None, sleep=lambda _: None)

    (outcome,) = client.get_jobs([arn])

    assert isinstance(outcome.error, ThrottlingError)
    assert outcome.error.attempts == 4


def test_jobs_come_as_they_end(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    One failing job doesn't end the others, and each is told of once.
    """
    slow = braket_jobs_factory.create(states=["RUNNING", "FAILED"], advance="manually")
    quick = braket_jobs_factory.create(states=["COMPLETED"])

    waiting = client.wait_all([slow, MISSING, quick, slow], timeout=SECONDS, poll=FAST)
    first = {outcome.job_arn: outcome.error for outcome in islice(waiting, 2)}
    braket_jobs_factory.advance(slow)
    (last,) = waiting

    assert {arn: type(error) for arn, error in first.items()} == {MISSING: JobNotFoundError, quick: type(None)}
    assert last.job_arn == slow
    assert last.unwrap().status is JobStatus.FAILED


def test_jobs_of_several_regions_and_accounts_are_waited_for_together(client: JobsClient) -> None:
    """
    Each is asked for where it is.
    """
    arns = [
        JobsFactory(region_name=region).create(states=["RUNNING", "COMPLETED"])
        for region in ("us-east-1", "us-west-2", "eu-west-2")
    ]

    outcomes = list(client.wait_all(arns, timeout=SECONDS, poll=FAST))

    assert sorted(outcome.unwrap().job_arn for outcome in outcomes) == sorted(arns)


def test_what_has_not_ended_in_time_is_an_outcome(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    The others are there.
    """
    ends, stays = (braket_jobs_factory.create(states=states) for states in (["COMPLETED"], ["RUNNING"]))
    client.get_job(stays)  # builds what there is to build

    first, second = client.wait_all([stays, ends], timeout=1.0, poll=HOURLY)

    assert first.unwrap().job_arn == ends
    assert isinstance(second.error, WaitTimeoutError)


def test_an_event_ends_a_wait(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Set from anywhere; here from the wait's own updates.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    cancel = threading.Event()

    with pytest.raises(WaitCancelledError) as caught:
        client.wait(arn, timeout=None, on_update=lambda _: cancel.set(), poll=HOURLY, cancel=cancel)

    assert caught.value.job is not None


def test_an_event_ends_what_is_asked_for_many_jobs(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    An iterator is read no more, the jobs of a list have their outcomes all the same.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    cancel = threading.Event()
    cancel.set()

    assert list(client.get_jobs(cycle([arn]), cancel=cancel)) == []
    assert [type(outcome.error) for outcome in client.get_jobs([arn], cancel=cancel)] == [WaitCancelledError]
    assert braket_jobs_factory.looks(arn) == 0


def test_a_closed_client_ends_its_waits(braket_jobs_factory: JobsFactory) -> None:
    """
    Whoever waits is told, and the client can be used again.
    """
    arn = braket_jobs_factory.create(states=["RUNNING", "COMPLETED"])
    client = JobsClient()
    updates = client.updates(arn, timeout=None, poll=HOURLY)
    first = next(updates)

    client.close()

    with pytest.raises(WaitCancelledError):
        next(updates)
    assert first.status is JobStatus.RUNNING
    assert client.wait(arn, timeout=SECONDS, poll=FAST).status is JobStatus.COMPLETED


def test_a_closed_client_ends_what_is_asked_for_many_jobs(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Whatever was read ahead is handed out, and nothing more is read or asked for.
    """
    arns = (braket_jobs_factory.create(states=["RUNNING"]) for _ in count())
    outcomes = client.get_jobs(arns)
    next(outcomes)

    client.close()

    assert len(list(outcomes)) < 40


@pytest.mark.parametrize("wrong", [5, None, b"arn"])
def test_what_is_no_text_is_a_type_error(client: JobsClient, wrong: Any) -> None:
    """
    It is a mistake in the program, not the fate of a job.
    """
    with pytest.raises(TypeError):
        client.updates(wrong, timeout=SECONDS)
    with pytest.raises(TypeError):
        list(client.get_jobs([wrong]))


class Nothing:
    async def __call__(self, _job: Job) -> None:
        """
        Do nothing, if awaited.
        """


WRONG: list[dict[str, Any]] = [
    {"poll": None},
    {"poll": 5},
    {"on_update": nothing},
    {"on_update": partial(nothing)},
    {"on_update": Nothing()},
    {"on_update": never},
    {"on_update": 5},
    {"on_update": "print"},
    {"cancel": 5},
    {"cancel": True},
    {"cancel": asyncio.Event()},
    {"timeout": "3600"},
    {"timeout": True},
    {"timeout": [60]},
    {"timeout": 60j},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_argument_is_refused_when_it_is_passed(client: JobsClient, wrong: dict[str, Any]) -> None:
    """
    Else it would end the waits of everybody else, or be forgotten, or be found out at the first change.
    """
    with pytest.raises(TypeError, match=f"^{next(iter(wrong))} is "):
        client.wait_all([MISSING], **({"timeout": SECONDS} | wrong))
    with pytest.raises(TypeError, match=f"^{next(iter(wrong))} is "):
        client.wait(MISSING, **({"timeout": SECONDS} | wrong))


@pytest.mark.parametrize("wrong", [{"cancel": 5}, {"timeout": "3600"}, {"timeout": False}], ids=str)
def test_updates_refuse_a_wrong_argument_when_they_are_called(client: JobsClient, wrong: dict[str, Any]) -> None:
    """
    And so does `get_jobs`.
    """
    with pytest.raises(TypeError, match=f"^{next(iter(wrong))} is "):
        client.updates(MISSING, **({"timeout": SECONDS} | wrong))
    with pytest.raises(TypeError, match=r"^cancel is "):
        client.get_jobs([MISSING], cancel=cast("Any", 5))


@pytest.mark.parametrize("timeout", [1, 1.5, Fraction(3, 2), timedelta(seconds=1)])
def test_any_number_is_a_timeout(client: JobsClient, timeout: Any) -> None:
    """
    Of seconds.
    """
    client.wait_all([MISSING], timeout=timeout)


@pytest.mark.parametrize("wrong", [{"quota": 5}, {"max_threads": 2.5}, {"max_threads": None}])
def test_a_wrong_setting_is_refused_when_it_is_made(wrong: dict[str, Any]) -> None:
    """
    Not when something is waited for.
    """
    with pytest.raises(TypeError, match=f"{next(iter(wrong))} is an? "):
        JobsClient(**wrong)


def test_threads_are_one_at_least() -> None:
    """
    With none, nobody would ever poll.
    """
    with pytest.raises(ValueError, match="max_threads must be at least 1"):
        JobsClient(max_threads=0)


def test_plain_calls_take_from_the_quota_without_waiting(braket_jobs_factory: JobsFactory) -> None:
    """
    A hundred calls are made at once; the next poll pays for them.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    client = JobsClient(quota=Quota(rate=10, burst=1))
    for _ in range(100):
        client.get_job(arn)

    outcomes = client.get_jobs([arn])
    bucket = client._engine._quotas.bucket("123456789012", "us-east-1", 0.0)
    list(outcomes)

    assert braket_jobs_factory.looks(arn) == 101
    assert bucket is not None
    assert bucket._tokens < 0


def test_throttled_plain_calls_slow_the_polls_down(braket_jobs_factory: JobsFactory) -> None:
    """
    What one call of a client learns, all know.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    client = JobsClient(retry=RetryPolicy.none())
    client.get_job(arn)
    client.get_jobs([arn])
    bucket = client._engine._quotas.bucket("123456789012", "us-east-1", 0.0)
    assert bucket is not None
    bucket.succeeded(0.0)
    braket_jobs_factory.fail(faults.THROTTLING)

    with pytest.raises(ThrottlingError):
        client.get_job(arn)

    assert bucket.rate == pytest.approx(3.5)


def test_the_shortest_way_to_wait(braket_jobs_factory: JobsFactory) -> None:
    """
    Without a client of one's own, inside a mock as outside.
    """
    arn = braket_jobs_factory.create(states=LIFE, advance="manually")
    seen: list[JobStatus] = []

    def on_update(job: Job) -> None:
        seen.append(job.status)
        change(braket_jobs_factory, job)

    job = wait_for_job(arn, timeout=SECONDS, on_update=on_update, poll=FAST)

    assert job == get_job(arn)
    assert seen == LIFE


@pytest.mark.parametrize("way", ["client", "session"])
def test_the_shortest_way_takes_a_client_or_a_session(braket_jobs_factory: JobsFactory, way: str) -> None:
    """
    As `get_job` does.
    """
    arn = braket_jobs_factory.create(states=["RUNNING", "COMPLETED"])
    session = boto3.Session(region_name="us-east-1")
    given: dict[str, Any] = {"client": session.client("braket"), "session": session}

    assert wait_for_job(arn, timeout=SECONDS, poll=FAST, **{way: given[way]}).status is JobStatus.COMPLETED


def test_an_error_that_cannot_pass_is_raised_by_the_shortest_way(braket_jobs_factory: JobsFactory) -> None:
    """
    As it is.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(faults.ACCESS_DENIED)

    with pytest.raises(AccessDeniedError):
        wait_for_job(arn, timeout=SECONDS)


def test_waits_in_many_threads_share_a_client(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Each has its own answer.
    """
    arns = [braket_jobs_factory.create(job_name=f"job-{number}", states=LIFE) for number in range(20)]

    with ThreadPoolExecutor(20) as pool:
        jobs = list(pool.map(lambda arn: client.wait(arn, timeout=SECONDS, poll=FAST), arns))

    assert [job.job_arn for job in jobs] == arns
    assert {job.status for job in jobs} == {"COMPLETED"}


@pytest.mark.parametrize("max_threads", [1, 32])
def test_a_function_that_a_request_calls_cannot_wait(braket_jobs_factory: JobsFactory, max_threads: int) -> None:
    """
    With as many requests as are made at once, each would wait for the others for ever. Plain calls go.
    """
    arn, other = (braket_jobs_factory.create(states=["COMPLETED"]) for _ in range(2))
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn)
    waits: list[Callable[[], object]] = [
        lambda: list(asking.get_jobs([other])),
        lambda: asking.wait(other, timeout=None),
        lambda: next(asking.updates(other, timeout=None)),
        lambda: asyncio.run(anext(asking._engine.get_jobs([other], with_queue_info=False).iterate_async())),
    ]
    refused, jobs = list[str](), list[Job]()

    def on_retry(_details: RetryDetails) -> None:
        for wait in waits:
            with pytest.raises(ConfigurationError) as caught:
                wait()
            refused.append(str(caught.value))
        jobs.append(asking.get_job(other))

    asking = JobsClient(retry=RetryPolicy(on_retry=on_retry), sleep=lambda _: None, max_threads=max_threads)
    (outcome,) = asking.get_jobs([arn])

    assert outcome.unwrap().job_arn == arn
    assert [job.job_arn for job in jobs] == [other]
    assert {"it can't wait for the same client itself" in text for text in refused} == {True}
    assert len(refused) == len(waits)
    assert [each.unwrap().job_arn for each in asking.get_jobs([other])] == [other]


def test_a_function_that_a_request_calls_may_wait_for_another_client(braket_jobs_factory: JobsFactory) -> None:
    """
    Which has threads of its own.
    """
    arn, other = (braket_jobs_factory.create(states=["COMPLETED"]) for _ in range(2))
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn)
    jobs = list[Job]()

    def on_retry(_details: RetryDetails) -> None:
        jobs.append(wait_for_job(other, timeout=SECONDS))

    asking = JobsClient(retry=RetryPolicy(on_retry=on_retry), sleep=lambda _: None, max_threads=1)
    (outcome,) = asking.get_jobs([arn])

    assert outcome.unwrap().job_arn == arn
    assert [job.job_arn for job in jobs] == [other]


def test_a_signals_handler_may_wait(client: JobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    For the same client, while its thread waits.
    """
    long = braket_jobs_factory.create(states=[*["RUNNING"] * 40, "COMPLETED"])
    short = braket_jobs_factory.create(states=["RUNNING", "COMPLETED"])
    seen: list[Job] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: seen.append(client.wait(short, timeout=SECONDS, poll=FAST)))
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
    timer.start()
    try:
        job = client.wait(long, timeout=SECONDS, poll=PollPolicy(wait_initial=0.01, wait_max=0.01))
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, before)

    assert job.status is JobStatus.COMPLETED
    assert [each.status for each in seen] == [JobStatus.COMPLETED]
