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

    Attributes:
        tokens: How many are left.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = self.tokens = capacity
        self._lock = threading.RLock()  # a signal's handler may ask too

    def take(self, error: BraketJobsError) -> bool:
        """
        Pay for a retry after `error`; return False, and take nothing, if it can't be paid.
        """
        cost = _cost(error)
        with self._lock:
            affordable = cost <= self.tokens
            self.tokens -= cost * affordable
        return affordable

    def refund(self, last_error: BraketJobsError | None) -> None:
        """
        Give back after a success: what its last retry cost, or a token if there was no retry.
        """
        income = _cost(last_error) if last_error else _INCOME
        with self._lock:
            self.tokens = min(self._capacity, self.tokens + income)


def _cost(error: BraketJobsError) -> int:
    return _COST_THROTTLED if isinstance(error, ThrottlingError) else _COST
