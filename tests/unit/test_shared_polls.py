"""
Several wait for one job: one poll serves all of them, and so does whatever a plain call has seen.
"""

from collections import Counter
from collections.abc import Callable

import attrs
import pytest
from support.watching import (
    COMPLETED,
    QUEUED,
    RUNNING,
    a_polled_job,
    asking,
    queued_at,
    throttling,
    trouble,
    waiting,
)

from braket_jobs import Job, JobNotFoundError, PollPolicy, Quota, ServiceUnavailableError, WaitCancelledError
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs._watch.scheduler import Scheduler

SLOW = waiting(policy=PollPolicy(wait_initial=60, wait_max=60, jitter=0))


def a_scheduler(*jobs: PolledJob, now: float = 0.0) -> Scheduler:
    scheduler = Scheduler(Quotas(Quota()), most_requests=32, chance=lambda: 0.0)
    add(scheduler, *jobs, now=now)
    return scheduler


def add(scheduler: Scheduler, *jobs: PolledJob, now: float = 0.0) -> None:
    assert list(scheduler.add(jobs, now)) == []


def started(scheduler: Scheduler, now: float = 0.0) -> list[PolledJob]:
    return list(iter(lambda: scheduler.take(now), None))


def finish(
    scheduler: Scheduler, polled: PolledJob, now: float, result: Job | BaseException
) -> dict[PolledJob, Notification]:
    return {told.polled: told for told in scheduler.finish(polled, result, now)}


def test_one_poll_serves_all_who_wait() -> None:
    """
    A hundred waits for one job make one poll, and one in two seconds after that, and all are told together.
    """
    jobs = [a_polled_job() for _ in range(100)]
    scheduler = a_scheduler(*jobs)
    polls = Counter[float]()

    for now in (0.0, 1.0, 2.0, 3.0, 4.0):
        polled = started(scheduler, now)
        polls[now] = len(polled)
        for each in polled:
            told = finish(scheduler, each, now, queued_at(str(now)))
            assert set(told) == set(jobs)

    assert polls == {0.0: 1, 1.0: 0, 2.0: 1, 3.0: 0, 4.0: 1}


def test_the_most_eager_one_sets_the_pace() -> None:
    """
    Who polls rarely is told by who polls often, and polls by itself again when that one has gone.
    """
    eager, patient = a_polled_job(), a_polled_job(options=SLOW)
    scheduler = a_scheduler(eager, patient)

    (first,) = started(scheduler)
    assert set(finish(scheduler, first, 0.0, QUEUED)) == {eager, patient}
    assert started(scheduler, 2.0) == [eager]
    assert set(finish(scheduler, eager, 2.0, RUNNING)) == {eager, patient}
    list(scheduler.drop([eager], 3.0))
    assert started(scheduler, 61.9) == []
    assert started(scheduler, 62.0) == [patient]


def test_an_end_is_told_to_all() -> None:
    """
    Nobody is polled after it.
    """
    jobs = [a_polled_job() for _ in range(3)]
    scheduler = a_scheduler(*jobs)
    (first,) = started(scheduler)

    told = finish(scheduler, first, 0.1, COMPLETED)

    assert [(told[job].job, told[job].is_last) for job in jobs] == [(COMPLETED, True)] * 3
    assert len(scheduler) == 0


def test_a_failure_is_told_to_all_each_its_own() -> None:
    """
    An error that is raised in several threads would get a traceback of each.
    """
    jobs = [a_polled_job() for _ in range(3)]
    scheduler = a_scheduler(*jobs)
    (first,) = started(scheduler)
    error = JobNotFoundError("no", attempts=1)
    error.__cause__ = OSError("why")

    told = finish(scheduler, first, 0.1, error)

    errors = [told[job].error for job in jobs]
    assert [str(each) for each in errors] == [str(error)] * 3
    assert len({id(each) for each in errors}) == 3
    assert all(each is not None and each.__cause__ is error.__cause__ for each in errors)


def test_an_outage_counts_for_all() -> None:
    """
    All go on after a failure that may pass, and all end when it has lasted too long.
    """
    options = waiting(policy=PollPolicy(jitter=0, max_outage=1))
    jobs = [a_polled_job(options=options) for _ in range(3)]
    scheduler = a_scheduler(*jobs)

    assert finish(scheduler, started(scheduler)[0], 0.1, trouble()) == {}
    told = finish(scheduler, started(scheduler, 2.0)[0], 2.1, trouble())

    assert [type(told[job].error) for job in jobs] == [ServiceUnavailableError] * 3


