"""
A job's life as stretches: from its events where there are any, from its times where not, and never made up.
"""

from datetime import UTC, datetime, timedelta

import pytest
from support.shown import the, unknown_job

from braket_jobs import Job, JobEventType
from braket_jobs.display._content import words
from braket_jobs.display._timeline import Kind, legend, timeline

NOW = datetime(2025, 5, 16, 17, 24, 2, 940000, UTC)
REAL = [("queue", 1.513), ("provisioning", 41.318), ("loading", 41.216), ("running", 25.568), ("uploading", 12.57)]
PLACES: dict[str, list[str]] = {
    "WAITING_FOR_PRIORITY": ["queue"],
    "QUEUED_FOR_EXECUTION": ["queue"],
    "DEPRIORITIZED_DUE_TO_INACTIVITY": ["queue"],
    "STARTING_INSTANCE": ["provisioning"],
    "DOWNLOADING_DATA": ["loading"],
    "RUNNING": ["running"],
    "UPLOADING_RESULTS": ["uploading"],
    "MAX_RUNTIME_EXCEEDED": ["max runtime exceeded"],
    "COMPLETED": [],
    "FAILED": [],
    "CANCELLED": [],
}
GOING_ON = [*REAL[:3], ("running", None)]


def told(job: Job, now: datetime | None = None) -> list[tuple[str, float | None]]:
    return [(part.label, seconds(part.duration)) for part in timeline(job, now)]


def seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("real_completed_wire", REAL),
        ("composed_running", GOING_ON),
        ("composed_cancelling", GOING_ON),
        ("composed_failed", [*REAL[:3], ("running", 38.138)]),
        ("composed_max_runtime", [*REAL[:3], ("running", 38.138)]),
        ("composed_queued", [REAL[0], ("provisioning", None)]),
        ("composed_queued_gt15", [("queue", None)]),
        ("composed_cancelled_before_start", [("until cancelled", 122.185)]),
        ("composed_minimal_required", [("no events", None)]),
    ],
)
def test_samples_are_told_by_their_events(name: str, expected: list[tuple[str, float | None]]) -> None:
    """
    The time before the first event is a queue if what follows comes before the start; neighbours of a kind are one
    stretch; endings take no time.
    """
    assert told(the(name)) == expected


def test_what_nobody_knows_yet_is_called_by_its_name() -> None:
    """
    An event of an unknown type has a stretch, in words.
    """
    last = timeline(unknown_job())[-1]

    assert (last.kind, last.label, last.is_open) == (Kind.OTHER, "hibernating", True)


def test_an_event_without_a_type_is_unknown() -> None:
    """
    Something happened, and that is all there is to say.
    """
    job = the("composed_running", events=[{"timeOfEvent": "2025-05-16T17:22:00Z"}])

    assert [part.label for part in timeline(job)] == ["until unknown event", "unknown event"]


@pytest.mark.parametrize(
    ("status", "started", "ended", "expected"),
    [
        ("QUEUED", None, None, [("queue", None)]),
        ("RUNNING", None, None, [("no events", None)]),
        ("PAUSED", None, None, [("no events", None)]),
        ("COMPLETED", 10, 70, [("before start", 10), ("after start", 60)]),
        ("RUNNING", 10, None, [("before start", 10), ("after start", None)]),
        ("RUNNING", 10, 5, [("before start", 10), ("after start", None)]),
        ("FAILED", None, 70, [("no events", 70)]),
        ("FAILED", -10, 70, [("no events", 70)]),
        ("CANCELLED", None, 0, []),
    ],
)
def test_a_job_without_events_is_told_by_its_times(
    status: str, started: int | None, ended: int | None, expected: list[tuple[str, float | None]]
) -> None:
    """
    As far as they go, and as far as they are in order; nothing says since when a job without a start is running.
    """

    def at(second: int | None) -> datetime | None:
        return None if second is None else datetime(2025, 5, 16, tzinfo=UTC) + timedelta(seconds=second)

    job = the("composed_minimal_required", status=status, createdAt=at(0), startedAt=at(started), endedAt=at(ended))

    assert told(job) == expected


def test_what_lasts_is_drawn_up_to_now() -> None:
    """
    When the time is given, the open stretch has a length, and stays open.
    """
    last = timeline(the("composed_running"), NOW)[-1]

    assert (last.duration, last.is_open) == (timedelta(minutes=1), True)


@pytest.mark.parametrize("name", ["composed_running", "composed_minimal_required"])
def test_what_cannot_last_until_now_is_not_drawn_up_to_it(name: str) -> None:
    """
    A time before the stretch, or a job that has ended: its length stays unknown.
    """
    now = NOW if name == "composed_minimal_required" else NOW - timedelta(days=1)

    assert timeline(the(name), now)[-1].duration is None


def test_a_job_that_begins_before_it_was_created_has_no_lead_in() -> None:
    """
    Clocks differ; the line then begins with the first event.
    """
    job = the("real_completed_wire", createdAt="2025-05-16T17:21:40.406Z")

    assert told(job) == REAL[1:]


