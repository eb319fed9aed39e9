"""
Days of watching in seconds: ten thousand jobs against the real quota, with outages, other users and clock jumps.
"""

import random
from functools import cache
from itertools import pairwise

import pytest
from support.simulation import Life, Report, Service, Simulation

from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.model.outcome import WaitTimeoutError

HOUR = 3600.0
DAY = 24 * HOUR


def lives(number: int, longest: float, *, seed: int = 1) -> dict[str, Life]:
    """
    Return jobs whose starts and ends are spread over `longest` seconds.
    """
    chance = random.Random(seed)
    ends = [longest * chance.random() for _ in range(number)]
    return {f"job-{n:05}": Life(starts=end * chance.random(), ends=end) for n, end in enumerate(ends)}


@cache
def ten_thousand() -> tuple[Service, dict[str, Report]]:
    """
    Ten thousand jobs, most of which end within eight hours, twenty of them after two days.
    """
    jobs = lives(9_980, 8 * HOUR)
    jobs |= {f"job-{10_000 + n}": Life(starts=n * HOUR, ends=1.5 * DAY + n * HOUR / 2) for n in range(20)}
    service = Service(jobs)
    simulation = Simulation(service)
    simulation.run()
    return service, simulation.reports


def late(service: Service, reports: dict[str, Report]) -> list[float]:
    """
    Return how long after each job's end it was told.
    """
    return [report.ends[0] - service.lives[name].ends for name, report in reports.items()]


def test_every_end_is_told_once() -> None:
    """
    None is lost, none comes twice, and what is told is how it ended.
    """
    service, reports = ten_thousand()

    assert len(reports) == 10_000
    assert {len(report.ends) for report in reports.values()} == {1}
    assert {report.told[-1][1].job and report.told[-1][1].job.status for report in reports.values()} == {"COMPLETED"}
    assert min(late(service, reports)) > 0


def test_every_end_is_told_with_the_first_poll_after_it() -> None:
    """
    No poll is made in vain: exactly one after the end.
    """
    service, reports = ten_thousand()

    after = {name: [at for at in report.polls if at >= service.lives[name].ends] for name, report in reports.items()}

    assert {len(polls) for polls in after.values()} <= {0, 1}  # 0: it ended while the last poll was on its way


def test_requests_stay_within_the_quota() -> None:
    """
    The burst, and five a second; nothing is throttled when nobody else uses the account.
    """
    service, _ = ten_thousand()
    in_each_minute = [0] * (int(service.requests[-1] / 60) + 1)
    for at in service.requests:
        in_each_minute[int(at / 60)] += 1

    assert service.throttled == []
    assert max(in_each_minute) <= 25 + 5 * 60
    assert sum(in_each_minute[:60]) >= 0.99 * 5 * HOUR  # and none of it is wasted while there is so much to do


def test_everyone_is_polled_equally_often() -> None:
    """
    Of those that live through the third hour, nobody gets more than one poll more than another, bar a change.
    """
    service, reports = ten_thousand()
    counts = [
        sum(2 * HOUR <= at < 3 * HOUR for at in report.polls)
        for name, report in reports.items()
        if service.lives[name].ends > 4 * HOUR
    ]

    fairness = sum(counts) ** 2 / (len(counts) * sum(count**2 for count in counts))  # Jain's index, 1 is equal

    assert max(counts) - min(counts) <= 1
    assert fairness > 0.95


def test_nobody_waits_longer_than_the_crowd_makes_necessary() -> None:
    """
    Between two polls of a job there is a poll of each other one, and no more, once all were seen.
    """
    _, reports = ten_thousand()
    gaps = [later - earlier for report in reports.values() for earlier, later in pairwise(report.polls)]

    assert max(gaps) <= 10_000 / 5 * 1.5


def test_a_few_jobs_are_polled_every_half_minute() -> None:
    """
    When the crowd has gone, the policy decides again, whatever was before.
    """
    service, reports = ten_thousand()
    last = [report for name, report in reports.items() if service.lives[name].ends > DAY]
    gaps = [later - earlier for report in last for earlier, later in pairwise(report.polls) if earlier > 0.5 * DAY]

    assert len(last) == 20
    assert max(gaps) <= 30.1
    assert max(report.ends[0] - service.lives[name].ends for name, report in reports.items() if report in last) <= 30.2


def test_new_jobs_are_seen_soon() -> None:
    """
    All ten thousand have been polled once after the time that takes, with the quarter the others get.
    """
    _, reports = ten_thousand()

    assert max(report.polls[0] for report in reports.values()) <= 10_000 / 5 / 0.75