def test_a_bug_of_somebody_elses_is_that_waits_own() -> None:
    """
    What is no error of ours ends the wait whose poll it was; the others poll by themselves.
    """
    jobs = [a_polled_job() for _ in range(2)]
    scheduler = a_scheduler(*jobs)
    (first,) = started(scheduler)

    assert set(finish(scheduler, first, 0.1, ZeroDivisionError())) == {first}
    assert started(scheduler, 5.0) == [job for job in jobs if job is not first]


def test_throttling_says_nothing_of_the_job() -> None:
    """
    The same one tries again, for all.
    """
    jobs = [a_polled_job() for _ in range(2)]
    scheduler = a_scheduler(*jobs)
    (first,) = started(scheduler)

    assert finish(scheduler, first, 0.1, throttling()) == {}
    assert started(scheduler, 1.0) == [first]
    assert set(finish(scheduler, first, 1.1, RUNNING)) == set(jobs)


def test_who_comes_later_asks_by_itself() -> None:
    """
    An answer that was asked for before somebody began to wait may be out of date, but an end stays an end.
    """
    early, late = a_polled_job(), a_polled_job()
    scheduler = a_scheduler(early)
    started(scheduler, 0.0)
    add(scheduler, late, now=0.5)

    assert started(scheduler, 0.5) == []
    assert set(finish(scheduler, early, 1.0, RUNNING)) == {early}
    assert started(scheduler, 1.0) == [late]
    assert set(finish(scheduler, late, 1.5, RUNNING)) == {late}


def test_who_comes_together_while_one_asks_is_served_together() -> None:
    """
    By the next poll, which begins when that one has ended, whatever came of it.
    """
    early, *late = (a_polled_job() for _ in range(50))
    scheduler = a_scheduler(early)
    started(scheduler, 0.0)
    add(scheduler, *late, now=0.1)

    assert started(scheduler, 0.1) == []
    finish(scheduler, early, 0.2, trouble())
    (second,) = started(scheduler, 0.2)
    assert set(finish(scheduler, second, 0.3, QUEUED)) == {early, *late}


def test_an_end_is_news_whenever_it_was_asked_for() -> None:
    """
    What has ended does not begin again.
    """
    early, late = a_polled_job(), a_polled_job()
    scheduler = a_scheduler(early)
    started(scheduler, 0.0)
    add(scheduler, late, now=0.5)

    assert set(finish(scheduler, early, 1.0, COMPLETED)) == {early, late}


def test_a_poll_that_hangs_holds_up_nobody_for_long() -> None:
    """
    After five seconds another one asks.
    """
    jobs = [a_polled_job() for _ in range(3)]
    scheduler = a_scheduler(*jobs)
    (hung,) = started(scheduler)

    assert started(scheduler, 4.9) == []
    (other,) = started(scheduler, 5.0)
    assert set(finish(scheduler, other, 5.1, QUEUED)) == set(jobs) - {hung}
    assert set(finish(scheduler, hung, 9.0, RUNNING)) == {hung}


def test_who_wants_one_answer_asks_for_it() -> None:
    """
    A call gets what was asked for after it was made, and what it gets is told to those who wait.
    """
    one, wait = a_polled_job(options=asking()), a_polled_job()
    scheduler = a_scheduler(wait)
    (first,) = started(scheduler)
    add(scheduler, one)

    assert set(finish(scheduler, first, 0.1, attrs.evolve(RUNNING, request_id="first"))) == {wait}
    assert started(scheduler, 1.0) == [one]
    assert set(finish(scheduler, one, 1.1, COMPLETED)) == {one, wait}


def test_a_plain_call_tells_those_who_wait() -> None:
    """
    Those of that job only.
    """
    wait, other = a_polled_job(0), a_polled_job(1)
    scheduler = a_scheduler(wait, other)
    for polled in started(scheduler):
        finish(scheduler, polled, 0.0, RUNNING)

    told = list(scheduler.share(wait.arn, COMPLETED, 1.0, 1.1, has_queue_info=False))

    assert [(each.polled, each.job) for each in told] == [(wait, COMPLETED)]
    assert len(scheduler) == 1
    assert list(scheduler.share(a_polled_job(region="eu-west-2").arn, COMPLETED, 1.0, 1.1, has_queue_info=False)) == []


