"""
ARNs that come from a coroutine: read beside everything else, and left in order.
"""

import asyncio
import gc
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from itertools import count
from typing import Any, TypeVar

import pytest
from support.subscribing import A, B, C, Kind, a_poller, all_kinds, answering, arns, errors, subscribe
from support.watching import COMPLETED, RUNNING, SECONDS, an_arn, nobody_polls

from braket_jobs import ConfigurationError, Job, JobArn, JobOutcome, WaitCancelledError, WaitTimeoutError
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, OutcomesInOrder
from braket_jobs._watch.polled_job import PolledJob

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(coroutine, SECONDS), debug=True)


async def listed(outcomes: AsyncIterator[JobOutcome]) -> list[JobOutcome]:
    return [outcome async for outcome in outcomes]


class Given:
    """
    ARNs of which each comes a turn of the loop later; then it may break, or stay silent.
    """

    def __init__(self, *job_arns: str | JobArn, then: BaseException | None = None, is_silent: bool = False) -> None:
        self._job_arns, self._then, self._is_silent = job_arns, then, is_silent
        self.read = 0
        self.is_closed = False

    async def __aiter__(self) -> AsyncGenerator[str | JobArn, None]:
        task = asyncio.current_task()
        try:
            for each in self._job_arns:
                await asyncio.sleep(0)
                self.read += 1
                yield each
            if self._is_silent:
                await asyncio.Event().wait()
            if self._then is not None:
                raise self._then
        finally:
            await asyncio.sleep(0)
            self.is_closed = asyncio.current_task() is task


@all_kinds
def test_arns_come_from_a_coroutine(kind: Kind) -> None:
    """
    As from any other iterable.
    """
    given = Given(A, JobArn.parse(B), "job-1", C)

    outcomes = run(listed(subscribe(kind, given).iterate_async()))

    assert sorted(arns(outcomes)) == sorted([A, B, "job-1", C])
    assert given.is_closed


@all_kinds
def test_a_silent_source_keeps_nothing_back(kind: Kind) -> None:
    """
    What has come is polled and handed out; whoever leaves, closes it.
    """
    given = Given(A, B, is_silent=True)

    async def two() -> list[JobOutcome]:
        async with aclosing(subscribe(kind, given, timeout=None).iterate_async()) as outcomes:
            return [await anext(outcomes), await anext(outcomes)]

    assert sorted(arns(run(two()))) == [A, B]
    assert given.is_closed
    assert nobody_polls()


def test_time_is_over_though_a_source_is_silent() -> None:
    """
    Whether anything is polled or not. What has not ended is told, and nothing more is read.
    """
    nothing, one = Given(is_silent=True), Given(A, is_silent=True)

    async def both() -> list[JobOutcome]:
        silence = await listed(subscribe(OutcomesAsTheyEnd, nothing, timeout=0.05).iterate_async())
        running = subscribe(OutcomesAsTheyEnd, one, lambda _: RUNNING, timeout=0.05)
        return silence + await listed(running.iterate_async())

    assert errors(run(both())) == {WaitTimeoutError: 1}
    assert (nothing.is_closed, one.is_closed) == (True, True)


@all_kinds
def test_a_closed_client_ends_a_wait_for_a_silent_source(kind: Kind) -> None:
    """
    Though nothing is polled.
    """
    given, poller = Given(is_silent=True), a_poller()

    async def closed() -> list[JobOutcome]:
        task = asyncio.create_task(listed(subscribe(kind, given, poller=poller, timeout=None).iterate_async()))
        for _ in range(10):
            await asyncio.sleep(0)
        poller.close()
        return await task

    assert run(closed()) == []
    assert given.is_closed


def test_a_closed_client_reads_an_endless_source_no_more() -> None:
    """
    What was read is cancelled.
    """
    poller = a_poller()

    async def endless() -> AsyncGenerator[JobArn, None]:
        for number in count():
            if number == 20:
                poller.close()
            yield an_arn(number)

    subscription = subscribe(OutcomesAsTheyEnd, endless(), lambda _: RUNNING, poller=poller)

    assert errors(run(listed(subscription.iterate_async()))) == {WaitCancelledError: 20}


def test_an_endless_source_is_read_a_little_ahead() -> None:
    """
    32 jobs, and another whenever the first of them is handed out.
    """
    given = Given(*(an_arn(number) for number in range(200)))
    ahead = list[int]()

    async def a_hundred() -> None:
        async with aclosing(subscribe(OutcomesInOrder, given).iterate_async()) as outcomes:
            for number in range(100):
                await anext(outcomes)
                ahead.append(given.read - number)

    run(a_hundred())

    assert max(ahead) <= 32
    assert given.is_closed


