"""
The life of one job that is polled: what each answer means, and when it is over.

Decisions only. An answer and the time come as arguments; what comes out is a `Notification` for whoever waits, or
nothing.
"""

from collections.abc import Callable
from contextvars import Context, copy_context
from math import inf
from typing import NamedTuple

import attrs

from braket_jobs.errors.tree import BraketJobsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import WaitCancelledError, WaitTimeoutError
from braket_jobs.policies import PollPolicy, RetryPolicy

# How soon a failed poll is made again, were polls hours apart: 2 s later, then 4 s, 8 s …
_SOONER = RetryPolicy(wait_initial=2.0, wait_initial_throttled=2.0, wait_max=inf)


@attrs.frozen(kw_only=True)
class PollOptions:
    """
    What jobs are polled for; shared by all jobs of one call.

    Attributes:
        request: Asks for a job once. It need not go on when the job isn't open any more.
        until_end: Whether to poll until the job has ended; else one answer is enough.
        timeout: Seconds; None for no limit.
        with_queue_info: Whether to ask for the place in the queue; None for: while the job is queued.
        is_paced: Whether polls wait for the quota. Those that don't take their tokens themselves.
    """

    request: Callable[["PolledJob"], Job]
    until_end: bool
    policy: PollPolicy = PollPolicy()
    timeout: float | None = None
    with_queue_info: bool | None = None
    is_paced: bool = True


class Notification(NamedTuple):
    """
    What those who wait are told: an update, or an error, and whether it is the last.
    """

    polled: "PolledJob"
    job: Job | None = None
    error: BaseException | None = None
    is_last: bool = False


def nobody(_notification: Notification) -> None:
    pass


@attrs.define(eq=False)
class PolledJob:
    """
    One job that is polled until that is enough.

    Attributes:
        receive: Given each notification.
        is_open: Whether polling goes on. Whoever wants no more sets it to False.
        added_at: Since when it is waited for.
        due_at: When its next poll should start.
        polled_at: When the last poll that counted was started; minus infinity if there was none.
        tick: The number of the queue's entry that is good; 0 before there is any.
        last: The last answer.
        failure: Why the last poll failed, or None if it didn't.
        throttled: How many polls in a row were throttled.
    """

    arn: JobArn
    options: PollOptions
    deadline: float = inf
    receive: Callable[[Notification], object] = nobody
    is_open: bool = True
    added_at: float = -inf
    due_at: float = -inf
    polled_at: float = -inf
    tick: int = 0
    last: Job | None = None
    failure: BraketJobsError | None = None
    throttled: int = 0
    _context: Context = attrs.Factory(copy_context)
    _polls: int = 0
    _quiet_polls: int = 0
    _failures: int = 0
    _failed_at: float = 0.0
    _outage: float = 0.0

    def request(self) -> Job:
        """
        Ask for it, in the context (`contextvars`) of whoever waits.
        """
        return self._context.run(self.options.request, self)

    @property
    def wants_queue_info(self) -> bool:
        wanted = self.options.with_queue_info
        return (self.last is None or self.last.status == JobStatus.QUEUED) if wanted is None else wanted

    def take_in(self, result: Job | BaseException, started: float, now: float) -> Notification | None:
        """
        Take note of what a poll that was started at `started` has shown: the job, or why it could not be had.
        """
        self._polls += 1
        self.throttled = self.throttled + 1 if isinstance(result, ThrottlingError) else 0
        if isinstance(result, Job):
            # what others have asked for in between doesn't make polls rarer
            is_early = started - self.polled_at < (self.due_at - self.polled_at) / 2
            return self._saw(result, is_early=is_early)
        return self._failed(result, started, now) if isinstance(result, BraketJobsError) else self.end(result)

    def accepts(self, result: Job | BaseException, started: float, *, has_queue_info: bool) -> bool:
        """
        Return whether what somebody else's request has shown is as good as a poll.

        What was asked for before this began to wait, or before its own last poll, may be out of date, unless the job
        has ended.
        """
        if not self.options.until_end or not isinstance(result, Job | BraketJobsError):
            return False
        if isinstance(result, Job) and result.is_terminal:
            return True
        lacks_place = isinstance(result, Job) and result.status == JobStatus.QUEUED and not has_queue_info
        return started >= self.added_at and started > self.polled_at and not lacks_place

    def delay(self, chance: float) -> float:
        """
        Return how long after the start of the last poll the next one starts: sooner if that one failed.
        """
        policy = self.options.policy
        delay = policy.delay(self._quiet_polls, chance)
        if self.failure is None:
            return delay
        return min(delay, _SOONER.delay(self.failure, self._failures, 1 - policy.jitter * chance))

    def end(self, error: BaseException) -> Notification:
        self.is_open = False
        return Notification(self, error=error, is_last=True)

    def time_out(self) -> Notification:
        message = f"{self._state} when {self.options.timeout:g} s were over"
        error = WaitTimeoutError(message, str(self.arn), attempts=self._polls, job=self.last)
        error.__cause__ = self.failure
        return self.end(error)

    def cancel(self) -> Notification:
        return self.end(WaitCancelledError(self._state, str(self.arn), attempts=self._polls, job=self.last))

    def _saw(self, job: Job, *, is_early: bool) -> Notification | None:
        is_new = self.last is None or _what_counts(self.last) != _what_counts(job)
        self._quiet_polls = 0 if is_new else self._quiet_polls + (not is_early)
        self._failures = 0
        self.last, self.failure = job, None
        self.is_open &= self.options.until_end and not job.is_terminal
        return Notification(self, job, is_last=not self.is_open) if is_new or not self.is_open else None

    def _failed(self, error: BraketJobsError, started: float, now: float) -> Notification | None:
        unseen = min(started - self._failed_at, self.options.policy.wait_max)
        self._outage = 0.0 if self.failure is None else self._outage + unseen + now - started
        self._quiet_polls += not isinstance(error, ThrottlingError)
        self._failures += 1
        self.failure, self._failed_at = error, now
        if not self._survives(error):
            return self.end(error)
        if self._outage < self.options.policy.max_outage:
            _drop_tracebacks(error)
            return None
        error.add_note(f"No poll has succeeded for {self._outage:.0f} s (max_outage).")
        return self.end(error)

    def _survives(self, error: BraketJobsError) -> bool:
        # Whoever wants one answer has had the call's own retries, but for throttling, which the quota deals with.
        if self.options.until_end:
            return error.retryable
        return self.options.is_paced and isinstance(error, ThrottlingError)

    @property
    def _state(self) -> str:
        return "it was never seen" if self.last is None else f"it was {self.last.status}"


def _drop_tracebacks(error: BaseException) -> None:
    # In an outage each wait keeps its last error, and a traceback keeps all that its functions had in their hands.
    rest: list[BaseException | None] = [error]
    while rest:
        part = rest.pop()
        if part is not None and part.__traceback__ is not None:
            part.__traceback__ = None
            rest += part.__cause__, part.__context__


def _what_counts(job: Job) -> Job:
    # The poll that sees a job leave its queue still has queue info, the next one hasn't: no news.
    if job.queue_info is None or job.status == JobStatus.QUEUED:
        return job
    return attrs.evolve(job, queue_info=None)
