"""
How long to wait is arithmetic.
"""

import math
import pickle
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from braket_jobs import PollPolicy, Quota, RetryPolicy, ServiceUnavailableError, ThrottlingError
from braket_jobs.policies import timeout_in_seconds

POLICY = RetryPolicy()


@pytest.mark.parametrize(("failures", "delay"), [(1, 0.1), (2, 0.2), (3, 0.4), (7, 6.4), (8, 8.0), (5000, 8.0)])
def test_the_delay_doubles_up_to_the_longest(failures: int, delay: float) -> None:
    """
    With the greatest jitter the delay is the whole bound.
    """
    assert POLICY.delay(ServiceUnavailableError(), failures, 1.0) == pytest.approx(delay)


def test_throttling_has_a_base_of_its_own() -> None:
    """
    After throttling the first bound is a second.
    """
    assert POLICY.delay(ThrottlingError(), 1, 1.0) == pytest.approx(1.0)


def test_the_jitter_is_full() -> None:
    """
    Any part of the bound may be drawn, none included.
    """
    assert POLICY.delay(ThrottlingError(), 2, 0.0) == 0.0
    assert POLICY.delay(ThrottlingError(), 2, 0.25) == pytest.approx(0.5)


@pytest.mark.parametrize(("hint", "delay"), [(None, 0.5), (0.2, 0.5), (3.0, 3.0), (60.0, 5.5)])
def test_a_hint_raises_the_delay_by_five_seconds_at_most(hint: float | None, delay: float) -> None:
    """
    The server may ask for more, within bounds, and never for less.
    """
    error = ThrottlingError(retry_after=hint)

    assert POLICY.delay(error, 1, 0.5) == pytest.approx(delay)


@pytest.mark.parametrize(
    ("elapsed", "delay", "is_in_time"), [(0, 0, True), (20, 9, True), (20, 10, False), (31, 0, False)]
)
def test_no_request_starts_after_the_deadline(elapsed: float, delay: float, is_in_time: bool) -> None:
    """
    What counts is when the next request would start.
    """
    assert POLICY.is_in_time(elapsed, delay) is is_in_time


def test_no_deadline_is_infinite() -> None:
    """
    `math.inf` switches the deadline off.
    """
    assert RetryPolicy(deadline=math.inf).is_in_time(1e9, 1e9)


def test_a_duration_may_be_a_timedelta() -> None:
    """
    Seconds and timedelta make equal policies.
    """
    policy = RetryPolicy(deadline=timedelta(minutes=1), wait_max=timedelta(seconds=2))

    assert policy == RetryPolicy(deadline=60, wait_max=2.0)


def test_none_is_one_attempt() -> None:
    """
    The policy that never retries.
    """
    assert RetryPolicy.none() == RetryPolicy(max_attempts=1)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        (RetryPolicy, {"max_attempts": 2.5}, "max_attempts is an integer, not float"),
        (RetryPolicy, {"max_attempts": True}, "max_attempts is an integer, not bool"),
        (RetryPolicy, {"deadline": "30"}, "deadline is seconds or a timedelta, not str"),
        (RetryPolicy, {"wait_initial": True}, "wait_initial is seconds or a timedelta, not bool"),
        (RetryPolicy, {"wait_max": None}, "wait_max is seconds or a timedelta, not NoneType"),
        (RetryPolicy, {"on_retry": 3}, "'on_retry' must be callable"),
        (PollPolicy, {"wait_initial": "2"}, "wait_initial is seconds or a timedelta, not str"),
        (PollPolicy, {"wait_max": "30"}, "wait_max is seconds or a timedelta, not str"),
        (PollPolicy, {"factor": "2"}, "factor is a number, not str"),
        (PollPolicy, {"jitter": True}, "jitter is a number, not bool"),
        (Quota, {"rate": "5"}, "rate is a number, not str"),
        (Quota, {"burst": 2.5}, "burst is an integer, not float"),
    ],
)
def test_what_is_of_another_type_is_refused(kind: type, wrong: dict[str, Any], words: str) -> None:
    """
    At once, and not at the first failure, in words that name the setting.
    """
    with pytest.raises(TypeError, match=words):
        kind(**wrong)


def test_a_policy_travels() -> None:
    """
    It pickles, hashes and compares.
    """
    assert {POLICY} == {pickle.loads(pickle.dumps(POLICY))}


@pytest.mark.parametrize(
    "wrong", [{"max_attempts": 0}, {"deadline": -1}, {"wait_initial": -0.1}, {"wait_max": -1}, {"deadline": math.nan}]
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    """
    No attempt at all, or time that runs backwards.
    """
    with pytest.raises(ValueError, match="must be >="):
        RetryPolicy(**wrong)


def test_many_failures_make_no_number_too_big() -> None:
    """
    The doubling ends at the sixtieth time, long before a float does.
    """
    policy = RetryPolicy(wait_initial=1.0, wait_max=math.inf)

    assert policy.delay(ServiceUnavailableError(), failures=10_000, jitter=1.0) == 2.0**60


@pytest.mark.parametrize(("retry_throttling", "allowed"), [(True, True), (False, False)])
def test_throttling_is_retried_unless_the_policy_says_no(retry_throttling: bool, allowed: bool) -> None:
    """
    Those who pace their calls themselves want to hear of it at once.
    """
    policy = RetryPolicy(retry_throttling=retry_throttling)

    assert policy.allows(ThrottlingError(retryable=True)) is allowed


def test_what_cannot_pass_is_not_retried() -> None:
    """
    The error itself says so first.
    """
    assert not RetryPolicy().allows(ServiceUnavailableError(retryable=False))
    assert RetryPolicy(retry_throttling=False).allows(ServiceUnavailableError(retryable=True))


@pytest.mark.parametrize(
    ("timeout", "seconds"),
    [(None, None), (1, 1.0), (0.5, 0.5), (timedelta(minutes=2), 120.0), (math.inf, math.inf), (Fraction(1, 2), 0.5)],
)
def test_a_timeout_is_seconds(timeout: Any, seconds: float | None) -> None:
    """
    Whatever kind of number it is, or a timedelta, or None for no limit.
    """
    assert timeout_in_seconds(timeout) == seconds


@pytest.mark.parametrize("timeout", [0, -1, math.nan, timedelta(0), -math.inf])
def test_a_timeout_that_is_not_positive_is_refused(timeout: Any) -> None:
    """
    Nobody can wait for that.
    """
    with pytest.raises(ValueError, match=f"a timeout is positive, or None for no limit: {timeout}"):
        timeout_in_seconds(timeout)


@pytest.mark.parametrize(("timeout", "kind"), [("3600", "str"), (True, "bool"), (1j, "complex"), ([5], "list")])
def test_a_timeout_of_another_type_is_refused(timeout: Any, kind: str) -> None:
    """
    In our words.
    """
    with pytest.raises(TypeError, match=f"timeout is seconds, a timedelta or None, not {kind}"):
        timeout_in_seconds(timeout)
