"""
A Braket and a clock that exist in numbers only: days pass in seconds, and every run with the same seed is the same.

The service enforces the real quota, changes its jobs at the times they were given, and may be down or used by others.
The scheduler under test is the real one; only who drives it is not a thread but a loop over events.
"""

import random
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count
from math import inf

import attrs

from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs._watch.scheduler import Scheduler
from braket_jobs.errors.tree import ThrottlingError
from braket_jobs.model.job import Job
from braket_jobs.policies import Quota
from support.watching import COMPLETED, QUEUED, RUNNING, an_arn, throttling, trouble, waiting

_RATE = 5.0
_BURST = 25.0


@attrs.define
class Life:
    """
    When a job starts and when it ends.
    """

    starts: float
    ends: float

    def at(self, now: float) -> Job:
        if now >= self.ends:
            return COMPLETED
        return RUNNING if now >= self.starts else QUEUED


@attrs.define
class Report:
    """
    What happened to one job in the simulation: when its polls succeeded, and what was told when.
    """

    polls: list[float] = attrs.Factory(list[float])
    told: list[tuple[float, Notification]] = attrs.Factory(list[tuple[float, Notification]])

    @property
    def ends(self) -> list[float]:
        return [at for at, notification in self.told if notification.is_last]


@attrs.define
class Service:
    """
    Answers requests as the real one would.

    Attributes:
        lives: The jobs.
        others: How many requests a second somebody else makes, at each moment; they always get theirs.
        is_down: Whether it fails, at each moment.
    """

    lives: dict[str, Life]
    others: Callable[[float], float] = lambda _now: 0.0
    is_down: Callable[[float], bool] = lambda _now: False
    requests: list[float] = attrs.Factory(list[float])
    throttled: list[float] = attrs.Factory(list[float])
    _tokens: float = _BURST
    _filled_at: float = 0.0

    def answer(self, polled: PolledJob, now: float) -> Job | Exception:
        rate = _RATE - self.others(now)
        self._tokens = min(self._tokens + (now - self._filled_at) * rate, _BURST)
        self._filled_at = now
        self.requests.append(now)
        if self._tokens < 1:
            self.throttled.append(now)
            return throttling()
        self._tokens -= 1
        return trouble() if self.is_down(now) else self.lives[polled.arn.job_id].at(now)


class Simulation:
    """
    Drives a scheduler through simulated time.
    """

    def __init__(self, service: Service, *, timeout: float | None = None, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._service = service
        self._scheduler = Scheduler(Quotas(Quota()), most_requests=32, chance=self._random.random)
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._ticks = count()
        self._jump = 0.0
        self.reports = {name: Report() for name in service.lives}
        options, deadline = waiting(timeout=timeout), inf if timeout is None else timeout
        jobs = [PolledJob(an_arn(int(name[4:])), options, deadline) for name in service.lives]
        self._told(self._scheduler.add(jobs, 0.0), 0.0)

    def jump(self, at: float, seconds: float) -> None:
        """
        Let the clock jump, as if the machine had slept: nothing happens in between.
        """

        def jump(_now: float) -> None:
            self._jump += seconds

        self._at(at, jump)

    def run(self) -> float:
        """
        Go on until nobody waits any more, and return when that was.
        """
        now = 0.0
        while len(self._scheduler):
            while polled := self._scheduler.take(now):
                self._send(polled, now)
            now = self._next(now)
        return now

    def _next(self, now: float) -> float:
        wakes_up = now + self._scheduler.pause(now)
        if not self._events or wakes_up < self._events[0][0]:
            now = wakes_up
        else:
            at, _, event = heappop(self._events)
            now = max(now, at)
            event(now)
        now += self._jump
        self._jump = 0.0
        self._told(self._scheduler.expire(now), now)
        return now

    def _at(self, time: float, event: Callable[[float], None]) -> None:
        heappush(self._events, (time, next(self._ticks), event))

    def _send(self, polled: PolledJob, started: float) -> None:
        latency = 0.05 + 0.02 * self._random.random()

        def arrive(now: float) -> None:
            answer = self._service.answer(polled, now)
            self._at(now + latency / 2, lambda now: self._finish(polled, started, answer, now))

        self._at(started + latency / 2, arrive)

    def _finish(self, polled: PolledJob, started: float, answer: Job | Exception, now: float) -> None:
        if not isinstance(answer, ThrottlingError):
            self.reports[polled.arn.job_id].polls.append(started)
        self._told(self._scheduler.finish(polled, answer, now), now)

    def _told(self, notifications: Iterator[Notification], now: float) -> None:
        for notification in notifications:
            self.reports[notification.polled.arn.job_id].told.append((now, notification))
