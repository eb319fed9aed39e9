"""
What those who wait get to see, in which order, and how far is read ahead.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

import pytest
from support.watching import COMPLETED, RUNNING, an_arn, throttling, waiting

from braket_jobs import InvalidJobArnError, Job, JobArn, JobNotFoundError, JobOutcome, WaitCancelledError
from braket_jobs._watch.flows import AsTheyEnd, Flow, InOrder, Updates
from braket_jobs._watch.watch import Notice, Watch

A, B, C = (str(an_arn(number)) for number in range(3))


def read_all(flow: Flow[Any]) -> list[Watch]:
    watches: list[Watch] = []
    while flow.is_hungry:
        watches += flow.read()
    return watches


def in_order(job_arns: Iterable[str | JobArn]) -> InOrder:
    return InOrder(job_arns, waiting())


def as_they_end(job_arns: Iterable[str | JobArn], seen: list[Job] | None = None) -> AsTheyEnd:
    return AsTheyEnd(job_arns, waiting(), None if seen is None else seen.append)


def ended(watch: Watch) -> Notice:
    return Notice(watch, COMPLETED, is_last=True)


def arns(outcomes: Iterator[JobOutcome]) -> list[str]:
    return [outcome.job_arn for outcome in outcomes]


def test_updates_are_handed_out_until_the_last() -> None:
    """
    The terminal look is the last item.
    """
    flow = Updates([A], waiting())
    (watch,) = read_all(flow)
    flow.hear(Notice(watch, RUNNING))
    first = list(flow.ready())
    was_over = flow.is_over
    flow.hear(ended(watch))

    assert (first, was_over) == ([RUNNING], False)
    assert (list(flow.ready()), flow.is_over) == ([COMPLETED], True)


def test_updates_end_with_the_error() -> None:
    """
    It is raised, as it is.
    """
    flow = Updates([A], waiting())
    (watch,) = read_all(flow)
    error = JobNotFoundError("No such job")

    with pytest.raises(JobNotFoundError) as caught:
        flow.hear(Notice(watch, error=error, is_last=True))

    assert caught.value is error


def test_outcomes_come_in_the_order_of_the_input() -> None:
    """
    What was asked for later and answered earlier waits.
    """
    flow = in_order([A, B, C])
    one, two, three = read_all(flow)
    flow.hear(ended(three))
    flow.hear(ended(two))
    before = arns(flow.ready())
    flow.hear(ended(one))

    assert before == []
    assert (arns(flow.ready()), flow.is_over) == ([A, B, C], True)


def test_outcomes_come_as_jobs_end() -> None:
    """
    Whatever the order of the input.
    """
    flow = as_they_end([A, B])
    one, two = read_all(flow)
    flow.hear(ended(two))
    flow.hear(ended(one))

    assert (arns(flow.ready()), flow.is_over) == ([B, A], True)


def test_a_repeated_job_is_asked_once_and_answered_each_time() -> None:
    """
    In their order, there are as many outcomes as inputs.
    """
    flow = in_order([A, B, A])
    watches = read_all(flow)
    for watch in watches:
        flow.hear(ended(watch))

    assert [str(watch.arn) for watch in watches] == [A, B]
    assert arns(flow.ready()) == [A, B, A]


def test_a_repeated_job_ends_once() -> None:
    """
    As they end, each job is told of once.
    """
    flow = as_they_end([A, A, JobArn.parse(A)])
    (watch,) = read_all(flow)
    flow.hear(ended(watch))

    assert (arns(flow.ready()), flow.is_over) == ([A], True)


def test_an_endless_input_is_read_a_little_ahead() -> None:
    """
    32 jobs, and another whenever the first of them is handed out.
    """
    flow = in_order(an_arn(number) for number in count())
    watches = read_all(flow)
    flow.hear(ended(watches[5]))
    still_full = read_all(flow)
    flow.hear(ended(watches[0]))

    assert (len(watches), still_full) == (32, [])
    assert [watch.arn.job_id for watch in read_all(flow)] == ["job-00032"]


def test_answers_are_remembered_for_ten_thousand_jobs() -> None:
    """
    An endless input of new jobs doesn't fill the memory; what comes again within that number isn't asked again.
    """
    numbers = [*range(10_001), 10_000, 1, 0]
    flow = in_order(an_arn(number) for number in numbers)
    asked = []
    while not flow.is_over:
        for watch in flow.read():
            asked.append(watch.arn)
            flow.hear(ended(watch))
        list(flow.ready())

    assert asked == [an_arn(number) for number in (*range(10_001), 0)]


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_what_is_no_job_is_an_outcome_of_its_own(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    It is asked for nowhere and ends nothing.
    """
    flow = make(["job-1", A])
    (watch,) = read_all(flow)
    flow.hear(ended(watch))

    wrong, right = flow.ready()

    assert isinstance(wrong.error, InvalidJobArnError)
    assert (wrong.job_arn, right.job) == ("job-1", COMPLETED)


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_an_error_is_the_outcome_of_its_job(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    The others go on.
    """
    flow = make([A, B])
    one, _two = read_all(flow)
    error = throttling()
    flow.hear(Notice(one, error=error, is_last=True))

    (outcome,) = flow.ready()

    assert (outcome.error, flow.is_over) == (error, False)


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_a_defect_is_nobodys_outcome(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    What is no error of ours is raised.
    """
    flow = make([A])
    (watch,) = read_all(flow)

    with pytest.raises(ZeroDivisionError):
        flow.hear(Notice(watch, error=ZeroDivisionError(), is_last=True))


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_a_single_text_is_not_taken_for_many(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    Its characters are no ARNs.
    """
    with pytest.raises(TypeError, match="put it in a list"):
        make(A)


def test_updates_are_passed_on_in_their_order() -> None:
    """
    Each look that showed something new, the last included.
    """
    seen: list[Job] = []
    flow = as_they_end([A], seen)
    (watch,) = read_all(flow)

    for notice in (Notice(watch, RUNNING), ended(watch)):
        flow.hear(notice)

    assert seen == [RUNNING, COMPLETED]


def test_a_flow_of_nothing_is_over_at_once() -> None:
    """
    No jobs, no outcomes.
    """
    flow = in_order([])
    flow.read()

    assert (flow.is_over, flow.read(), arns(flow.ready())) == (True, [], [])


def test_a_cancelled_flow_answers_for_every_job() -> None:
    """
    Also for those of a list that were not read yet.
    """
    flow = as_they_end([A, B])
    flow.read()

    flow.cancel()
    outcomes = list(flow.ready())

    assert {outcome.job_arn: type(outcome.error) for outcome in outcomes} == dict.fromkeys([A, B], WaitCancelledError)
    assert flow.is_over


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_a_cancelled_flow_reads_an_iterator_no_more(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    It may have no end.
    """
    flow = make(an_arn(number) for number in count())
    flow.read()

    flow.cancel()

    assert ([type(outcome.error) for outcome in flow.ready()], flow.is_over) == ([WaitCancelledError], True)


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_a_cancelled_flow_answers_for_a_whole_list(
    make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]],
) -> None:
    """
    However long it is, and whether it was read already or not.
    """
    flow = make([an_arn(number) for number in range(100)])
    flow.read()

    flow.cancel()

    assert [type(outcome.error) for outcome in flow.ready()] == [WaitCancelledError] * 100
    assert flow.is_over


@pytest.mark.parametrize("make", [in_order, as_they_end])
def test_an_input_that_breaks_loses_nothing(make: Callable[[Iterable[str | JobArn]], Flow[JobOutcome]]) -> None:
    """
    What was read before has its outcome, and then the error is raised.
    """

    def breaking() -> Iterator[str]:
        yield A
        raise ZeroDivisionError

    flow = make(breaking())
    (watch,) = read_all(flow)
    was_over = flow.is_over
    flow.hear(ended(watch))

    assert (was_over, arns(flow.ready()), flow.is_over) == (False, [A], True)
    with pytest.raises(ZeroDivisionError):
        flow.finish()


def test_a_timeout_counts_from_the_beginning() -> None:
    """
    Of the whole flow, not from when a job is read.
    """
    flow = AsTheyEnd([A, B], waiting(timeout=60.0), None)
    flow.began = 1000.0

    assert [watch.deadline for watch in read_all(flow)] == [1060.0, 1060.0]


def test_cancelled_updates_end_with_an_error() -> None:
    """
    An iterator that just stopped would look like a job that has ended.
    """
    flow = Updates([A], waiting())
    flow.read()

    with pytest.raises(WaitCancelledError):
        flow.cancel()
