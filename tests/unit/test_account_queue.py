"""
Who of one account and region is polled next: new ones first, then whose last poll is longest ago; nobody is starved.
"""

from collections import Counter
from math import inf

import pytest
from support.watching import COMPLETED, RUNNING, a_polled_job, asking, throttling, trouble, waiting

from braket_jobs import PollPolicy, Quota
from braket_jobs._quota.bucket import TokenBucket
from braket_jobs._watch.account_queue import AccountQueue
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs.model.job import Job


def finish(
    queue: AccountQueue, polled: PolledJob, now: float = 0.0, result: Job | BaseException = RUNNING
) -> Notification | None:
    return next(queue.finish(polled, result, now, 0.0), None)


def poll(queue: AccountQueue, now: float, result: Job | BaseException = RUNNING) -> PolledJob:
    """
    Poll whoever is next, which is answered at once.
    """
    polled = queue.take(now)
    assert polled is not None
    finish(queue, polled, now, result)
    return polled


def polled_at(*times: float) -> AccountQueue:
    """
    Return a queue whose jobs were polled at these times, and are due two seconds later.
    """
    queue = AccountQueue(None)
    for number, time in enumerate(times):
        queue.add(a_polled_job(number), 0.0)
        poll(queue, time)
    return queue


def taken(queue: AccountQueue, now: float, count: int) -> list[int]:
    jobs = [queue.take(now) for _ in range(count)]
    return [int(polled.arn.job_id[4:]) for polled in jobs if polled]


def test_new_ones_come_in_their_order() -> None:
    """
    First come, first served.
    """
    queue = AccountQueue(None)
    for number in range(3):
        queue.add(a_polled_job(number), 0.0)

    assert taken(queue, 0.0, 4) == [0, 1, 2]


def test_nobody_is_polled_too_early() -> None:
    """
    A job that is due later is not taken before.
    """
    queue = polled_at(0.0)

    assert (queue.next_at(0.0), taken(queue, 1.9, 1)) == (2.0, [])
    assert (queue.next_at(6.0), taken(queue, 6.0, 1)) == (6.0, [0])


def test_the_next_poll_counts_from_the_start_of_the_last() -> None:
    """
    However long it took.
    """
    queue = AccountQueue(None)
    queue.add(a_polled_job(), 0.0)
    (polled,) = filter(None, [queue.take(10.0)])

    finish(queue, polled, now=10.5)

    assert queue.next_at(10.5) == 12.0


def test_nothing_is_wanted_when_nobody_is_there() -> None:
    """
    The next poll of an empty queue is never.
    """
    assert AccountQueue(None).next_at(0.0) == inf


def test_of_those_due_the_longest_unpolled_comes_first() -> None:
    """
    Not who was due first: with too few polls for all, everyone gets as many.
    """
    queue, often = AccountQueue(None), waiting(policy=PollPolicy(wait_initial=1, jitter=0))
    for number, options, time in ((0, None, 9.5), (1, often, 10.0)):
        queue.add(a_polled_job(number, options), 0.0)
        poll(queue, time)

    assert queue.next_at(10.0) == 11.0
    assert taken(queue, 12.0, 2) == [0, 1]


def test_new_ones_come_before_the_others_three_times_of_four() -> None:
    """
    An endless stream of new jobs leaves a quarter of the polls to the others.
    """
    queue = polled_at(*[0.0] * 8)
    for number in range(100, 108):
        queue.add(a_polled_job(number), 0.0)

    order = taken(queue, 2.0, 9)

    assert [number < 100 for number in order] == [True, *[False, False, False, True] * 2]


def a_queue_of(count: int, *, were_seen: bool) -> AccountQueue:
    queue = AccountQueue(TokenBucket(Quota(), 0.0))
    for number in range(count):
        queue.add(a_polled_job(number), 0.0)
    for number in range(count if were_seen else 0):
        poll(queue, float(number))
    return queue


