"""
Those who are slow to take in what they wait for: they get the newest, lose no outcome, and are ended in time.
"""

import threading
from collections.abc import Callable, Iterator

import pytest
from support.subscribing import (
    FAST,
    A,
    B,
    C,
    Iterate,
    Kind,
    a_poller,
    all_kinds,
    all_ways,
    answering,
    arns,
    errors,
    in_a_thread,
    subscribe,
    until_heard,
)
from support.watching import COMPLETED, QUEUED, RUNNING, SECONDS, an_arn, nobody_polls

from braket_jobs import Job, JobArn, JobNotFoundError, JobOutcome, WaitCancelledError, WaitTimeoutError
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, OutcomesInOrder, Updates
from braket_jobs._watch.polled_job import PolledJob
from braket_jobs._watch.subscriptions import Subscription

MANY = [str(an_arn(number)) for number in range(20)]


class Changing:
    """
    A job whose first answer is seen before the others come.
    """

    def __init__(self, first: Job, *others: Job | BaseException) -> None:
        self.first, self._others = first, list(others)
        self.may_go_on, self._is_asked = threading.Event(), False

    def request(self, _polled: PolledJob) -> Job:
        if not self._is_asked:
            self._is_asked = True
            return self.first
        assert self.may_go_on.wait(SECONDS)
        answer = self._others.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def go_on(self) -> None:
        self.may_go_on.set()
        assert nobody_polls()  # all is over with it


@all_ways
def test_of_several_updates_the_newest_is_handed_out(iterate: Iterate) -> None:
    """
    It is the job as it is now.
    """
    job = Changing(QUEUED, RUNNING, QUEUED, COMPLETED)
    updates = iterate(subscribe(Updates, [A], job.request, policy=FAST))
    first = next(updates)
    job.go_on()

    assert [first, *updates] == [QUEUED, COMPLETED]


@all_ways
def test_the_update_before_an_error_is_handed_out(iterate: Iterate) -> None:
    """
    Nothing else would tell of it.
    """
    job = Changing(QUEUED, QUEUED, RUNNING, JobNotFoundError("No such job"))
    updates = iterate(subscribe(Updates, [A], job.request, policy=FAST))
    next(updates)
    job.go_on()

    assert next(updates) == RUNNING
    with pytest.raises(JobNotFoundError):
        next(updates)


@all_ways
def test_the_newest_update_is_passed_on(iterate: Iterate) -> None:
    """
    Also the one before an error.
    """
    ends, breaks = Changing(QUEUED, RUNNING, COMPLETED), Changing(QUEUED, RUNNING, JobNotFoundError("No such job"))

    def seen_of(job: Changing) -> list[Job]:
        seen = list[Job]()

        def on_update(update: Job) -> None:
            seen.append(update)
            job.go_on()

        list(iterate(subscribe(OutcomesAsTheyEnd, [A], job.request, policy=FAST, on_update=on_update)))
        return seen

    assert seen_of(ends) == [QUEUED, COMPLETED]
    assert seen_of(breaks) == [QUEUED, RUNNING]


class Pile:
    """
    A wait whose `on_update`, when it is first called, lets come whatever will.
    """

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.seen = list[Job]()
        self.subscription: Subscription[JobOutcome]
        self._then = then

    def on_update(self, job: Job) -> None:
        if not self.seen:
            until_heard(self.subscription, len(MANY) - 1)
        self.seen.append(job)
        self._then()


@all_ways
def test_time_is_over_for_a_slow_function_too(iterate: Iterate) -> None:
    """
    After the update it is at, whatever has come meanwhile.
    """
    now = [0.0]
    pile = Pile(lambda: now.__setitem__(0, now[0] + 10.0))
    pile.subscription = subscribe(
        OutcomesAsTheyEnd,
        MANY,
        lambda _: RUNNING,
        poller=a_poller(clock=lambda: now[0]),
        timeout=15.0,
        on_update=pile.on_update,
    )

    assert errors(iterate(pile.subscription)) == {WaitTimeoutError: 20}
    assert len(pile.seen) == 2


