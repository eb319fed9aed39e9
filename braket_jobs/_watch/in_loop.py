"""
How a coroutine goes through a `Subscription`, and how ARNs are read that come from a coroutine. Imports asyncio.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from braket_jobs._watch.polled_job import Notification
from braket_jobs._watch.subscriptions import Source, Subscription
from braket_jobs.errors.tree import ConfigurationError
from braket_jobs.model.arn import JobArn

_T = TypeVar("_T")
_LONGEST_PAUSE = 3600.0  # any will do, but no timer is set for ever


async def iterate(
    subscription: Subscription[_T], job_arns: Source | AsyncIterable[str | JobArn]
) -> AsyncGenerator[_T, None]:
    """
    Yield what there is to hand out, and let the event loop go on in between.

    When it is closed, nothing is polled and nothing read any more.

    Raises:
        ConfigurationError: If no event loop of asyncio's is running.
    """
    loop, has_news = running_loop(), asyncio.Event()

    def wake() -> None:
        with suppress(RuntimeError):  # a loop that was closed meanwhile wants nothing any more
            loop.call_soon_threadsafe(has_news.set)

    def receive(notification: Notification) -> None:
        subscription.heard.put(notification)
        wake()

    source = AsyncSource(job_arns, has_news.set) if isinstance(job_arns, AsyncIterable) else job_arns
    subscription.begin(source, receive, wake)
    try:
        while subscription.goes_on:
            has_news.clear()
            if subscription.has_to_wait():
                timer = loop.call_later(min(subscription.remaining, _LONGEST_PAUSE), has_news.set)
                try:
                    await has_news.wait()
                finally:
                    timer.cancel()
            else:
                await asyncio.sleep(0)
            while subscription.ready:
                yield subscription.ready.popleft()
    finally:
        subscription.close()
        if isinstance(source, AsyncSource):
            await source.close()
    if subscription.broken_by is not None:
        raise subscription.broken_by


class AsyncSource(Source):
    """
    Reads ARNs in a task, each when it is asked for. It is one task, since what the source does may belong to one.
    """

    def __init__(self, job_arns: AsyncIterable[str | JobArn], wake: Callable[[], object]) -> None:
        super().__init__(iter(()))
        self.blocks = False
        self._come: list[str | JobArn] = []
        self._is_wanted = asyncio.Event()
        self._wake = wake
        self._task = asyncio.create_task(self._read(job_arns))
        self._task.add_done_callback(self._ended)

    def __next__(self) -> str | JobArn:
        if self._come:
            return self._come.pop()
        error = self._task.exception()
        raise StopIteration if error is None else error

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            task.exception()  # or asyncio complains where nobody comes to read on
        self._wake()

    def has_come(self) -> bool:
        if self._come or self._task.done():
            return True
        self._is_wanted.set()
        return False

    async def close(self) -> None:
        """
        Stop reading at once, and close what was read from if it can be closed.
        """
        if self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            return  # what belongs to another loop ends with that
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def _read(self, job_arns: AsyncIterable[str | JobArn]) -> None:
        arns: Any = aiter(job_arns)
        try:
            await self._is_wanted.wait()
            async for arn in arns:
                self._come.append(arn)
                self._is_wanted.clear()
                self._wake()
                await self._is_wanted.wait()
        finally:
            if hasattr(arns, "aclose"):
                await arns.aclose()


def running_loop() -> asyncio.AbstractEventLoop:
    """
    Return asyncio's loop, in which this coroutine runs.

    Raises:
        ConfigurationError: If there is none.
    """
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "AsyncJobsClient needs an event loop of asyncio's, and none is running here",
            hint="Elsewhere use JobsClient in a thread, with trio by trio.to_thread.run_sync.",
        ) from None