@pytest.mark.parametrize("were_seen", [False, True])
def test_who_was_throttled_keeps_its_place(were_seen: bool) -> None:
    """
    A poll that came to nothing was no poll.
    """
    queue = a_queue_of(2, were_seen=were_seen)
    throttled = poll(queue, 10.0, throttling())

    assert [poll(queue, 11.0), poll(queue, 12.0)].index(throttled) == 0


@pytest.mark.parametrize("were_seen", [False, True])
def test_who_is_always_throttled_starves_nobody(were_seen: bool) -> None:
    """
    It keeps its place once, and then the others have their turn.
    """
    queue = a_queue_of(4, were_seen=were_seen)
    polls = Counter[str]()

    for turn in range(1, 21):
        polled = queue.take(10.0 * turn)
        assert polled is not None
        polls[polled.arn.job_id] += 1
        finish(queue, polled, 10.0 * turn, throttling() if polled.arn.job_id == "job-00000" else RUNNING)

    assert len(polls) == 4
    assert min(polls.values()) >= 4


def test_who_is_closed_is_passed_over() -> None:
    """
    Wherever a closed job stands, it is not taken, and nobody waits for it.
    """
    queue = a_queue_of(3, were_seen=True)
    new, unpaced = a_polled_job(4), a_polled_job(5, asking(is_paced=False))
    later = poll(queue, 10.0)
    due = poll(queue, 11.0, throttling())
    queue.add(new, 0.0)
    queue.add(unpaced, 0.0)

    for polled in (later, due, new, unpaced):
        polled.is_open = False

    assert taken(queue, 15.0, 3) == [2]
    assert queue.next_at(15.0) == inf


def test_who_is_closed_behind_another_is_passed_over() -> None:
    """
    When its time comes, it is not polled.
    """
    queue = AccountQueue(None)
    first, closed = a_polled_job(0), a_polled_job(1)
    for polled in (first, closed):
        queue.add(polled, 0.0)
        poll(queue, 0.0)
    closed.is_open = False

    assert (queue.take(5.0), queue.take(5.0)) == (first, None)


def test_who_is_closed_while_it_is_taken_disturbs_nobody() -> None:
    """
    Whoever waits closes its job without a lock, at any moment: here while a token is taken for it.
    """

    class Bucket(TokenBucket):
        def reserve(self, now: float) -> float:
            for polled in closing:
                polled.is_open = False
            return super().reserve(now)

    closing = list[PolledJob]()
    queue = AccountQueue(Bucket(Quota(), 0.0))
    queue.add(a_polled_job(0), 0.0)
    closing.append(poll(queue, 0.0))

    assert taken(queue, 5.0, 1) == [0]  # seen too late
    queue.add(a_polled_job(1), 0.0)
    assert taken(queue, 5.0, 2) == [1]


def test_who_is_dropped_while_it_is_polled_does_not_come_back() -> None:
    """
    Nor is anybody told.
    """
    queue = AccountQueue(None)
    queue.add(a_polled_job(), 0.0)
    (polled,) = filter(None, [queue.take(0.0)])
    polled.is_open = False

    assert finish(queue, polled) is None
    assert (queue.next_at(0.0), queue.is_busy) == (inf, False)


def test_with_too_few_polls_everyone_gets_as_many() -> None:
    """
    One poll a second for 50 jobs that would like one every two seconds.
    """
    queue = polled_at(*[0.0] * 50)
    polls = Counter(poll(queue, 2.0 + second).arn for second in range(1000))

    assert set(polls.values()) == {20}


def test_the_window_holds_the_first_polls_back() -> None:
    """
    Two at once at first, one more with each success.
    """
    queue = a_queue_of(10, were_seen=False)

    first = list(iter(lambda: queue.take(0.0), None))
    for polled in first:
        finish(queue, polled, 0.05)
    second = list(iter(lambda: queue.take(0.05), None))

    assert (len(first), len(second)) == (2, 4)


