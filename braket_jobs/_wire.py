"""
What is on the wire: how our names and AWS's correspond, which members are times, and how a time is read.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

_TIMES = ("createdAt", "startedAt", "endedAt")
_TIMES_OF_EVENT = ("timeOfEvent",)
_ISO_8601 = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)


@cache
def wire_name(name: str) -> str:
    """
    Return AWS's name of the attribute `name`: ``volume_size_in_gb`` is ``volumeSizeInGb``.
    """
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


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
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):  # no such date, or none that a datetime can hold
        return value
    return value


def with_times(document: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return a copy of a GetJob answer whose times are read with `parse_utc`, those of its events too.

    Args:
        document: The answer in AWS's names. What isn't where or what it should be is left as it is.
    """
    read = _with_times_at(_TIMES, document)
    events = read.get("events")
    if isinstance(events, list):
        read["events"] = [_event_with_time(event) for event in cast("list[object]", events)]
    return read


def _event_with_time(event: object) -> object:
    return _with_times_at(_TIMES_OF_EVENT, cast("Mapping[str, Any]", event)) if isinstance(event, Mapping) else event


def _with_times_at(members: Sequence[str], document: Mapping[str, Any]) -> dict[str, Any]:
    read = dict(document)
    for member in members:
        if member in read:
            read[member] = parse_utc(read[member])
    return read
