"""
The same methods for coroutines: what they answer, how they are cancelled, and what is left behind.
"""

import asyncio
import copy
import gc
import os
import pickle
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing
from itertools import count
from typing import Any, TypeVar, cast

import pytest
from support.watching import SECONDS, nobody_polls

from braket_jobs import (
    AsyncJobsClient,
    ConfigurationError,
    InternalServiceError,
    InvalidJobArnError,
    Job,
    JobNotFoundError,
    JobOutcome,
    JobStatus,
    PollPolicy,
    Quota,
    WaitCancelledError,
    WaitTimeoutError,
)
from braket_jobs.testing import JobsFactory, faults

T = TypeVar("T")
FAST = PollPolicy(wait_initial=0.001, wait_max=0.002)
HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)
LIFE = ["QUEUED", "RUNNING", "COMPLETED"]
MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


@pytest.fixture
def client(braket: None) -> AsyncJobsClient:  # noqa: ARG001  # it asks the embedded Braket
    return AsyncJobsClient(quota=Quota(rate=10_000), sleep=lambda _: None)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """
    Run it in debug mode, where asyncio complains of what is left behind.
    """
    return asyncio.run(coroutine, debug=True)


def change(factory: JobsFactory, job: Job) -> None:
    """
    Move on a job that was seen: an update that isn't taken in before the next one comes gives way to that.
    """
    if not job.is_terminal:
        factory.advance(job.job_arn)


async def listed(iterator: AsyncIterator[T]) -> list[T]:
    return [item async for item in iterator]


