"""
The one retry layer: runs a call, and again where that may help.

A call that succeeds at once pays for nothing: the loop is fetched after the first failure that is worth a second try.
Sleep, clock and chance are given.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import attrs

from braket_jobs._call.budget import RetryBudget
from braket_jobs._forks import importing
from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.policies import RetryPolicy

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
        started = self.clock()
        try:
            result = call()
        except BraketJobsError as error:
            if not policy.allows(error):
                raise
            first_error = error
        else:
            self.budget.refund(None)
            return result
        with importing:
            from braket_jobs._call.again import Retries  # noqa: PLC0415  # lazy: it brings tenacity, and most calls succeed

        retries = Retries(
            policy=policy,
            room=room,
            budget=self.budget,
            sleep=self.sleep,
            clock=self.clock,
            jitter=self.jitter,
            started=started,
            last_error=first_error,
        )
        return retries.result_of(call)