def test_what_lacks_the_place_in_the_queue_is_no_news() -> None:
    """
    A call that doesn't ask for it doesn't make it come and go; but that a job runs is news whoever asked.
    """
    wait = a_polled_job()
    scheduler = a_scheduler(wait)
    finish(scheduler, started(scheduler)[0], 0.0, queued_at("3"))
    without = attrs.evolve(QUEUED, queue_info=None)

    def shared(job: Job, at: float, *, has_queue_info: bool) -> list[Job | None]:
        return [told.job for told in scheduler.share(wait.arn, job, at, at, has_queue_info=has_queue_info)]

    assert shared(without, 0.5, has_queue_info=False) == []
    assert shared(queued_at("2"), 0.6, has_queue_info=True) == [queued_at("2")]
    assert shared(RUNNING, 0.7, has_queue_info=False) == [RUNNING]
    assert shared(without, 0.6, has_queue_info=True) == []


def test_a_poll_under_way_is_not_overtaken_by_what_it_would_repeat() -> None:
    """
    A job that is being polled takes in its own answer.
    """
    wait = a_polled_job()
    scheduler = a_scheduler(wait)
    started(scheduler)

    assert list(scheduler.share(wait.arn, RUNNING, 0.1, 0.2, has_queue_info=True)) == []
    assert set(finish(scheduler, wait, 0.3, QUEUED)) == {wait}


@pytest.mark.parametrize("others", [1, 3])
def test_calls_take_turns(others: int) -> None:
    """
    A call that comes after one for a thousand jobs is served at once, and both go on.
    """
    many, one = waiting(), [asking() for _ in range(others)]
    scheduler = a_scheduler(*[a_polled_job(number, many) for number in range(1000)])
    taken = [scheduler.take(0.0), scheduler.take(0.0)]
    add(scheduler, *[a_polled_job(2000 + number, options) for number, options in enumerate(one)])
    for polled in taken:
        assert polled is not None
        finish(scheduler, polled, 0.0, RUNNING)

    order: list[int] = []
    while polled := scheduler.take(0.0):
        order.append(int(polled.arn.job_id[4:]))
        finish(scheduler, polled, 0.0, RUNNING)

    assert sorted(order[: 2 * others])[-others:] == list(range(2000, 2000 + others))
    assert len(order) == 22


def test_what_waits_for_no_quota_takes_turns_with_what_does() -> None:
    """
    However many plain calls of coroutines come, with one thread for all, a wait is polled.
    """
    scheduler = Scheduler(Quotas(Quota()), most_requests=1, chance=lambda: 0.0)
    unpaced = asking(is_paced=False)
    add(scheduler, *[a_polled_job(number, unpaced) for number in range(100)], a_polled_job(500))

    order: list[int] = []
    for _ in range(4):
        (polled,) = started(scheduler)
        order.append(int(polled.arn.job_id[4:]))
        finish(scheduler, polled, 0.0, RUNNING)

    assert order == [0, 500, 1, 2]


def test_an_hourly_poll_that_fails_is_made_again_soon() -> None:
    """
    A second's trouble costs no hour.
    """
    hourly = waiting(policy=PollPolicy(wait_initial=3600, wait_max=3600, jitter=0))
    polled = a_polled_job(options=hourly)
    scheduler = a_scheduler(polled)
    started(scheduler)
    finish(scheduler, polled, 0.0, trouble())

    assert scheduler.pause(0.0) == 2.0
    assert started(scheduler, 2.0) == [polled]
    finish(scheduler, polled, 2.0, RUNNING)
    assert scheduler.pause(2.0) == 3600.0


def test_what_nobody_waits_for_is_not_kept() -> None:
    """
    Waits that were given up leave nothing behind, though they would have been due in an hour, or never had a poll.
    """
    hourly = waiting(policy=PollPolicy(wait_initial=3600, wait_max=3600, jitter=0))
    stays = a_polled_job(9999, hourly)
    scheduler = Scheduler(Quotas(None), most_requests=32)
    add(scheduler, stays)
    jobs = [a_polled_job(number, hourly) for number in range(1000)]
    add(scheduler, *jobs[:500])
    for polled in started(scheduler):
        finish(scheduler, polled, 0.0, RUNNING)
    add(scheduler, *jobs[500:])

    list(scheduler.drop(jobs, 1.0))

    (queue,) = scheduler._queues.values()
    assert len(queue._later) + len(queue._due) + len(list(queue._new)) < 100
    assert len(queue._by_arn) == 1


