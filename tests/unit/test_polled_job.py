"""
What the polls of one job mean: what is new, what ends the wait, and how long failures are put up with.
"""

import math

import attrs
import pytest
from support.watching import COMPLETED, QUEUED, RUNNING, a_polled_job, asking, queued_at, throttling, trouble, waiting

from braket_jobs import Job, JobNotFoundError, JobStatus, PollPolicy, WaitCancelledError, WaitTimeoutError
from braket_jobs._watch.polled_job import Notification, PolledJob
from braket_jobs.errors.tree import BraketJobsError, ServiceUnavailableError


def seen(polled: PolledJob, *answers: Job) -> list[Job | None]:
    """
    Return what is told after each answer, None for nothing.
    """
    notifications = [polled.take_in(answer, 0.0, 0.0) for answer in answers]
    return [None if notification is None else notification.job for notification in notifications]


def failed(polled: PolledJob, error: BaseException) -> Notification | None:
    return polled.take_in(error, 0.0, 0.1)


def test_the_first_answer_is_new_and_an_equal_one_is_not() -> None:
    """
    Only what changed is told.
    """
    assert seen(a_polled_job(), RUNNING, RUNNING, attrs.evolve(RUNNING)) == [RUNNING, None, None]


def test_another_request_id_is_nothing_new() -> None:
    """
    It is part of the answer, not of the job.
    """
    assert seen(a_polled_job(), RUNNING, attrs.evolve(RUNNING, request_id="another")) == [RUNNING, None]


def test_a_place_in_the_queue_is_new() -> None:
    """
    A queued job that moves up has changed.
    """
    places = [queued_at(position) for position in (">15", ">15", "15", "1")]

    assert seen(a_polled_job(), *places) == [places[0], None, places[2], places[3]]


def test_queue_info_that_goes_away_is_nothing_new() -> None:
    """
    The poll that sees a job leave the queue has queue info, the next one asks for none.
    """
    leaving = attrs.evolve(RUNNING, queue_info=QUEUED.queue_info)

    assert seen(a_polled_job(), QUEUED, leaving, RUNNING) == [QUEUED, leaving, None]


def test_queue_info_is_asked_for_while_the_job_is_queued() -> None:
    """
    At first, since nobody knows yet, and as long as it is QUEUED.
    """
    polled = a_polled_job()
    asked = [polled.wants_queue_info]

    for answer in (QUEUED, RUNNING):
        seen(polled, answer)
        asked.append(polled.wants_queue_info)

    assert asked == [True, True, False]


@pytest.mark.parametrize("wanted", [True, False])
def test_queue_info_is_asked_for_as_was_said(wanted: bool) -> None:
    """
    Where the caller decides, the status doesn't.
    """
    assert a_polled_job(options=waiting(with_queue_info=wanted)).wants_queue_info is wanted


@pytest.mark.parametrize("status", ["COMPLETED", "FAILED", "CANCELLED"])
def test_an_end_is_told_and_ends_the_polling(status: str) -> None:
    """
    The terminal update is the last.
    """
    polled = a_polled_job()

    notification = polled.take_in(attrs.evolve(COMPLETED, status=JobStatus(status)), 0.0, 0.0)

    assert notification is not None
    assert (notification.is_last, polled.is_open) == (True, False)


def test_an_unknown_status_is_no_end() -> None:
    """
    Nothing says that a status that AWS adds is terminal.
    """
    polled = a_polled_job()

    seen(polled, attrs.evolve(RUNNING, status=JobStatus("PAUSED")))

    assert polled.is_open


def test_quiet_polls_get_rarer_and_an_update_brings_them_back() -> None:
    """
    2, 3, 4.5 seconds, and 2 again after a change.
    """
    polled = a_polled_job()
    delays = []

    for answer in (QUEUED, QUEUED, QUEUED, RUNNING):
        seen(polled, answer)
        delays.append(polled.delay(0.0))

    assert delays == [2.0, 3.0, 4.5, 2.0]


def test_failing_polls_get_rarer_too() -> None:
    """
    A service that is down is asked more rarely, 2 s, 4 s and 8 s later, but no more rarely than one that answers.
    """
    polled = a_polled_job()
    delays = []

    for _ in range(5):
        failed(polled, trouble())
        delays.append(polled.delay(0.0))

    assert delays == [2.0, 4.0, 6.75, 10.125, 15.1875]


def test_a_failure_that_cannot_pass_ends_the_polling_at_once() -> None:
    """
    Another poll would fail the same way.
    """
    polled = a_polled_job()
    error = JobNotFoundError("No such job")

    notification = failed(polled, error)

    assert notification is not None
    assert (notification.error, notification.is_last, polled.is_open) == (error, True, False)


def test_a_defect_ends_the_polling_at_once() -> None:
    """
    What is no error of ours is not polled again.
    """
    polled = a_polled_job()
    defect = ZeroDivisionError()

    notification = failed(polled, defect)

    assert notification is not None
    assert (notification.error, polled.is_open) == (defect, False)


