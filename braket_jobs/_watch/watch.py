"""
One job that is looked at again and again: what its looks mean, and when they are over.

Decisions only. A look's result and the time come as arguments; what comes out is a `Notice` for whoever waits, or
nothing. Whether the watch goes on is in `Watch.is_open`.
"""

from collections.abc import Callable
from math import inf

import attrs

from braket_jobs.errors.tree import BraketJobsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import WaitCancelledError, WaitTimeoutError
from braket_jobs.policies import PollPolicy

Look = Callable[["Watch"], Job]
_EVERY_SO_OFTEN = PollPolicy()


@attrs.frozen(kw_only=True)
class Purpose:
    """
    What looks are for; all watches of one call share it.

    Attributes:
        look: Looks at the job of a watch once. It need not go on when the watch isn't open any more.
        is_enough: Whether this look at the job is the last.
        goes_on_after: Whether the watch survives this failure, unless failures last too long.
        poll: How often.
        timeout: How long, in seconds; None for no limit.
        with_queue_info: Whether to ask for the place in the queue; None for: while the job is queued.
        is_paced: Whether looks wait for the quota. Those that don't take their tokens themselves.
    """

    look: Look
    is_enough: Callable[[Job], bool]
    goes_on_after: Callable[[BraketJobsError], bool]
    poll: PollPolicy = _EVERY_SO_OFTEN
    timeout: float | None = None
    with_queue_info: bool | None = None
    is_paced: bool = True


@attrs.frozen
class Notice:
    """
    What those who wait are told: the job as it is now, or that the watch is over.

    Attributes:
        watch: The watch it is about.
        job: A look that showed something new.
        error: Why the watch is over without the job.
        is_last: Whether the watch is over.
    """

    watch: "Watch"
    job: Job | None = None
    error: BaseException | None = None
    is_last: bool = False


def nobody(_notice: Notice) -> None:
    """
    Receive a notice that nobody wants.
    """


@attrs.define(eq=False)
class Watch:
    """
    One job that is looked at until its purpose is met.

    Attributes:
        arn: The job.
        purpose: What its looks are for.
        receive: Given each notice.
        is_open: Whether it goes on. Whoever wants no more sets it to False.
        looked_at: When the last look that counted was started; minus infinity if there was none.
        deadline: When it times out.
        last: What the last look showed.
        failure: Why the last look failed, or None if it didn't.
    """

    arn: JobArn
    purpose: Purpose
    receive: Callable[[Notice], object] = nobody
    is_open: bool = True
    looked_at: float = -inf
    deadline: float = inf
    last: Job | None = None
    failure: BraketJobsError | None = None
    _looks: int = 0
    _quiet_looks: int = 0
    _failed_at: float = 0.0
    _outage: float = 0.0

    @property
    def wants_queue_info(self) -> bool:
        """
        Whether the next look asks for the job's place in the queue.
        """
        wanted = self.purpose.with_queue_info
        return (self.last is None or self.last.status == JobStatus.QUEUED) if wanted is None else wanted

    def begin(self, now: float) -> None:
        """
        Let the time that it has begin at `now`.
        """
        self.deadline = inf if self.purpose.timeout is None else now + self.purpose.timeout

    def delay(self, chance: float) -> float:
        """
        Return how long after the start of the last look the next one starts, in seconds.
        """
        return self.purpose.poll.delay(self._quiet_looks, chance)

    def saw(self, job: Job) -> Notice | None:
        """
        Take note of a look that succeeded.
        """
        is_new = self.last is None or _what_counts(self.last) != _what_counts(job)
        self._looks += 1
        self._quiet_looks = 0 if is_new else self._quiet_looks + 1
        self.last, self.failure = job, None
        is_last = self.purpose.is_enough(job)
        self.is_open &= not is_last
        return Notice(self, job, is_last=is_last) if is_new or is_last else None

    def failed(self, error: BaseException, started: float, now: float) -> Notice | None:
        """
        Take note of a look that failed.

        Args:
            error: Why.
            started: When the look was started.
            now: The time.
        """
        if not isinstance(error, BraketJobsError):
            return self.end(error)
        unseen = min(started - self._failed_at, self.purpose.poll.wait_max)
        self._outage = 0.0 if self.failure is None else self._outage + unseen + now - started
        self._looks += 1
        self._quiet_looks += not isinstance(error, ThrottlingError)
        self.failure, self._failed_at = error, now
        if not self.purpose.goes_on_after(error):
            return self.end(error)
        if self._outage < self.purpose.poll.max_outage:
            _drop_tracebacks(error)
            return None
        error.add_note(f"No look has succeeded for {self._outage:.0f} s (max_outage).")
        return self.end(error)

    def end(self, error: BaseException) -> Notice:
        """
        End it without the job.
        """
        self.is_open = False
        return Notice(self, error=error, is_last=True)

    def time_out(self) -> Notice:
        """
        End it because its time is up.
        """
        message = f"{self._state} when {self.purpose.timeout:g} s were over"
        error = WaitTimeoutError(message, str(self.arn), attempts=self._looks, job=self.last)
        error.__cause__ = self.failure
        return self.end(error)

    def cancel(self) -> Notice:
        """
        End it because nobody waits any more.
        """
        return self.end(WaitCancelledError(self._state, str(self.arn), attempts=self._looks, job=self.last))

    @property
    def _state(self) -> str:
        return "it was never seen" if self.last is None else f"it was {self.last.status}"


def has_ended(job: Job) -> bool:
    """
    Return whether there is nothing more to wait for. An unknown status is no end.
    """
    return job.status.is_terminal


def _drop_tracebacks(error: BaseException) -> None:
    # In an outage each wait keeps its last error, and a traceback keeps all that its functions had in their hands.
    rest: list[BaseException | None] = [error]
    while rest:
        part = rest.pop()
        if part is not None and part.__traceback__ is not None:
            part.__traceback__ = None
            rest += part.__cause__, part.__context__


def _what_counts(job: Job) -> Job:
    # The look that sees a job leave its queue still has queue info, the next one hasn't: no news.
    if job.queue_info is None or job.status == JobStatus.QUEUED:
        return job
    return attrs.evolve(job, queue_info=None)
