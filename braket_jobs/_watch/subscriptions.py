"""
What one call of a client waits for: the updates of one job, or the outcomes of many, in their order or as they end.

Iterating is all the same to them, from a thread or from a coroutine: over and over, hear one notification, or else read
one ARN, or else wait; hand out what there is; and see whether it was cancelled.
"""

import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Sized
from contextlib import suppress
from math import inf
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar, cast

from braket_jobs._watch.polled_job import Notification, PolledJob, PollOptions
from braket_jobs._watch.poller import Poller
from braket_jobs.errors.tree import BraketJobsError, InvalidJobArnError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome

_T = TypeVar("_T")
_PERIOD = 0.5  # seconds between chances for Ctrl-C, since Windows lets it through only when a wait is over
_CANCEL_PERIOD = 0.05  # seconds until a set event is noticed
_MOST_READ_AHEAD = 32


class Subscription(ABC, Generic[_T]):
    """
    Reads ARNs one by one, has their jobs polled, and hands out what comes of it.
    """

    def __init__(self, poller: Poller, job_arns: Iterable[str | JobArn], options: PollOptions) -> None:
        if isinstance(job_arns, str):
            raise TypeError("job_arns is one text; put it in a list")
        self._poller = poller
        self._arns: Iterator[str | JobArn] | None = iter(job_arns)
        self._is_finite = isinstance(job_arns, Sized)
        self._options = options
        self._deadline = inf
        self._broken_by: Exception | None = None
        self._heard: SimpleQueue[Notification] = SimpleQueue()
        self._open: dict[PolledJob, None] = {}
        self._ready: deque[_T] = deque()

    def iterate(self, cancel: threading.Event | None = None) -> Generator[_T, None, None]:
        """
        Yield what there is to hand out, and block in between; `cancel` ends it when it is set.

        When the iterator is closed, nothing is polled any more.
        """
        period = _PERIOD if cancel is None else _CANCEL_PERIOD
        epoch = self._begin()
        try:
            while self._goes_on:
                if self._has_to_wait(epoch, self._heard.put, is_cancelled=cancel is not None and cancel.is_set()):
                    with suppress(Empty):
                        self._take_in(self._heard.get(timeout=period))
                while self._ready:
                    yield self._ready.popleft()
        finally:
            self._poller.drop(self._open)
        if self._broken_by is not None:
            raise self._broken_by

    async def iterate_async(self) -> AsyncGenerator[_T, None]:
        """
        Yield what there is to hand out, and let the event loop go on in between.

        When the iterator is closed, nothing is polled any more.
        """
        import asyncio  # noqa: PLC0415  # whoever awaits has it already, and nobody else should pay its 50 ms

        loop, has_news = asyncio.get_running_loop(), asyncio.Event()

        def receive(notification: Notification) -> None:
            self._heard.put(notification)
            with suppress(RuntimeError):  # a loop that was closed meanwhile wants nothing any more
                loop.call_soon_threadsafe(has_news.set)

        epoch = self._begin()
        try:
            while self._goes_on:
                has_news.clear()
                await (has_news.wait() if self._has_to_wait(epoch, receive) else asyncio.sleep(0))
                while self._ready:
                    yield self._ready.popleft()
        finally:
            self._poller.drop(self._open)
        if self._broken_by is not None:
            raise self._broken_by

    def _has_to_wait(
        self, epoch: tuple[int, int], receive: Callable[[Notification], object], *, is_cancelled: bool = False
    ) -> bool:
        """
        Do one thing if there is something to do, and return whether there is nothing.
        """
        if is_cancelled or self._poller.was_closed_after(epoch):
            self._cancel()
        elif not self._heard.empty():
            self._take_in(self._heard.get())
        elif self._can_read:
            self._poller.add(self._read(), receive)
        else:
            return True
        return False

    @property
    def _can_read(self) -> bool:
        return self._arns is not None

    @property
    def _goes_on(self) -> bool:
        return bool(self._open) or self._arns is not None

    def _begin(self) -> tuple[int, int]:
        timeout = self._options.timeout
        self._deadline = inf if timeout is None else self._poller.clock() + timeout
        return self._poller.epoch

    def _read(self) -> list[PolledJob]:
        """
        Read one ARN, and return the job to poll for it, if any.

        What the caller's iterator raises is raised when all that was read before is handed out.
        """
        try:
            given = next(iter(()) if self._arns is None else self._arns)
        except StopIteration:
            self._arns = None
            return []
        except Exception as error:  # noqa: BLE001  # whatever the caller's iterator raises
            self._arns, self._broken_by = None, error
            return []
        job = self._job_for(str(given) if isinstance(given, JobArn) else given)
        if job is None:
            return []
        self._open[job] = None
        return [job]

    def _job_for(self, job_arn: str) -> PolledJob | None:
        return PolledJob(JobArn.parse(job_arn), self._options, self._deadline)

    def _cancel(self) -> None:
        """
        End all that has not ended already.

        The rest of a collection ends likewise. An iterator, which may have no end, is read no more.
        """
        self._poller.drop(self._open)
        while not self._heard.empty():
            notification = self._heard.get()
            if notification.is_last:
                self._take_in(notification)
        self._arns = self._arns if self._is_finite else None
        while self._goes_on:
            for job in list(self._open):
                self._take_in(job.cancel())
            self._read()

    @abstractmethod
    def _take_in(self, notification: Notification) -> None:
        """
        Take note of a notification.

        Raises:
            BaseException: An error that is nobody's outcome; iterating ends with it.
        """


