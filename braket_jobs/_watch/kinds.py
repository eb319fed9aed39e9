"""
The kinds of `Subscription`: the updates of one job, or the outcomes of many, in their order or as they end.

What ends an iterator without being a job's outcome (a defect, or what `on_update` raises) is raised when all that was
seen before is handed out.
"""

from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from itertools import takewhile
from typing import cast

from braket_jobs._watch.polled_job import Notification, PolledJob, PollOptions
from braket_jobs._watch.poller import Poller
from braket_jobs._watch.subscriptions import JobArns, Source, Subscription
from braket_jobs.errors.tree import BraketJobsError, InvalidJobArnError
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome

_MOST_READ_AHEAD = 32


class Updates(Subscription[Job]):
    """
    The updates of one job.
    """

    def _take_in(self, notification: Notification) -> None:
        if notification.error is not None:
            raise notification.error
        self.ready.append(cast("Job", notification.job))  # what is no error is an update
        if notification.is_last:
            del self._open[notification.polled]


class _Outcomes(Subscription[JobOutcome]):
    def _job_for(self, job_arn: str) -> PolledJob | None:
        try:
            return super()._job_for(job_arn) if self._is_new(job_arn) else None
        except InvalidJobArnError as error:
            self._settle(JobOutcome(job_arn=job_arn, error=error))
        except TypeError as error:  # it is no text
            self._break(error, job_arn)
        return None

    def _take_in(self, notification: Notification) -> None:
        error, job_arn = notification.error, str(notification.polled.arn)
        if not notification.is_last:
            return
        del self._open[notification.polled]
        if error is None or isinstance(error, BraketJobsError):
            self._settle(JobOutcome(job_arn=job_arn, job=notification.job, error=error))
        else:
            self._break(error, job_arn)

    @abstractmethod
    def _is_new(self, job_arn: str) -> bool: ...

    @abstractmethod
    def _settle(self, outcome: JobOutcome) -> None: ...

    @abstractmethod
    def _break(self, error: BaseException, job_arn: str) -> None:
        """
        Have nothing more happen than is needed before `error` is raised, which is due to a job.
        """


class OutcomesAsTheyEnd(_Outcomes):
    """
    The outcome of each job when it is there, once for each job; `on_update` is called with each update.
    """

    def __init__(
        self,
        poller: Poller,
        job_arns: JobArns,
        options: PollOptions,
        on_update: Callable[[Job], object] | None = None,
    ) -> None:
        super().__init__(poller, job_arns, options)
        self._on_update = on_update
        self._seen: set[str] = set()

    def _take_in(self, notification: Notification) -> None:
        is_shown = notification.is_last or self._end is None  # when it is over, only ends are told
        broken_by: Exception | None = None
        try:
            if self._on_update is not None and notification.job is not None and is_shown:
                self._on_update(notification.job)
        except Exception as error:  # noqa: BLE001  # whatever the caller's function raises
            broken_by = error
        super()._take_in(notification)
        if broken_by is not None:
            self._break(broken_by, str(notification.polled.arn))

    def _is_new(self, job_arn: str) -> bool:
        is_new = job_arn not in self._seen
        self._seen.add(job_arn)
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self.ready.append(outcome)

    def _break(self, error: BaseException, job_arn: str) -> None:  # noqa: ARG002  # whose it is makes no difference
        self._source = self._on_update = None
        self.broken_by = error if self.broken_by is None else self.broken_by
        for job in self._stop():
            del self._open[job]


class OutcomesInOrder(_Outcomes):
    """
    An outcome for each ARN, in their order. It reads a little ahead, and asks once for what comes again meanwhile.
    """

    def __init__(self, poller: Poller, job_arns: JobArns, options: PollOptions) -> None:
        super().__init__(poller, job_arns, options)
        self._order: deque[str] = deque()
        self._outcomes: dict[str, JobOutcome] = {}

    def _can_read(self, source: Source) -> bool:
        return len(self._order) < _MOST_READ_AHEAD and super()._can_read(source)

    def _is_new(self, job_arn: str) -> bool:
        is_new = job_arn not in self._order
        self._order.append(job_arn)
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self._outcomes[outcome.job_arn] = outcome
        while self._order and self._order[0] in self._outcomes:
            job_arn = self._order.popleft()
            self.ready.append(self._outcomes[job_arn] if job_arn in self._order else self._outcomes.pop(job_arn))

    def _break(self, error: BaseException, job_arn: str) -> None:
        self._source, self.broken_by = None, error
        self._order = deque(takewhile(lambda each: each != job_arn, self._order))
        behind = [job for job in self._open if str(job.arn) not in self._order]
        self._poller.drop(behind)
        for job in behind:
            del self._open[job]
