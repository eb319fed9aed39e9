"""
Events and times, without a backend.
"""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from support.samples import sample

from braket_jobs.testing.life import CHANGING, Life, billable_duration, wire_time

START = datetime(2025, 5, 16, 17, 22, 21, 724000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "billed"),
    [(79.354, 80000), (79.0, 79000), (0.0, 0), (0.001, 1000)],
)
def test_a_run_is_billed_in_whole_seconds(seconds: float, billed: int) -> None:
    """
    Rounded up, as the real job's 79.354 s were 80000 ms.
    """
    assert billable_duration(START, START + timedelta(seconds=seconds)) == billed


def test_a_time_is_written_in_utc_with_milliseconds() -> None:
    """
    Whatever its zone.
    """
    time = START.astimezone(timezone(timedelta(hours=2)))

    assert wire_time(time) == "2025-05-16T17:22:21.724Z"


def test_with_the_real_jobs_clock_the_real_job_comes_out() -> None:
    """
    All members that depend on the state.
    """
    real = sample("real_completed_wire")
    times = {event["eventType"]: datetime.fromisoformat(event["timeOfEvent"]) for event in real["events"]}
    life = Life(clock=times.__getitem__)

    life.enter("COMPLETED")

    assert life.members() == {name: value for name, value in real.items() if name in CHANGING}


def test_to_enter_the_state_one_is_in_changes_nothing() -> None:
    """
    Nothing is told twice.
    """
    life = Life(clock=lambda _: START)
    life.enter("RUNNING")
    before = list(life.events)

    life.enter("RUNNING")

    assert life.events == before
    assert life.status == "RUNNING"
