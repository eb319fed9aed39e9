"""
What those who wait get to see: the updates of one job, the outcomes of many in their order or as they end.

A flow decides which watches to begin and what to hand out when a notice comes. It does not wait: that is all in which
threads and asyncio differ. Whoever drives a flow does this over and over: begin what `read` returns, hand out what
`ready` yields, stop if it `is_over`, and let it `hear` the next notice; without waiting for one if it `is_hungry`,
since then it could read on. Reading may take long, so all that is there is heard and handed out before.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from math import inf
from typing import Generic, TypeVar, cast

from braket_jobs._watch.watch import Notice, Purpose, Watch
from braket_jobs.errors.tree import BraketJobsError, InvalidJobArnError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome

_T = TypeVar("_T")
_MOST_READ_AHEAD = 32
_MOST_REMEMBERED = 10_000


class Flow(ABC, Generic[_T]):
    """
    Reads jobs one by one, and keeps the watches that are open.

    Attributes:
        open: The watches that are not over.
        began: When the first item was asked for; its timeout counts from there, whenever a job is read.
        generation: Which generation of flows of its lookout it belongs to.
    """

    def __init__(self, job_arns: Iterable[str | JobArn], purpose: Purpose) -> None:
        """
        Start before the first job.

        Raises:
            TypeError: If `job_arns` is a single ARN.
        """
        if isinstance(job_arns, str):
            raise TypeError("job_arns is one text; put it in a list")
        self._inputs: Iterator[str | JobArn] | None = iter(job_arns)
        self._is_finite = isinstance(job_arns, Sized)
        self._purpose = purpose
        self._broken_by: Exception | None = None
        self.began: float = -inf
        self.generation: int = 0
        self._ready: deque[_T] = deque()
        self.open: dict[Watch, None] = {}

    @property
    def is_hungry(self) -> bool:
        """
        Whether it may read on without hearing anything first.
        """
        return self._inputs is not None

    @property
    def is_over(self) -> bool:
        """
        Whether nothing more will come.
        """
        return not (self.open or self._ready or self._inputs)

    def read(self) -> list[Watch]:
        """
        Read one job, if hungry, and return the watch to begin for it, if any.

        An input that breaks has ended; `finish` raises its error when what was read is handed out.

        Raises:
            TypeError: If it is neither text nor a `JobArn`.
        """
        if self._inputs is None or not self.is_hungry:
            return []
        try:
            given = next(self._inputs)
        except StopIteration:
            self._inputs = None
            return []
        except Exception as error:  # noqa: BLE001  # whatever the caller's iterator raises
            self._inputs, self._broken_by = None, error
            return []
        text = str(given) if isinstance(given, JobArn) else given
        return self._begun(text) if self._wants(text) else []

    def ready(self) -> Iterator[_T]:
        """
        Yield what there is to hand out.
        """
        while self._ready:
            yield self._ready.popleft()

    @abstractmethod
    def hear(self, notice: Notice) -> None:
        """
        Take in what was learned.

        Raises:
            BaseException: An error that is nobody's outcome; the flow ends with it.
        """

    def cancel(self) -> None:
        """
        End all that is open.

        The rest of a collection ends likewise. An iterator, which may have no end, is read no more.
        """
        if not self._is_finite:
            self._inputs = None
        self._cancel_open()
        while self._inputs is not None:
            self.read()
            self._cancel_open()

    def finish(self) -> None:
        """
        End.

        Raises:
            Exception: What the input has raised, if it has.
        """
        if self._broken_by is not None:
            raise self._broken_by

    def _cancel_open(self) -> None:
        for watch in list(self.open):
            self.hear(watch.cancel())

    def _wants(self, _job_arn: str) -> bool:
        return True

    def _settle(self, outcome: JobOutcome) -> None:
        """
        Take in what became of a job.
        """

    def _begun(self, job_arn: str) -> list[Watch]:
        try:
            watch = Watch(JobArn.parse(job_arn), self._purpose)
        except InvalidJobArnError as error:
            self._settle(JobOutcome(job_arn=job_arn, error=error))
            return []
        watch.begin(self.began)
        self.open[watch] = None
        return [watch]


class Updates(Flow[Job]):
    """
    The looks at one job that showed something new.
    """

    def hear(self, notice: Notice) -> None:
        if notice.error is not None:
            raise notice.error
        self._ready.append(cast("Job", notice.job))  # what is no error is news
        if notice.is_last:
            del self.open[notice.watch]


class _Outcomes(Flow[JobOutcome]):
    """
    What became of each of many jobs.
    """

    def hear(self, notice: Notice) -> None:
        if not notice.is_last:
            return
        if notice.error is not None and not isinstance(notice.error, BraketJobsError):
            raise notice.error
        del self.open[notice.watch]
        self._settle(JobOutcome(job_arn=str(notice.watch.arn), job=notice.job, error=notice.error))

    @abstractmethod
    def _settle(self, outcome: JobOutcome) -> None: ...


class AsTheyEnd(_Outcomes):
    """
    The outcome of each job when it is there, once for each job.
    """

    def __init__(
        self,
        job_arns: Iterable[str | JobArn],
        purpose: Purpose,
        on_update: Callable[[Job], object] | None,
    ) -> None:
        super().__init__(job_arns, purpose)
        self._on_update = on_update
        self._seen: set[str] = set()

    def hear(self, notice: Notice) -> None:
        if notice.job is not None and self._on_update is not None:
            self._on_update(notice.job)
        super().hear(notice)

    def _wants(self, job_arn: str) -> bool:
        is_new = job_arn not in self._seen
        self._seen.add(job_arn)
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self._ready.append(outcome)


class InOrder(_Outcomes):
    """
    An outcome for each input, in their order. It reads a little ahead, and remembers the last outcomes for repetitions.
    """

    def __init__(self, job_arns: Iterable[str | JobArn], purpose: Purpose) -> None:
        super().__init__(job_arns, purpose)
        self._order: deque[str] = deque()
        self._known: dict[str, JobOutcome | None] = {}

    @property
    def is_hungry(self) -> bool:
        return super().is_hungry and len(self._order) < _MOST_READ_AHEAD

    def _wants(self, job_arn: str) -> bool:
        self._order.append(job_arn)
        is_new = job_arn not in self._known
        self._known[job_arn] = self._known.pop(job_arn, None)  # the last one in the dict's order now
        if len(self._known) > _MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._move_on()
        return is_new

    def _settle(self, outcome: JobOutcome) -> None:
        self._known[outcome.job_arn] = outcome
        self._move_on()

    def _move_on(self) -> None:
        while self._order and (outcome := self._known[self._order[0]]) is not None:
            self._ready.append(outcome)
            self._order.popleft()
