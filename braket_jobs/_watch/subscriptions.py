"""
What one call of a client waits for, from a thread or from a coroutine (`in_loop`); its kinds are in `kinds`.

Iterating is all the same: over and over, see whether it is over, then read one ARN, or take in one notification, or
wait; and hand out what there is.

Whoever iterates may be slow. So of a job that has changed several times meanwhile only the newest update is kept, and
whether it is over is seen after each notification.
"""

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Generator, Iterable, Iterator, Sized
from functools import partial
from math import inf
from queue import SimpleQueue
from typing import Generic, TypeVar

from braket_jobs._process import importing
from braket_jobs._watch.alarms import ALARMS, check_event, next_in
from braket_jobs._watch.polled_job import Notification, PolledJob, PollOptions
from braket_jobs._watch.poller import Poller
from braket_jobs.model.arn import JobArn

_T = TypeVar("_T")

JobArns = Iterable[str | JobArn] | AsyncIterable[str | JobArn]


class Source(Iterator[str | JobArn]):
    """
    The ARNs that a call was given.

    Attributes:
        is_finite: Whether it is a collection, whose end is near.
        blocks: Whether reading may take long.
    """

    def __init__(self, job_arns: Iterable[str | JobArn]) -> None:
        self.is_finite = isinstance(job_arns, Sized)
        self.blocks = not self.is_finite
        self._rest = iter(job_arns)

    def __next__(self) -> str | JobArn:
        return next(self._rest)

    def has_come(self) -> bool:
        """
        Return whether the next one can be read; if not, have it fetched.
        """
        return True


