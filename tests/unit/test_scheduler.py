"""
All that is polled: accounts and regions take turns, requests are limited, and what follows from the answers.
"""

from collections import Counter, deque
from collections.abc import Callable
from math import inf

import pytest
from support.watching import COMPLETED, QUEUED, RUNNING, a_polled_job, asking, waiting

from braket_jobs import Job, Quota, WaitTimeoutError
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs._watch.scheduler import Scheduler


def a_scheduler(quota: Quota | None = None, *, most_requests: int = 32) -> Scheduler:
    return Scheduler(Quotas(quota), most_requests=most_requests, chance=lambda: 0.0)


def add(scheduler: Scheduler, *jobs: PolledJob, now: float = 0.0) -> None:
    assert list(scheduler.add(jobs, now)) == []


def started(scheduler: Scheduler, now: float = 0.0) -> list[PolledJob]:
    """
    Start all the polls that can start.
    """
    return list(iter(lambda: scheduler.take(now), None))


def finish(
    scheduler: Scheduler, polled: PolledJob, now: float = 0.0, result: Job | BaseException = RUNNING
) -> list[Notification]:
    return list(scheduler.finish(polled, result, now))


def answered(scheduler: Scheduler, now: float, answer: Callable[[PolledJob], Job]) -> list[Notification]:
    """
    Answer all the polls that start now, and return what is told.
    """
    return [told for polled in started(scheduler, now) for told in finish(scheduler, polled, now, answer(polled))]


def test_a_new_job_is_polled_at_once() -> None:
    """
    Nothing stands in the way of the first poll.
    """
    scheduler = a_scheduler(Quota())
    polled = a_polled_job()
    add(scheduler, polled)

    assert scheduler.pause(0.0) == 0.0
    assert started(scheduler) == [polled]


def test_a_job_is_polled_again_two_seconds_later() -> None:
    """
    Counted from the start of the poll.
    """
    scheduler = a_scheduler(Quota())
    polled = a_polled_job()
    add(scheduler, polled)
    started(scheduler)
    finish(scheduler, polled, 0.5)

    assert scheduler.pause(0.5) == 1.5
    assert started(scheduler, 1.9) == []
    assert started(scheduler, 2.0) == [polled]


def test_a_job_that_ended_is_forgotten() -> None:
    """
    There is nothing left to do.
    """
    scheduler = a_scheduler(Quota())
    add(scheduler, a_polled_job())

    (told,) = answered(scheduler, 0.0, lambda _: COMPLETED)

    assert (told.job, told.is_last, len(scheduler), scheduler.pause(0.0)) == (COMPLETED, True, 0, inf)


def test_without_a_quota_polls_take_all_requests_but_the_spare_ones() -> None:
    """
    Of 32, four are kept for other accounts and regions.
    """
    scheduler = a_scheduler()
    add(scheduler, *map(a_polled_job, range(40)))

    assert len(started(scheduler)) == 28
    assert scheduler.pause(0.0) == inf


def test_regions_do_not_hold_each_other_back() -> None:
    """
    One that doesn't answer keeps its own polls only.
    """
    scheduler = a_scheduler()
    add(scheduler, *map(a_polled_job, range(40)))
    started(scheduler)
    elsewhere = a_polled_job(region="eu-west-2")
    add(scheduler, elsewhere)

    assert started(scheduler) == [elsewhere]


def test_all_regions_share_the_requests() -> None:
    """
    They take turns, and there are never more polls under way than requests allowed.
    """
    scheduler = a_scheduler(most_requests=5)
    for region in ("us-east-1", "eu-west-2"):
        add(scheduler, *(a_polled_job(number, region=region) for number in range(10)))

    regions = [polled.arn.region for polled in started(scheduler)]

    assert regions == ["us-east-1", "eu-west-2"] * 2 + ["us-east-1"]
    assert scheduler.pause(0.0) == inf


@pytest.mark.parametrize("most_requests", [1, 2, 32])
def test_no_region_starves_when_requests_are_short(most_requests: int) -> None:
    """
    Whoever has waited longest for a request gets the one that is free, though the others have jobs enough for all.
    """
    scheduler = a_scheduler(most_requests=most_requests)
    regions = [f"region-{number}" for number in range(5)]
    add(scheduler, *(a_polled_job(number, region=region) for region in regions for number in range(100)))
    under_way, polls = deque(started(scheduler)), Counter[str]()

    while polls.total() < 100:
        polled = under_way.popleft()
        polls[polled.arn.region] += 1
        finish(scheduler, polled)
        under_way += started(scheduler)

    assert polls == dict.fromkeys(regions, 20)


