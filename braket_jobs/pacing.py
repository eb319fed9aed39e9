"""
How often is asked: the rhythm of a wait and the quota of an account. Values and arithmetic, no clock.

Durations are seconds, or a `timedelta`.
"""

from datetime import timedelta
from math import isnan

import attrs
from attrs.validators import and_, ge, gt, le

from braket_jobs.policy import to_seconds

_MOST_DOUBLINGS = 60  # beyond it no delay grows any more, and no power overflows


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
        ValueError: If `rate` isn't positive or `burst` is below 1.
    """

    rate: float = attrs.field(default=5.0, validator=gt(0))
    burst: int = attrs.field(default=25, validator=ge(1))


@attrs.frozen(kw_only=True)
class PollPolicy:
    """
    How often a job that is waited for is looked at, and how long failing looks are put up with.

    After a look that showed something new, the next one starts `wait_initial` later. Each look that shows nothing
    new multiplies that by `factor`, up to `wait_max`. With more jobs than the quota can look at, looks are further
    apart, equally for all.

    Attributes:
        wait_initial: From the start of one look to the start of the next, after something changed.
        wait_max: The same, when nothing has changed for long.
        factor: How fast it grows from one to the other, between 1 and 10.
        jitter: By which share, at most, chance shortens a delay, so that many waits don't ask in step.
        max_outage: A wait ends with the last error when its looks have failed for so long without a success; 0 to
            end it at the first failure, `math.inf` to go on for ever. Times in which nobody looked (a machine that
            slept, a quota with too many jobs) count for `wait_max` at most.

    Raises:
        ValueError: If `wait_initial` isn't positive, `wait_max` is shorter than that, `factor` or `jitter` is out of
            its range, or `max_outage` is negative.
    """

    wait_initial: float = attrs.field(default=2.0, converter=to_seconds, validator=gt(0))
    wait_max: float = attrs.field(default=30.0, converter=to_seconds)
    factor: float = attrs.field(default=1.5, validator=and_(ge(1), le(10)))
    jitter: float = attrs.field(default=0.1, validator=and_(ge(0), le(1)))
    max_outage: float = attrs.field(default=300.0, converter=to_seconds, validator=ge(0))

    def __attrs_post_init__(self) -> None:
        if not self.wait_max >= self.wait_initial:
            raise ValueError(f"'wait_max' must be at least 'wait_initial', {self.wait_initial}: {self.wait_max}")

    def delay(self, quiet_looks: int, chance: float) -> float:
        """
        Return how long after the start of a look the next one starts, in seconds.

        Args:
            quiet_looks: How many looks in a row, the last included, showed nothing new.
            chance: A random number between 0 and 1.
        """
        longest = min(self.wait_max, self.wait_initial * self.factor ** min(quiet_looks, _MOST_DOUBLINGS))
        return longest * (1 - self.jitter * chance)


def timeout_in_seconds(timeout: float | timedelta | None) -> float | None:
    """
    Return how long a wait may last, in seconds, or None for no limit.

    Raises:
        ValueError: If it isn't positive.
    """
    seconds = None if timeout is None else to_seconds(timeout)
    if seconds is not None and (isnan(seconds) or seconds <= 0):
        raise ValueError(f"a timeout is positive, or None for no limit: {timeout}")
    return seconds


def checked_poll(poll: object) -> PollPolicy:
    """
    Return `poll` if it is a policy: one that isn't would be found out in the thread that looks for everybody.

    Raises:
        TypeError: If it is something else.
    """
    if isinstance(poll, PollPolicy):
        return poll
    raise TypeError(f"poll is a PollPolicy, not {type(poll).__name__}")


def checked_quota(quota: object) -> Quota | None:
    """
    Return `quota` if it is one or None.

    Raises:
        TypeError: If it is something else.
    """
    if quota is None or isinstance(quota, Quota):
        return quota
    raise TypeError(f"quota is a Quota or None, not {type(quota).__name__}")
