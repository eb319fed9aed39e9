"""
The tokens of an account and region: how long to wait, and what throttling teaches.
"""

import operator
from math import inf

import pytest

from braket_jobs import Quota
from braket_jobs._quota.bucket import Quotas, TokenBucket


def a_bucket(*, empty: bool = False) -> TokenBucket:
    bucket = TokenBucket(Quota(), 0.0)
    if empty:
        bucket.spend(0.0, 24)
    return bucket


def test_a_burst_waits_for_nothing() -> None:
    """
    A full bucket lets 24 of its 25 through at once; one is kept back, since requests don't arrive evenly.
    """
    bucket = a_bucket()

    waits = [bucket.reserve(0.0) for _ in range(26)]

    assert waits[:24] == [0.0] * 24
    assert waits[24:] == pytest.approx([0.2, 0.4])


def test_tokens_come_five_a_second() -> None:
    """
    After the burst, a token is there every 200 ms.
    """
    bucket = a_bucket(empty=True)

    assert [bucket.reserve(second * 0.2) for second in range(1, 5)] == pytest.approx([0.0] * 4)


def test_a_long_pause_gives_one_burst() -> None:
    """
    A bucket doesn't get fuller than full, however far the clock jumps.
    """
    bucket = a_bucket(empty=True)

    waits = [bucket.reserve(1e9) for _ in range(25)]

    assert waits[:24] == [0.0] * 24
    assert waits[24] > 0


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    """
    Time that was counted is not counted again, nor back.
    """
    bucket = a_bucket(empty=True)

    assert bucket.reserve(-100.0) == pytest.approx(0.2)
    assert bucket.reserve(-99.8) == pytest.approx(0.2)


def test_who_does_not_wait_is_paid_for_by_who_does() -> None:
    """
    Plain calls push reservations back.
    """
    bucket = a_bucket(empty=True)

    bucket.spend(0.0, 5)

    assert bucket.reserve(0.0) == pytest.approx(1.2)


def test_who_does_not_wait_can_take_one_burst_in_advance() -> None:
    """
    However many plain calls there are, a reservation comes true within six seconds.
    """
    bucket = a_bucket(empty=True)

    for _ in range(1000):
        bucket.spend(0.0)

    assert bucket.reserve(0.0) == pytest.approx(26 / 5)


def test_throttling_empties_the_bucket_and_slows_it_down() -> None:
    """
    The service knows better: nothing is left, and tokens come three tenths slower.
    """
    bucket = a_bucket()
    bucket.succeeded(0.0)

    assert bucket.throttled(0.0, 0.1)
    assert bucket.rate == pytest.approx(3.5)
    assert bucket.reserve(0.1) == pytest.approx(1 / 3.5)


def test_no_tokens_come_before_the_first_answer() -> None:
    """
    The service's bucket was full until then, however long it took to build a client and to connect.
    """
    bucket = a_bucket(empty=True)

    bucket.succeeded(0.9)

    assert bucket.reserve(0.9) == pytest.approx(0.2)


def test_the_first_answer_of_all_slows_nothing_down() -> None:
    """
    If it is throttling, the bucket was found empty: that says nothing about how fast it fills.
    """
    bucket = a_bucket()

    bucket.throttled(0.0, 0.1)

    assert bucket.rate == 5.0


def test_requests_that_were_under_way_together_count_once() -> None:
    """
    What was sent before the bucket was slowed down tells nothing new.
    """
    bucket = a_bucket()
    bucket.succeeded(0.0)
    bucket.throttled(1.0, 1.1)

    assert not bucket.throttled(1.05, 1.15)
    assert bucket.rate == pytest.approx(3.5, rel=0.01)
    assert bucket.throttled(1.2, 1.3)


def test_the_rate_comes_back() -> None:
    """
    In ten seconds after one refusal, to 98.5 % of the quota: others use it, and must get a token now and then.
    """
    bucket = a_bucket()
    bucket.succeeded(0.0)
    bucket.throttled(0.0, 0.1)
    rates = []

    for now in (0.1, 1.1, 5.1, 10.1, 100.0):
        bucket.spend(now, 0)
        rates.append(bucket.rate)

    assert rates == pytest.approx([3.5, 3.62, 4.17, 4.925, 4.925], abs=0.01)


@pytest.mark.parametrize(("refusals", "seconds"), [(3, 40), (6, 100), (12, 380)])
def test_the_slower_the_longer_the_rate_takes_to_come_back(refusals: int, seconds: float) -> None:
    """
    Many who share a quota don't all come back at once.
    """
    bucket = a_bucket()
    bucket.succeeded(0.0)
    for turn in range(refusals):
        bucket.throttled(turn * 0.001, turn * 0.001 + 0.0005)

    bucket.spend(seconds * 0.8, 0)
    before = bucket.rate
    bucket.spend(seconds * 1.0, 0)

    assert before < 4.92
    assert bucket.rate == pytest.approx(4.925)