class Subscription(ABC, Generic[_T]):
    """
    Reads ARNs one by one, has their jobs polled, and hands out what comes of it.

    Attributes:
        heard: Where notifications are put; None to have it look around.
        ready: What there is to hand out.
        broken_by: What is raised when all that is handed out, or None.
    """

    def __init__(self, poller: Poller, job_arns: JobArns, options: PollOptions) -> None:
        if isinstance(job_arns, str):
            raise TypeError("job_arns is one text; put it in a list")
        self._poller = poller
        self._job_arns = job_arns
        self._options = options
        self._source: Source | None = None  # or no more to read
        self._open: dict[PolledJob, None] = {}
        # What was heard and not yet taken in. An error doesn't take the place of the update that came before it.
        self._pending: OrderedDict[tuple[PolledJob, bool], Notification] = OrderedDict()
        self._end: Callable[[PolledJob], Notification] | None = None  # of whatever is open, once it is over
        self.heard: SimpleQueue[Notification | None] = SimpleQueue()
        self.ready: deque[_T] = deque()
        self.broken_by: BaseException | None = None

    def iterate(self, cancel: threading.Event | None = None) -> Generator[_T, None, None]:
        """
        Return what yields all there is to hand out, and blocks in between; `cancel` ends it when it is set.

        When it is closed, nothing is polled any more.
        """
        check_event(cancel)
        if not isinstance(self._job_arns, Iterable):
            raise TypeError("job_arns is no iterable, or an async one, which only AsyncJobsClient reads")
        return self._iterate(Source(self._job_arns), cancel)

    def iterate_async(self) -> AsyncGenerator[_T, None]:
        """
        Return the same for a coroutine; the event loop goes on in between.
        """
        with importing:
            from braket_jobs._watch import in_loop  # noqa: PLC0415  # asyncio takes 50 ms, and who awaits has it

        return in_loop.iterate(
            self, self._job_arns if isinstance(self._job_arns, AsyncIterable) else Source(self._job_arns)
        )

    def _iterate(self, source: Source, cancel: threading.Event | None) -> Generator[_T, None, None]:
        wake = partial(self.heard.put, None)
        self.begin(source, self.heard.put, wake)
        try:
            while self.goes_on:
                if self.has_to_wait(is_cancelled=cancel is not None and cancel.is_set()):
                    self._note(next_in(self.heard, cancel, wake, self.remaining))
                while self.ready:
                    yield self.ready.popleft()
        finally:
            self.close()
            if cancel is not None:
                ALARMS.leave(cancel, wake)
        if self.broken_by is not None:
            raise self.broken_by

    def begin(self, source: Source, receive: Callable[[Notification], object], wake: Callable[[], object]) -> None:
        """
        Begin to count the time.

        Args:
            source: What to read.
            receive: Puts a notification into `heard`; called in a thread of ours.
            wake: Has this look around; called in any thread.
        """
        timeout = self._options.timeout
        self._deadline = inf if timeout is None else self._poller.clock() + timeout
        self._source, self._receive, self._wake = source, receive, wake
        self._epoch = self._poller.begin_wait(wake)

    def close(self) -> None:
        self._poller.end_wait(self._wake)
        self._poller.drop(self._open)

    @property
    def goes_on(self) -> bool:
        return bool(self._open) or self._source is not None

    @property
    def remaining(self) -> float:
        """
        For how many seconds there is time.
        """
        return max(0.0, self._deadline - self._poller.clock())

    def has_to_wait(self, *, is_cancelled: bool = False) -> bool:
        """
        Do one thing if there is something to do, and return whether there is nothing.
        """
        self._hear()
        self._see_whether_it_is_over(is_cancelled=is_cancelled)
        if self._source is not None and self._can_read(self._source):
            self._read(self._source)
        elif self._pending:
            notification = self._pending.popitem(last=False)[1]
            if notification.polled in self._open:
                self._take_in(notification)
        else:
            return self.goes_on
        return False

    def _hear(self) -> None:
        while not self.heard.empty():
            self._note(self.heard.get())

    def _note(self, notification: Notification | None) -> None:
        if notification is not None:
            self._pending[notification.polled, notification.error is not None] = notification

    def _see_whether_it_is_over(self, *, is_cancelled: bool) -> None:
        """
        If it is, end what is open.

        The rest of a collection ends likewise. What may have no end is read no more; but an iterator is read on when
        time is over.
        """
        is_cancelled = self._poller.was_closed_after(self._epoch) or is_cancelled
        if not is_cancelled and self.remaining > 0:
            return
        if self._source is not None and not self._source.is_finite and (is_cancelled or not self._source.blocks):
            self._source = None
        if self._end is None:
            self._end = PolledJob.cancel if is_cancelled else PolledJob.time_out
            rest = self._stop()
            ended = [key for key, heard in self._pending.items() if heard.is_last and heard.error is None]
            for job in rest:
                self._note(self._end(job))
            for key in ended:  # these come last, since telling of them may take long
                self._pending.move_to_end(key)

    def _stop(self) -> list[PolledJob]:
        """
        Have nothing polled any more, and return what is open but for what has ended already.
        """
        self._poller.drop(self._open)
        self._hear()
        ended = {notification.polled for notification in self._pending.values() if notification.is_last}
        return [job for job in self._open if job not in ended]

    def _can_read(self, source: Source) -> bool:
        return source.has_come() and not (source.blocks and self._pending)

    def _read(self, source: Source) -> None:
        """
        Read one ARN, and have its job polled, if there is one.

        What the caller's iterator raises is raised when all that was read before is handed out.
        """
        try:
            given = next(source)
        except StopIteration:
            self._source = None
            return
        except Exception as error:  # noqa: BLE001  # whatever the caller's iterator raises
            self._source, self.broken_by = None, error
            return
        job = self._job_for(str(given) if isinstance(given, JobArn) else given)
        if job is None:
            return
        self._open[job] = None
        if self._end is None:
            self._poller.add([job], self._receive)
        else:
            self._note(self._end(job))

    def _job_for(self, job_arn: str) -> PolledJob | None:
        return PolledJob(JobArn.parse(job_arn), self._options, self._deadline)

    @abstractmethod
    def _take_in(self, notification: Notification) -> None:
        """
        Take note of a notification.

        Raises:
            BaseException: An error that is nobody's outcome; iterating ends with it.
        """