def test_one_answer_may_be_enough() -> None:
    """
    Whoever asks once isn't interested in the end.
    """
    polled = a_polled_job(options=asking())

    assert seen(polled, RUNNING) == [RUNNING]
    assert not polled.is_open


@pytest.mark.parametrize(
    ("error", "is_paced", "is_open"),
    [(throttling(), True, True), (throttling(), False, False), (trouble(), True, False)],
)
def test_whoever_asks_once_is_polled_again_for_the_quota_only(
    error: BraketJobsError, is_paced: bool, is_open: bool
) -> None:
    """
    The call has been tried again already, but for throttling where polls wait for the quota.
    """
    polled = a_polled_job(options=asking(is_paced=is_paced))

    failed(polled, error)

    assert polled.is_open is is_open


def failing_every(seconds: float, polled: PolledJob, error: BraketJobsError) -> float:
    """
    Return when the job is given up, if it fails every so many seconds from 1000 on.
    """
    now = 1000.0
    while polled.take_in(error, now, now) is None:
        now += seconds
    return now - 1000.0


@pytest.mark.parametrize("error", [trouble(), throttling()])
def test_failures_are_put_up_with_for_five_minutes(error: BraketJobsError) -> None:
    """
    Then the last error ends the polling, with a note.
    """
    polled = a_polled_job()

    gave_up_after = failing_every(10, polled, error)

    assert gave_up_after == 300
    assert error.__notes__ == ["No poll has succeeded for 300 s (max_outage)."]


def test_a_success_ends_an_outage() -> None:
    """
    The next one is counted from its own beginning.
    """
    polled = a_polled_job()
    for second in range(0, 290, 10):
        polled.take_in(trouble(), second, second)
    seen(polled, RUNNING)

    assert failing_every(10, polled, trouble()) == 300


def test_time_in_which_nobody_polled_is_no_outage() -> None:
    """
    A laptop that slept for an hour between two failures, or a quota that let nobody poll, counts for 30 seconds.
    """
    assert failing_every(3600, a_polled_job(), trouble()) == 10 * 3600


def test_time_that_a_poll_took_is_part_of_the_outage() -> None:
    """
    Polls that hang for a minute each are five minutes soon.
    """
    polled = a_polled_job()
    notifications = [polled.take_in(trouble(), turn * 61.0, turn * 61.0 + 60.0) for turn in range(6)]

    assert [notification is None for notification in notifications] == [True] * 5 + [False]


@pytest.mark.parametrize(("max_outage", "is_open"), [(0, False), (math.inf, True)])
def test_an_outage_may_be_forbidden_or_last_for_ever(max_outage: float, is_open: bool) -> None:
    """
    Zero ends the polling at the first failure, infinity never.
    """
    polled = a_polled_job(options=waiting(policy=PollPolicy(max_outage=max_outage)))

    for second in range(0, 100_000, 10):
        if polled.is_open:
            polled.take_in(trouble(), second, second)

    assert polled.is_open is is_open


def test_a_timeout_carries_the_last_update() -> None:
    """
    With how many polls there were, in words that say how it stood.
    """
    polled = a_polled_job(options=waiting(timeout=60.0))
    seen(polled, QUEUED, RUNNING)

    error = polled.time_out().error

    assert isinstance(error, WaitTimeoutError)
    assert (error.job, error.attempts, error.job_arn) == (RUNNING, 2, str(polled.arn))
    assert error.message == "it was RUNNING when 60 s were over"
    assert error.__cause__ is None


def test_a_timeout_in_an_outage_says_why_nothing_was_seen() -> None:
    """
    The last failure is the cause.
    """
    polled = a_polled_job(options=waiting(timeout=60.0))
    failure = trouble()
    failed(polled, failure)

    error = polled.time_out().error

    assert isinstance(error, WaitTimeoutError)
    assert (error.job, error.__cause__) == (None, failure)
    assert error.message == "it was never seen when 60 s were over"


def test_what_is_cancelled_carries_the_last_update() -> None:
    """
    It says how the job stood.
    """
    polled = a_polled_job()
    seen(polled, RUNNING)

    error = polled.cancel().error

    assert isinstance(error, WaitCancelledError)
    assert (error.job, error.message) == (RUNNING, "it was RUNNING")


def test_what_was_closed_stays_closed() -> None:
    """
    An answer that comes too late doesn't open it again.
    """
    polled = a_polled_job()
    polled.is_open = False

    seen(polled, RUNNING)

    assert not polled.is_open


def test_a_failure_that_is_survived_keeps_no_traceback() -> None:
    """
    Nor do its causes: a thousand waits keep one each for as long as an outage lasts.
    """
    polled = a_polled_job()
    error = trouble()
    with pytest.raises(ServiceUnavailableError):
        raise_from_another(error)

    failed(polled, error)

    assert polled.failure is error
    assert error.__cause__ is not None
    assert (error.__traceback__, error.__cause__.__traceback__) == (None, None)


def raise_from_another(error: Exception) -> None:
    try:
        int("no number")
    except ValueError as cause:
        raise error from cause
