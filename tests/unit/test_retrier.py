"""
The loop itself: what it pays, what it tells, what it logs. Time and chance are given.
"""

import logging
from collections.abc import Callable

import pytest
from support.samples import REAL_ARN

from braket_jobs import BraketJobsError, InternalServiceError, RetryDetails, RetryPolicy, ThrottlingError
from braket_jobs._call.budget import RetryBudget
from braket_jobs._call.retry import Retrier

_DOWN = InternalServiceError("sorry", REAL_ARN, attempts=1, retryable=True)
_THROTTLED = ThrottlingError("slow down", REAL_ARN, attempts=1, retryable=True)


class Time:
    """
    A clock that only sleeping moves.
    """

    def __init__(self) -> None:
        self.now = 1000.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def _run(
    *failures: BraketJobsError,
    budget: RetryBudget | None = None,
    policy: RetryPolicy | None = None,
    has_requests_left: Callable[[], bool] = lambda: True,
    time: Time | None = None,
) -> str:
    time, waiting = time or Time(), list(failures)

    def attempt() -> str:
        if waiting:
            raise waiting.pop(0)
        return "done"

    return Retrier(
        policy=policy or RetryPolicy(),
        budget=budget or RetryBudget(),
        has_requests_left=has_requests_left,
        sleep=time.sleep,
        clock=time.clock,
        jitter=lambda: 0.5,
    ).result_of(attempt)


def _failed(*failures: BraketJobsError, policy: RetryPolicy | None = None, budget: RetryBudget | None = None) -> str:
    with pytest.raises(BraketJobsError) as caught:
        _run(*failures, policy=policy, budget=budget)
    return "\n".join(caught.value.__notes__)


@pytest.mark.parametrize(("failure", "cost"), [(_DOWN, 14), (_THROTTLED, 5)])
def test_a_retry_is_paid_by_its_kind(failure: BraketJobsError, cost: int) -> None:
    """
    A retry costs 14 tokens, after throttling 5; a call that fails for good gets nothing back.
    """
    budget = RetryBudget()
    final = BraketJobsError("no", REAL_ARN)
    with pytest.raises(BraketJobsError):
        _run(failure, final, budget=budget)

    assert budget.tokens == 500 - cost


@pytest.mark.parametrize(("failures", "tokens"), [([_DOWN], 500), ([_DOWN, _DOWN], 486), ([_DOWN, _THROTTLED], 486)])
def test_a_success_gives_back_what_its_last_retry_cost(failures: list[BraketJobsError], tokens: int) -> None:
    """
    Of several retries only the last is given back.
    """
    budget = RetryBudget()
    _run(*failures, budget=budget)

    assert budget.tokens == tokens


def test_a_success_without_a_retry_gives_back_one() -> None:
    """
    A call that succeeds at once refills the budget by a single token.
    """
    budget = RetryBudget()
    budget.take(_DOWN)
    _run(budget=budget)

    assert budget.tokens == 487


def test_time_spent_in_calls_counts_towards_the_deadline() -> None:
    """
    Not only the time that is slept.
    """
    time, started = Time(), list[float]()
    retrier = Retrier(
        policy=RetryPolicy(max_attempts=9, deadline=1.0),
        budget=RetryBudget(),
        has_requests_left=lambda: True,
        sleep=time.sleep,
        clock=time.clock,
        jitter=lambda: 0.0,
    )

    def attempt() -> str:
        started.append(time.now - 1000.0)
        time.now += 0.4
        raise _DOWN

    with pytest.raises(InternalServiceError):
        retrier.result_of(attempt)

    assert started == pytest.approx([0.0, 0.4, 0.8])


def test_the_hook_is_told_everything() -> None:
    """
    ARN, error, attempts, the delay to come and the time so far, for each retry.
    """
    seen: list[RetryDetails] = []
    _run(_DOWN, _THROTTLED, policy=RetryPolicy(wait_initial=0.25, on_retry=seen.append))

    assert seen == [
        RetryDetails(job_arn=REAL_ARN, error=_DOWN, attempts=1, delay=0.125, elapsed=0.0),
        RetryDetails(job_arn=REAL_ARN, error=_THROTTLED, attempts=1, delay=1.0, elapsed=0.125),
    ]


