"""
Who polls: one thread at a time has the turn.

Whoever has the turn waits until a job is due, lets another thread have the turn, makes the request itself, and tells
those who wait. So what a wait wants goes from the caller's thread to one of ours and back, and no further. All are
daemons, so an interpreter that ends waits for no answer from the network.

Callers take no lock: they put what they want into an inbox, which is safe from anywhere, even from a signal's handler
or a generator that is closed by the garbage collector.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

from braket_jobs._watch.polled_job import Notification, PolledJob, nobody
from braket_jobs._watch.scheduler import Scheduler
from braket_jobs._watch.threads import THREADS, Threads
from braket_jobs.errors.tree import BraketJobsError, ConfigurationError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollingStatus

_LOG = logging.getLogger("braket_jobs")
_LONGEST_PAUSE = 3600.0  # any will do, but Python refuses to wait for centuries

Change = Callable[[float], Iterable[Notification]]


class Poller:
    """
    Polls jobs when the scheduler says so; thread-safe.

    Attributes:
        clock: A monotonic clock in seconds, the one that the scheduler's tokens were made with.
        epoch: How often it was begun (once in each process), and how often it was closed, which ends every wait.
    """

    def __init__(
        self, scheduler: Scheduler, clock: Callable[[], float] = time.monotonic, threads: Threads = THREADS
    ) -> None:
        self.clock = clock
        self._threads = threads
        self.epoch = (0, 0)
        self.begin(scheduler)

    def begin(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._inbox: SimpleQueue[Change] = SimpleQueue()
        self._turn = threading.Lock()  # of whoever waits for work; nobody waits for it
        self._is_another_coming = False  # to try to take the turn
        self._calling = 0  # the thread that calls it
        self._computing = threading.Lock()  # of our threads alone, and never while they wait
        self._due: PolledJob | None = None
        self._pause = 0.0
        self._waits: set[Callable[[], object]] = set()  # what wakes each
        self._asking: set[int] = set()  # the threads that make a request
        self.epoch = (self.epoch[0] + 1, self.epoch[1])

    def begin_wait(self, wake: Callable[[], object]) -> tuple[int, int]:
        """
        Return the epoch, and have `wake` called when the poller is closed.
        """
        self._waits.add(wake)
        return self.epoch

    def end_wait(self, wake: Callable[[], object]) -> None:
        self._waits.discard(wake)

    def was_closed_after(self, epoch: tuple[int, int]) -> bool:
        if epoch[0] != self.epoch[0]:
            raise ConfigurationError(
                "this process was forked from the one that began to wait",
                hint="Call the client's method again in this process.",
            )
        if threading.get_ident() in self._asking:
            raise ConfigurationError(
                "this thread makes a request for a wait, so it can't wait for the same client itself",
                hint="In on_retry, sleep and boto3's handlers use JobsClient.get_job, or wait in a thread of your own.",
            )
        return epoch != self.epoch

    def add(self, jobs: list[PolledJob], receive: Callable[[Notification], object]) -> None:
        """
        Begin to poll. `receive` is given each notification in a thread of ours; it must neither block nor raise.
        """
        for job in jobs:
            job.receive = receive
        if jobs:
            self._inbox.put(partial(self._scheduler.add, jobs))
            if not self._turn.locked():
                self._call_another()

    def drop(self, jobs: Iterable[PolledJob]) -> None:
        gone = list(jobs)
        for job in gone:
            job.is_open, job.receive = False, nobody
        if gone:
            self._inbox.put(partial(self._scheduler.drop, gone))

    @property
    def is_watching(self) -> bool:
        return bool(len(self._scheduler))

    def share(self, arn: JobArn, job: Job, started: float, *, has_queue_info: bool) -> None:
        """
        Tell those who wait for a job what a plain call has shown.
        """
        self._inbox.put(partial(self._scheduler.share, arn, job, started, has_queue_info=has_queue_info))

    def status(self) -> tuple[PollingStatus, ...]:
        return self._scheduler.status(self.clock())

    def close(self) -> None:
        self.epoch = (self.epoch[0], self.epoch[1] + 1)
        if self.is_watching or not self._inbox.empty():
            self._inbox.put(lambda _now: self._scheduler.end_all(PolledJob.cancel))
        for wake in list(self._waits):
            wake()

    def _call_another(self) -> None:
        """
        Have another thread try to take the turn, unless one is on its way.
        """
        me = threading.get_ident()
        if self._is_another_coming and self._calling != me:  # else this is a signal's handler in the middle of calling
            return
        try:
            self._is_another_coming, self._calling = True, me
            self._threads.run(self._work)
        except BaseException as error:
            self._is_another_coming = False
            # when no more threads are to be had, whoever makes a request comes back
            if not (isinstance(error, RuntimeError) and self._scheduler.is_busy):
                raise
        finally:
            self._calling = 0

    def _work(self) -> None:
        self._is_another_coming = False
        while self._turn.acquire(blocking=False):
            try:
                job = self._next_job()
            finally:
                self._turn.release()
            if job is not None:
                self._poll(job)
            elif self._inbox.empty():
                return

    def _next_job(self) -> PolledJob | None:
        """
        Wait for a job to be due; return None when there is nothing to wait for.
        """
        while True:
            self._change(self._see_what_is_due)
            if self._due is not None or (not len(self._scheduler) and self._inbox.empty()):
                return self._due
            with suppress(Empty):
                self._change(self._inbox.get(timeout=min(self._pause, _LONGEST_PAUSE)))

    def _see_what_is_due(self, now: float) -> Iterable[Notification]:
        self._due = None
        yield from self._scheduler.expire(now)
        self._due = self._scheduler.take(now)
        self._pause = self._scheduler.pause(now)

    def _poll(self, job: PolledJob) -> None:
        result: Job | BaseException
        goes_on = False
        try:
            self._call_another()
            self._asking.add(threading.get_ident())
            result = job.request()
        except BaseException as error:  # noqa: BLE001  # goes to whoever waits, who raises it
            result = error
        finally:
            self._asking.discard(threading.get_ident())

        def finish(now: float) -> Iterable[Notification]:
            nonlocal goes_on
            yield from self._scheduler.finish(job, result, now)
            goes_on = job.is_open  # soon it may be over, by another poll

        self._change(finish)
        self._inbox.put(lambda _now: ())  # whoever has the turn sees what is due now
        if isinstance(result, BraketJobsError) and goes_on:
            level = logging.DEBUG if isinstance(result, ThrottlingError) else logging.WARNING
            extra = {"braket_job_arn": str(job.arn)}
            with suppress(Exception):  # what a filter of somebody else's raises ends neither this thread nor a wait
                _LOG.log(level, "A poll failed, the wait goes on: %s", result, extra=extra)

    def _change(self, change: Change) -> None:
        """
        Let `change` happen to the scheduler, and tell those whom it concerns. A defect in it ends every wait.
        """
        notifications: list[Notification] = []
        with self._computing:
            try:
                notifications.extend(change(self.clock()))
            except Exception as error:  # noqa: BLE001  # nobody may wait for ever
                notifications.extend(self._scheduler.end_all(partial(PolledJob.end, error=error)))
            for notification in notifications:  # in here, so that nobody overtakes
                notification.polled.receive(notification)
