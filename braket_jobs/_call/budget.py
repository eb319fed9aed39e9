"""
A brake against retry storms: what all calls of one client may spend on retries together.

With the service down, every call would retry three times and so quadruple the load. A client that has spent its
budget gives up at the first failure until successes fill it again. The numbers are botocore's
(``botocore/retries/standard.py`` and ``quota.py``, 1.44.5).
"""

import threading

from braket_jobs.errors.tree import BraketJobsError, ThrottlingError

_CAPACITY = 500
_COST = 14
_COST_THROTTLED = 5
_INCOME = 1


class RetryBudget:
    """
    Tokens for retries, shared by the threads of one client.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = capacity
        self._tokens = capacity
        self._lock = threading.Lock()

    @property
    def tokens(self) -> int:
        """
        How many tokens are left.
        """
        return self._tokens

    def take(self, error: BraketJobsError) -> bool:
        """
        Pay for a retry after `error`; return False, and take nothing, if it can't be paid.
        """
        cost = retry_cost(error)
        with self._lock:
            affordable = cost <= self._tokens
            self._tokens -= cost * affordable
        return affordable

    def refund(self, last_error: BraketJobsError | None) -> None:
        """
        Give back after a success: what its last retry cost, or a token if there was no retry.
        """
        if self._tokens == self._capacity:
            return
        with self._lock:
            self._tokens = min(self._capacity, self._tokens + (retry_cost(last_error) if last_error else _INCOME))


def retry_cost(error: BraketJobsError) -> int:
    """
    Return how many tokens a retry after `error` costs.
    """
    return _COST_THROTTLED if isinstance(error, ThrottlingError) else _COST
