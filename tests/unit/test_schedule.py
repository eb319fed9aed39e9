"""
Who is looked at next: new ones first, then who was unlooked for longest, and nobody is starved.
"""

from collections import Counter
from math import inf

from support.watching import a_watch

from braket_jobs._watch.schedule import Schedule
from braket_jobs._watch.watch import Watch


def looked(number: int, at: float) -> Watch:
    watch = a_watch(number)
    watch.looked_at = at
    return watch


def taken(schedule: Schedule, now: float, count: int) -> list[str]:
    watches = [schedule.take(now) for _ in range(count)]
    return [watch.arn.job_id for watch in watches if watch]


def test_new_ones_come_in_their_order() -> None:
    """
    First come, first served.
    """
    schedule = Schedule()
    for number in range(3):
        schedule.add(a_watch(number))

    assert taken(schedule, 0.0, 4) == ["job-00000", "job-00001", "job-00002"]


def test_nobody_is_looked_at_too_early() -> None:
    """
    A job that is due later is not taken before.
    """
    schedule = Schedule()
    schedule.again(looked(1, 0.0), 5.0)

    assert (schedule.next_at(0.0), taken(schedule, 4.9, 1)) == (5.0, [])
    assert (schedule.next_at(6.0), taken(schedule, 6.0, 1)) == (6.0, ["job-00001"])


def test_nothing_is_wanted_when_nobody_is_there() -> None:
    """
    The next look of an empty schedule is never.
    """
    assert Schedule().next_at(0.0) == inf


def test_of_those_due_the_longest_unlooked_comes_first() -> None:
    """
    Not who was due first: with too few looks for all, everyone gets as many.
    """
    schedule = Schedule()
    schedule.again(looked(1, 9.0), 10.0)
    schedule.again(looked(2, 3.0), 11.0)

    assert taken(schedule, 12.0, 2) == ["job-00002", "job-00001"]


def test_new_ones_come_before_the_others_three_times_of_four() -> None:
    """
    An endless stream of new jobs leaves a quarter of the looks to the others.
    """
    schedule = Schedule()
    for number in range(8):
        schedule.add(a_watch(number))
        schedule.again(looked(100 + number, 0.0), 1.0)

    order = taken(schedule, 2.0, 8)

    assert [name >= "job-00100" for name in order] == [False, False, False, True] * 2


def test_who_is_put_back_keeps_its_place() -> None:
    """
    A look that came to nothing was no look.
    """
    schedule = Schedule()
    first, second = a_watch(1), looked(2, 0.0)
    schedule.add(a_watch(3))
    schedule.again(looked(4, 0.5), 1.0)

    schedule.put_back(first)
    schedule.put_back(second)

    assert taken(schedule, 2.0, 4) == ["job-00001", "job-00003", "job-00002", "job-00004"]


def test_who_is_closed_is_passed_over() -> None:
    """
    Wherever a closed watch stands, it is not taken, and nobody waits for it.
    """
    schedule = Schedule()
    new, due, later = a_watch(1), looked(2, 0.0), looked(3, 0.0)
    schedule.add(new)
    schedule.put_back(due)
    schedule.again(later, 5.0)

    for watch in (new, due, later):
        watch.is_open = False

    assert (schedule.next_at(9.0), taken(schedule, 9.0, 3)) == (inf, [])


def test_with_too_few_looks_everyone_gets_as_many() -> None:
    """
    One look a second for 50 jobs that would like one every two seconds.
    """
    schedule = Schedule()
    for number in range(50):
        schedule.again(looked(number, -1.0), 0.0)
    looks: Counter[str] = Counter()

    for second in range(1000):
        watch = schedule.take(second)
        assert watch is not None
        looks[watch.arn.job_id] += 1
        watch.looked_at = second
        schedule.again(watch, second + 2.0)

    assert set(looks.values()) == {20}
