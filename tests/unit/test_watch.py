"""
What the looks at one job mean: what is news, what ends the wait, and how long failures are put up with.
"""

import math

import attrs
import pytest
from support.watching import COMPLETED, QUEUED, RUNNING, STEADY, a_watch, queued_at, throttling, trouble, waiting

from braket_jobs import Job, JobNotFoundError, JobStatus, PollPolicy, WaitCancelledError, WaitTimeoutError
from braket_jobs._watch.watch import Watch
from braket_jobs.errors.tree import BraketJobsError, ServiceUnavailableError


def seen(watch: Watch, *looks: Job) -> list[Job | None]:
    """
    Return what is told after each look, None for nothing.
    """
    notices = [watch.saw(look) for look in looks]
    return [None if notice is None else notice.job for notice in notices]


def test_the_first_look_is_news_and_an_equal_one_is_not() -> None:
    """
    Only what changed is told.
    """
    assert seen(a_watch(), RUNNING, RUNNING, attrs.evolve(RUNNING)) == [RUNNING, None, None]


def test_another_request_id_is_no_news() -> None:
    """
    It is part of the answer, not of the job.
    """
    assert seen(a_watch(), RUNNING, attrs.evolve(RUNNING, request_id="another")) == [RUNNING, None]


def test_a_place_in_the_queue_is_news() -> None:
    """
    A queued job that moves up has changed.
    """
    places = [queued_at(position) for position in (">15", ">15", "15", "1")]

    assert seen(a_watch(), *places) == [places[0], None, places[2], places[3]]


def test_queue_info_that_goes_away_is_no_news() -> None:
    """
    The look that sees a job leave the queue has queue info, the next one asks for none.
    """
    leaving = attrs.evolve(RUNNING, queue_info=QUEUED.queue_info)

    assert seen(a_watch(), QUEUED, leaving, RUNNING) == [QUEUED, leaving, None]


def test_queue_info_is_asked_for_while_the_job_is_queued() -> None:
    """
    At first, since nobody knows yet, and as long as it is QUEUED.
    """
    watch = a_watch()
    asked = [watch.wants_queue_info]

    for look in (QUEUED, RUNNING):
        watch.saw(look)
        asked.append(watch.wants_queue_info)

    assert asked == [True, True, False]


@pytest.mark.parametrize("wanted", [True, False])
def test_queue_info_is_asked_for_as_was_said(wanted: bool) -> None:
    """
    Where the caller decides, the status doesn't.
    """
    assert a_watch(purpose=attrs.evolve(waiting(), with_queue_info=wanted)).wants_queue_info is wanted


@pytest.mark.parametrize("status", ["COMPLETED", "FAILED", "CANCELLED"])
def test_an_end_is_told_and_ends_the_watch(status: str) -> None:
    """
    The terminal look is the last.
    """
    watch = a_watch()

    notice = watch.saw(attrs.evolve(COMPLETED, status=JobStatus(status)))

    assert notice is not None
    assert (notice.is_last, watch.is_open) == (True, False)


def test_an_unknown_status_is_no_end() -> None:
    """
    Nothing says that a status that AWS adds is terminal.
    """
    watch = a_watch()

    watch.saw(attrs.evolve(RUNNING, status=JobStatus("PAUSED")))

    assert watch.is_open


def test_quiet_looks_get_rarer_and_news_brings_them_back() -> None:
    """
    2, 3, 4.5 seconds, and 2 again after a change.
    """
    watch = a_watch()
    delays = []

    for look in (QUEUED, QUEUED, QUEUED, RUNNING):
        watch.saw(look)
        delays.append(watch.delay(0.0))

    assert delays == [2.0, 3.0, 4.5, 2.0]


def test_failing_looks_get_rarer_too_but_throttled_ones_do_not() -> None:
    """
    A service that is down is asked more rarely; the quota deals with throttling.
    """
    watch = a_watch()
    delays = []

    for error in (trouble(), trouble(), throttling()):
        watch.failed(error, 0.0, 0.1)
        delays.append(watch.delay(0.0))

    assert delays == [3.0, 4.5, 4.5]


def test_a_failure_that_cannot_pass_ends_the_watch_at_once() -> None:
    """
    Another look would fail the same way.
    """
    watch = a_watch()
    error = JobNotFoundError("No such job")

    notice = watch.failed(error, 0.0, 0.1)

    assert notice is not None
    assert (notice.error, notice.is_last, watch.is_open) == (error, True, False)


