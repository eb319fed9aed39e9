"""
How often is asked: policies are arithmetic.
"""

import math
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from braket_jobs import PollPolicy, Quota
from braket_jobs.policies import timeout_in_seconds


def test_looks_start_two_seconds_apart_and_end_thirty_apart() -> None:
    """
    The defaults, without chance: 2, 3, 4.5 … 30 seconds.
    """
    policy = PollPolicy()

    delays = [policy.delay(quiet_looks, 0.0) for quiet_looks in range(10)]

    assert delays[:4] == [2.0, 3.0, 4.5, 6.75]
    assert delays[7:] == [30.0, 30.0, 30.0]
    assert all(earlier <= later for earlier, later in pairwise(delays))


def test_chance_makes_a_delay_a_tenth_shorter_at_most() -> None:
    """
    Many waits don't ask in step, and none looks more rarely than is said.
    """
    policy = PollPolicy()

    assert policy.delay(100, 1.0) == pytest.approx(27.0)
    assert policy.delay(0, 0.5) == pytest.approx(1.9)


def test_a_wait_of_years_overflows_nothing() -> None:
    """
    The longest delay is reached however many looks were quiet.
    """
    assert PollPolicy(factor=10, wait_max=math.inf).delay(10**9, 0.0) > 1e50


def test_durations_may_be_timedeltas() -> None:
    """
    Seconds are what is kept.
    """
    policy = PollPolicy(wait_initial=timedelta(seconds=1), wait_max=timedelta(minutes=1), max_outage=timedelta(hours=1))

    assert (policy.wait_initial, policy.wait_max, policy.max_outage) == (1.0, 60.0, 3600.0)


@pytest.mark.parametrize(
    "settings",
    [
        {"wait_initial": 0},
        {"wait_initial": 31},
        {"wait_max": 1},
        {"wait_max": math.nan},
        {"factor": 0.9},
        {"factor": 11},
        {"jitter": -0.1},
        {"jitter": 1.1},
        {"max_outage": -1},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(settings: dict[str, Any]) -> None:
    """
    Each range is checked when the policy is made.
    """
    with pytest.raises(ValueError, match=next(iter(settings)) if "wait_max" not in settings else "wait_max"):
        PollPolicy(**settings)


@pytest.mark.parametrize("settings", [{"rate": 0}, {"rate": -1}, {"burst": 0}])
def test_a_quota_that_lets_nothing_through_is_refused(settings: dict[str, Any]) -> None:
    """
    Nobody waits for ever for a token.
    """
    with pytest.raises(ValueError, match=next(iter(settings))):
        Quota(**settings)


@pytest.mark.parametrize("timeout", [0, -1, math.nan, timedelta(0)])
def test_a_timeout_is_positive(timeout: float | timedelta) -> None:
    """
    A wait that is over before it begins is a mistake.
    """
    with pytest.raises(ValueError, match="a timeout is positive"):
        timeout_in_seconds(timeout)


@pytest.mark.parametrize(("timeout", "seconds"), [(None, None), (1, 1.0), (timedelta(hours=1), 3600.0)])
def test_a_timeout_is_seconds_or_a_timedelta_or_none(timeout: float | timedelta | None, seconds: float | None) -> None:
    """
    None is no limit.
    """
    assert timeout_in_seconds(timeout) == seconds
