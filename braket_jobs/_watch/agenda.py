"""
All that is waited for: which looks to make now, and what follows from them. The time is an argument: no I/O.

A `Line` is the jobs of one account and region, which share a quota. The `Agenda` is all lines together. Whoever
drives it makes the looks that `Agenda.start` hands out, tells `Agenda.finish` what came of them, and comes back
after `Agenda.pause`. Not thread-safe: one thread drives it.
"""

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

import attrs

from braket_jobs._quota.bucket import Quotas, TokenBucket
from braket_jobs._watch.schedule import Schedule
from braket_jobs._watch.watch import Notice, Watch
from braket_jobs.errors.tree import ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job

_SPARE = 8  # one look in so many is kept for lines that have none under way
_MOST_LEFTOVERS = 64


class Line:
    """
    The jobs of one account and region.
    """

    def __init__(self, bucket: TokenBucket | None) -> None:
        """
        Start an empty line.

        Args:
            bucket: The tokens they share; None to hold nothing back.
        """
        self.schedule: Schedule = Schedule()
        self._bucket = bucket
        self._unpaced: deque[Watch] = deque()
        self._token_at: float | None = None
        self._under_way = 0

    @property
    def is_busy(self) -> bool:
        """
        Whether a look is under way.
        """
        return self._under_way > 0

    def add(self, watch: Watch) -> None:
        """
        Take in a job that was never looked at.
        """
        if watch.purpose.is_paced:
            self.schedule.add(watch)
        else:
            self._unpaced.append(watch)

    def next_at(self, now: float) -> float:
        """
        Return when the next look may start: `now`, a later time, or infinity if that depends on other looks.
        """
        while self._unpaced and not self._unpaced[0].is_open:
            self._unpaced.popleft()
        if self._unpaced:
            return now
        window = inf if self._bucket is None else self._bucket.window
        wanted_at = self.schedule.next_at(now) if self._under_way < window else inf
        return max(now, self._reserved(now)) if wanted_at <= now else wanted_at

    def take(self, now: float) -> Watch | None:
        """
        Return the job to look at now, or None if there is none or the quota says to wait.
        """
        if self.next_at(now) > now:
            return None
        watch = self._unpaced.popleft() if self._unpaced else self._paced(now)
        self._under_way += watch is not None
        return watch

    def finish(self, watch: Watch, result: Job | BaseException, started: float, now: float) -> bool:
        """
        Take note of what a look has shown about the quota.

        Returns:
            Whether the look is to be made again as soon as there is a token.
        """
        self._under_way -= 1
        if self._bucket is None or not watch.purpose.is_paced:
            return False
        if isinstance(result, Job):
            self._bucket.succeeded(now)
        if isinstance(result, ThrottlingError) and self._bucket.throttled(started, now, result.retry_after):
            self._token_at = None
        return isinstance(result, ThrottlingError)

    def _reserved(self, now: float) -> float:
        # A token is reserved only when somebody waits for it, and it is given away only when it is there: to whoever
        # needs it most then. Plain calls, which take tokens without waiting, can't push it away any more.
        if self._bucket is None:
            return now
        if self._token_at is None:
            self._token_at = now + self._bucket.reserve(now)
        return self._token_at

    def _paced(self, now: float) -> Watch | None:
        self._token_at = None
        return self.schedule.take(now)


@attrs.frozen(eq=False)
class Glance:
    """
    One look that is to be made now.

    Attributes:
        watch: The job it is for.
        line: The line it comes from.
        started: When.
    """

    watch: Watch
    line: Line
    started: float

    def take(self) -> Job:
        """
        Look.
        """
        return self.watch.purpose.look(self.watch)