def test_the_log_is_told_everything(caplog: pytest.LogCaptureFixture) -> None:
    """
    A warning says the delay and the error; its fields are the hook's, and the error is the exception itself.
    """
    _run(_DOWN)

    record = caplog.records[0]
    fields = {name: value for name, value in vars(record).items() if name.startswith("braket_")}

    assert record.getMessage() == f"GetJob is tried again in 0.05 s: {_DOWN}"
    assert fields == {
        "braket_job_arn": REAL_ARN,
        "braket_error": _DOWN,
        "braket_attempts": 1,
        "braket_delay": 0.05,
        "braket_elapsed": 0.0,
    }


def test_an_error_without_an_arn_is_told_with_an_empty_one() -> None:
    """
    The hook's ARN is a text in any case.
    """
    seen: list[RetryDetails] = []
    _run(InternalServiceError(retryable=True), policy=RetryPolicy(on_retry=seen.append))

    assert [details.job_arn for details in seen] == [""]


def test_a_hook_that_fails_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """
    What the hook raised is in the log, as an error, and the call goes on.
    """

    def fail(_: RetryDetails) -> None:
        raise LookupError("mine")

    result = _run(_DOWN, policy=RetryPolicy(on_retry=fail))
    record = caplog.records[-1]

    assert result == "done"
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "on_retry failed; the call goes on")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], LookupError)


def test_the_note_tells_of_the_deadline() -> None:
    """
    An error that time ended says how much was tried and when no request starts any more.
    """
    late = ThrottlingError("slow down", REAL_ARN, attempts=2, retryable=True, retry_after=4.0)
    note = _failed(_THROTTLED, late, policy=RetryPolicy(deadline=4.0))

    assert note == "Gave up after 2 requests in 0.50 s: no request starts after 4.0 s (deadline)."


class Oversleeper(Time):
    """
    A clock whose sleeps take ten times as long.
    """

    def sleep(self, seconds: float) -> None:
        self.now += 10 * seconds


def test_no_request_starts_after_a_sleep_that_took_too_long() -> None:
    """
    A sleep that ends after the deadline ends the call, with the error before it; the retry is not paid.
    """
    budget, failure = RetryBudget(), InternalServiceError("sorry", REAL_ARN, attempts=1, retryable=True)
    with pytest.raises(InternalServiceError) as caught:
        _run(failure, policy=RetryPolicy(wait_initial=2, deadline=10), budget=budget, time=Oversleeper())

    assert caught.value is failure
    assert caught.value.__notes__ == ["Gave up after 1 request in 10.00 s: no request starts after 10.0 s (deadline)."]
    assert budget.tokens == 500


def test_a_request_may_start_until_the_deadline() -> None:
    """
    Half a second before it is in time, whatever the sleep was to be.
    """
    time = Time()

    assert _run(_DOWN, policy=RetryPolicy(on_retry=lambda _: time.sleep(29.5)), time=time) == "done"


def test_no_request_starts_after_a_hook_that_took_too_long() -> None:
    """
    A hook's time counts as the call's own.
    """
    time, failure = Time(), InternalServiceError("sorry", REAL_ARN, attempts=1, retryable=True)
    with pytest.raises(InternalServiceError) as caught:
        _run(failure, policy=RetryPolicy(on_retry=lambda _: time.sleep(30)), time=time)

    assert caught.value is failure
    assert "in 30.05 s: no request starts after 30.0 s (deadline)" in caught.value.__notes__[0]


def test_the_note_tells_of_the_cap() -> None:
    """
    An error that the number of requests ended says which number.
    """
    with pytest.raises(InternalServiceError) as caught:
        _run(_DOWN, has_requests_left=lambda: False)

    assert caught.value.__notes__[-1] == "Gave up after 1 request in 0.00 s: max_attempts allows 4 requests."


def test_the_note_tells_of_the_budget() -> None:
    """
    An error that the budget ended says so.
    """
    note = _failed(InternalServiceError("sorry", REAL_ARN, attempts=1, retryable=True), budget=RetryBudget(capacity=13))

    assert note == "Gave up after 1 request in 0.00 s: too many calls of this client have failed lately (retry budget)."
