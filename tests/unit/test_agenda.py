"""
All that is waited for: who is looked at when, within quotas and slots, and what follows from the looks.
"""

from collections import Counter, deque
from collections.abc import Callable
from math import inf

import pytest
from support.watching import COMPLETED, QUEUED, RUNNING, a_watch, throttling, waiting

from braket_jobs import Job, Quota, WaitTimeoutError
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.agenda import Agenda, Glance
from braket_jobs._watch.watch import Notice, Watch


def an_agenda(quota: Quota | None = None, *, most_looks: int = 32) -> Agenda:
    return Agenda(Quotas(quota), most_looks=most_looks, chance=lambda: 0.0)


def add(agenda: Agenda, *watches: Watch, now: float = 0.0) -> None:
    for watch in watches:
        watch.begin(now)
    assert list(agenda.add(watches, now)) == []


def finish(agenda: Agenda, glance: Glance, result: Job | BaseException, now: float) -> list[Notice]:
    return list(agenda.finish(glance, result, now))


def answered(agenda: Agenda, now: float, answer: Callable[[Watch], Job | BaseException]) -> list[Notice]:
    """
    Answer all the looks that start now, and return what is told.
    """
    return [notice for look in list(agenda.start(now)) for notice in finish(agenda, look, answer(look.watch), now)]


def test_a_new_job_is_looked_at_at_once() -> None:
    """
    Nothing stands in the way of the first look.
    """
    agenda = an_agenda(Quota())
    watch = a_watch()
    add(agenda, watch)

    pause = agenda.pause(0.0)

    assert pause == 0.0
    assert [glance.watch for glance in agenda.start(0.0)] == [watch]


def test_a_job_is_looked_at_again_two_seconds_later() -> None:
    """
    Counted from the start of the look.
    """
    agenda = an_agenda(Quota())
    watch = a_watch()
    add(agenda, watch)
    (glance,) = agenda.start(0.0)
    finish(agenda, glance, RUNNING, 0.5)

    assert agenda.pause(0.5) == 1.5
    assert list(agenda.start(1.9)) == []
    assert [again.watch for again in agenda.start(2.0)] == [watch]


def test_a_job_that_ended_is_forgotten() -> None:
    """
    There is nothing left to do.
    """
    agenda = an_agenda(Quota())
    add(agenda, a_watch())

    (notice,) = answered(agenda, 0.0, lambda _: COMPLETED)

    assert (notice.job, notice.is_last, len(agenda), agenda.pause(0.0)) == (COMPLETED, True, 0, inf)


def test_the_window_holds_the_first_looks_back() -> None:
    """
    Two at once at first, one more with each success.
    """
    agenda = an_agenda(Quota())
    add(agenda, *map(a_watch, range(10)))

    first = list(agenda.start(0.0))
    for glance in first:
        finish(agenda, glance, RUNNING, 0.05)
    second = list(agenda.start(0.05))

    assert (len(first), len(second)) == (2, 4)


def test_the_quota_holds_looks_back() -> None:
    """
    After the burst, a look every 200 ms.
    """
    agenda = an_agenda(Quota())
    add(agenda, *map(a_watch, range(40)))
    while agenda.pause(0.0) == 0.0:
        answered(agenda, 0.0, lambda _: COMPLETED)

    assert len(agenda) == 40 - 24
    assert agenda.pause(0.0) == pytest.approx(0.2)
    assert len(list(agenda.start(0.2))) == 1


def test_without_a_quota_looks_take_all_slots_but_the_spare_ones() -> None:
    """
    Of 32, four are kept for other accounts and regions.
    """
    agenda = an_agenda(None)
    add(agenda, *map(a_watch, range(40)))

    assert len(list(agenda.start(0.0))) == 28
    assert agenda.pause(0.0) == inf


def test_lines_do_not_hold_each_other_back() -> None:
    """
    A region that doesn't answer keeps its own looks only.
    """
    agenda = an_agenda(None)
    add(agenda, *map(a_watch, range(40)))
    list(agenda.start(0.0))
    elsewhere = a_watch(region="eu-west-2")
    add(agenda, elsewhere)

    assert [glance.watch for glance in agenda.start(0.0)] == [elsewhere]


def test_all_lines_share_the_slots() -> None:
    """
    They take turns, and there are never more looks than slots.
    """
    agenda = an_agenda(None, most_looks=5)
    for region in ("us-east-1", "eu-west-2"):
        add(agenda, *(a_watch(number, region=region) for number in range(10)))

    regions = [glance.watch.arn.region for glance in agenda.start(0.0)]

    assert regions == ["us-east-1", "eu-west-2"] * 2 + ["us-east-1"]
    assert agenda.pause(0.0) == inf


@pytest.mark.parametrize("most_looks", [1, 2, 32])
def test_no_line_starves_when_slots_are_short(most_looks: int) -> None:
    """
    Whoever has waited longest for a slot gets the one that is free, though the others have jobs enough for all.
    """
    agenda = an_agenda(None, most_looks=most_looks)
    regions = [f"region-{number}" for number in range(5)]
    add(agenda, *(a_watch(number, region=region) for region in regions for number in range(100)))
    glances, looks = deque(agenda.start(0.0)), Counter[str]()

    while looks.total() < 100:
        glance = glances.popleft()
        looks[glance.watch.arn.region] += 1
        finish(agenda, glance, RUNNING, 0.0)
        glances += agenda.start(0.0)

    assert looks == dict.fromkeys(regions, 20)


def test_a_slot_is_free_again_after_a_look() -> None:
    """
    Also if nobody waits for its job any more.
    """
    agenda = an_agenda(None, most_looks=1)
    gone, other = a_watch(1), a_watch(2)
    add(agenda, gone, other)
    (glance,) = agenda.start(0.0)
    list(agenda.drop([gone], 0.0))

    told = finish(agenda, glance, COMPLETED, 0.1)

    assert told == []
    assert [look.watch for look in agenda.start(0.1)] == [other]