def test_a_job_is_awaited(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    One GetJob, with queue info if it is asked for.
    """
    arn = braket_jobs_factory.create(states=["QUEUED"])

    plain = run(client.get_job(arn))
    with_queue_info = run(client.get_job(arn, with_queue_info=True))

    assert (plain.job_arn, plain.queue_info) == (arn, None)
    assert with_queue_info.queue_info is not None


def test_a_plain_call_is_tried_again_as_the_client_says(
    client: AsyncJobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    Four requests, then the error.
    """
    arn = braket_jobs_factory.create(states=["QUEUED"])
    braket_jobs_factory.fail(faults.INTERNAL, times=4)

    with pytest.raises(InternalServiceError) as caught:
        run(client.get_job(arn))

    assert caught.value.attempts == 4


def test_a_plain_call_waits_for_no_quota(braket_jobs_factory: JobsFactory) -> None:
    """
    Fifty at once are made at once, though the quota has one token an hour.
    """
    arn = braket_jobs_factory.create(states=["QUEUED"])
    client = AsyncJobsClient(quota=Quota(rate=1 / 3600, burst=1))

    async def fifty() -> None:
        await asyncio.gather(*(client.get_job(arn) for _ in range(50)))

    run(asyncio.wait_for(fifty(), SECONDS))

    assert braket_jobs_factory.looks(arn) == 50


@pytest.mark.parametrize(("wrong", "kind"), [(MISSING, JobNotFoundError), ("job-1", InvalidJobArnError)])
def test_what_is_not_there_is_raised(client: AsyncJobsClient, wrong: str, kind: type[Exception]) -> None:
    """
    By a plain call and by a wait.
    """
    with pytest.raises(kind):
        run(client.get_job(wrong))
    with pytest.raises(kind):
        run(client.wait(wrong, timeout=None))


def test_updates_are_iterated_over(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    The polls that show something new.
    """
    arn = braket_jobs_factory.create(states=LIFE, advance="manually")

    async def statuses() -> list[JobStatus]:
        seen = list[JobStatus]()
        async for job in client.updates(arn, timeout=SECONDS, poll=FAST):
            seen.append(job.status)
            change(braket_jobs_factory, job)
        return seen

    assert run(statuses()) == LIFE


def test_a_wait_is_awaited(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    It tells what it sees in the loop's own thread.
    """
    arn = braket_jobs_factory.create(states=LIFE, advance="manually")
    threads: list[threading.Thread] = []

    def on_update(job: Job) -> None:
        threads.append(threading.current_thread())
        change(braket_jobs_factory, job)

    job = run(client.wait(arn, timeout=SECONDS, on_update=on_update, poll=FAST))

    assert job.status is JobStatus.COMPLETED
    assert threads == [threading.main_thread()] * 3


def test_a_wait_that_takes_too_long_carries_the_last_update(
    client: AsyncJobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    As with threads.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    run(client.get_job(arn))  # builds what there is to build

    with pytest.raises(WaitTimeoutError) as caught:
        run(client.wait(arn, timeout=1.0, poll=HOURLY))

    assert caught.value.job is not None


def test_many_jobs_come_in_their_order(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Repeated and missing ones included.
    """
    arns = [braket_jobs_factory.create(states=["RUNNING"]) for _ in range(60)]
    wanted = [*arns, MISSING, arns[0]]

    outcomes = run(listed(client.get_jobs(wanted)))

    assert [outcome.job_arn for outcome in outcomes] == wanted
    assert [outcome.error is None for outcome in outcomes] == [True] * 60 + [False, True]
    assert [braket_jobs_factory.looks(arn) for arn in arns] == [2] + [1] * 59


def test_an_endless_input_leaves_the_loop_free(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Other coroutines go on beside it.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def both() -> int:
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(others())
        async with aclosing(client.get_jobs(arn for _ in count())) as outcomes:
            seen = 0
            async for _ in outcomes:
                seen += 1
                if seen == 100:
                    break
        task.cancel()
        return turns

    assert run(both()) > 10


def test_jobs_come_as_they_end(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Failed ones too.
    """
    slow = braket_jobs_factory.create(states=["RUNNING", "FAILED"], advance="manually")
    quick = braket_jobs_factory.create(states=["COMPLETED"])

    async def ended() -> list[JobOutcome]:
        waiting = client.wait_all([slow, quick, MISSING], timeout=SECONDS, poll=FAST)
        first = [await anext(waiting), await anext(waiting)]
        braket_jobs_factory.advance(slow)
        return first + [outcome async for outcome in waiting]

    *first, last = run(ended())

    assert {outcome.job_arn for outcome in first} == {quick, MISSING}
    assert last.job_arn == slow
    assert last.unwrap().status is JobStatus.FAILED


def test_a_cancelled_task_stops_at_once_and_leaves_nothing(
    client: AsyncJobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    Though the next poll would be an hour later; its threads go.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def cancelled() -> bool:
        seen = asyncio.Event()
        task = asyncio.create_task(
            client.wait(arn, timeout=None, on_update=lambda _: seen.set(), poll=HOURLY),
        )
        await seen.wait()
        task.cancel()
        await asyncio.wait([task], timeout=SECONDS)
        return task.cancelled()

    assert run(cancelled())
    assert nobody_polls()


def test_a_request_under_way_keeps_nobody(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Cancelling doesn't wait for the answer, and the loop can end before it comes.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])
    may_answer, asked = threading.Event(), threading.Event()

    def slow(**_: object) -> None:
        asked.set()
        may_answer.wait(SECONDS)

    async def cancelled() -> None:
        task = asyncio.create_task(client.wait(arn, timeout=None))
        await asyncio.to_thread(asked.wait, SECONDS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(client.get_job(arn))
    braket_client = cast("Any", client._engine.caller.source)._built.clients["us-east-1"]
    braket_client.meta.events.register_first("before-send.braket.GetJob", slow)
    run(cancelled())
    is_open = not may_answer.is_set()
    may_answer.set()

    assert is_open
    assert nobody_polls()


def test_a_timeout_of_asyncio_works(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    It is asyncio's own TimeoutError then.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def limited() -> None:
        async with asyncio.timeout(0.1):
            await client.wait(arn, timeout=None, poll=HOURLY)

    with pytest.raises(TimeoutError) as caught:
        run(limited())
    assert type(caught.value) is TimeoutError
    assert nobody_polls()


def test_a_task_group_ends_with_its_first_error(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    The other waits are cancelled.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def grouped() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(client.wait(arn, timeout=None, poll=HOURLY))
            group.create_task(client.wait(MISSING, timeout=None))

    with pytest.raises(ExceptionGroup) as caught:
        run(grouped())
    assert [type(error) for error in caught.value.exceptions] == [JobNotFoundError]
    assert nobody_polls()


def test_a_loop_that_is_left_ends_the_polling(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    ``break`` is enough.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def left() -> str:
        async for job in client.updates(arn, timeout=None, poll=FAST):
            return str(job.status)
        return "never seen"

    assert run(left()) == "RUNNING"
    gc.collect()
    assert nobody_polls()


def test_news_for_a_loop_that_is_closed_is_lost_silently(
    client: AsyncJobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    An iterator that outlives its loop harms nobody.
    """
    arn = braket_jobs_factory.create(states=["RUNNING", *["QUEUED", "RUNNING"] * 100])
    loop = asyncio.new_event_loop()
    updates = client.updates(arn, timeout=None, poll=FAST)
    first = loop.run_until_complete(anext(updates))
    loop.close()
    give_up_at = time.monotonic() + SECONDS
    while braket_jobs_factory.looks(arn) < 20 and time.monotonic() < give_up_at:
        os.sched_yield()

    assert not first.is_terminal
    assert braket_jobs_factory.looks(arn) >= 20
    asyncio.run(updates.aclose())
    assert nobody_polls()


def test_closing_ends_the_waits(braket_jobs_factory: JobsFactory) -> None:
    """
    Those that are under way are told.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"])

    async def closed() -> None:
        async with AsyncJobsClient() as client:
            updates = client.updates(arn, timeout=None, poll=HOURLY)
            await anext(updates)
        await anext(updates)

    with pytest.raises(WaitCancelledError):
        run(closed())


def test_one_client_serves_several_loops(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    Nothing in it belongs to a loop.
    """
    arns = [braket_jobs_factory.create(states=LIFE) for _ in range(3)]

    jobs = [run(client.wait(arn, timeout=SECONDS, poll=FAST)) for arn in arns]

    assert [job.job_arn for job in jobs] == arns


def test_a_single_text_is_not_taken_for_many(client: AsyncJobsClient) -> None:
    """
    It is a mistake of the program, told when the method is called.
    """
    with pytest.raises(TypeError, match="put it in a list"):
        client.get_jobs(MISSING)
    with pytest.raises(TypeError, match="put it in a list"):
        client.wait_all(MISSING, timeout=None)


@pytest.mark.parametrize("wrong", [{"timeout": "3600"}, {"timeout": True}, {"on_update": 5}, {"poll": 5}], ids=str)
def test_a_wrong_argument_is_refused_when_it_is_passed(client: AsyncJobsClient, wrong: dict[str, Any]) -> None:
    """
    Not at the first change.
    """
    with pytest.raises(TypeError, match=f"^{next(iter(wrong))} is "):
        client.wait_all([MISSING], **({"timeout": SECONDS} | wrong))
    with pytest.raises(TypeError, match=f"^{next(iter(wrong))} is "):
        run(client.wait(MISSING, **({"timeout": SECONDS} | wrong)))


async def coming(*job_arns: str) -> AsyncIterator[str]:
    for each in job_arns:
        await asyncio.sleep(0)
        yield each


def test_arns_may_come_from_a_coroutine(client: AsyncJobsClient, braket_jobs_factory: JobsFactory) -> None:
    """
    As from any other iterable.
    """
    arns = [braket_jobs_factory.create(states=["RUNNING", "COMPLETED"]) for _ in range(40)]

    got = run(listed(client.get_jobs(coming(*arns, MISSING))))
    ended = run(listed(client.wait_all(coming(*arns), timeout=SECONDS, poll=FAST)))

    assert [outcome.job_arn for outcome in got] == [*arns, MISSING]
    assert sorted(outcome.unwrap().job_arn for outcome in ended) == sorted(arns)


def test_without_asyncio_there_is_a_sentence(client: AsyncJobsClient) -> None:
    """
    On trio's and curio's loops as on none; whatever is asked for.
    """
    for awaited in (
        client.get_job(MISSING),
        client.wait(MISSING, timeout=1),
        anext(client.updates(MISSING, timeout=1)),
    ):
        with pytest.raises(ConfigurationError, match="needs an event loop of asyncio's"):
            awaited.__await__().__next__()


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_client_that_was_used_is_not_copied(
    client: AsyncJobsClient, braket_jobs_factory: JobsFactory, copied: Callable[[AsyncJobsClient], object]
) -> None:
    """
    It says why, as `JobsClient` does.
    """
    run(client.get_job(braket_jobs_factory.create(states=["QUEUED"])))

    with pytest.raises(TypeError, match="a AsyncJobsClient can't be pickled or copied: make one in each process"):
        copied(client)
