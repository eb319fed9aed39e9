"""
Phases are what events open: in time order, one ending where the next begins.
"""

from datetime import UTC, datetime, timedelta

import pytest

from braket_jobs import JobEvent, JobEventType, Phase
from braket_jobs.model.phases import newest, phases_of

STARTING, LOADING, RUNNING = JobEventType.STARTING_INSTANCE, JobEventType.DOWNLOADING_DATA, JobEventType.RUNNING
COMPLETED, FAILED, CANCELLED = JobEventType.COMPLETED, JobEventType.FAILED, JobEventType.CANCELLED


def at(second: int) -> datetime:
    return datetime(2025, 5, 16, 17, 0, second, tzinfo=UTC)


def event(kind: JobEventType | None, second: int | None, message: str | None = None) -> JobEvent:
    return JobEvent(event_type=kind, time_of_event=None if second is None else at(second), message=message)


def spans(*phases: Phase) -> list[tuple[JobEventType | None, int, int | None]]:
    return [(phase.event_type, phase.started_at.second, second(phase.ended_at)) for phase in phases]


def second(time: datetime | None) -> int | None:
    return None if time is None else time.second


def test_a_phase_lasts_until_the_next_event() -> None:
    """
    Two events, two phases; the last one goes on.
    """
    phases = phases_of([event(STARTING, 1), event(RUNNING, 4)])

    assert spans(*phases) == [(STARTING, 1, 4), (RUNNING, 4, None)]
    assert [phase.duration for phase in phases] == [timedelta(seconds=3), None]


def test_the_last_phase_ends_with_the_job() -> None:
    """
    The job's own end closes the last phase.
    """
    assert spans(*phases_of([event(RUNNING, 4)], at(9))) == [(RUNNING, 4, 9)]


def test_an_end_before_the_last_event_closes_nothing() -> None:
    """
    Events that lag behind the job's end leave the last phase's end unknown.
    """
    assert spans(*phases_of([event(RUNNING, 4)], at(3))) == [(RUNNING, 4, None)]


@pytest.mark.parametrize("ending", [COMPLETED, FAILED, CANCELLED])
@pytest.mark.parametrize("ended_at", [None, at(3)])
def test_an_ending_takes_no_time(ending: JobEventType, ended_at: datetime | None) -> None:
    """
    The last event of an ended job ends as it begins, if nothing else is known.
    """
    assert spans(*phases_of([event(RUNNING, 1), event(ending, 4)], ended_at)) == [(RUNNING, 1, 4), (ending, 4, 4)]


def test_phases_are_in_time_order() -> None:
    """
    The order in which events are given doesn't matter.
    """
    assert spans(*phases_of([event(RUNNING, 4), event(STARTING, 1)])) == [(STARTING, 1, 4), (RUNNING, 4, None)]


def test_events_of_one_moment_keep_their_order() -> None:
    """
    Sorting is stable.
    """
    assert spans(*phases_of([event(LOADING, 1), event(RUNNING, 1)])) == [(LOADING, 1, 1), (RUNNING, 1, None)]


def test_events_without_a_time_are_left_out() -> None:
    """
    What cannot be placed opens no phase.
    """
    assert spans(*phases_of([event(STARTING, 1), event(LOADING, None)])) == [(STARTING, 1, None)]


def test_a_repeated_event_prolongs_its_phase() -> None:
    """
    Repeats are one phase, with the newest words.
    """
    (phase,) = phases_of([event(RUNNING, 1, "first"), event(RUNNING, 2, "second"), event(RUNNING, 3)])

    assert phase == Phase(event_type=RUNNING, started_at=at(1), message="second")


def test_events_of_no_known_type_are_one_phase_only_if_they_have_one() -> None:
    """
    An empty text is a type that AWS has given; None says nothing, so neighbours may be of different ones.
    """
    nameless = JobEventType("")

    assert len(phases_of([event(nameless, 1), event(nameless, 2)])) == 1
    assert len(phases_of([event(None, 1), event(None, 2)])) == 2


def test_a_phase_that_comes_back_is_another_one() -> None:
    """
    Only neighbours are one phase.
    """
    kinds = [phase.event_type for phase in phases_of([event(RUNNING, 1), event(LOADING, 2), event(RUNNING, 3)])]

    assert kinds == [RUNNING, LOADING, RUNNING]


def test_events_of_no_known_type_are_not_one_phase() -> None:
    """
    Two events without a type may be anything, so each opens a phase of its own.
    """
    assert spans(*phases_of([event(None, 1), event(None, 2)])) == [(None, 1, 2), (None, 2, None)]


def test_no_events_no_phases() -> None:
    """
    Without events there is nothing to tell.
    """
    assert phases_of([], at(9)) == ()


def test_the_newest_event_is_the_latest_one() -> None:
    """
    By time, wherever it stands in the list.
    """
    events = [event(RUNNING, 4), event(STARTING, 1)]

    assert newest(events) is events[0]


def test_of_one_moment_the_last_given_is_newest() -> None:
    """
    Equal times keep their order.
    """
    events = [event(LOADING, 4), event(RUNNING, 4)]

    assert newest(events) is events[1]


def test_an_event_without_a_time_is_newest_only_among_its_like() -> None:
    """
    A time is better than none; of events without one the last given is taken.
    """
    timed, first, last = event(STARTING, 1), event(LOADING, None), event(RUNNING, None)

    assert newest([timed, first, last]) is timed
    assert newest([first, last]) is last
    assert newest([]) is None