@all_ways
def test_those_whose_time_is_over_are_handed_out_first(iterate: Iterate) -> None:
    """
    Also when the threads that poll have seen it before the one who waits.
    """
    now = [0.0]
    poller, answers = a_poller(clock=lambda: now[0]), answering(dict.fromkeys(MANY[10:], RUNNING))

    def time_passes() -> None:
        if now[0] == 0.0:
            now[0] = 20.0
            poller._inbox.put(lambda _now: ())  # whoever has the turn looks at the time
            until_heard(pile.subscription, len(MANY) + 10 - 1)

    pile = Pile(time_passes)
    pile.subscription = subscribe(
        OutcomesAsTheyEnd, MANY, answers, poller=poller, timeout=15.0, on_update=pile.on_update
    )
    kinds = [type(outcome.error) for outcome in iterate(pile.subscription)]

    assert kinds[-9:] == [type(None)] * 9
    assert kinds.count(WaitTimeoutError) == 10


@all_ways
def test_closing_ends_a_wait_with_a_slow_function(iterate: Iterate) -> None:
    """
    After the update it is at.
    """
    poller = a_poller()
    pile = Pile(poller.close)
    pile.subscription = subscribe(
        OutcomesAsTheyEnd, MANY, lambda _: RUNNING, poller=poller, timeout=None, on_update=pile.on_update
    )

    assert errors(iterate(pile.subscription)) == {WaitCancelledError: 20}
    assert len(pile.seen) == 1


def test_what_has_ended_when_it_is_over_is_handed_out_one_by_one() -> None:
    """
    Each after the call of `on_update` for it, which may take long.
    """
    cancel, pile = threading.Event(), Pile()
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, on_update=pile.on_update)
    outcomes = pile.subscription.iterate(cancel)
    first = next(outcomes)
    cancel.set()

    assert first.job == COMPLETED
    assert [(outcome.job, len(pile.seen)) for outcome in outcomes] == [(COMPLETED, n) for n in range(2, 21)]


def test_what_has_not_ended_when_it_is_over_is_handed_out_first() -> None:
    """
    Whoever cancels a wait sees it at once, however long it takes to tell of the jobs that have ended.
    """
    cancel, pile = threading.Event(), Pile()
    answers = answering(dict.fromkeys(MANY[10:], RUNNING))
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, answers, timeout=None, on_update=pile.on_update)
    outcomes = pile.subscription.iterate(cancel)
    next(outcomes)
    told = len(pile.seen)
    cancel.set()
    rest = list(outcomes)

    assert [type(outcome.error) for outcome in rest] == [WaitCancelledError] * 10 + [type(None)] * (len(rest) - 10)
    assert len(pile.seen) == told + len(rest) - 10


def test_a_list_is_read_though_there_is_always_news() -> None:
    """
    Else a slow function would keep all but the first few jobs from being polled.
    """
    last_is_polled = threading.Event()

    def request(polled: PolledJob) -> Job:
        if str(polled.arn) == MANY[-1]:
            last_is_polled.set()
        return COMPLETED

    def on_update(_job: Job) -> None:
        assert last_is_polled.wait(SECONDS)

    assert sorted(arns(subscribe(OutcomesAsTheyEnd, MANY, request, on_update=on_update).iterate())) == MANY


def raising(number: int, error: BaseException) -> Callable[[], object]:
    """
    Return what raises when it is called for so many times.
    """
    calls = list[None]()

    def call() -> None:
        calls.append(None)
        if len(calls) == number:
            raise error

    return call


def collected(outcomes: Iterator[JobOutcome], error: type[BaseException]) -> list[JobOutcome]:
    """
    Return what was handed out before the error.
    """
    before = list[JobOutcome]()
    with pytest.raises(error):
        before.extend(outcomes)
    return before


