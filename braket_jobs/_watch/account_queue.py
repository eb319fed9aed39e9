"""
The jobs of one account and region, which share a quota: which one is polled next, and when. The time is an argument.

Jobs that were never polled come first. But of every four polls one goes to the others as long as any is due, so that an
endless stream of new jobs starves nobody. Among those that are due, the one that was not polled for longest comes
first: with more jobs than polls, everyone gets as many. What doesn't wait for the quota takes turns with all of these.
Jobs that nobody waits for any more are passed over. Each operation costs the logarithm of the number of jobs.

Several may wait for the same job. While one poll of it is under way the others make none, and what it has shown is told
to all of them.
"""

from collections import deque
from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

import attrs

from braket_jobs._quota.bucket import TokenBucket
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs._watch.turns import Turns
from braket_jobs.errors.tree import BraketJobsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import WaitCancelledError
from braket_jobs.policies import PollingStatus

_NEW_IN_A_ROW = 3
_HUNG_AFTER = 5.0  # seconds after which a poll under way holds up no other any more
_MOST_STALE = 64
_MEMORY = 1 / 20  # what the last poll counts in the share of throttled ones

_Entry = tuple[float, int, PolledJob]  # good as long as its number is the job's


class AccountQueue:
    """
    The jobs of one account and region, and the tokens they share, if anything holds them back.
    """

    def __init__(self, bucket: TokenBucket | None) -> None:
        self._bucket = bucket
        self._by_arn: dict[JobArn, dict[PolledJob, None]] = {}
        self._unpaced: deque[PolledJob] = deque()
        self._new = Turns()
        self._due: list[_Entry] = []  # by the time of the last poll
        self._later: list[_Entry] = []  # by the time of the next one
        self._ticks = count(1)  # decides between equal times: first come, first served
        self._new_in_a_row = 0
        self._was_unpaced = False
        self._token_at: float | None = None
        self._started: dict[PolledJob, float] = {}  # polls that are under way
        self._asked_at: dict[JobArn, float] = {}  # when the last of them was started, for each job
        self._stale = 0
        self._throttled_share = 0.0

    @property
    def is_busy(self) -> bool:
        return bool(self._started)

    def add(self, job: PolledJob, now: float) -> None:
        job.added_at = job.due_at = now
        self._by_arn.setdefault(job.arn, {})[job] = None
        (self._new if job.options.is_paced else self._unpaced).append(job)

    def forget(self, job: PolledJob) -> None:
        """
        Let go of a job that is not open any more.
        """
        same = self._by_arn[job.arn]
        del same[job]
        if not same:
            del self._by_arn[job.arn]
        self._count_stale()

    def next_at(self, now: float) -> float:
        """
        Return when the next poll may start: `now`, a later time, or infinity if that depends on other polls.
        """
        self._tidy(now)
        return now if self._unpaced else self._paced_at(now)

    def take(self, now: float) -> PolledJob | None:
        """
        Return the job to poll now, or None if there is none or the quota says to wait.
        """
        self._tidy(now)
        is_paced_due = self._paced_at(now) <= now
        if self._unpaced and not (is_paced_due and self._was_unpaced):
            job = self._unpaced.popleft()
        elif is_paced_due:
            job = self._next()
        else:
            return None
        self._was_unpaced = not job.options.is_paced
        self._started[job] = self._asked_at[job.arn] = now
        return job

    def finish(self, job: PolledJob, result: Job | BaseException, now: float, chance: float) -> Iterator[Notification]:
        """
        Take note of what a poll has shown, of the quota and of the job; queue the job again if that goes on.
        """
        started, has_queue_info = self._started.pop(job), job.wants_queue_info
        if self._asked_at.get(job.arn) == started:
            del self._asked_at[job.arn]
        bucket = self._bucket if job.options.is_paced else None
        is_throttled = bucket is not None and isinstance(result, ThrottlingError)
        if bucket is not None and isinstance(result, Job):
            bucket.succeeded(now)
        elif bucket is not None and isinstance(result, ThrottlingError):
            news = bucket.throttled(started, now, result.retry_after)
            self._token_at = None if news else self._token_at
        self._throttled_share += (is_throttled - self._throttled_share) * _MEMORY
        if job.is_open:
            yield from self._take_in(job, result, started, now, None if is_throttled else chance)
        if not is_throttled and not isinstance(result, WaitCancelledError):
            yield from self.share(job.arn, result, started, now, chance, has_queue_info=has_queue_info)
        elif not job.is_open:  # and so doesn't try again for the others
            self._release(job.arn, now)

    def share(
        self,
        arn: JobArn,
        result: Job | BaseException,
        started: float,
        now: float,
        chance: float,
        *,
        has_queue_info: bool,
    ) -> Iterator[Notification]:
        """
        Tell all who wait for a job what somebody else's request has shown, and poll them later.
        """
        for job in self._not_under_way(arn):
            if job.accepts(result, started, has_queue_info=has_queue_info):
                self._count_stale()
                theirs = _twin(result) if isinstance(result, BraketJobsError) else result
                yield from self._take_in(job, theirs, started, now, chance)
        self._release(arn, now)

    def status(self, account_id: str, region: str, now: float) -> PollingStatus:
        """
        Return how late polls are; from any thread.
        """
        due = [job.due_at for job in self._new if self._is_new(job)]
        queued = [entry for entry in self._due + self._later if _is_good(entry)]
        due += [job.due_at for _, _, job in queued if job.due_at <= now]
        return PollingStatus(
            account_id=account_id,
            region=region,
            due=len(due),
            oldest_due=max(0.0, now - min(due, default=now)),
            rate=None if self._bucket is None else self._bucket.rate,
            throttled=self._throttled_share,
        )

    def give_back(self) -> None:
        """
        Give back the token that is reserved for the next poll, since there is none.
        """
        if self._bucket is not None and self._token_at is not None:
            self._bucket.give_back()

    def _release(self, arn: JobArn, now: float) -> None:
        # those who have waited for an answer that came too early for them, or not at all
        for job in self._not_under_way(arn):
            if job.tick and job.due_at <= now:
                self._count_stale()
                self._push(self._due, job.polled_at, job)

    def _not_under_way(self, arn: JobArn) -> list[PolledJob]:
        return [job for job in self._by_arn.get(arn, ()) if job.is_open and job not in self._started]

    def _paced_at(self, now: float) -> float:
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

    def _take_in(
        self, job: PolledJob, result: Job | BaseException, started: float, now: float, chance: float | None
    ) -> Iterator[Notification]:
        notification = job.take_in(result, started, now)
        if job.is_open:
            self._again(job, started, None if chance is None else started + job.delay(chance))
        if notification is not None:
            yield notification

    def _again(self, job: PolledJob, started: float, at: float | None) -> None:
        # A poll that was throttled showed nothing, so the job keeps its place once; then the others have their turn.
        if at is not None or job.throttled > 1:
            job.polled_at = started
        if at is not None:
            job.due_at = at
            self._push(self._later, at, job)
        elif job.polled_at == -inf:
            job.tick = 0
            self._new.put_back(job)
        else:
            self._push(self._due, job.polled_at, job)

    def _next(self) -> PolledJob:
        # Whoever waits may close a job at any moment, so nothing here depends on which are open.
        self._token_at = None
        if self._new and (self._new_in_a_row < _NEW_IN_A_ROW or not self._due):
            self._new_in_a_row += 1
            return self._new.take()
        self._new_in_a_row = 0
        return heappop(self._due)[2]

    def _push(self, heap: list[_Entry], at: float, job: PolledJob) -> None:
        job.tick = next(self._ticks)
        heappush(heap, (at, job.tick, job))

    def _tidy(self, now: float) -> None:
        """
        See what is due, and pass over what can't be polled now.
        """
        while self._later and self._later[0][0] <= now:
            _, tick, job = heappop(self._later)
            if job.tick == tick:
                heappush(self._due, (job.polled_at, tick, job))
        while self._unpaced and not self._unpaced[0].is_open:
            self._unpaced.popleft()
        while self._new and not self._can_poll(self._new.first, now, is_good=self._is_new(self._new.first)):
            self._new.drop_first()
        while self._due and not self._can_poll(self._due[0][2], now, is_good=_is_good(self._due[0])):
            heappop(self._due)
        while self._later and not _is_good(self._later[0]):
            heappop(self._later)

    def _can_poll(self, job: PolledJob, now: float, *, is_good: bool) -> bool:
        """
        Return whether to leave the first job of a queue there; one that is being polled for somebody else comes later.
        """
        asked_until = self._asked_at.get(job.arn, -inf) + _HUNG_AFTER
        if is_good and job.options.until_end and asked_until > now:
            self._push(self._later, asked_until, job)
            return False
        return is_good

    def _is_new(self, job: PolledJob) -> bool:
        return job.is_open and not job.tick

    def _count_stale(self) -> None:
        self._stale += 1
        if self._stale > (len(self._new) + len(self._due) + len(self._later)) // 2 + _MOST_STALE:
            self._stale = 0
            self._new.keep(self._is_new)
            for heap in (self._due, self._later):
                heap[:] = filter(_is_good, heap)
                heapify(heap)


def _is_good(entry: _Entry) -> bool:
    _, tick, job = entry
    return job.is_open and job.tick == tick


def _twin(error: BraketJobsError) -> BraketJobsError:
    # an error that is raised in two threads would get two tracebacks
    twin = attrs.evolve(error)
    twin.__cause__ = error.__cause__
    return twin
