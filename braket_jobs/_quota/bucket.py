"""
How many requests an account may still make in a region: an estimate of the service's own count.

The service counts, we only guess: others use the account too, and their requests show only when one of ours is
throttled. Then the bucket is known to be empty, and is filled more slowly for a while. The time is an argument: no
clock, no sleep.

What the numbers are for was measured against a server that enforces the quota (`benchmarks/watching.py`).
"""

import threading
from math import inf, sqrt

from braket_jobs.policies import Quota

_SPARE = 1.0  # a token left in the bucket, since requests don't arrive as evenly as they are sent
_SLOWER = 0.7  # what throttling leaves of the rate
_SLOWEST = 0.002  # and what it leaves at least, as a share of the quota's rate
# The slower, the slower faster again: the root of the quota's rate over ours falls so much each second. So however many
# processes share a quota, what they send together is at most a third more (`tests/simulation/test_fleets.py`).
_RECOVERY = 0.02
# Who has once met others never asks for all of the quota again. A refused request takes no token, so whoever takes each
# as it comes would never be throttled, and nobody else would get any.
_SHARE = 0.985
_LONGEST_HINT = 5.0  # how long a server's hint is heeded, seconds; as in `RetryPolicy`
_FIRST_WINDOW = 2
_WIDEST_WINDOW = 8
_MOST_BUCKETS = 1024
_WIDEST_WINDOW_SECONDS = 1.6  # or as many as may come in that time: what GetJob's own quota makes of 8


class TokenBucket:
    """
    The tokens of one account and region, one for each request; thread-safe.

    `window` is how many requests may be under way at once: few at first, more with each success, so that the first ones
    find out whether the bucket is as full as it should be.
    """

    def __init__(self, quota: Quota, now: float) -> None:
        self._quota = quota
        self._rate = self._highest_rate = quota.rate
        self._widest_window = max(_WIDEST_WINDOW, quota.rate * _WIDEST_WINDOW_SECONDS)
        self._most_tokens = max(quota.burst - _SPARE, 1.0)
        self._tokens = self._most_tokens
        self._updated_at = now
        self._slowed_at = -inf
        self._has_no_answer = True
        self._lock = threading.RLock()  # a signal's handler may ask too
        self.window: int = _FIRST_WINDOW

    @property
    def rate(self) -> float:
        return self._rate

    def reserve(self, now: float) -> float:
        """
        Take a token, and return in how many seconds it will be there; 0 if it is there already.
        """
        with self._lock:
            self._refill(now)
            self._tokens -= 1
            return max(0.0, -self._tokens) / self._rate

    def give_back(self) -> None:
        """
        Put back a token that was reserved for a request that is not made.
        """
        with self._lock:
            self._tokens = min(self._tokens + 1, self._most_tokens)

    def spend(self, now: float, requests: int = 1) -> None:
        """
        Take tokens for requests that wait for nobody; later reservations pay for them, up to a whole burst.
        """
        with self._lock:
            self._refill(now)
            self._tokens = max(self._tokens - requests, min(self._tokens, -float(self._quota.burst)))

    def succeeded(self, now: float) -> None:
        with self._lock:
            if self._has_no_answer:
                # Until the service had this request, its bucket was full and got no fuller: the first one takes long,
                # since a client has to be built and a connection made.
                self._updated_at = now
            self._has_no_answer = False
            self.window += self.window + 1 <= self._widest_window

    def throttled(self, started: float, now: float, hint: float | None = None) -> bool:
        """
        Take note that a request was throttled: the bucket is empty, reservations are void, and tokens come slower.

        Args:
            started: When the request was sent. Requests that were under way together tell the same thing once.
            now: The time.
            hint: In how many seconds the service wants the next request.

        Returns:
            Whether this was news.
        """
        with self._lock:
            if started <= self._slowed_at:
                return False
            self._refill(now)
            # The very first answer tells how full the bucket was found, not how fast it fills.
            slower = 1.0 if self._has_no_answer else _SLOWER
            self._has_no_answer = False
            self._highest_rate = self._quota.rate * _SHARE
            self._rate = max(self._rate * slower, self._quota.rate * _SLOWEST)
            self._tokens = -min(hint or 0.0, _LONGEST_HINT) * self._rate
            self._slowed_at = now
            self.window = max(1, self.window // 2)
            return True

    def _refill(self, now: float) -> None:
        passed = max(0.0, now - self._updated_at)
        self._updated_at = now
        self._tokens = min(self._tokens + passed * self._rate, self._most_tokens)
        root = max(1.0, sqrt(self._quota.rate / self._rate) - passed * _RECOVERY)
        self._rate = min(self._quota.rate / root**2, self._highest_rate)


class Quotas:
    """
    The buckets of one client for an operation, one for each account and region; thread-safe.

    Of more than 1,024 the one is dropped that was not asked for for longest.
    """

    def __init__(self, quota: Quota | None) -> None:
        self._quota = quota
        self._buckets: dict[tuple[str, str], TokenBucket] = {}
        self._lock = threading.RLock()  # a signal's handler may ask too

    def bucket(self, account_id: str, region: str, now: float) -> TokenBucket | None:
        """
        Return the bucket that requests take their tokens from, or None if there is no quota.

        Args:
            account_id: The account that is asked, or anything that stands for it.
            region: The region that is asked.
            now: The time.
        """
        if self._quota is None:
            return None
        key = account_id, region
        with self._lock:
            bucket = self._buckets.pop(key, None) or TokenBucket(self._quota, now)
            self._buckets[key] = bucket  # the last one in the dict's order now
            if len(self._buckets) > _MOST_BUCKETS:
                del self._buckets[next(iter(self._buckets))]
            return bucket
