"""
Answers read from a job's parts: pure functions, no I/O, None where the answer is not known.

They take members of a job, never the job itself, so that `Job` can stand above them.
"""

from datetime import timedelta


def milliseconds(count: int | None) -> timedelta | None:
    """
    Return `count` milliseconds, or None if there is no count or no `timedelta` can hold it.
    """
    return None if count is None else _duration(milliseconds=count)


def seconds(count: int | None) -> timedelta | None:
    """
    Return `count` seconds, or None if there is no count or no `timedelta` can hold it.
    """
    return None if count is None else _duration(seconds=count)


def _duration(**units: int) -> timedelta | None:
    try:
        return timedelta(**units)
    except OverflowError:
        return None