@all_kinds
def test_what_a_source_raises_comes_after_the_outcomes(kind: Kind) -> None:
    """
    Of all jobs that came before.
    """
    given, seen = Given(A, B, then=ZeroDivisionError()), list[JobOutcome]()

    async def collect() -> None:
        async for outcome in subscribe(kind, given).iterate_async():
            seen.append(outcome)

    with pytest.raises(ZeroDivisionError):
        run(collect())

    assert sorted(arns(seen)) == [A, B]
    assert given.is_closed


def test_what_a_source_raises_when_it_is_closed_is_raised() -> None:
    """
    As if it had been read in a loop.
    """

    async def stubborn() -> AsyncGenerator[str, None]:
        try:
            yield A
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    async def first() -> None:
        async with aclosing(subscribe(OutcomesAsTheyEnd, stubborn()).iterate_async()) as outcomes:
            await anext(outcomes)

    with pytest.raises(ZeroDivisionError):
        run(first())


def test_an_iterator_that_cannot_be_closed_is_let_go() -> None:
    """
    Not every one has `aclose`.
    """

    class Plain:
        def __init__(self) -> None:
            self.rest = [A, B]

        def __aiter__(self) -> "Plain":
            return self

        async def __anext__(self) -> str:
            if not self.rest:
                raise StopAsyncIteration
            return self.rest.pop()

    assert sorted(arns(run(listed(subscribe(OutcomesAsTheyEnd, Plain()).iterate_async())))) == [A, B]


def test_a_cancelled_wait_closes_its_source() -> None:
    """
    Before the task ends.
    """
    given = Given(A, is_silent=True)

    async def cancelled() -> bool:
        task = asyncio.create_task(listed(subscribe(OutcomesAsTheyEnd, given, timeout=None).iterate_async()))
        for _ in range(10):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return given.is_closed

    assert run(cancelled())
    assert given.read == 1


def test_a_loop_that_is_left_closes_the_source() -> None:
    """
    ``break`` is enough; the event loop closes the iterator.
    """
    given = Given(A, is_silent=True)

    async def left() -> None:
        async for _ in subscribe(OutcomesAsTheyEnd, given, timeout=None).iterate_async():
            break
        gc.collect()
        for _ in range(10):
            await asyncio.sleep(0)
        assert given.is_closed

    run(left())

    assert nobody_polls()


def test_a_source_of_a_loop_that_is_closed_is_left_to_it() -> None:
    """
    An iterator that outlives its loop can be closed in another one.
    """
    given, loop = Given(A, is_silent=True), asyncio.new_event_loop()
    outcomes = subscribe(OutcomesAsTheyEnd, given, answering({A: COMPLETED})).iterate_async()
    first = loop.run_until_complete(anext(outcomes))
    (task,) = asyncio.all_tasks(loop)
    task.cancel()
    loop.run_until_complete(asyncio.wait([task]))
    loop.close()

    asyncio.run(outcomes.aclose())

    assert first.job == COMPLETED


def test_requests_for_what_comes_from_a_coroutine_are_made_meanwhile() -> None:
    """
    The second ARN comes when the first job was asked for.
    """
    is_asked = asyncio.Event()

    async def given() -> AsyncGenerator[str, None]:
        yield A
        await is_asked.wait()
        yield B

    async def both() -> list[JobOutcome]:
        loop = asyncio.get_running_loop()

        def request(_polled: PolledJob) -> Job:
            loop.call_soon_threadsafe(is_asked.set)
            return COMPLETED

        return await listed(subscribe(OutcomesAsTheyEnd, given(), request).iterate_async())

    assert arns(run(both())) == [A, B]


@all_kinds
def test_a_thread_reads_no_coroutine(kind: Kind) -> None:
    """
    It has no event loop; told when the method is called.
    """
    with pytest.raises(TypeError, match="only AsyncJobsClient reads"):
        subscribe(kind, Given(A)).iterate()


@all_kinds
def test_without_asyncio_there_is_a_sentence(kind: Kind) -> None:
    """
    On trio's and curio's loops as on none.
    """
    with pytest.raises(ConfigurationError, match="needs an event loop of asyncio's") as caught:
        anext(subscribe(kind, [A]).iterate_async()).__await__().__next__()

    assert "trio.to_thread" in str(caught.value)


def test_what_a_source_raises_when_nobody_reads_on_is_no_complaint_of_asyncios() -> None:
    """
    Whoever leaves an iterator early doesn't care for what would have come.
    """
    complaints: list[dict[str, Any]] = []

    async def leave() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        subscription = subscribe(OutcomesAsTheyEnd, Given(A, then=OSError("gone")))
        async with aclosing(subscription.iterate_async()) as outcomes:
            assert (await anext(outcomes)).job_arn == A
            await asyncio.sleep(0.01)
        del subscription, outcomes
        gc.collect()

    run(leave())

    assert complaints == []