def came_back(**changes: object) -> Job:
    """
    Return a job that ran from 17:22:38, was queued again at 17:23:38, and ran from 17:24:38.
    """
    kinds = ["QUEUED_FOR_EXECUTION", "RUNNING", "DEPRIORITIZED_DUE_TO_INACTIVITY", "RUNNING"]
    events = [
        {"eventType": kind, "timeOfEvent": f"2025-05-16T17:2{minute}:38.893Z"} for minute, kind in enumerate(kinds, 1)
    ]
    return the("composed_running", startedAt="2025-05-16T17:22:38.893Z", events=events, **changes)


@pytest.mark.parametrize(
    ("job", "now", "said"),
    [
        (came_back(), None, ["queue 2 min", "running 1 min, and from 17:24:38 on"]),
        (came_back(), datetime(2025, 5, 16, 17, 25, 38, 893000, UTC), ["queue 2 min", "running 2 min so far"]),
        (came_back(status="FAILED"), NOW, ["queue 2 min", "running 1 min, and from 17:24:38, end unknown"]),
        (the("composed_queued_gt15"), None, ["queue from 17:21:38 on"]),
        (the("composed_queued_gt15"), NOW, ["queue 2 min 24 s so far"]),
        (the("composed_minimal_required"), NOW, ["no events from 17:21:38, end unknown"]),
        (the("composed_cancelled_before_start"), None, ["until cancelled 2 min 2 s"]),
    ],
)
def test_the_legend_adds_up_what_comes_back(job: Job, now: datetime | None, said: list[str]) -> None:
    """
    One entry for a label, with the sum of the lengths that are known; what has no known length is never added.
    """
    assert [words(entry) for entry in legend(timeline(job, now))] == said


STARTED = datetime(2025, 5, 16, 17, 22, 21, 724000, UTC)
PROVISIONED = [("queue", 1.513), ("provisioning", 41.318)]
QUEUED, STARTING, RUNNING = (
    {"eventType": kind, "timeOfEvent": f"2025-05-16T17:{time}Z"}
    for kind, time in [
        ("QUEUED_FOR_EXECUTION", "21:38.893"),
        ("STARTING_INSTANCE", "21:40.406"),
        ("RUNNING", "23:02.940"),
    ]
)
LATER = {"eventType": "WAITING_FOR_PRIORITY", "timeOfEvent": "2025-05-16T17:31:38.893Z"}


@pytest.mark.parametrize(
    ("name", "events", "expected"),
    [
        ("composed_running", [STARTING], [*PROVISIONED, ("after start", None)]),
        ("composed_failed", [STARTING], [*PROVISIONED, ("after start", 79.354)]),
        ("composed_running", [QUEUED], [("queue", 42.831), ("after start", None)]),
        ("composed_running", [QUEUED, RUNNING], [("queue", 42.831), ("after start", 41.216), ("running", None)]),
        ("composed_running", [RUNNING], [("before start", 42.831), ("after start", 41.216), ("running", None)]),
        ("composed_running", [LATER], [("before start", 42.831), ("after start", 557.169), ("queue", None)]),
    ],
)
def test_no_waiting_reaches_beyond_the_start(
    name: str, events: list[dict[str, str]], expected: list[tuple[str, float | None]]
) -> None:
    """
    Late events may be there not yet, and early ones no more; the time of the start is known all the same.
    """
    job = the(name, events=events)

    assert job.started_at == STARTED
    assert told(job) == expected


def test_a_start_just_before_the_next_event_cuts_nothing_off() -> None:
    """
    A moment that nobody would notice makes no stretch.
    """
    assert told(the("real_completed_wire", startedAt="2025-05-16T17:22:21.500Z")) == REAL


def test_what_was_before_a_lost_event_is_not_called_a_queue() -> None:
    """
    A job that lost its priority has had it before.
    """
    events = [{"eventType": "DEPRIORITIZED_DUE_TO_INACTIVITY", "timeOfEvent": "2025-05-16T17:31:38.893Z"}]

    assert told(the("composed_running", startedAt=None, events=events)) == [("until queue", 600), ("queue", None)]


def test_events_without_times_are_events() -> None:
    """
    They can't be placed, which is something else than none.
    """
    job = the("composed_minimal_required", events=[{"eventType": "RUNNING"}])

    assert told(job) == [("undated events", None)]


@pytest.mark.parametrize("kind", JobEventType)
def test_every_event_type_has_its_place(kind: JobEventType) -> None:
    """
    Endings open no stretch, exceeding the runtime is called by its name, and all others are of a kind.
    """
    events = [{"eventType": kind, "timeOfEvent": "2025-05-16T17:21:38.893Z"}]
    job = the("composed_running", startedAt=None, events=events)

    assert [part.label for part in timeline(job)] == PLACES[kind]
