"""
A Braket and a clock that exist in numbers only: days pass in seconds, and every run with the same seed is the same.

The service enforces the real quota, changes its jobs at the times they were given, and may be down or used by others.
The scheduler under test is the real one; only who drives it is not a thread but a loop over events.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
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
        if not self.has_token(now):
            return throttling()
        return trouble() if self.is_down(now) else self.lives[polled.arn.job_id].at(now)

    def has_token(self, now: float) -> bool:
        """
        Count a request, and return whether the quota has room for it.
        """
        rate = _RATE - self.others(now)
        self._tokens = min(self._tokens + (now - self._filled_at) * rate, _BURST)
        self._filled_at = now
        self.requests.append(now)
        if self._tokens < 1:
            self.throttled.append(now)
            return False
        self._tokens -= 1
        return True


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


class Fleet:
    """
    Processes that know nothing of each other, with waits that never end, and one service.

    Attributes:
        answers: For each process, when it got an answer that was no refusal.
    """

    def __init__(self, processes: int, *, waits: int = 200, starts: Sequence[float] = (), seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._ticks = count()
        self._wakes = [0] * processes  # the number of each one's last wake-up, which alone is good
        self._schedulers = [self._scheduler(number, waits) for number in range(processes)]
        self.service = Service({})
        self.answers: list[list[float]] = [[] for _ in range(processes)]
        for process, at in enumerate(starts or [2 * self._random.random() for _ in range(processes)]):
            self._at(at, partial(self._wake_up, process, 0))

    def run(self, until: float) -> None:
        while self._events[0][0] < until:
            at, _, event = heappop(self._events)
            event(at)

    def leave(self, *, remaining: int) -> None:
        """
        Let all processes end but the first ones.
        """
        for scheduler in self._schedulers[remaining:]:
            assert list(scheduler.end_all(PolledJob.cancel))

    def _scheduler(self, number: int, waits: int) -> Scheduler:
        scheduler = Scheduler(Quotas(Quota()), most_requests=32, chance=self._random.random)
        jobs = [PolledJob(an_arn(number * 1000 + each), waiting()) for each in range(waits)]
        assert list(scheduler.add(jobs, 0.0)) == []
        return scheduler

    def _at(self, time: float, event: Callable[[float], None]) -> None:
        heappush(self._events, (time, next(self._ticks), event))

    def _wake_up(self, process: int, number: int, now: float) -> None:
        if number == self._wakes[process]:
            self._go_on(process, now)

    def _go_on(self, process: int, now: float) -> None:
        while polled := self._schedulers[process].take(now):
            self._at(now + self._latency(), partial(self._arrive, process, polled))
        self._wakes[process] += 1
        pause = self._schedulers[process].pause(now)
        if pause < inf:
            self._at(now + max(pause, 1e-6), partial(self._wake_up, process, self._wakes[process]))

    def _arrive(self, process: int, polled: PolledJob, now: float) -> None:
        result = RUNNING if self.service.has_token(now) else throttling()
        self._at(now + self._latency(), partial(self._finish, process, polled, result))

    def _finish(self, process: int, polled: PolledJob, result: Job | Exception, now: float) -> None:
        if isinstance(result, Job):
            self.answers[process].append(now)
        list(self._schedulers[process].finish(polled, result, now))
        self._go_on(process, now)

    def _latency(self) -> float:
        return 0.025 + 0.01 * self._random.random()
