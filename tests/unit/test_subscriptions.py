"""
What those who wait get to see, in which order, and how far is read ahead: from threads and from coroutines.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar, copy_context
from itertools import count

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
    subscribe,
)
from support.watching import COMPLETED, QUEUED, RUNNING, SECONDS, Course, an_arn, nobody_polls

from braket_jobs import (
    InvalidJobArnError,
    Job,
    JobArn,
    JobNotFoundError,
    WaitCancelledError,
)
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, OutcomesInOrder, Updates
from braket_jobs._watch.polled_job import PolledJob


@all_ways
def test_updates_are_handed_out_until_the_last(iterate: Iterate) -> None:
    """
    The terminal one is the last item.
    """
    course = Course(RUNNING, COMPLETED)

    assert course.follow(iterate(subscribe(Updates, [A], course.request, policy=FAST))) == [RUNNING, COMPLETED]


@all_ways
def test_updates_end_with_the_error(iterate: Iterate) -> None:
    """
    It is raised, as it is.
    """
    error = JobNotFoundError("No such job")

    with pytest.raises(JobNotFoundError) as caught:
        list(iterate(subscribe(Updates, [A], answering({A: error}))))

    assert caught.value is error


@all_ways
def test_cancelled_updates_end_with_an_error(iterate: Iterate) -> None:
    """
    An iterator that just stopped would look like a job that has ended.
    """
    poller = a_poller()
    updates = iterate(subscribe(Updates, [A], answering({A: RUNNING}), poller=poller))
    next(updates)
    poller.close()

    with pytest.raises(WaitCancelledError) as caught:
        next(updates)

    assert caught.value.job == RUNNING


@all_ways
def test_outcomes_come_in_the_order_of_the_input(iterate: Iterate) -> None:
    """
    What was asked for later and answered earlier waits.
    """
    others_have_ended = threading.Event()

    def request(polled: PolledJob) -> Job:
        if str(polled.arn) == A:
            others_have_ended.wait(SECONDS)
        elif str(polled.arn) == C:  # with two requests at once, B was asked for before
            others_have_ended.set()
        return COMPLETED

    assert arns(iterate(subscribe(OutcomesInOrder, [A, B, C], request, poller=a_poller(most_requests=2)))) == [A, B, C]


@all_ways
def test_outcomes_come_as_jobs_end(iterate: Iterate) -> None:
    """
    Whatever the order of the input.
    """
    may_end = threading.Event()

    def at_last() -> Job:
        may_end.wait(SECONDS)
        return COMPLETED

    outcomes = iterate(subscribe(OutcomesAsTheyEnd, [A, B], answering({A: at_last})))
    first = next(outcomes)
    may_end.set()

    assert arns([first, *outcomes]) == [B, A]


def until_read(job_arns: Iterable[str | JobArn]) -> tuple[Iterator[str | JobArn], Callable[[], Job]]:
    """
    Return an iterator, and an answer that comes when it was read to its end.
    """
    is_read = threading.Event()

    def read() -> Iterator[str | JobArn]:
        yield from job_arns
        is_read.set()

    def answer() -> Job:
        assert is_read.wait(SECONDS)
        return COMPLETED

    return read(), answer


@all_ways
def test_a_repeated_job_is_asked_for_once_and_answered_each_time(iterate: Iterate) -> None:
    """
    In their order, there are as many outcomes as ARNs.
    """
    job_arns, at_last = until_read([A, B, A, B, JobArn.parse(A)])
    asked = Counter[str]()

    def request(polled: PolledJob) -> Job:
        asked[str(polled.arn)] += 1
        return at_last() if str(polled.arn) == A else COMPLETED

    assert arns(iterate(subscribe(OutcomesInOrder, job_arns, request))) == [A, B, A, B, A]
    assert asked == {A: 1, B: 1}


@all_ways
def test_a_repeated_job_ends_once(iterate: Iterate) -> None:
    """
    As they end, each job is told of once.
    """
    assert arns(iterate(subscribe(OutcomesAsTheyEnd, [A, A, JobArn.parse(A)]))) == [A]


@all_ways
def test_a_job_that_comes_again_much_later_is_asked_for_again(iterate: Iterate) -> None:
    """
    It may have changed, and an endless input doesn't fill the memory.
    """
    asked = Counter[str]()

    def request(polled: PolledJob) -> Job:
        asked[str(polled.arn)] += 1
        return COMPLETED

    job_arns = [A, *(str(an_arn(number)) for number in range(1, 40)), A]

    assert len(list(iterate(subscribe(OutcomesInOrder, job_arns, request)))) == 41
    assert asked[A] == 2


@all_ways
def test_an_endless_input_is_read_a_little_ahead(iterate: Iterate) -> None:
    """
    32 jobs, and another whenever the first of them is handed out.
    """
    read, all_are_read = list[int](), threading.Event()

    def endless() -> Iterator[JobArn]:
        for number in count():
            read.append(number)
            if len(read) == 32:
                all_are_read.set()
            yield an_arn(number)

    def at_last() -> Job:
        assert all_are_read.wait(SECONDS)
        return COMPLETED

    outcomes = iterate(subscribe(OutcomesInOrder, endless(), answering({A: at_last})))
    ahead = [len(read) - number for number, _ in zip(range(100), outcomes, strict=False)]

    assert max(ahead) == 32


@all_kinds
@all_ways
def test_what_is_no_job_is_an_outcome_of_its_own(kind: Kind, iterate: Iterate) -> None:
    """
    It is asked for nowhere and ends nothing.
    """
    wrong, right = iterate(subscribe(kind, ["job-1", A]))

    assert isinstance(wrong.error, InvalidJobArnError)
    assert (wrong.job_arn, right.job) == ("job-1", COMPLETED)


@all_kinds
@all_ways
def test_an_error_is_the_outcome_of_its_job(kind: Kind, iterate: Iterate) -> None:
    """
    The others go on.
    """
    error = JobNotFoundError("No such job")

    outcomes = {outcome.job_arn: outcome for outcome in iterate(subscribe(kind, [A, B], answering({A: error})))}

    assert (outcomes[A].error, outcomes[B].job) == (error, COMPLETED)


@all_kinds
@all_ways
def test_a_defect_is_nobodys_outcome(kind: Kind, iterate: Iterate) -> None:
    """
    What is no error of ours is raised.
    """
    with pytest.raises(ZeroDivisionError):
        list(iterate(subscribe(kind, [A], answering({A: ZeroDivisionError()}))))


@all_kinds
def test_a_single_text_is_not_taken_for_many(kind: Kind) -> None:
    """
    Its characters are no ARNs.
    """
    with pytest.raises(TypeError, match="put it in a list"):
        subscribe(kind, A)


@all_ways
def test_updates_are_passed_on_in_their_order(iterate: Iterate) -> None:
    """
    Each poll that showed something new, the last included.
    """
    course, seen = Course(QUEUED, RUNNING, COMPLETED), list[Job]()

    def on_update(job: Job) -> None:
        seen.append(job)
        course.see(job)

    list(iterate(subscribe(OutcomesAsTheyEnd, [A], course.request, policy=FAST, on_update=on_update)))

    assert seen == [QUEUED, RUNNING, COMPLETED]


@all_kinds
@all_ways
def test_no_jobs_have_no_outcomes(kind: Kind, iterate: Iterate) -> None:
    """
    It is over at once.
    """
    assert list(iterate(subscribe(kind, []))) == []


@all_kinds
@all_ways
def test_what_is_closed_answers_for_a_whole_list(kind: Kind, iterate: Iterate) -> None:
    """
    However long it is, and whether it was read already or not.
    """
    poller, job_arns = a_poller(), [str(an_arn(number)) for number in range(100)]
    outcomes = iterate(subscribe(kind, job_arns, answering(dict.fromkeys(job_arns[1:], RUNNING)), poller=poller))
    first = next(outcomes)
    poller.close()
    rest = list(outcomes)

    assert (first.job, errors(rest)) == (COMPLETED, {WaitCancelledError: 99})
    assert sorted(arns([first, *rest])) == job_arns


@all_kinds
@all_ways
def test_what_is_closed_reads_an_iterator_no_more(kind: Kind, iterate: Iterate) -> None:
    """
    It may have no end. What was read before is told.
    """
    poller, read = a_poller(), list[JobArn]()

    def endless() -> Iterator[JobArn]:
        for number in count():
            read.append(an_arn(number))
            if number == 20:
                poller.close()
            yield read[-1]

    outcomes = list(iterate(subscribe(kind, endless(), lambda _: RUNNING, poller=poller)))

    assert (len(read), errors(outcomes)) == (21, {WaitCancelledError: 21})


class TwoOfThreeHaveEnded:
    """
    A, B and C are read before A ends; when C is asked for, one request at a time, A and B have ended and are told.
    """

    def __init__(self) -> None:
        self.poller = a_poller(most_requests=1)
        self.job_arns, self._at_last = until_read([A, B, C])
        self._are_told = threading.Event()

    def request(self, polled: PolledJob) -> Job:
        if str(polled.arn) == C:
            self._are_told.set()
            return RUNNING
        return self._at_last()

    def wait(self) -> None:
        assert self._are_told.wait(SECONDS)


@all_kinds
@all_ways
def test_what_has_ended_when_a_client_is_closed_is_told_as_it_ended(kind: Kind, iterate: Iterate) -> None:
    """
    Only the rest is cancelled.
    """
    braket = TwoOfThreeHaveEnded()
    outcomes = iterate(subscribe(kind, braket.job_arns, braket.request, poller=braket.poller))
    first = next(outcomes)
    braket.wait()
    braket.poller.close()

    ended = {outcome.job_arn: type(outcome.error) for outcome in [first, *outcomes]}

    assert ended == {A: type(None), B: type(None), C: WaitCancelledError}


def test_what_has_ended_when_an_event_is_set_is_told_as_it_ended() -> None:
    """
    Also to `on_update`.
    """
    braket, cancel, seen = TwoOfThreeHaveEnded(), threading.Event(), list[Job]()
    subscription = subscribe(
        OutcomesAsTheyEnd, braket.job_arns, braket.request, poller=braket.poller, on_update=seen.append
    )
    outcomes = subscription.iterate(cancel)
    first = next(outcomes)
    braket.wait()
    cancel.set()

    assert errors([first, *outcomes]) == {type(None): 2, WaitCancelledError: 1}
    assert seen == [COMPLETED, COMPLETED]


def test_an_event_that_an_update_sets_ends_the_waits_for_many() -> None:
    """
    Each has its outcome, and nobody hears of more updates.
    """
    cancel, seen = threading.Event(), list[Job]()

    def on_update(job: Job) -> None:
        seen.append(job)
        cancel.set()

    job_arns = [an_arn(number) for number in range(20)]
    subscription = subscribe(OutcomesAsTheyEnd, job_arns, lambda _: RUNNING, on_update=on_update)

    assert errors(subscription.iterate(cancel)) == {WaitCancelledError: 20}
    assert seen == [RUNNING]


def test_an_event_ends_a_wait_for_an_endless_input() -> None:
    """
    It is read no more.
    """
    cancel = threading.Event()

    def endless() -> Iterator[JobArn]:
        for number in count():
            if number == 50:
                cancel.set()
            yield an_arn(number)

    subscription = subscribe(OutcomesAsTheyEnd, endless(), lambda _: RUNNING)

    assert errors(subscription.iterate(cancel)) == {WaitCancelledError: 51}


@all_kinds
@all_ways
def test_an_input_that_breaks_loses_nothing(kind: Kind, iterate: Iterate) -> None:
    """
    What was read before has its outcome, and then the error is raised.
    """

    def breaking() -> Iterator[str]:
        yield A
        raise ZeroDivisionError

    outcomes = iterate(subscribe(kind, breaking()))

    assert next(outcomes).job == COMPLETED
    with pytest.raises(ZeroDivisionError):
        next(outcomes)


@all_ways
def test_all_there_is_is_told_before_more_is_read(iterate: Iterate) -> None:
    """
    Reading the next one takes here until a job has told of its end.
    """
    told, told_when_read = list[Job](), list[int]()
    answers = {an_arn(number): [RUNNING, COMPLETED] for number in range(4)}

    def slow() -> Iterator[JobArn]:
        for arn in answers:
            yield arn
            nobody_polls()  # all is over with that job
            told_when_read.append(len(told))

    def request(polled: PolledJob) -> Job:
        return answers[polled.arn].pop(0)

    def on_update(job: Job) -> None:
        told.extend([job] if job.is_terminal else [])

    list(iterate(subscribe(OutcomesAsTheyEnd, slow(), request, policy=FAST, on_update=on_update)))

    assert len(told_when_read) == 4
    assert all(seen >= number for number, seen in enumerate(told_when_read))


@all_ways
def test_a_timeout_counts_from_the_first_next(iterate: Iterate) -> None:
    """
    Also for a job that is read when it is over: nobody polls it.
    """
    now = [0.0]

    def slow() -> Iterator[JobArn]:
        yield an_arn(1)
        now[0] += 60.0
        yield an_arn(2)

    poller = a_poller(clock=lambda: now[0])
    subscription = subscribe(OutcomesAsTheyEnd, slow(), lambda _: RUNNING, poller=poller, timeout=30.0)
    now[0] = 1000.0
    attempts = {outcome.job_arn: outcome.error.attempts for outcome in iterate(subscription) if outcome.error}

    assert attempts[str(an_arn(2))] == 0


@all_ways
def test_requests_see_the_context_of_who_waits(iterate: Iterate) -> None:
    """
    Each that of its own wait, though they share the threads: a trace knows which request belongs to it.
    """
    who = ContextVar("who", default="nobody")
    poller = a_poller()

    def ask(name: str) -> list[str]:
        who.set(name)
        seen: list[str] = []

        def request(_polled: PolledJob) -> Job:
            seen.append(who.get())
            return RUNNING if len(seen) == 1 else COMPLETED

        list(iterate(subscribe(Updates, [A], request, poller=poller, policy=FAST)))
        return seen

    assert [copy_context().run(ask, name) for name in ("one", "two")] == [["one"] * 2, ["two"] * 2]
