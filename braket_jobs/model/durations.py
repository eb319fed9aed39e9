"""
Spans of time: from AWS's numbers, and between two moments. None is below zero, or beyond what a `timedelta` holds.
"""

from datetime import datetime, timedelta


def milliseconds(count: int | None) -> timedelta | None:
    """
    Return `count` milliseconds, or None if there is no count, or one that is no length of time.
    """
    return None if count is None else _duration(milliseconds=count)


def seconds(count: int | None) -> timedelta | None:
    """
    Return `count` seconds, or None if there is no count, or one that is no length of time.
    """
    return None if count is None else _duration(seconds=count)


def between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """
    Return the time from `start` to `end`, or None if either is missing or `end` comes first.

    A span below zero is no answer to "how long", so it counts as unknown.
    """
    if start is None or end is None or end < start:
        return None
    return end - start


def _duration(**units: int) -> timedelta | None:
    try:
        duration = timedelta(**units)
    except OverflowError:
        return None
    return None if duration < timedelta() else duration
