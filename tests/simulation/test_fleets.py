"""
Processes that share an account's quota and don't know of each other, over simulated hours.
"""

import pytest
from support.simulation import Fleet

MINUTE = 60.0
QUOTA = 5.0


def _rate(times: list[float], since: float, until: float) -> float:
    return sum(since <= at < until for at in times) / (until - since)


@pytest.mark.parametrize("processes", [1, 2, 10, 20, 100])
def test_a_fleet_backs_off(processes: int) -> None:
    """
    However many there are, together they send at most 1.3 times the quota, of which all is used, and each gets some.
    """
    fleet = Fleet(processes)
    fleet.run(40 * MINUTE)

    sent = _rate(fleet.service.requests, 20 * MINUTE, 40 * MINUTE)
    refused = _rate(fleet.service.throttled, 20 * MINUTE, 40 * MINUTE)
    shares = [_rate(times, 10 * MINUTE, 40 * MINUTE) * processes / QUOTA for times in fleet.answers]

    assert sent <= 1.3 * QUOTA
    assert sent - refused >= 0.95 * QUOTA
    assert min(shares) >= 0.1


def test_who_is_left_of_a_fleet_soon_has_the_quota_to_itself() -> None:
    """
    Of a hundred processes one stays, which had a hundredth, and has nine tenths ten minutes later.
    """
    fleet = Fleet(100)
    fleet.run(20 * MINUTE)
    fleet.leave(remaining=1)
    fleet.run(32 * MINUTE)

    assert _rate(fleet.answers[0], 30 * MINUTE, 32 * MINUTE) >= 0.9 * QUOTA


def test_who_comes_later_gets_a_share() -> None:
    """
    A process that has the whole quota doesn't keep it when a second one comes, which is refused at first.
    """
    fleet = Fleet(2, starts=[0.0, 10 * MINUTE])
    fleet.run(40 * MINUTE)

    before = _rate(fleet.answers[0], 5 * MINUTE, 10 * MINUTE)
    second = _rate(fleet.answers[1], 20 * MINUTE, 40 * MINUTE)

    assert before >= 0.98 * QUOTA
    assert second >= 0.1 * QUOTA