def test_one_can_see_how_late_one_is() -> None:
    """
    How many polls are due and for how long, how fast they are made and how many are throttled.
    """
    scheduler = a_scheduler(*[a_polled_job(number) for number in range(100)])
    for polled in started(scheduler):
        finish(scheduler, polled, 0.0, RUNNING)
    (fresh,) = scheduler.status(10.0)
    (first, *_) = started(scheduler, 10.0)
    finish(scheduler, first, 10.0, throttling())
    (slowed,) = scheduler.status(10.0)

    assert (fresh.account_id, fresh.region, fresh.rate, fresh.throttled) == ("123456789012", "us-east-1", 5.0, 0.0)
    assert (fresh.due, fresh.oldest_due) == (100, 10.0)
    assert slowed.rate is not None
    assert slowed.rate < 5.0
    assert slowed.throttled == 0.05


def test_nothing_is_late_where_nothing_is_polled() -> None:
    """
    A job that is polled in time is not due, and without a quota there is no rate.
    """
    scheduler = Scheduler(Quotas(None), most_requests=32)
    assert scheduler.status(0.0) == ()
    polled = a_polled_job()
    add(scheduler, polled)
    started(scheduler)
    finish(scheduler, polled, 0.0, RUNNING)

    (status,) = scheduler.status(1.0)

    assert (status.due, status.oldest_due, status.rate, status.throttled) == (0, 0.0, None, 0.0)


def test_who_has_waited_for_another_poll_and_is_throttled_is_polled_again() -> None:
    """
    It keeps its place among those that were never polled.
    """
    first, second = a_polled_job(), a_polled_job()
    scheduler = a_scheduler(first)
    started(scheduler)
    add(scheduler, second, now=0.1)
    assert started(scheduler, 0.1) == []
    finish(scheduler, first, 0.2, RUNNING)
    assert started(scheduler, 0.2) == [second]
    finish(scheduler, second, 0.3, throttling())

    assert second in started(scheduler, 1.9)


def test_what_was_given_up_ends_no_other_wait() -> None:
    """
    A call that is closed between two attempts has nothing to tell.
    """
    one, wait = a_polled_job(options=asking()), a_polled_job()
    scheduler = a_scheduler(one)
    started(scheduler)
    add(scheduler, wait)
    list(scheduler.drop([one], 0.1))

    assert finish(scheduler, one, 0.2, WaitCancelledError("nobody waits any more")) == {}
    assert started(scheduler, 0.2) == [wait]


def test_nobody_waits_for_a_throttled_poll_that_nobody_makes_again() -> None:
    """
    If the one whose poll it was has gone, another one asks.
    """
    first, second = a_polled_job(), a_polled_job()
    scheduler = a_scheduler(first, second)
    started(scheduler)
    list(scheduler.drop([first], 0.1))

    finish(scheduler, first, 0.2, throttling())

    assert started(scheduler, 1.0) == [second]


def test_polls_get_no_rarer_by_what_others_ask() -> None:
    """
    Somebody refreshes a page twenty times in a second; then the wait goes on as often as it was polled before.
    """
    wait = a_polled_job()
    scheduler = a_scheduler(wait)
    finish(scheduler, started(scheduler)[0], 0.0, RUNNING)
    for number in range(20):
        assert list(scheduler.share(wait.arn, RUNNING, 0.5 + number / 20, 0.5 + number / 20, has_queue_info=True)) == []

    assert scheduler.pause(1.45) == pytest.approx(2.0)


def test_a_token_that_nobody_uses_comes_back() -> None:
    """
    Waits that are over before their turn leave the quota to the next one.
    """
    quotas = Quotas(Quota(rate=1, burst=2))
    scheduler = Scheduler(quotas, most_requests=32, chance=lambda: 0.0)
    for number in range(100):
        job = a_polled_job(number)
        add(scheduler, job)
        for polled in started(scheduler):
            finish(scheduler, polled, 0.0, RUNNING)
        list(scheduler.drop([job], 0.0))
    add(scheduler, a_polled_job(500))

    assert scheduler.pause(0.0) <= 1.0


def test_many_that_were_never_polled_are_let_go_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Ten thousand waits that time out together are gone through a few times, and not once for each hundred.
    """
    scheduler = a_scheduler(*[a_polled_job(number, waiting(timeout=1.0), deadline=1.0) for number in range(10_000)])
    (queue,) = scheduler._queues.values()
    rebuilt: list[float] = []
    keep = queue._new.keep

    def counting(is_wanted: Callable[[PolledJob], bool]) -> None:
        rebuilt.append(0.0)
        keep(is_wanted)

    monkeypatch.setattr(queue._new, "keep", counting)
    told = list(scheduler.expire(1.0))

    assert len(told) == 10_000
    assert len(rebuilt) < 20
