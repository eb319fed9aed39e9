"""
Why a job ended, in its events' words.

Events lag the status, so the newest one may tell of something else: only an event of the end that the job came to is
asked.
"""

from collections.abc import Mapping, Sequence

from braket_jobs.model.enums import JobEventType, JobStatus
from braket_jobs.model.parts import JobEvent
from braket_jobs.model.phases import newest

_TELLING: Mapping[JobStatus, frozenset[JobEventType]] = {
    JobStatus.FAILED: frozenset({JobEventType.FAILED, JobEventType.MAX_RUNTIME_EXCEEDED}),
    JobStatus.CANCELLED: frozenset({JobEventType.CANCELLED, JobEventType.MAX_RUNTIME_EXCEEDED}),
}


def told_reason(status: JobStatus, events: Sequence[JobEvent]) -> str | None:
    """
    Return what the newest event of a bad end says, or None if none says anything.

    Args:
        status: Where the job stands.
        events: Its events, in any order.
    """
    telling = _TELLING.get(status, frozenset())
    event = newest([event for event in events if event.event_type in telling and event.message])
    return None if event is None else event.message
