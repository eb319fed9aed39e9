"""
Trying again, after a first failure; the only tenacity.

tenacity runs the loop, `RetryPolicy` and `RetryBudget` decide, and what ends it is always the last typed error, with a
note of how much was tried. Only calls that fail come here, so a process whose calls succeed never imports it.
"""

import logging
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
class Retries:
    """
    The retries of one call.

    Attributes:
        policy: How patiently.
        room: Whether another call keeps within the policy's number of requests.
        budget: What retries may cost, shared by all calls of a client.
        sleep: Waits for so many seconds.
        clock: A monotonic clock in seconds.
        jitter: Draws a number between 0 and 1.
        started: What the clock said when the call began.
        last_error: The last failure so far, at first that of the first request.
    """

    policy: RetryPolicy
    room: Callable[[RetryPolicy], bool]
    budget: RetryBudget
    sleep: Callable[[float], None]
    clock: Callable[[], float]
    jitter: Callable[[], float]
    started: float
    last_error: BraketJobsError

    def result_of(self, call: Callable[[], _T]) -> _T:
        """
        Return what `call` returns in the end; it has failed once.

        Raises:
            BraketJobsError: The last failure, with a note, when it can't or needn't be tried again.
        """
        retrying = Retrying(
            sleep=self.sleep,
            retry=retry_if_exception(self._is_worth_it),
            wait=self._delay,
            stop=self._has_to_stop,
            before_sleep=self._announce,
            reraise=True,
        )
        try:
            result = retrying(self._resumed(call))
        except BraketJobsError as error:
            self._tell_what_came_before(error)
            raise
        self.budget.refund(self.last_error)
        return result

    def _resumed(self, call: Callable[[], _T]) -> Callable[[], _T]:
        """
        Return `call` as if it had not been called yet: it fails at first as it has failed.

        A hook and a sleep may have taken longer than they should, so it is not called after the deadline.
        """
        known = [self.last_error]

        def again() -> _T:
            if known:
                raise known.pop()
            if not self.policy.is_in_time(self._elapsed(), 0.0):
                self.budget.refund(self.last_error)  # the retry that it paid for is not made
                raise self.last_error
            return call()

        return again

    def _tell_what_came_before(self, error: BraketJobsError) -> None:
        if self.last_error is not error:
            made, met = counted(error.attempts, "request"), type(self.last_error).__name__
            error.add_note(f"Ended after {made} in {self._elapsed():.2f} s; the one before was met by {met}.")

    def _is_worth_it(self, error: BaseException) -> bool:
        return isinstance(error, BraketJobsError) and self.policy.allows(error)

    def _elapsed(self) -> float:
        return self.clock() - self.started

    def _delay(self, state: RetryCallState) -> float:
        return self.policy.delay(_error(state), state.attempt_number, self.jitter())

    def _has_to_stop(self, state: RetryCallState) -> bool:
        error, elapsed = _error(state), self._elapsed()
        reason = self._reason_to_stop(error, elapsed, state.upcoming_sleep)
        if reason:
            error.add_note(f"Gave up after {counted(error.attempts, 'request')} in {elapsed:.2f} s: {reason}.")
        self.last_error = error
        return bool(reason)

    def _reason_to_stop(self, error: BraketJobsError, elapsed: float, delay: float) -> str:
        if not self.room(self.policy):
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
        _LOG.warning("GetJob is tried again in %.2f s: %s", delay, error, extra=extra)
        if self.policy.on_retry is not None:
            _call_hook(self.policy.on_retry, details)


def _call_hook(hook: Callable[[RetryDetails], object], details: RetryDetails) -> None:
    try:
        hook(details)
    except Exception:  # noqa: BLE001  # whatever a user's hook raises
        _LOG.exception("on_retry failed; the call goes on")


def _error(state: RetryCallState) -> BraketJobsError:
    # tenacity asks how long to wait and whether to stop only after `_is_worth_it` has seen the error.
    return cast("BraketJobsError", cast("Future", state.outcome).exception())
