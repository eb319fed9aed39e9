"""
Which job is polled now, of all accounts and regions, and what follows from the answer. The time is an argument: no I/O.

Whoever drives it makes the polls that `take` hands out, tells `finish` what came of each, and comes back after `pause`.
Not thread-safe: whoever drives it sees to that. What changes something yields the notifications that follow.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.account_queue import AccountQueue
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollingStatus

_SPARE = 8  # one request in so many is kept for accounts and regions that have none under way
_MOST_LEFTOVERS = 64


class Scheduler:
    """
    Everything that one client polls, with `most_requests` polls under way at once.
    """

    def __init__(self, quotas: Quotas, *, most_requests: int, chance: Callable[[], float] = random.random) -> None:
        self._quotas = quotas
        self._chance = chance
        self._most = self._free = most_requests
        self._queues: dict[tuple[str, str], AccountQueue] = {}  # whose last poll is longest ago comes first
        self._open: dict[PolledJob, None] = {}  # a dict, for its order
        self._deadlines: list[tuple[float, int, PolledJob]] = []
        self._ticks = count()

    def __len__(self) -> int:
        return len(self._open)

    @property
    def is_busy(self) -> bool:
        return self._free < self._most

    def add(self, jobs: Iterable[PolledJob], now: float) -> Iterator[Notification]:
        for job in jobs:
            if job.is_open:
                self._open[job] = None
                self._queue(job, now).add(job, now)
                if job.deadline < inf:
                    heappush(self._deadlines, (job.deadline, next(self._ticks), job))
        if len(self._deadlines) > 2 * len(self._open) + _MOST_LEFTOVERS:
            self._deadlines = [entry for entry in self._deadlines if entry[2].is_open]
            heapify(self._deadlines)
        return iter(())

    def drop(self, jobs: Iterable[PolledJob], _now: float) -> Iterator[Notification]:
        for job in jobs:
            job.is_open = False
            self._forget(job)
        return iter(())

    def end_all(self, end: Callable[[PolledJob], Notification]) -> Iterator[Notification]:
        for job in list(self._open):
            if job.is_open:
                yield end(job)
            self._forget(job)

    def take(self, now: float) -> PolledJob | None:
        """
        Return the job to poll now, or None if there is none: the accounts and regions take turns.

        A region that doesn't answer takes all requests but the spare ones, which it leaves to the others.
        """
        for key, queue in self._queues.items():
            job = queue.take(now) if self._has_request_for(queue) else None
            if job is not None:
                self._free -= 1
                self._queues[key] = self._queues.pop(key)  # the last one now
                return job
        return None

    def finish(self, job: PolledJob, result: Job | BaseException, now: float) -> Iterator[Notification]:
        self._free += 1
        yield from self._told(self._queues[_key(job.arn)].finish(job, result, now, self._chance()))
        if not job.is_open:
            self._forget(job)

    def share(
        self, arn: JobArn, job: Job, started: float, now: float, *, has_queue_info: bool
    ) -> Iterator[Notification]:
        """
        Tell those who wait for a job what a plain call has shown, which was started at `started`.
        """
        queue = self._queues.get(_key(arn))
        if queue is not None:
            yield from self._told(queue.share(arn, job, started, now, self._chance(), has_queue_info=has_queue_info))

    def status(self, now: float) -> tuple[PollingStatus, ...]:
        """
        Return how late the polls of each account and region are; from any thread.
        """
        return tuple(queue.status(*key, now) for key, queue in list(self._queues.items()))

    def expire(self, now: float) -> Iterator[Notification]:
        while self._deadlines and (self._deadlines[0][0] <= now or not self._deadlines[0][2].is_open):
            job = heappop(self._deadlines)[2]
            if job.is_open:
                yield job.time_out()
                self._forget(job)

    def pause(self, now: float) -> float:
        """
        Return for how many seconds there is nothing to do, unless a poll ends; infinity is possible.
        """
        polls = (queue.next_at(now) for queue in self._queues.values() if self._has_request_for(queue))
        times_out = self._deadlines[0][0] if self._deadlines else inf
        return max(0.0, min(times_out, min(polls, default=inf)) - now)

    def _has_request_for(self, queue: AccountQueue) -> bool:
        return self._free > (self._most // _SPARE if queue.is_busy else 0)

    def _told(self, notifications: Iterable[Notification]) -> Iterator[Notification]:
        for notification in notifications:
            if notification.is_last:
                self._forget(notification.polled)
            yield notification

    def _forget(self, job: PolledJob) -> None:
        if job in self._open:
            del self._open[job]
            self._queues[_key(job.arn)].forget(job)
        if not self._open and not self.is_busy:
            for queue in self._queues.values():
                queue.give_back()
            self._queues.clear()
            self._deadlines.clear()

    def _queue(self, job: PolledJob, now: float) -> AccountQueue:
        key = _key(job.arn)
        return self._queues.get(key) or self._queues.setdefault(key, AccountQueue(self._quotas.bucket(*key, now)))


def _key(arn: JobArn) -> tuple[str, str]:
    return arn.account_id, arn.region
