"""
A job's life as stretches of time.

They come from the job's phases; what no event tells comes from `created_at`, `started_at` and `ended_at`, and is
called what it is. Where each is drawn is `_scale`'s business.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum

import attrs

from braket_jobs._text import one_line
from braket_jobs.enums import JobEventType, JobStatus
from braket_jobs.job import Job
from braket_jobs.reading.durations import between
from braket_jobs.reading.phases import Phase

_LABEL_LIMIT = 40


class Kind(Enum):
    """
    What a stretch is spent on; decides colour and texture.
    """

    QUEUE = "queue"
    PROVISIONING = "provisioning"
    LOADING = "loading"
    RUNNING = "running"
    UPLOADING = "uploading"
    OTHER = "other"


_KINDS = {
    JobEventType.WAITING_FOR_PRIORITY: Kind.QUEUE,
    JobEventType.QUEUED_FOR_EXECUTION: Kind.QUEUE,
    JobEventType.DEPRIORITIZED_DUE_TO_INACTIVITY: Kind.QUEUE,
    JobEventType.STARTING_INSTANCE: Kind.PROVISIONING,
    JobEventType.DOWNLOADING_DATA: Kind.LOADING,
    JobEventType.RUNNING: Kind.RUNNING,
    JobEventType.UPLOADING_RESULTS: Kind.UPLOADING,
}
_STATUS_KINDS = {JobStatus.QUEUED: Kind.QUEUE, JobStatus.RUNNING: Kind.RUNNING}
_BEFORE_START = frozenset({Kind.QUEUE, Kind.PROVISIONING})
_UNTOLD = "no events"


@attrs.frozen(kw_only=True)
class Stretch:
    """
    A part of the line.

    Attributes:
        kind: What it is spent on.
        label: The same in words; untrusted where `kind` is OTHER.
        started_at: Where it begins.
        ended_at: Where it ends, or the time now for one that lasts; None if not known.
        is_open: Whether it has no known end of its own.
    """

    kind: Kind
    label: str
    started_at: datetime
    ended_at: datetime | None
    is_open: bool = False

    @property
    def duration(self) -> timedelta | None:
        """
        How long it is, or has been until now; None if not known.
        """
        return between(self.started_at, self.ended_at)


@attrs.frozen(kw_only=True)
class Entry:
    """
    All stretches of one label, for the legend.

    Attributes:
        kind: What they are spent on.
        label: Their label.
        started_at: Where the last of them begins.
        duration: Their sum; None if none of them has a known length.
        is_open: Whether one of them has no known end.
    """

    kind: Kind
    label: str
    started_at: datetime
    duration: timedelta | None
    is_open: bool


def timeline(job: Job, now: datetime | None = None) -> tuple[Stretch, ...]:
    """
    Return the stretches of `job`'s life in time order, without those of no length.

    Args:
        job: Any job.
        now: The time now if the job was read just now; a stretch that lasts is drawn up to it.

    Returns:
        The stretches, each beginning where the one before ends; none if nothing took any time.
    """
    told = _from_events(job) or _from_times(job)
    closed = (part if part.ended_at is not None else _opened(part, None if job.is_terminal else now) for part in told)
    return tuple(part for part in closed if part.is_open or part.duration)


def legend(stretches: Iterable[Stretch]) -> tuple[Entry, ...]:
    """
    Return one entry for each label, in the order in which they first appear.
    """
    parts: dict[tuple[Kind, str], list[Stretch]] = {}
    for stretch in stretches:
        parts.setdefault((stretch.kind, stretch.label), []).append(stretch)
    return tuple(_entry(*key, same) for key, same in parts.items())


def _entry(kind: Kind, label: str, parts: Sequence[Stretch]) -> Entry:
    known = [part.duration for part in parts if part.duration is not None]
    return Entry(
        kind=kind,
        label=label,
        started_at=parts[-1].started_at,
        duration=sum(known, timedelta()) if known else None,
        is_open=any(part.is_open for part in parts),
    )


def _opened(part: Stretch, now: datetime | None) -> Stretch:
    return attrs.evolve(part, is_open=True, ended_at=now if between(part.started_at, now) else None)


def _from_events(job: Job) -> list[Stretch]:
    parts = [_of_phase(phase) for phase in job.phases]
    if parts and job.created_at < parts[0].started_at:
        kind, label = (Kind.QUEUE, Kind.QUEUE.value) if parts[0].kind in _BEFORE_START else (Kind.OTHER, _UNTOLD)
        parts.insert(0, Stretch(kind=kind, label=label, started_at=job.created_at, ended_at=parts[0].started_at))
    return parts


def _of_phase(phase: Phase) -> Stretch:
    kind = Kind.OTHER if phase.event_type is None else _KINDS.get(phase.event_type, Kind.OTHER)
    told = one_line(phase.event_type or "unknown", _LABEL_LIMIT).lower().replace("_", " ")
    label = told if kind is Kind.OTHER else kind.value
    return Stretch(kind=kind, label=label, started_at=phase.started_at, ended_at=phase.ended_at)


def _from_times(job: Job) -> list[Stretch]:
    if job.queue_time is None or job.started_at is None:
        kind = _STATUS_KINDS.get(job.status, Kind.OTHER)
        label = _UNTOLD if kind is Kind.OTHER else kind.value
        return [Stretch(kind=kind, label=label, started_at=job.created_at, ended_at=_end(job, job.created_at))]
    end = _end(job, job.started_at)
    return [
        Stretch(kind=Kind.QUEUE, label="before start", started_at=job.created_at, ended_at=job.started_at),
        Stretch(kind=Kind.RUNNING, label="after start", started_at=job.started_at, ended_at=end),
    ]


def _end(job: Job, start: datetime) -> datetime | None:
    return None if between(start, job.ended_at) is None else job.ended_at
