"""
How patient a call is: values and arithmetic, no clock, no sleep, no randomness of its own.

Who drives the retries asks here how long to wait; time and chance are arguments, so every answer can be computed
in a test.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Self

import attrs

from braket_jobs.errors import BraketJobsError, ThrottlingError

_HINT_MARGIN = 5.0  # how far a server's hint may raise a delay beyond our own, seconds; botocore's number


def to_seconds(duration: float | timedelta) -> float:
    """
    Return `duration`, seconds or a `timedelta`, as seconds.

    Raises:
        TypeError: If it is neither.
    """
    return duration.total_seconds() if isinstance(duration, timedelta) else duration + 0.0


@attrs.frozen(kw_only=True)
class RetryDetails:
    """
    A retry that is about to happen; what an `on_retry` hook is given.

    Attributes:
        job_arn: The job that is asked for.
        error: What went wrong.
        attempts: How many HTTP requests were made so far.
        delay: How long the call will sleep now, in seconds.
        elapsed: How long the call has taken so far, in seconds.
    """

    job_arn: str
    error: BraketJobsError
    attempts: int
    delay: float
    elapsed: float


@attrs.frozen(kw_only=True)
class RetryPolicy:
    """
    How often, how long and how patiently a call is retried. Durations are seconds, or a `timedelta`.

    The delay before retry n is ``U(0, 1) * min(wait_max, base * 2**(n - 1))``, where the base is `wait_initial`, or
    `wait_initial_throttled` after throttling. A server's hint raises it, to at most 5 s more than that.

    Attributes:
        max_attempts: HTTP requests at most, the first included. Retries that a client that was passed in makes by
            itself count too, and no further call is made that could exceed the number; within a call it makes them.
        deadline: No request starts later than this after the call began; `math.inf` for no limit. It does not end a
            request that is under way: for that there are botocore's `connect_timeout` and `read_timeout`.
        wait_initial: The base after most errors.
        wait_initial_throttled: The base after throttling.
        wait_max: The longest delay of our own making.
        retry_throttling: Whether a throttled call is tried again; False for those who pace their calls themselves.
        on_retry: Called before each sleep. What it raises is logged and changes nothing.

    Raises:
        TypeError: If `max_attempts` is no integer, `on_retry` can't be called, or a duration is text.
        ValueError: If `max_attempts` is below 1 or a duration is negative.
    """

    max_attempts: int = attrs.field(
        default=4, validator=attrs.validators.and_(attrs.validators.instance_of(int), attrs.validators.ge(1))
    )
    deadline: float = attrs.field(default=30.0, converter=to_seconds, validator=attrs.validators.ge(0))
    wait_initial: float = attrs.field(default=0.1, converter=to_seconds, validator=attrs.validators.ge(0))
    wait_initial_throttled: float = attrs.field(default=1.0, converter=to_seconds, validator=attrs.validators.ge(0))
    wait_max: float = attrs.field(default=8.0, converter=to_seconds, validator=attrs.validators.ge(0))
    retry_throttling: bool = True
    on_retry: Callable[[RetryDetails], object] | None = attrs.field(
        default=None, validator=attrs.validators.optional(attrs.validators.is_callable())
    )

    @classmethod
    def none(cls) -> Self:
        """
        Return the policy that never retries.
        """
        return cls(max_attempts=1)

    def allows(self, error: BraketJobsError) -> bool:
        """
        Return whether a call that failed with `error` may be tried again, as far as the error goes.
        """
        return error.retryable and (self.retry_throttling or not isinstance(error, ThrottlingError))

    def delay(self, error: BraketJobsError, failures: int, jitter: float) -> float:
        """
        Return how long to wait after a failure, in seconds.

        Args:
            error: The last failure.
            failures: How many calls have failed so far, 1 or more.
            jitter: A random number between 0 and 1.

        Returns:
            The delay, with the server's hint taken into account.
        """
        base = self.wait_initial_throttled if isinstance(error, ThrottlingError) else self.wait_initial
        own = jitter * min(self.wait_max, base * 2.0 ** min(failures - 1, 60))
        return max(own, min(error.retry_after or 0.0, own + _HINT_MARGIN))

    def is_in_time(self, elapsed: float, delay: float) -> bool:
        """
        Return whether a request that starts `delay` seconds after `elapsed` still starts before the deadline.
        """
        return elapsed + delay < self.deadline


def checked(policy: object) -> RetryPolicy:
    """
    Return `policy` if it is one: a wrong one would do no harm before the first failure, and hide that failure then.

    Raises:
        TypeError: If it is something else.
    """
    if isinstance(policy, RetryPolicy):
        return policy
    raise TypeError(f"retry is a RetryPolicy, not {type(policy).__name__}")
