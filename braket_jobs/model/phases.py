"""
What happened when: a job's events in time order, and the phases they open.

The order of events is not documented and at most the last 20 are given, so they are sorted here, stably, and what
came before the first stays unknown. They lag or lead the status: nothing here says where a job stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise

import attrs

from braket_jobs.model.durations import between
from braket_jobs.model.enums import JobEventType, JobStatus
from braket_jobs.model.parts import JobEvent

_ENDINGS = frozenset({JobEventType.COMPLETED, JobEventType.FAILED, JobEventType.CANCELLED})
_TELLING: Mapping[JobStatus, frozenset[JobEventType]] = {
    JobStatus.FAILED: frozenset({JobEventType.FAILED, JobEventType.MAX_RUNTIME_EXCEEDED}),
    JobStatus.CANCELLED: frozenset({JobEventType.CANCELLED, JobEventType.MAX_RUNTIME_EXCEEDED}),
}


@attrs.frozen(kw_only=True)
class Phase:
    """
    A stretch of a job's life: opened by an event, lasting until the next one.

    Attributes:
        event_type: The event that opened it; None if the service did not say.
        started_at: When, in aware UTC.
        ended_at: When the next phase began, or when the job ended; None while it lasts, or if that is not known.
            COMPLETED, FAILED and CANCELLED open no stretch: with nothing after them they end as they begin.
        message: The service's words; of repeated events the newest that has any.
    """

    event_type: JobEventType | None
    started_at: datetime
    ended_at: datetime | None = None
    message: str | None = None

    @property
    def duration(self) -> timedelta | None:
        """
        How long it lasted, or None while it lasts or if that is not known.
        """
        return between(self.started_at, self.ended_at)


def newest(events: Sequence[JobEvent]) -> JobEvent | None:
    """
    Return the newest of `events`, or None without any.

    Of equal times the one given last is the newest. An event without a time is it only if none has one; then, too,
    the one given last.
    """
    timed = _in_time_order(events)
    if timed:
        return timed[-1][1]
    return events[-1] if events else None


def told_reason(status: JobStatus, events: Sequence[JobEvent]) -> str | None:
    """
    Return what the newest event of a bad end says, or None if none says anything.

    Events lag the status, so the newest one may tell of something else: only those of the end in `status` are asked.
    """
    telling = _TELLING.get(status, frozenset())
    event = newest([event for event in events if event.event_type in telling and event.message])
    return None if event is None else event.message


def phases_of(events: Iterable[JobEvent], ended_at: datetime | None = None) -> tuple[Phase, ...]:
    """
    Return the phases that `events` open, in time order: one for each run of events of the same type.

    Events without a time cannot be placed and are left out.

    Args:
        events: A job's events, in any order.
        ended_at: When the job ended, if it has.
    """
    runs = [list(run) for _, run in groupby(_in_time_order(events), _type_or_nothing_alike)]
    openings = [_opening(run) for run in runs]
    closed = [attrs.evolve(phase, ended_at=after.started_at) for phase, after in pairwise(openings)]
    last = [attrs.evolve(phase, ended_at=_end_of_last(phase, ended_at)) for phase in openings[-1:]]
    return (*closed, *last)


def _in_time_order(events: Iterable[JobEvent]) -> list[tuple[datetime, JobEvent]]:
    timed = [(event.time_of_event, event) for event in events if event.time_of_event is not None]
    return sorted(timed, key=lambda pair: pair[0])


def _type_or_nothing_alike(timed: tuple[datetime, JobEvent]) -> object:
    event_type = timed[1].event_type
    return object() if event_type is None else event_type


def _opening(run: Sequence[tuple[datetime, JobEvent]]) -> Phase:
    started_at, first = run[0]
    message = next((event.message for _, event in reversed(run) if event.message), first.message)
    return Phase(event_type=first.event_type, started_at=started_at, message=message)


def _end_of_last(phase: Phase, ended_at: datetime | None) -> datetime | None:
    if ended_at is not None and ended_at >= phase.started_at:
        return ended_at
    return phase.started_at if phase.event_type in _ENDINGS else None