class Agenda:
    """
    Everything that one client waits for.
    """

    def __init__(self, quotas: Quotas, *, most_looks: int, chance: Callable[[], float] = random.random) -> None:
        """
        Start with nothing to do.

        Args:
            quotas: The tokens that looks take.
            most_looks: How many looks may be under way at once.
            chance: Draws a number between 0 and 1.
        """
        self._quotas = quotas
        self._chance = chance
        self._free = most_looks
        self._spare = most_looks // _SPARE
        self._lines: dict[tuple[str, str], Line] = {}  # whose last look is longest ago comes first
        self._open: dict[Watch, None] = {}  # a dict, for its order
        self._deadlines: list[tuple[float, int, Watch]] = []
        self._ticks = count()

    def __len__(self) -> int:
        return len(self._open)

    def add(self, watches: Iterable[Watch], now: float) -> Iterator[Notice]:
        """
        Begin to look at these jobs.
        """
        for watch in watches:
            self._open[watch] = None
            self._line(watch.arn, now).add(watch)
            if watch.deadline < inf:
                heappush(self._deadlines, (watch.deadline, next(self._ticks), watch))
        if len(self._deadlines) > 2 * len(self._open) + _MOST_LEFTOVERS:
            self._deadlines = [entry for entry in self._deadlines if entry[2].is_open]
            heapify(self._deadlines)
        return iter(())

    def drop(self, watches: Iterable[Watch], _now: float) -> Iterator[Notice]:
        """
        Look at these jobs no more; nobody is told.
        """
        for watch in watches:
            watch.is_open = False
            self._forget(watch)
        return iter(())

    def end_all(self, end: Callable[[Watch], Notice]) -> Iterator[Notice]:
        """
        End everything without a job.

        Args:
            end: Ends a watch.
        """
        for watch in list(self._open):
            if watch.is_open:
                yield end(watch)
            self._forget(watch)

    def start(self, now: float) -> Iterator[Glance]:
        """
        Hand out the looks to make now, one line after the other, beginning where the last time has ended.

        A region that doesn't answer takes all slots but the spare ones, which it leaves to the others.
        """
        lines = deque(self._lines.items())
        while lines and self._free:
            key, line = lines.popleft()
            watch = line.take(now) if self._has_slot(line) else None
            if watch is not None:
                self._free -= 1
                self._lines[key] = self._lines.pop(key)
                lines.append((key, line))
                yield Glance(watch, line, now)

    def finish(self, glance: Glance, result: Job | BaseException, now: float) -> Iterator[Notice]:
        """
        Take note of what came of a look.
        """
        self._free += 1
        watch, line = glance.watch, glance.line
        has_another_go = line.finish(watch, result, glance.started, now)
        if not watch.is_open:
            return
        notice = watch.saw(result) if isinstance(result, Job) else watch.failed(result, glance.started, now)
        if notice is not None and notice.is_last:
            self._forget(watch)
        elif has_another_go:
            line.schedule.put_back(watch)
        else:
            watch.looked_at = glance.started
            line.schedule.again(watch, glance.started + watch.delay(self._chance()))
        if notice is not None:
            yield notice

    def expire(self, now: float) -> Iterator[Notice]:
        """
        End what has timed out.
        """
        while self._deadlines and (self._deadlines[0][0] <= now or not self._deadlines[0][2].is_open):
            watch = heappop(self._deadlines)[2]
            if watch.is_open:
                self._forget(watch)
                yield watch.time_out()

    def pause(self, now: float) -> float:
        """
        Return for how long there is nothing to do, unless a look comes back: seconds, or infinity.
        """
        looks = min((line.next_at(now) for line in self._lines.values() if self._has_slot(line)), default=inf)
        times_out = self._deadlines[0][0] if self._deadlines else inf
        return max(0.0, min(looks, times_out) - now)

    def _has_slot(self, line: Line) -> bool:
        return self._free > (self._spare if line.is_busy else 0)

    def _forget(self, watch: Watch) -> None:
        self._open.pop(watch, None)
        if not self._open:
            self._lines.clear()
            self._deadlines.clear()

    def _line(self, arn: JobArn, now: float) -> Line:
        bucket = self._quotas.bucket(arn, now)
        key = arn.account_id, arn.region
        return self._lines.get(key) or self._lines.setdefault(key, Line(bucket))
