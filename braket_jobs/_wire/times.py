"""
Times on the wire: which members of an answer are times, how they are read and written, and what is wrong with others.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, cast

from braket_jobs._wire.untrusted import shown

_TIMES = ("createdAt", "startedAt", "endedAt")
_TIMES_IN = {"events": ("timeOfEvent",), "jobs": _TIMES}
_ISO_8601 = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_LAST = 253_402_300_799  # seconds from 1970 to the end of the year 9999, the last that a datetime can hold


def parse_utc(value: object) -> object:
    """
    Return the moment that `value` names, in aware UTC; or `value` itself, if it names none beyond doubt.

    What is left as it is the strict conversion refuses, by its path. Nothing is guessed: a text needs a whole date.

    Args:
        value: ISO 8601 text in its extended form, where no zone means UTC; or seconds since 1970 as a number.
    """
    try:
        if isinstance(value, str) and _ISO_8601.fullmatch(value):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is UTC:
                return moment
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):  # no such date, or none that a datetime can hold
        return value
    return value


def read_times(answer: dict[str, Any]) -> None:
    """
    Replace the times in an answer, those of a job's events and of a page's jobs too, by what `parse_utc` makes of them.
    """
    _read(_TIMES, answer)
    for member, names in _TIMES_IN.items():
        parts = answer.get(member)
        for part in cast("list[object]", parts) if isinstance(parts, list) else ():
            if isinstance(part, dict):
                _read(names, cast("dict[str, Any]", part))


def _read(names: Iterable[str], values: dict[str, Any]) -> None:
    for name in names:
        if name in values:
            values[name] = parse_utc(values[name])


def why_no_time(value: object) -> str:
    """
    Return what is wrong with `value`, which is no `datetime`.
    """
    if parse_utc(value) is not value:  # a time, but nobody has made one of it
        return f"expected a datetime, got {shown(value)}"
    if isinstance(value, str):
        return f"expected a time in ISO 8601, such as 2025-05-16T17:21:38Z, got {shown(value)}"
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"expected a time, got {shown(value)}"
    why = " for seconds since 1970; milliseconds?" if _LAST < value <= _LAST * 1000 else ""
    return f"expected a time, got {shown(value)}, which is out of range{why}"


def iso_text(time: datetime) -> str:
    """
    Return `time` as ISO 8601 in UTC, to the millisecond as on the wire, or to the microsecond where there are any.
    """
    if time.utcoffset() is None:
        raise ValueError(f"the time {time} has no zone; the times of a job are aware UTC")
    text = time.astimezone(UTC).isoformat(timespec="microseconds" if time.microsecond % 1000 else "milliseconds")
    return text.replace("+00:00", "Z")
