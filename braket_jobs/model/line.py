"""
A job, or its summary, as one line for a log.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from braket_jobs.errors.text import one_line

if TYPE_CHECKING:
    from braket_jobs.model.job import Job
    from braket_jobs.model.summary import JobSummary

_LIMIT = 120


def job_line(job: "Job") -> str:
    """
    Return name, status, stage or queue position, time and id of `job` as one printable line.

    ``run-ghz-hybrid RUNNING, started 2025-05-16T17:22:21Z, job acc51817-…``. The time is the latest of
    `ended_at`, `started_at` and `created_at` that is known, and is named for it.
    """
    return _line(job, _whereabouts(job))


def summary_line(summary: "JobSummary") -> str:
    """
    Return the same of a summary, which knows neither stage nor queue.
    """
    return _line(summary, ())


def _line(job: "Job | JobSummary", whereabouts: Iterable[str]) -> str:
    return ", ".join(one_line(part, _LIMIT) for part in _parts(job, whereabouts))


def _parts(job: "Job | JobSummary", whereabouts: Iterable[str]) -> Iterator[str]:
    yield f"{one_line(job.job_name, _LIMIT)} {job.status}"
    yield from whereabouts
    if job.ended_at is not None:
        yield f"ended {stamp(job.ended_at)}"
    elif job.started_at is not None:
        yield f"started {stamp(job.started_at)}"
    else:
        yield f"created {stamp(job.created_at)}"
    yield f"job {job.job_arn.rpartition('job/')[2]}"


def _whereabouts(job: "Job") -> Iterator[str]:
    position, stage = job.queue_position, job.stage
    if position is not None and position.value is not None:
        yield f"queue position {position.raw}"
    elif stage is not None and stage.event_type is not None and str(stage.event_type) != str(job.status):
        yield f"stage {stage.event_type}"


def stamp(time: datetime) -> str:
    """
    Return `time` to the second as ISO 8601 in UTC: ``2025-05-16T17:21:38Z``.
    """
    return time.astimezone(UTC).replace(tzinfo=None).isoformat("T", "seconds") + "Z"