def test_a_defect_ends_the_watch_at_once() -> None:
    """
    What is no error of ours is not looked at again.
    """
    watch = a_watch()
    defect = ZeroDivisionError()

    notice = watch.failed(defect, 0.0, 0.1)

    assert notice is not None
    assert (notice.error, watch.is_open) == (defect, False)


def failing_every(seconds: float, watch: Watch, error: BraketJobsError) -> float:
    """
    Return when the watch gives up, if it fails every so many seconds from 1000 on.
    """
    now = 1000.0
    while watch.failed(error, now, now) is None:
        now += seconds
    return now - 1000.0


@pytest.mark.parametrize("error", [trouble(), throttling()])
def test_failures_are_put_up_with_for_five_minutes(error: BraketJobsError) -> None:
    """
    Then the last error ends the watch, with a note.
    """
    watch = a_watch()

    gave_up_after = failing_every(10, watch, error)

    assert gave_up_after == 300
    assert error.__notes__ == ["No look has succeeded for 300 s (max_outage)."]


def test_a_success_ends_an_outage() -> None:
    """
    The next one is counted from its own beginning.
    """
    watch = a_watch()
    for second in range(0, 290, 10):
        watch.failed(trouble(), second, second)
    watch.saw(RUNNING)

    assert failing_every(10, watch, trouble()) == 300


def test_time_in_which_nobody_looked_is_no_outage() -> None:
    """
    A laptop that slept for an hour between two failures, or a quota that let nobody look, counts for 30 seconds.
    """
    assert failing_every(3600, a_watch(), trouble()) == 10 * 3600


def test_time_that_a_look_took_is_part_of_the_outage() -> None:
    """
    Looks that hang for a minute each are five minutes soon.
    """
    watch = a_watch()
    notices = [watch.failed(trouble(), turn * 61.0, turn * 61.0 + 60.0) for turn in range(6)]

    assert [notice is None for notice in notices] == [True] * 5 + [False]


@pytest.mark.parametrize(("max_outage", "is_open"), [(0, False), (math.inf, True)])
def test_an_outage_may_be_forbidden_or_last_for_ever(max_outage: float, is_open: bool) -> None:
    """
    Zero ends the watch at the first failure, infinity never.
    """
    watch = a_watch(purpose=waiting(poll=PollPolicy(max_outage=max_outage)))

    for second in range(0, 100_000, 10):
        if watch.is_open:
            watch.failed(trouble(), second, second)

    assert watch.is_open is is_open


def test_a_timeout_carries_the_last_look() -> None:
    """
    With how many looks there were, in words that say how it stood.
    """
    watch = a_watch(purpose=waiting(timeout=60.0))
    watch.begin(1000.0)
    watch.saw(QUEUED)
    watch.saw(RUNNING)

    error = watch.time_out().error

    assert watch.deadline == 1060.0
    assert isinstance(error, WaitTimeoutError)
    assert (error.job, error.attempts, error.job_arn) == (RUNNING, 2, str(watch.arn))
    assert error.message == "it was RUNNING when 60 s were over"
    assert error.__cause__ is None


def test_a_timeout_in_an_outage_says_why_nothing_was_seen() -> None:
    """
    The last failure is the cause.
    """
    watch = a_watch(purpose=waiting(timeout=60.0))
    failure = trouble()
    watch.failed(failure, 0.0, 0.1)

    error = watch.time_out().error

    assert isinstance(error, WaitTimeoutError)
    assert (error.job, error.__cause__) == (None, failure)
    assert error.message == "it was never seen when 60 s were over"


def test_a_cancelled_watch_carries_the_last_look() -> None:
    """
    It says how the job stood.
    """
    watch = a_watch()
    watch.saw(RUNNING)

    error = watch.cancel().error

    assert isinstance(error, WaitCancelledError)
    assert (error.job, error.message) == (RUNNING, "it was RUNNING")


def test_a_watch_that_was_closed_stays_closed() -> None:
    """
    A look that comes in late doesn't open it again.
    """
    watch = a_watch(purpose=waiting(poll=STEADY))
    watch.is_open = False

    watch.saw(RUNNING)

    assert not watch.is_open


def test_a_failure_that_is_survived_keeps_no_traceback() -> None:
    """
    Nor do its causes: a thousand waits keep one each for as long as an outage lasts.
    """
    watch = a_watch()
    error = trouble()
    with pytest.raises(ServiceUnavailableError):
        raise_from_another(error)

    watch.failed(error, 0.0, 0.1)

    assert watch.failure is error
    assert error.__cause__ is not None
    assert (error.__traceback__, error.__cause__.__traceback__) == (None, None)


def raise_from_another(error: Exception) -> None:
    try:
        int("no number")
    except ValueError as cause:
        raise error from cause
