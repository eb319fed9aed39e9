"""
The jobs of one account and region, which share a quota: which one is polled next, and when. The time is an argument.

Jobs that were never polled come first, in the order in which they came. But of every four polls one goes to the others
as long as any is due, so that an endless stream of new jobs starves nobody. Among those that are due, the one that was
not polled for longest comes first: with more jobs than polls, everyone gets as many. Jobs that nobody waits for any
more are passed over. Each operation costs the logarithm of the number of jobs.
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count
from math import inf

from braket_jobs._quota.bucket import TokenBucket
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs.errors.tree import ThrottlingError
from braket_jobs.model.job import Job

_NEW_IN_A_ROW = 3
_HUNG_AFTER = 5.0  # seconds after which a poll under way holds up no other any more


class AccountQueue:
    """
    The jobs of one account and region, and the tokens they share, if anything holds them back.
    """

    def __init__(self, bucket: TokenBucket | None) -> None:
        self._bucket = bucket
        self._unpaced: deque[PolledJob] = deque()
        self._new: deque[PolledJob] = deque()
        self._due: list[tuple[float, int, PolledJob]] = []  # by the time of the last poll
        self._later: list[tuple[float, int, PolledJob]] = []  # by the time of the next one
        self._ticks = count()  # decides between equal times: first come, first served
        self._new_in_a_row = 0
        self._token_at: float | None = None
        self._started: dict[PolledJob, float] = {}  # polls that are under way

    @property
    def is_busy(self) -> bool:
        return bool(self._started)

    def add(self, job: PolledJob) -> None:
        (self._new if job.options.is_paced else self._unpaced).append(job)

    def next_at(self, now: float) -> float:
        """
        Return when the next poll may start: `now`, a later time, or infinity if that depends on other polls.
        """
        self._make_due(now)
        self._pass_over()
        if self._unpaced:
            return now
        wanted_at = now if self._new or self._due else self._later[0][0] if self._later else inf
        if wanted_at > now or self._bucket is None:
            return max(now, wanted_at)
        young = sorted(at for job, at in self._started.items() if job.options.is_paced and at + _HUNG_AFTER > now)
        if len(young) >= self._bucket.window:
            return young[-self._bucket.window] + _HUNG_AFTER
        # A token is reserved only when somebody waits for it, and it is given away only when it is there: to whoever
        # needs it most then. Plain calls, which take tokens without waiting, can't push it away any more.
        if self._token_at is None:
            self._token_at = now + self._bucket.reserve(now)
        return max(now, self._token_at)

    def take(self, now: float) -> PolledJob | None:
        """
        Return the job to poll now, or None if there is none or the quota says to wait.
        """
        if self.next_at(now) > now:
            return None
        job = self._unpaced.popleft() if self._unpaced else self._next()
        self._started[job] = now
        return job

    def finish(self, job: PolledJob, result: Job | BaseException, now: float, chance: float) -> Notification | None:
        """
        Take note of what a poll has shown, of the quota and of the job; queue the job again if that goes on.
        """
        started = self._started.pop(job)
        bucket = self._bucket if job.options.is_paced else None
        is_throttled = bucket is not None and isinstance(result, ThrottlingError)
        if bucket is not None and isinstance(result, Job):
            bucket.succeeded(now)
        elif bucket is not None and isinstance(result, ThrottlingError):
            news = bucket.throttled(started, now, result.retry_after)
            self._token_at = None if news else self._token_at
        if not job.is_open:
            return None
        notification = job.take_in(result, started, now)
        if notification is None or not notification.is_last:
            self._again(job, started, None if is_throttled else started + job.delay(chance))
        return notification

    def _again(self, job: PolledJob, started: float, at: float | None) -> None:
        # A poll that was throttled showed nothing, so the job keeps its place once; then the others have their turn.
        if at is not None or job.throttled > 1:
            job.polled_at = started
        if at is not None:
            heappush(self._later, (at, next(self._ticks), job))
        elif job.polled_at == -inf:
            self._new.appendleft(job)
        else:
            heappush(self._due, (job.polled_at, next(self._ticks), job))

    def _next(self) -> PolledJob:
        # Whoever waits may close a job at any moment, so nothing here depends on which are open.
        self._token_at = None
        if self._new and (self._new_in_a_row < _NEW_IN_A_ROW or not self._due):
            self._new_in_a_row += 1
            return self._new.popleft()
        self._new_in_a_row = 0
        return heappop(self._due)[2]

    def _make_due(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            job = heappop(self._later)[2]
            heappush(self._due, (job.polled_at, next(self._ticks), job))

    def _pass_over(self) -> None:
        for queue in (self._unpaced, self._new):
            while queue and not queue[0].is_open:
                queue.popleft()
        for heap in (self._due, self._later):
            while heap and not heap[0][2].is_open:
                heappop(heap)
