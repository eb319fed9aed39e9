"""
What a caller can ask for: how patiently a call is retried, how often a job is polled, what an account may be asked.

Values and arithmetic. Time and chance are arguments, so that every answer can be computed in a test. Durations are
seconds, or a `timedelta`.
"""

from collections.abc import Callable
from datetime import timedelta
from math import isnan
from numbers import Real
from typing import Any, Self, TypeVar

import attrs
from attrs.validators import ge, gt, is_callable, le, optional

from braket_jobs.errors.tree import BraketJobsError, ThrottlingError

_T = TypeVar("_T")
_HINT_MARGIN = 5.0  # how far a server's hint may raise a delay beyond our own, seconds; botocore's number
_MOST_DOUBLINGS = 60  # beyond it no delay grows any more, and no power overflows


def to_seconds(duration: float | timedelta) -> float:
    """
    Return `duration`, seconds or a `timedelta`, as seconds; anything else as it is, for a check to refuse.
    """
    if isinstance(duration, timedelta):
        return duration.total_seconds()
    return float(duration) if isinstance(duration, int) and not isinstance(duration, bool) else duration


def _is_duration(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if not isinstance(value, float):
        raise TypeError(f"{field.name} is seconds or a timedelta, not {type(value).__name__}")


def _is_number(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{field.name} is a number, not {type(value).__name__}")


def _is_count(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{field.name} is an integer, not {type(value).__name__}")


@attrs.frozen(kw_only=True)
class RetryDetails:
    """
    A retry that is about to happen; what an `on_retry` hook is given.

    Attributes:
        job_arn: The job that is asked for; empty in a search, whose error says by `subject` what is searched for.
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
        TypeError: If `max_attempts` is no integer, `on_retry` can't be called, or a duration is neither seconds nor a
            `timedelta`.
        ValueError: If `max_attempts` is below 1 or a duration is negative.
    """

    max_attempts: int = attrs.field(default=4, validator=[_is_count, ge(1)])
    deadline: float = attrs.field(default=30.0, converter=to_seconds, validator=[_is_duration, ge(0)])
    wait_initial: float = attrs.field(default=0.1, converter=to_seconds, validator=[_is_duration, ge(0)])
    wait_initial_throttled: float = attrs.field(default=1.0, converter=to_seconds, validator=[_is_duration, ge(0)])
    wait_max: float = attrs.field(default=8.0, converter=to_seconds, validator=[_is_duration, ge(0)])
    retry_throttling: bool = True
    on_retry: Callable[[RetryDetails], object] | None = attrs.field(default=None, validator=optional(is_callable()))

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
        Return how long to wait after a failure, in seconds, with the server's hint taken into account.

        Args:
            error: The last failure.
            failures: How many calls have failed so far, 1 or more.
            jitter: A random number between 0 and 1.
        """
        base = self.wait_initial_throttled if isinstance(error, ThrottlingError) else self.wait_initial
        own = jitter * min(self.wait_max, base * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
        return max(own, min(error.retry_after or 0.0, own + _HINT_MARGIN))

    def is_in_time(self, elapsed: float, delay: float) -> bool:
        """
        Return whether a request that starts `delay` seconds after `elapsed` still starts before the deadline.
        """
        return elapsed + delay < self.deadline


@attrs.frozen(kw_only=True)
class Quota:
    """
    How many requests one account may make in one region: a bucket of tokens, one for each request.

    The defaults are GetJob's (Amazon Braket's quotas page). Everybody who uses the account shares them, so a client
    that is throttled asks more slowly for a while.

    Attributes:
        rate: Requests a second, in the long run.
        burst: Requests at once, after a pause.

    Raises:
        TypeError: If one of them is of another type.
        ValueError: If `rate` isn't positive or `burst` is below 1.
    """

    rate: float = attrs.field(default=5.0, validator=[_is_number, gt(0)])
    burst: int = attrs.field(default=25, validator=[_is_count, ge(1)])

    @property
    def for_searches(self) -> Self:
        """
        The quota for SearchJobs where this is the one for GetJob. It has the same rate and twice the burst, but never
        more than the 5 a second and 50 at once that the service allows.
        """
        return type(self)(rate=min(self.rate, _SEARCHES.rate), burst=min(2 * self.burst, _SEARCHES.burst))


_SEARCHES = Quota(rate=5.0, burst=50)  # Amazon Braket's quotas page


@attrs.frozen(kw_only=True)
class PollingStatus:
    """
    How late the polls of one account and region are.

    Attributes:
        account_id: The account.
        region: The region.
        due: How many jobs should have been polled by now, and wait for the quota or for a thread.
        oldest_due: For how many seconds the first of them has been waiting; 0 if none has.
        rate: How many requests a second are made at most now: the quota's rate, or less for a while after throttling.
            None if there is no quota.
        throttled: Which share of the last polls, about twenty, was throttled, from 0 to 1.
    """

    account_id: str
    region: str
    due: int
    oldest_due: float
    rate: float | None
    throttled: float


@attrs.frozen(kw_only=True)
class PollPolicy:
    """
    How often a job that is waited for is polled, and how long failing polls are put up with.

    After a poll that showed something new, the next one starts `wait_initial` later. Each poll that shows nothing new
    multiplies that by `factor`, up to `wait_max`. With more jobs than the quota allows polls, they are further apart,
    equally for all.

    Attributes:
        wait_initial: From the start of one poll to the start of the next, after something changed.
        wait_max: The same, when nothing has changed for long.
        factor: How fast it grows from one to the other, between 1 and 10.
        jitter: By which share, at most, chance shortens a delay, so that many waits don't ask in step.
        max_outage: A wait ends with the last error when its polls have failed for so long without a success; 0 to end
            it at the first failure, `math.inf` to go on for ever. Times without a poll (a machine that slept, a quota
            with too many jobs) count for `wait_max` at most.

    Raises:
        TypeError: If one of them is of another type.
        ValueError: If `wait_initial` isn't positive, `wait_max` is shorter than that, `factor` or `jitter` is out of
            its range, or `max_outage` is negative.
    """

    wait_initial: float = attrs.field(default=2.0, converter=to_seconds, validator=[_is_duration, gt(0)])
    wait_max: float = attrs.field(default=30.0, converter=to_seconds, validator=_is_duration)
    factor: float = attrs.field(default=1.5, validator=[_is_number, ge(1), le(10)])
    jitter: float = attrs.field(default=0.1, validator=[_is_number, ge(0), le(1)])
    max_outage: float = attrs.field(default=300.0, converter=to_seconds, validator=[_is_duration, ge(0)])

    def __attrs_post_init__(self) -> None:
        if not self.wait_max >= self.wait_initial:
            raise ValueError(f"'wait_max' must be at least 'wait_initial', {self.wait_initial}: {self.wait_max}")

    def delay(self, quiet_polls: int, chance: float) -> float:
        """
        Return how long after the start of a poll the next one starts, in seconds.

        Args:
            quiet_polls: How many polls in a row, the last included, showed nothing new.
            chance: A random number between 0 and 1.
        """
        longest = min(self.wait_max, self.wait_initial * self.factor ** min(quiet_polls, _MOST_DOUBLINGS))
        return longest * (1 - self.jitter * chance)


def timeout_in_seconds(timeout: float | timedelta | None) -> float | None:
    """
    Return how long a wait may last, in seconds, or None for no limit.

    Raises:
        TypeError: If it is neither.
        ValueError: If it isn't positive.
    """
    if not _is_timeout(timeout):
        raise TypeError(f"timeout is seconds, a timedelta or None, not {type(timeout).__name__}")
    seconds = None if timeout is None else to_seconds(timeout)
    if seconds is not None and (isnan(seconds) or seconds <= 0):
        raise ValueError(f"a timeout is positive, or None for no limit: {timeout}")
    return seconds


def _is_timeout(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real | timedelta | None)


def checked(value: object, kind: type[_T], name: str) -> _T:
    """
    Return `value` if it is of `kind`; a wrong one would be found out late, and far from where it was given.

    Raises:
        TypeError: If it isn't.
    """
    if isinstance(value, kind):
        return value
    raise TypeError(f"{name} is a {kind.__name__}, not {type(value).__name__}")