def test_a_request_is_free_again_after_a_poll() -> None:
    """
    Also if nobody waits for its job any more.
    """
    scheduler = a_scheduler(most_requests=1)
    gone, other = a_polled_job(1), a_polled_job(2)
    add(scheduler, gone, other)
    started(scheduler)
    list(scheduler.drop([gone], 0.0))

    assert finish(scheduler, gone, 0.1, COMPLETED) == []
    assert started(scheduler, 0.1) == [other]


def test_a_poll_under_way_takes_its_place_when_all_jobs_have_gone() -> None:
    """
    Its request is not free before it has ended.
    """
    scheduler = a_scheduler(most_requests=1)
    gone, new = a_polled_job(1), a_polled_job(2)
    add(scheduler, gone)
    started(scheduler)
    list(scheduler.drop([gone], 0.0))
    add(scheduler, new)

    before = started(scheduler)
    finish(scheduler, gone)

    assert (before, started(scheduler)) == ([], [new])


def test_what_was_dropped_before_it_was_added_is_not_polled() -> None:
    """
    A wait may end before its job is taken in.
    """
    scheduler = a_scheduler()
    polled = a_polled_job()
    polled.is_open = False
    add(scheduler, polled)

    assert (len(scheduler), started(scheduler)) == (0, [])


def test_an_unpaced_poll_that_nobody_waits_for_is_not_made() -> None:
    """
    Wherever it stands in the queue.
    """
    scheduler = a_scheduler(most_requests=1)
    jobs = [a_polled_job(number, asking(is_paced=False)) for number in range(4)]
    add(scheduler, *jobs)
    list(scheduler.drop([jobs[0], jobs[1], jobs[3]], 0.0))

    assert started(scheduler) == [jobs[2]]
    finish(scheduler, jobs[2])
    assert started(scheduler) == []


def test_a_timeout_is_told_when_it_is_there() -> None:
    """
    Not before, and once, whether the job was polled or not.
    """
    scheduler = a_scheduler(Quota())
    never_seen, seen = (a_polled_job(number, waiting(timeout=60.0), deadline=60.0) for number in range(2))
    add(scheduler, seen)
    answered(scheduler, 0.0, lambda _: RUNNING)
    add(scheduler, never_seen, now=1.0)

    too_early = list(scheduler.expire(59.9))
    told = list(scheduler.expire(60.0))

    assert too_early == []
    assert {type(each.error) for each in told} == {WaitTimeoutError}
    assert {each.polled for each in told} == {seen, never_seen}
    assert (len(scheduler), list(scheduler.expire(2000.0))) == (0, [])


def test_the_pause_ends_at_the_timeout() -> None:
    """
    Though the next poll would be later.
    """
    scheduler = a_scheduler(Quota())
    add(scheduler, a_polled_job(deadline=1.0))
    answered(scheduler, 0.0, lambda _: RUNNING)

    assert scheduler.pause(0.0) == 1.0


def test_who_was_dropped_does_not_time_out() -> None:
    """
    Nobody would want to hear it.
    """
    scheduler = a_scheduler(Quota())
    dropped, kept = (a_polled_job(number, waiting(timeout=1.0), deadline=1.0) for number in range(2))
    add(scheduler, dropped, kept)
    list(scheduler.drop([dropped], 0.0))

    assert [told.polled for told in scheduler.expire(5.0)] == [kept]


def test_everything_can_be_ended() -> None:
    """
    Each open job's waiter is told, once.
    """
    scheduler = a_scheduler(Quota())
    jobs = [a_polled_job(number) for number in range(3)]
    add(scheduler, *jobs)
    jobs[1].is_open = False

    assert [told.polled for told in scheduler.end_all(PolledJob.cancel)] == [jobs[0], jobs[2]]
    assert len(scheduler) == 0


def test_deadlines_of_jobs_that_ended_are_not_kept() -> None:
    """
    Many short waits with long timeouts beside one that goes on leave nothing behind.
    """
    scheduler = a_scheduler()
    add(scheduler, a_polled_job(deadline=1e6))
    answered(scheduler, 0.0, lambda _: QUEUED)
    for number in range(1, 1001):
        add(scheduler, a_polled_job(number, deadline=1e6))
        answered(scheduler, 0.0, lambda _: COMPLETED)

    assert len(scheduler) == 1
    assert len(scheduler._deadlines) < 100
