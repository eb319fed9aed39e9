"""
A job's life as stretches of time.

They come from the job's phases; what no event tells comes from `created_at`, `started_at` and `ended_at`, and is
called what it is. Events may be lost at the beginning and lag at the end, so no stretch of waiting reaches beyond a
`started_at` that is known. Where each is drawn is `_scale`'s business.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum

import attrs

from braket_jobs.errors.text import one_line
from braket_jobs.model.durations import between
from braket_jobs.model.enums import JobEventType, JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.phases import Phase

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
_BEFORE_START = frozenset({Kind.QUEUE, Kind.PROVISIONING})
_FIRST = frozenset(
    {JobEventType.WAITING_FOR_PRIORITY, JobEventType.QUEUED_FOR_EXECUTION, JobEventType.STARTING_INSTANCE}
)  # what nothing but a queue comes before
_BEFORE, _AFTER = (Kind.QUEUE, "before start"), (Kind.RUNNING, "after start")
_NOTICEABLE = timedelta(seconds=1)


@attrs.frozen(kw_only=True)
class Stretch:
    """
    A part of the line.

    Attributes:
        kind: What it is spent on.
        label: The same in words; untrusted where `kind` is OTHER.
        started_at: Where it begins.
        ended_at: Where it ends, or the time now for one that lasts; None if not known.
        is_open: Whether it still lasts.
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
        duration: The sum of those whose length is known; None if there are none.
        since: Where the one whose length is not known begins; None if there is none. Only the last on a line is one.
        is_open: Whether the last of them still lasts.
    """

    kind: Kind
    label: str
    duration: timedelta | None
    since: datetime | None
    is_open: bool


def timeline(job: Job, now: datetime | None = None) -> tuple[Stretch, ...]:
    """
    Return the stretches of `job`'s life in time order, without those of no length.

    Args:
        job: Any job.
        now: The time now if the job was read just now; a stretch that lasts is drawn up to it.

    Returns:
        The stretches, each beginning where the one before ends, and none like its neighbour; none at all if nothing
        took any time.
    """
    told = _from_events(job) or _from_times(job)
    parts = [part if job.is_terminal or part.ended_at is not None else _opened(part, now) for part in told]
    return tuple(_merged(part for part in parts if part.ended_at is None or part.duration))


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
    last = parts[-1]
    return Entry(
        kind=kind,
        label=label,
        duration=sum(known, timedelta()) if known else None,
        since=last.started_at if last.duration is None else None,
        is_open=last.is_open,
    )


def _opened(part: Stretch, now: datetime | None) -> Stretch:
    return attrs.evolve(part, is_open=True, ended_at=now if between(part.started_at, now) else None)


def _merged(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for part in parts:
        if last is not None and (last.kind, last.label) == (part.kind, part.label):
            last = attrs.evolve(part, started_at=last.started_at)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _from_events(job: Job) -> list[Stretch]:
    phases = job.phases
    parts = [cut for phase in phases for cut in _cut(_of_phase(phase), job.started_at)]
    return [*_lead_in(job, phases[0].event_type, parts[0]), *parts] if parts else []


def _lead_in(job: Job, event_type: JobEventType | None, first: Stretch) -> list[Stretch]:
    start, end = job.started_at, first.started_at
    if end <= job.created_at:
        return []
    if event_type in _FIRST and (start is None or end <= start):
        return [_stretch((Kind.QUEUE, Kind.QUEUE.value), job.created_at, end)]
    if start is None or not job.created_at <= start <= end:
        return [_stretch((Kind.OTHER, f"until {first.label}"), job.created_at, end)]
    return [_stretch(_BEFORE, job.created_at, start), _stretch(_AFTER, start, end)]


def _cut(part: Stretch, start: datetime | None) -> list[Stretch]:
    if part.kind not in _BEFORE_START or start is None or start <= part.started_at:
        return [part]
    if part.ended_at is not None and part.ended_at - start < _NOTICEABLE:
        return [part]
    return [attrs.evolve(part, ended_at=start), _stretch(_AFTER, start, part.ended_at)]


def _of_phase(phase: Phase) -> Stretch:
    kind = Kind.OTHER if phase.event_type is None else _KINDS.get(phase.event_type, Kind.OTHER)
    told = one_line(phase.event_type or "unknown event", _LABEL_LIMIT).lower().replace("_", " ")
    return _stretch((kind, told if kind is Kind.OTHER else kind.value), phase.started_at, phase.ended_at)


def _from_times(job: Job) -> list[Stretch]:
    if job.queue_time is None or job.started_at is None:
        untold = Kind.OTHER, "undated events" if job.events else "no events"
        what = (Kind.QUEUE, Kind.QUEUE.value) if job.status == JobStatus.QUEUED else untold
        return [_stretch(what, job.created_at, _end(job, job.created_at))]
    end = _end(job, job.started_at)
    return [_stretch(_BEFORE, job.created_at, job.started_at), _stretch(_AFTER, job.started_at, end)]


def _stretch(what: tuple[Kind, str], start: datetime, end: datetime | None) -> Stretch:
    kind, label = what
    return Stretch(kind=kind, label=label, started_at=start, ended_at=end)


def _end(job: Job, start: datetime) -> datetime | None:
    return None if between(start, job.ended_at) is None else job.ended_at
