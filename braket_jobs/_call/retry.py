"""
The one retry layer: makes an attempt, and further ones where they may help. The only tenacity.

tenacity runs the loop; `RetryPolicy` and `RetryBudget` decide. What ends it is always the last typed error, with a note
of how much was tried.
"""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar, cast

import attrs
from tenacity import Future, RetryCallState, Retrying, retry_if_exception

from braket_jobs._call.budget import RetryBudget
from braket_jobs.errors.text import counted
from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.policies import RetryDetails, RetryPolicy

_LOG = logging.getLogger("braket_jobs")
_T = TypeVar("_T")


@attrs.define(kw_only=True)
class Retrier:
    """
    Makes the attempts of one call.

    Attributes:
        policy: How patiently.
        budget: What retries may cost, shared by all calls of a client.
        has_requests_left: Whether another attempt keeps within the policy's number of requests.
        sleep: Waits for so many seconds.
        clock: A monotonic clock in seconds.
        jitter: Draws a number between 0 and 1.
    """

    policy: RetryPolicy
    budget: RetryBudget
    has_requests_left: Callable[[], bool]
    sleep: Callable[[float], None]
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
    _started: float = attrs.field(init=False)
    _last_error: BraketJobsError | None = attrs.field(init=False, default=None)  # that another attempt might help

    def result_of(self, attempt: Callable[[], _T]) -> _T:
        """
        Return the first result of `attempt`.

        Raises:
            BraketJobsError: The last failure, with a note, when it can't or needn't be tried again.
        """
        self._started = self.clock()
        retrying = Retrying(
            sleep=self.sleep,
            retry=retry_if_exception(lambda error: isinstance(error, BraketJobsError) and self.policy.allows(error)),
            wait=lambda state: self.policy.delay(_error(state), state.attempt_number, self.jitter()),
            stop=self._has_to_stop,
            before_sleep=self._announce,
            reraise=True,
        )
        try:
            result = retrying(lambda: self._in_time(attempt))
        except BraketJobsError as error:
            if self._last_error not in (None, error):
                made, met = counted(error.attempts, "request"), type(self._last_error).__name__
                error.add_note(f"Ended after {made} in {self._elapsed():.2f} s; the one before was met by {met}.")
            raise
        self.budget.refund(self._last_error)
        return result

    def _in_time(self, attempt: Callable[[], _T]) -> _T:
        # a hook and a sleep may have taken longer than they should
        if self._last_error is not None and not self.policy.is_in_time(self._elapsed(), 0.0):
            self.budget.refund(self._last_error)  # the retry that it paid for is not made
            raise self._last_error
        return attempt()

    def _has_to_stop(self, state: RetryCallState) -> bool:
        self._last_error = error = _error(state)
        elapsed = self._elapsed()
        reason = self._reason_to_stop(error, elapsed, state.upcoming_sleep)
        if reason:
            error.add_note(f"Gave up after {counted(error.attempts, 'request')} in {elapsed:.2f} s: {reason}.")
        return bool(reason)

    def _reason_to_stop(self, error: BraketJobsError, elapsed: float, delay: float) -> str:
        if not self.has_requests_left():
            return f"max_attempts allows {counted(self.policy.max_attempts, 'request')}"
        if not self.policy.is_in_time(elapsed, delay):
            return f"no request starts after {self.policy.deadline} s (deadline)"
        if not self.budget.take(error):
            return "too many calls of this client have failed lately (retry budget)"
        return ""

    def _announce(self, state: RetryCallState) -> None:
        error, delay = _error(state), state.upcoming_sleep
        details = RetryDetails(
            job_arn=error.job_arn or "", error=error, attempts=error.attempts, delay=delay, elapsed=self._elapsed()
        )
        extra = {f"braket_{name}": value for name, value in attrs.asdict(details, recurse=False).items()}
        _LOG.warning("%s is tried again in %.2f s: %s", error.operation, delay, error, extra=extra)
        if self.policy.on_retry is not None:
            try:
                self.policy.on_retry(details)
            except Exception:  # noqa: BLE001  # whatever a user's hook raises
                _LOG.exception("on_retry failed; the call goes on")

    def _elapsed(self) -> float:
        return self.clock() - self._started


def _error(state: RetryCallState) -> BraketJobsError:
    # tenacity asks how long to wait and whether to stop only after `retry` has seen the error
    return cast("BraketJobsError", cast("Future", state.outcome).exception())