def test_the_rate_never_falls_below_a_five_hundredth() -> None:
    """
    Who is throttled for ever still asks, once in a hundred seconds.
    """
    bucket = a_bucket()

    for turn in range(1, 100):
        bucket.throttled(turn * 0.01, turn * 0.01)

    assert bucket.rate == pytest.approx(0.01, rel=0.05)


@pytest.mark.parametrize(("hint", "seconds"), [(2.0, 2.0), (60.0, 5.0), (None, 0.0)])
def test_a_hint_of_the_service_is_heeded_for_five_seconds(hint: float | None, seconds: float) -> None:
    """
    The service's hint when to come back counts, within reason.
    """
    bucket = a_bucket()

    bucket.throttled(0.0, 0.1, hint)

    assert bucket.reserve(0.1) == pytest.approx(seconds * 5 / 4.925 + 1 / 4.925)


def test_the_window_opens_with_success_and_closes_with_throttling() -> None:
    """
    Two requests at once at first, eight at most, half as many after throttling, and never none.
    """
    bucket = a_bucket()
    first = bucket.window
    for _ in range(20):
        bucket.succeeded(0.0)
    widest = bucket.window
    bucket.throttled(0.0, 0.1)
    halved = bucket.window
    for turn in range(1, 9):
        bucket.throttled(float(turn), float(turn))

    assert (first, widest, halved, bucket.window) == (2, 8, 4, 1)


@pytest.mark.parametrize(("rate", "widest"), [(1.0, 8), (5.0, 8), (50.0, 80), (inf, 1002)])
def test_a_higher_quota_has_a_wider_window(rate: float, widest: int) -> None:
    """
    Else it could not be used: eight requests at once of 200 ms each are 40 a second.
    """
    bucket = TokenBucket(Quota(rate=rate), 0.0)
    for _ in range(1000):
        bucket.succeeded(0.0)

    assert bucket.window == widest


def test_each_account_and_region_has_a_bucket() -> None:
    """
    Jobs share one where the service counts them together.
    """
    quotas = Quotas(Quota())

    bucket = quotas.bucket("123456789012", "us-east-1", 0.0)

    assert quotas.bucket("123456789012", "us-east-1", 1.0) is bucket
    assert quotas.bucket("123456789012", "eu-west-2", 0.0) is not bucket
    assert quotas.bucket("210987654321", "us-east-1", 0.0) is not bucket


def _of_account(quotas: Quotas, number: int, now: float) -> TokenBucket:
    bucket = quotas.bucket(f"{number:012}", "us-east-1", now)
    assert bucket is not None
    return bucket


def test_a_thousand_buckets_are_kept() -> None:
    """
    1,024 accounts are told apart; whoever asks for more doesn't fill the memory.
    """
    quotas = Quotas(Quota())
    known = [_of_account(quotas, number, 0.0) for number in range(1024)]
    same = [_of_account(quotas, number, 1.0) for number in range(1024)]
    for number in range(1024, 5000):
        _of_account(quotas, number, 2.0)

    assert all(map(operator.is_, known, same))
    assert len(quotas._buckets) == 1024


def test_the_bucket_that_was_not_asked_for_for_longest_is_dropped() -> None:
    """
    It makes room for a new account; those that were asked for lately stay, however old they are.
    """
    quotas = Quotas(Quota())
    known = [_of_account(quotas, number, 0.0) for number in range(1024)]
    assert _of_account(quotas, 0, 1.0) is known[0]

    _of_account(quotas, 1024, 2.0)

    assert _of_account(quotas, 0, 3.0) is known[0]
    assert _of_account(quotas, 1, 3.0) is not known[1]


def test_without_a_quota_there_is_no_bucket() -> None:
    """
    Nothing is counted.
    """
    assert Quotas(None).bucket("123456789012", "us-east-1", 0.0) is None


def test_a_signals_handler_may_take_tokens_in_the_middle_of_it() -> None:
    """
    Python runs a handler between any two steps of the thread it interrupts, which may hold these locks.
    """
    quotas, bucket = Quotas(Quota()), a_bucket()
    with quotas._lock, bucket._lock:
        bucket.spend(0.0)
        assert quotas.bucket("123456789012", "us-east-1", 0.0) is not None

    assert bucket.reserve(0.0) == 0.0