class Updates(Subscription[Job]):
    """
    The updates of one job.
    """

    def _take_in(self, notification: Notification) -> None:
        if notification.error is not None:
            raise notification.error
        self._ready.append(cast("Job", notification.job))  # what is no error is an update
        if notification.is_last:
            del self._open[notification.polled]


class _Outcomes(Subscription[JobOutcome]):
    def _job_for(self, job_arn: str) -> PolledJob | None:
        if not self._is_new(job_arn):
            return None
        try:
            return super()._job_for(job_arn)
        except InvalidJobArnError as error:
            self._settle(JobOutcome(job_arn=job_arn, error=error))
            return None

    def _take_in(self, notification: Notification) -> None:
        error = notification.error
        if error is not None and not isinstance(error, BraketJobsError):
            raise error
        if notification.is_last:
            del self._open[notification.polled]
            self._settle(JobOutcome(job_arn=str(notification.polled.arn), job=notification.job, error=error))

    @abstractmethod
    def _is_new(self, job_arn: str) -> bool: ...

    @abstractmethod
    def _settle(self, outcome: JobOutcome) -> None: ...


class OutcomesAsTheyEnd(_Outcomes):
    """
    The outcome of each job when it is there, once for each job; `on_update` is called with each update.
    """

    def __init__(
        self,
        poller: Poller,
        job_arns: Iterable[str | JobArn],
        options: PollOptions,
        on_update: Callable[[Job], object] | None = None,
    ) -> None:
        super().__init__(poller, job_arns, options)
        self._on_update = on_update
        self._seen: set[str] = set()

    def _take_in(self, notification: Notification) -> None:
        if notification.job is not None and self._on_update is not None:
            self._on_update(notification.job)
        super()._take_in(notification)

    def _is_new(self, job_arn: str) -> bool:
        is_new = job_arn not in self._seen
        self._seen.add(job_arn)
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self._ready.append(outcome)


class OutcomesInOrder(_Outcomes):
    """
    An outcome for each ARN, in their order. It reads a little ahead, and asks once for what comes again meanwhile.
    """

    def __init__(self, poller: Poller, job_arns: Iterable[str | JobArn], options: PollOptions) -> None:
        super().__init__(poller, job_arns, options)
        self._order: deque[str] = deque()
        self._outcomes: dict[str, JobOutcome] = {}

    @property
    def _can_read(self) -> bool:
        return super()._can_read and len(self._order) < _MOST_READ_AHEAD

    def _is_new(self, job_arn: str) -> bool:
        is_new = job_arn not in self._order
        self._order.append(job_arn)
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self._outcomes[outcome.job_arn] = outcome
        while self._order and self._order[0] in self._outcomes:
            job_arn = self._order.popleft()
            self._ready.append(self._outcomes[job_arn] if job_arn in self._order else self._outcomes.pop(job_arn))