def test_an_outage_delays_and_ends_nothing() -> None:
    """
    Four minutes in which every request fails: every end is told all the same.
    """
    service = Service(lives(300, 2 * HOUR), is_down=lambda now: HOUR < now < HOUR + 240)
    simulation = Simulation(service)

    simulation.run()

    assert {type(report.told[-1][1].error) for report in simulation.reports.values()} == {type(None)}
    assert max(late(service, simulation.reports)) < 240 + 2 * 60


def test_an_outage_that_lasts_ends_every_wait() -> None:
    """
    After five minutes without a success, and not much later; with the service's error.
    """
    service = Service(lives(100, DAY), is_down=lambda now: now > HOUR)
    simulation = Simulation(service)

    ended_at = simulation.run()

    alive = [report for name, report in simulation.reports.items() if service.lives[name].ends > HOUR + 60]
    assert {isinstance(report.told[-1][1].error, BraketJobsError) for report in alive} == {True}
    assert HOUR + 300 <= ended_at <= HOUR + 300 + 4 * 30


def test_others_who_use_the_account_are_left_their_share() -> None:
    """
    Two requests a second of somebody else, for hours: few of ours are throttled, and we use what is left.
    """
    service = Service(lives(1000, 8 * HOUR), others=lambda now: 2.0 if HOUR < now < 3 * HOUR else 0.0)
    simulation = Simulation(service)

    simulation.run()
    contended = [at for at in service.requests if HOUR < at < 3 * HOUR]
    throttled = [at for at in service.throttled if HOUR < at < 3 * HOUR]

    assert len(contended) - len(throttled) >= 0.98 * 3 * 2 * HOUR
    assert len(throttled) <= 0.1 * len(contended)
    assert {len(report.ends) for report in simulation.reports.values()} == {1}


def test_the_rate_is_back_soon_after_others_have_gone() -> None:
    """
    A minute later the quota is used again, but for the little that others who may come back need to be noticed by.
    """
    service = Service(lives(1000, 2 * HOUR), others=lambda now: 2.0 if now < HOUR else 0.0)
    simulation = Simulation(service)

    simulation.run()

    assert sum(HOUR + 60 < at < HOUR + 120 for at in service.requests) == pytest.approx(0.985 * 300, abs=1)


def test_others_who_take_everything_end_no_wait() -> None:
    """
    Ten minutes of nearly no quota: polls go on, slowly, and every end is told.
    """
    service = Service(lives(50, 2 * HOUR), others=lambda now: 4.5 if HOUR < now < HOUR + 600 else 0.0)
    simulation = Simulation(service)

    simulation.run()

    assert {type(report.told[-1][1].error) for report in simulation.reports.values()} == {type(None)}


@pytest.mark.parametrize("sleep", [60.0, 8 * HOUR])
def test_a_clock_that_jumps_makes_no_storm(sleep: float) -> None:
    """
    A machine that slept polls all jobs again, a burst at once, within the quota; nothing ends by it.

    One request may be throttled: the one that was under way when it fell asleep, and whose token it has forgotten.
    """
    service = Service(lives(500, 2 * HOUR))
    simulation = Simulation(service)
    simulation.jump(HOUR, sleep)

    simulation.run()

    woken = [at for at in service.requests if HOUR + sleep <= at < HOUR + sleep + 10]
    assert len(service.throttled) <= 1
    assert len(woken) <= 25 + 5 * 10
    assert {type(report.told[-1][1].error) for report in simulation.reports.values()} == {type(None)}


def test_a_machine_that_slept_through_an_outage_goes_on() -> None:
    """
    A failure before and a failure after eight hours of sleep are no outage of eight hours.
    """
    service = Service(lives(100, 12 * HOUR), is_down=lambda now: HOUR - 30 < now < 9 * HOUR + 30)
    simulation = Simulation(service)
    simulation.jump(HOUR, 8 * HOUR)

    simulation.run()

    assert {type(report.told[-1][1].error) for report in simulation.reports.values()} == {type(None)}


def test_timeouts_come_on_time() -> None:
    """
    For each job that hasn't ended, at the second, however many jobs there are.
    """
    service = Service(lives(2000, DAY))
    simulation = Simulation(service, timeout=HOUR)

    ended_at = simulation.run()

    timed_out = [
        report for report in simulation.reports.values() if isinstance(report.told[-1][1].error, WaitTimeoutError)
    ]
    assert ended_at == HOUR
    assert {report.ends[0] for report in timed_out} == {HOUR}
    assert len(timed_out) >= sum(life.ends > HOUR for life in service.lives.values())
