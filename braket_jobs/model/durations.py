"""
Spans of time: from AWS's numbers, and between two moments. None is below zero, or beyond what a `timedelta` holds.
"""

from datetime import datetime, timedelta


def times(count: int | None, unit: timedelta) -> timedelta | None:
    """
    Return `count` units, or None if there is no count, or one that is no length of time.
    """
    try:
        return None if count is None or count < 0 else count * unit
    except OverflowError:
        return None


def between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """
    Return the time from `start` to `end`, or None if either is missing or `end` comes first.
    """
    return None if start is None or end is None or end < start else end - start