def test_polls_that_hang_hold_nobody_up_for_longer_than_five_seconds() -> None:
    """
    Then they count as under way no more, and others take their places, one for each.
    """
    queue = a_queue_of(10, were_seen=False)
    queue.take(0.0)
    queue.take(1.0)

    assert (queue.next_at(2.0), queue.take(4.9)) == (5.0, None)
    assert taken(queue, 5.0, 2) == [2]
    assert taken(queue, 6.0, 2) == [3]


def test_the_quota_holds_polls_back() -> None:
    """
    After the burst, a poll every 200 ms.
    """
    queue = a_queue_of(40, were_seen=False)
    count = 0
    while queue.next_at(0.0) == 0.0:
        poll(queue, 0.0, COMPLETED)
        count += 1

    assert count == 24
    assert queue.next_at(0.0) == pytest.approx(0.2)
    assert len(taken(queue, 0.2, 2)) == 1


def test_a_throttled_poll_waits_for_a_new_token_only() -> None:
    """
    It is made again at once when there is one.
    """
    queue = a_queue_of(10, were_seen=False)
    first, second = (queue.take(0.0) for _ in range(2))
    assert first is not None
    assert second is not None
    finish(queue, first, 0.05)

    assert finish(queue, second, 0.05, throttling()) is None
    assert queue.next_at(0.05) == pytest.approx(0.05 + 1 / 3.5)
    assert queue.take(1.0) is second


def test_a_throttled_poll_voids_the_reservation() -> None:
    """
    The token that the next poll was going to take isn't there, as the service has just said.
    """
    queue = AccountQueue(TokenBucket(Quota(burst=1), 0.0))
    for number in range(3):
        queue.add(a_polled_job(number), 0.0)
    (polled,) = filter(None, [queue.take(0.0)])

    before = queue.next_at(0.0)
    finish(queue, polled, 0.1, throttling(hint=2.0))

    assert before == pytest.approx(0.2)
    assert queue.next_at(0.1) == pytest.approx(0.1 + 11 / 4.925)


def test_polls_that_were_throttled_together_count_once() -> None:
    """
    The second one tells nothing new: both are made again, one token after the other.
    """
    queue = a_queue_of(2, were_seen=False)
    for polled in list(filter(None, [queue.take(0.0), queue.take(0.0)])):
        finish(queue, polled, 0.1, throttling())

    first = queue.next_at(0.1)

    assert first == pytest.approx(0.1 + 1 / 4.925)
    assert len(taken(queue, first, 2)) == 1  # one at a time, until one gets through


def test_throttling_without_a_quota_is_a_failure_like_others() -> None:
    """
    The poll is made again at its next time, not at once.
    """
    queue = AccountQueue(None)
    queue.add(a_polled_job(), 0.0)

    poll(queue, 0.0, throttling())

    assert queue.next_at(0.0) == 2.0


def test_an_unpaced_poll_waits_for_no_token_and_no_window() -> None:
    """
    Nor does it take a token or a place in the window, or count what came of it: whoever makes it has done so.
    """
    queue = AccountQueue(TokenBucket(Quota(burst=1), 0.0))
    for number in range(4):
        queue.add(a_polled_job(number, asking(is_paced=False)), 0.0)

    unpaced = list(iter(lambda: queue.take(0.0), None))
    queue.add(a_polled_job(9), 0.0)
    told = finish(queue, unpaced[0], 0.0, throttling(hint=5.0))

    assert len(unpaced) == 4
    assert told is not None
    assert queue.next_at(0.0) == 0.0


def test_an_error_other_than_throttling_says_nothing_of_the_quota() -> None:
    """
    The window stays as it is.
    """
    queue = a_queue_of(10, were_seen=False)

    poll(queue, 0.0, trouble())

    assert len(taken(queue, 0.0, 9)) == 2