def test_a_throttled_look_waits_for_a_new_token_only() -> None:
    """
    It is made again at once when there is one, before everybody else.
    """
    agenda = an_agenda(Quota())
    add(agenda, *map(a_watch, range(10)))
    first, second = agenda.start(0.0)
    finish(agenda, first, RUNNING, 0.05)

    told = finish(agenda, second, throttling(), 0.05)
    (again,) = agenda.start(0.05 + agenda.pause(0.05))

    assert told == []
    assert again.started == pytest.approx(0.05 + 1 / 4.5)
    assert again.watch is second.watch


def test_a_throttled_look_voids_the_reservation() -> None:
    """
    The token that the next look was going to take isn't there, as the service has just said.
    """
    agenda = an_agenda(Quota(burst=1))
    add(agenda, *map(a_watch, range(3)))
    (glance,) = agenda.start(0.0)

    before = agenda.pause(0.0)
    finish(agenda, glance, throttling(hint=2.0), 0.1)

    assert before == pytest.approx(0.2)
    assert agenda.pause(0.1) == pytest.approx(2.2)


def test_looks_that_were_throttled_together_count_once() -> None:
    """
    The second one tells nothing new: both are made again, one token after the other.
    """
    agenda = an_agenda(Quota())
    add(agenda, *map(a_watch, range(2)))
    for glance in list(agenda.start(0.0)):
        finish(agenda, glance, throttling(), 0.1)

    first = 0.1 + agenda.pause(0.1)
    list(agenda.start(first))

    assert first == pytest.approx(0.3)
    assert agenda.pause(first) == inf  # one at a time, until one gets through


def test_throttling_without_a_quota_is_a_failure_like_others() -> None:
    """
    The look is made again at its next time, not at once.
    """
    agenda = an_agenda(None)
    add(agenda, a_watch())

    answered(agenda, 0.0, lambda _: throttling())

    assert agenda.pause(0.0) == 2.0


def test_an_unpaced_look_that_nobody_waits_for_is_not_made() -> None:
    """
    Wherever it stands in the queue.
    """
    agenda = an_agenda(None, most_looks=1)
    watches = [a_watch(number, purpose=waiting(is_paced=False)) for number in range(4)]
    add(agenda, *watches)
    list(agenda.drop([watches[0], watches[1], watches[3]], 0.0))

    (glance,) = agenda.start(0.0)
    finish(agenda, glance, COMPLETED, 0.0)

    assert glance.watch is watches[2]
    assert list(agenda.start(0.0)) == []


def test_an_unpaced_look_waits_for_no_token_and_no_window() -> None:
    """
    Nor does it count what came of it: whoever makes it has done so.
    """
    agenda = an_agenda(Quota(burst=1))
    unpaced = waiting(is_paced=False)
    add(agenda, *(a_watch(number, purpose=unpaced) for number in range(4)))

    glances = list(agenda.start(0.0))
    finish(agenda, glances[0], throttling(hint=5.0), 0.0)
    add(agenda, a_watch(9), now=0.0)
    for glance in glances[1:]:
        finish(agenda, glance, COMPLETED, 0.0)

    assert len(glances) == 4
    assert agenda.pause(0.0) == 0.0


def test_a_timeout_is_told_when_it_is_there() -> None:
    """
    Not before, and once, whether the job was looked at or not.
    """
    agenda = an_agenda(Quota())
    add(agenda, a_watch(purpose=waiting(timeout=60.0)), now=1000.0)
    answered(agenda, 1000.0, lambda _: RUNNING)

    too_early = list(agenda.expire(1059.9))
    (notice,) = agenda.expire(1060.0)

    assert too_early == []
    assert isinstance(notice.error, WaitTimeoutError)
    assert (len(agenda), list(agenda.expire(2000.0))) == (0, [])


def test_the_pause_ends_at_the_timeout() -> None:
    """
    Though the next look would be later.
    """
    agenda = an_agenda(Quota())
    add(agenda, a_watch(purpose=waiting(timeout=1.0)))
    answered(agenda, 0.0, lambda _: RUNNING)

    assert agenda.pause(0.0) == 1.0


def test_who_was_dropped_does_not_time_out() -> None:
    """
    Nobody would want to hear it.
    """
    agenda = an_agenda(Quota())
    dropped, kept = (a_watch(number, purpose=waiting(timeout=1.0)) for number in range(2))
    add(agenda, dropped, kept)
    list(agenda.drop([dropped], 0.0))

    assert [notice.watch for notice in agenda.expire(5.0)] == [kept]


def test_everything_can_be_ended() -> None:
    """
    Each open watch is told, once.
    """
    agenda = an_agenda(Quota())
    watches = [a_watch(number) for number in range(3)]
    add(agenda, *watches)
    watches[1].is_open = False

    notices = list(agenda.end_all(Watch.cancel))

    assert [notice.watch for notice in notices] == [watches[0], watches[2]]
    assert len(agenda) == 0


def test_deadlines_of_jobs_that_ended_are_not_kept() -> None:
    """
    Many short waits with long timeouts beside one that goes on leave nothing behind.
    """
    agenda = an_agenda(None)
    long = waiting(timeout=1e6)
    add(agenda, a_watch(purpose=long))
    answered(agenda, 0.0, lambda _: QUEUED)
    for number in range(1000):
        add(agenda, a_watch(number, purpose=long))
        answered(agenda, 0.0, lambda _: COMPLETED)

    assert len(agenda) == 1
    assert len(agenda._deadlines) < 100
