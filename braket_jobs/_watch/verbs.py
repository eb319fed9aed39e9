"""
What a client can be asked for beyond one call, said once for threads and asyncio: which flow, with which looks.

Here the rules for looks meet the callers who make them. A look of a wait is one request: what fails is looked at again
later anyway. A look for `get_jobs` is tried again as the client's policy says, but for throttling: then it waits for
another token of the quota.
"""

import inspect
import threading
from collections.abc import Callable, Generator, Iterable
from datetime import timedelta
from typing import TypeVar

import attrs

from braket_jobs._watch.callers import Callers
from braket_jobs._watch.flows import AsTheyEnd, Flow, InOrder, Updates
from braket_jobs._watch.threads import run
from braket_jobs._watch.watch import Look, Purpose, Watch, has_ended
from braket_jobs.errors.tree import BraketJobsError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollPolicy, RetryPolicy, checked_poll, timeout_in_seconds

_T = TypeVar("_T")


@attrs.frozen
class Verbs:
    """
    Makes flows. The arguments are those of the client's methods.

    Attributes:
        callers: Who looks.
        retry: How patiently, where a look is all there is.
    """

    callers: Callers
    retry: RetryPolicy

    def get_job(self, job_arn: str | JobArn, *, with_queue_info: bool) -> InOrder:
        """
        Return a flow of one outcome, which waits for no quota.
        """
        purpose = Purpose(
            look=self._look(self.retry, is_paced=False),
            is_enough=_always,
            goes_on_after=_never,
            with_queue_info=with_queue_info,
            is_paced=False,
        )
        return InOrder([job_arn], purpose)

    def get_jobs(self, job_arns: Iterable[str | JobArn], *, with_queue_info: bool) -> InOrder:
        """
        Return a flow of one look at each job.
        """
        is_paced = self.callers.has_quota
        purpose = Purpose(
            look=self._look(attrs.evolve(self.retry, retry_throttling=not is_paced)),
            is_enough=_always,
            goes_on_after=_is_throttling if is_paced else _never,
            with_queue_info=with_queue_info,
        )
        return InOrder(job_arns, purpose)

    def updates(self, job_arn: str | JobArn, *, timeout: float | timedelta | None, poll: PollPolicy) -> Updates:
        """
        Return a flow of the looks at one job that showed something new.

        Raises:
            InvalidJobArnError: If it isn't the ARN of a hybrid job.
        """
        arn = job_arn if isinstance(job_arn, JobArn) else JobArn.parse(job_arn)
        return Updates([arn], self._waiting(timeout, poll))

    def wait_all(
        self,
        job_arns: Iterable[str | JobArn],
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None,
        poll: PollPolicy,
    ) -> AsTheyEnd:
        """
        Return a flow of the jobs as they end.

        Raises:
            TypeError: If `on_update` is a coroutine function, which nobody would await.
        """
        if inspect.iscoroutinefunction(on_update):
            raise TypeError("on_update is a plain function; it may start a task, as asyncio.create_task does")
        return AsTheyEnd(job_arns, self._waiting(timeout, poll), on_update)

    def run(self, flow: Flow[_T], cancel: threading.Event | None = None) -> Generator[_T, None, None]:
        """
        Yield what `flow` hands out, and block in between; `cancel` ends it.
        """
        # The lookout is asked for by the first `next`, which may be in another process than the call.
        yield from run(self.callers.lookout(), flow, cancel)

    def _waiting(self, timeout: float | timedelta | None, poll: PollPolicy) -> Purpose:
        return Purpose(
            look=self._look(RetryPolicy.none()),
            is_enough=has_ended,
            goes_on_after=_is_retryable,
            poll=checked_poll(poll),
            timeout=timeout_in_seconds(timeout),
        )

    def _look(self, policy: RetryPolicy, *, is_paced: bool = True) -> Look:
        def look(watch: Watch) -> Job:
            return self.callers.here().get_job(
                watch.arn,
                policy,
                with_queue_info=watch.wants_queue_info,
                is_paced=is_paced,
                is_wanted=lambda: watch.is_open,
            )

        return look


def _always(_job: Job) -> bool:
    return True


def _never(_error: BraketJobsError) -> bool:
    return False


def _is_retryable(error: BraketJobsError) -> bool:
    return error.retryable


def _is_throttling(error: BraketJobsError) -> bool:
    return isinstance(error, ThrottlingError)
