"""
What all calls of a client may spend on retries together.
"""

from concurrent.futures import ThreadPoolExecutor

from braket_jobs import ServiceUnavailableError, ThrottlingError
from braket_jobs._call.budget import RetryBudget

DOWN = ServiceUnavailableError()
THROTTLED = ThrottlingError()


def test_a_retry_costs_14_and_a_throttled_one_5() -> None:
    """
    The costs are botocore's.
    """
    budget = RetryBudget()

    assert budget.take(DOWN)
    assert budget.tokens == 486
    assert budget.take(THROTTLED)
    assert budget.tokens == 481


def test_what_cannot_be_paid_takes_nothing() -> None:
    """
    A budget of 15 pays for one retry.
    """
    budget = RetryBudget(15)

    assert [budget.take(DOWN), budget.take(DOWN)] == [True, False]
    assert budget.tokens == 1


def test_a_success_gives_back_what_its_retry_cost() -> None:
    """
    A call that needed a retry, and got there, costs nothing.
    """
    budget = RetryBudget()
    budget.take(DOWN)

    budget.refund(DOWN)

    assert budget.tokens == 500


def test_a_clean_success_gives_one_token_up_to_the_whole() -> None:
    """
    Successes fill the budget slowly, and never over its brim.
    """
    budget = RetryBudget()
    budget.take(THROTTLED)

    for _ in range(7):
        budget.refund(None)

    assert budget.tokens == 500


def test_threads_share_it() -> None:
    """
    Of 200 retries asked for at once, as many are paid as the budget holds.
    """
    budget = RetryBudget()

    with ThreadPoolExecutor(16) as pool:
        paid = sum(pool.map(budget.take, [THROTTLED] * 200))

    assert paid == 100
    assert budget.tokens == 0


def test_a_signals_handler_may_pay_in_the_middle_of_it() -> None:
    """
    Python runs a handler between any two steps of the thread it interrupts, which may hold the lock.
    """
    budget = RetryBudget()
    with budget._lock:
        assert budget.take(ServiceUnavailableError())
