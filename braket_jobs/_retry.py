"""
The one retry layer; the only tenacity.

A loop around one call: tenacity runs it, `RetryPolicy` and `RetryBudget` decide, and what ends it is always the last
typed error, with a note of how much was tried. Sleep, clock and chance are given.
"""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar, cast

import attrs
from tenacity import Future, RetryCallState, Retrying, retry_if_exception

from braket_jobs._budget import RetryBudget
from braket_jobs._text import counted
from braket_jobs.errors import BraketJobsError
from braket_jobs.policy import RetryDetails, RetryPolicy

_LOG = logging.getLogger("braket_jobs")
_T = TypeVar("_T")


@attrs.frozen(kw_only=True)
class Retrier:
    """
    Runs calls again that may succeed then.

    Attributes:
        budget: What retries may cost, shared by all calls of a client.
        sleep: Waits for so many seconds.
        clock: A monotonic clock in seconds.
        jitter: Draws a number between 0 and 1.
    """

    budget: RetryBudget
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def run(self, call: Callable[[], _T], policy: RetryPolicy, room: Callable[[RetryPolicy], bool]) -> _T:
        """
        Return what `call` returns, trying again as `policy` says.

        Args:
            call: Makes one call; raises a `BraketJobsError` if it fails.
            policy: How patiently.
            room: Whether another call keeps within the policy's number of requests.

        Returns:
            The first result.

        Raises:
            BraketJobsError: The last failure, with a note, when it can't or needn't be tried again.
        """
        return _Run(self, policy, room).result_of(call)


class _Run:
    """
    One call with its retries.
    """

    def __init__(self, retrier: Retrier, policy: RetryPolicy, room: Callable[[RetryPolicy], bool]) -> None:
        self._retrier = retrier
        self._policy = policy
        self._room = room
        self._started = retrier.clock()
        self._last_error: BraketJobsError | None = None

    def result_of(self, call: Callable[[], _T]) -> _T:
        retrying = Retrying(
            sleep=self._retrier.sleep,
            retry=retry_if_exception(self._is_worth_it),
            wait=self._delay,
            stop=self._has_to_stop,
            before_sleep=self._announce,
            reraise=True,
        )
        try:
            result = retrying(call)
        except BraketJobsError as error:
            self._tell_what_came_before(error)
            raise
        self._retrier.budget.refund(self._last_error)
        return result

    def _tell_what_came_before(self, error: BraketJobsError) -> None:
        before = self._last_error
        if before is not None and before is not error:
            made, met = counted(error.attempts, "request"), type(before).__name__
            error.add_note(f"Ended after {made} in {self._elapsed():.2f} s; the one before was met by {met}.")

    def _is_worth_it(self, error: BaseException) -> bool:
        return isinstance(error, BraketJobsError) and self._policy.allows(error)

    def _elapsed(self) -> float:
        return self._retrier.clock() - self._started

    def _delay(self, state: RetryCallState) -> float:
        return self._policy.delay(_error(state), state.attempt_number, self._retrier.jitter())

    def _has_to_stop(self, state: RetryCallState) -> bool:
        error, elapsed = _error(state), self._elapsed()
        reason = self._reason_to_stop(error, elapsed, state.upcoming_sleep)
        if reason:
            error.add_note(f"Gave up after {counted(error.attempts, 'request')} in {elapsed:.2f} s: {reason}.")
        self._last_error = error
        return bool(reason)

    def _reason_to_stop(self, error: BraketJobsError, elapsed: float, delay: float) -> str:
        if not self._room(self._policy):
            return f"max_attempts allows {counted(self._policy.max_attempts, 'request')}"
        if not self._policy.is_in_time(elapsed, delay):
            return f"no request starts after {self._policy.deadline} s (deadline)"
        if not self._retrier.budget.take(error):
            return "too many calls of this client have failed lately (retry budget)"
        return ""

    def _announce(self, state: RetryCallState) -> None:
        error, delay = _error(state), state.upcoming_sleep
        details = RetryDetails(
            job_arn=error.job_arn or "", error=error, attempts=error.attempts, delay=delay, elapsed=self._elapsed()
        )
        extra = {f"braket_{name}": value for name, value in attrs.asdict(details, recurse=False).items()}
        _LOG.warning("GetJob is tried again in %.2f s: %s", delay, error, extra=extra)
        if self._policy.on_retry is not None:
            _call_hook(self._policy.on_retry, details)


def _call_hook(hook: Callable[[RetryDetails], object], details: RetryDetails) -> None:
    try:
        hook(details)
    except Exception:  # noqa: BLE001  # whatever a user's hook raises
        _LOG.exception("on_retry failed; the call goes on")


def _error(state: RetryCallState) -> BraketJobsError:
    # tenacity asks how long to wait and whether to stop only after `_is_worth_it` has seen the error.
    return cast("BraketJobsError", cast("Future", state.outcome).exception())