@all_ways
def test_what_on_update_raises_comes_after_all_that_has_ended(iterate: Iterate) -> None:
    """
    Also after the job that it was raised for, if that has ended; it is called no more.
    """
    pile = Pile(raising(3, ZeroDivisionError()))
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, on_update=pile.on_update)

    assert sorted(arns(collected(iterate(pile.subscription), ZeroDivisionError))) == MANY
    assert len(pile.seen) == 3


@all_ways
def test_what_on_update_raises_ends_the_wait_for_all_others(iterate: Iterate) -> None:
    """
    They have no outcome, and are polled no more.
    """
    pile = Pile(raising(2, ZeroDivisionError()))
    answers = answering(dict.fromkeys(MANY[:10], RUNNING))
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, answers, timeout=None, on_update=pile.on_update)

    assert sorted(arns(collected(iterate(pile.subscription), ZeroDivisionError))) == MANY[10:]
    assert nobody_polls()


def test_what_on_update_raises_when_it_is_cancelled_loses_nothing() -> None:
    """
    Neither ends nor cancelled waits.
    """
    cancel = threading.Event()
    pile = Pile(raising(2, ZeroDivisionError()))
    answers = answering(dict.fromkeys(MANY[10:], RUNNING))
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, answers, timeout=None, on_update=pile.on_update)
    outcomes = pile.subscription.iterate(cancel)
    until_told = [next(outcomes)]
    cancel.set()

    assert sorted(arns(until_told + collected(outcomes, ZeroDivisionError))) == MANY


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
@all_ways
def test_an_interrupt_in_on_update_passes_at_once(iterate: Iterate, interrupt: type[BaseException]) -> None:
    """
    Whoever presses Ctrl-C wants no more outcomes.
    """
    pile = Pile(raising(1, interrupt()))
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, on_update=pile.on_update)

    assert collected(iterate(pile.subscription), interrupt) == []


@pytest.mark.parametrize("defect", [ZeroDivisionError(), SystemExit(3)])
@all_ways
def test_a_defect_comes_after_all_that_has_ended(iterate: Iterate, defect: BaseException) -> None:
    """
    Of several, the first is raised.
    """
    pile = Pile()
    answers = answering({MANY[5]: defect, MANY[6]: defect})
    pile.subscription = subscribe(OutcomesAsTheyEnd, MANY, answers, on_update=pile.on_update)

    assert sorted(arns(collected(iterate(pile.subscription), type(defect)))) == MANY[:5] + MANY[7:]


@all_ways
def test_a_defect_keeps_its_place_in_the_order(iterate: Iterate) -> None:
    """
    What comes before it is waited for, and what comes behind it isn't handed out.
    """
    has_broken = threading.Event()

    def late() -> Job:
        assert has_broken.wait(SECONDS)
        return COMPLETED

    def broken() -> Job:
        has_broken.set()
        raise ZeroDivisionError

    wanted = [A, B, C, A, str(an_arn(4))]
    outcomes = iterate(subscribe(OutcomesInOrder, wanted, answering({A: late, C: broken})))

    assert arns(collected(outcomes, ZeroDivisionError)) == [A, B]


@all_kinds
@all_ways
def test_what_is_no_text_loses_nothing(kind: Kind, iterate: Iterate) -> None:
    """
    What has ended before it was read is handed out first.
    """
    wanted: list[object] = [A, B, 5, C]

    def read() -> Iterator[JobArn | str]:
        for each in wanted:
            yield each  # type: ignore[misc]  # pyright: ignore[reportReturnType]  # 5 is no ARN
            assert nobody_polls()

    assert sorted(arns(collected(iterate(subscribe(kind, read())), TypeError))) == [A, B]


def test_who_never_waited_long_is_told_in_order() -> None:
    """
    A wait for one job hands out its end before what on_update raised for it.
    """
    subscription = subscribe(OutcomesAsTheyEnd, [A], on_update=lambda _: 1 / 0)

    assert arns(collected(in_a_thread(subscription), ZeroDivisionError)) == [A]
