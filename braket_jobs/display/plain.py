"""
A job as plain lines, for pipes and files: one value a line, nothing wrapped, nothing drawn, no colours.
"""

from collections.abc import Iterator
from datetime import datetime

from braket_jobs.display._content import Row, events, rows, sentences, shown, trouble, words
from braket_jobs.display._timeline import legend, timeline
from braket_jobs.model.job import Job

_LABEL_WIDTH = 13


def job_lines(job: Job, now: datetime | None = None) -> str:
    """
    Return everything there is to show of `job`, a label and a value a line.

    Args:
        job: Any job.
        now: The time now if the job was read just now; what lasts is then counted up to it.
    """
    return "\n".join(_lines(job, now))


def print_job(job: Job, now: datetime | None = None) -> None:
    """
    Print `job` to standard output as plain lines.

    Args:
        job: Any job.
        now: The time now if the job was read just now.
    """
    print(job_lines(job, now))


def _lines(job: Job, now: datetime | None) -> Iterator[str]:
    yield f"{shown(job.job_name)} {shown(job.status)}"
    yield f"  {shown(', '.join(sentences(job, now)))}"
    entries = tuple(words(entry) for entry in legend(timeline(job, now)))
    reason = trouble(job)
    told = Row("Events", tuple(f"{time} {said}" for time, said in events(job)))
    for row in (*([reason] if reason else []), Row("Timeline", entries), *rows(job), told):
        for value in row.values:
            yield f"  {f'{shown(row.label)}:':<{_LABEL_WIDTH}} {shown(value)}"
