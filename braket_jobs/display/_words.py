"""
Words for moments and spans of time, and the marks of the statuses.
"""

from datetime import UTC, datetime, timedelta

import attrs

from braket_jobs.model.enums import JobStatus

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_TENTHS_BELOW = 9.95


@attrs.frozen
class Mark:
    """
    How a status looks: a sign for its word, so that nothing hangs on colour.

    Attributes:
        sign: One character.
        plain: The same where only ASCII is to be had.
        tone: The role of its colour: ``waiting``, ``busy``, ``good``, ``bad``, ``off`` or ``odd``.
    """

    sign: str
    plain: str
    tone: str


_MARKS = {
    JobStatus.QUEUED: Mark("○", "o", "waiting"),
    JobStatus.RUNNING: Mark("▶", ">", "busy"),
    JobStatus.COMPLETED: Mark("✓", "+", "good"),
    JobStatus.FAILED: Mark("✗", "x", "bad"),
    JobStatus.CANCELLING: Mark("◌", "~", "off"),
    JobStatus.CANCELLED: Mark("⊘", "/", "off"),
}
_UNKNOWN = Mark("?", "?", "odd")


def mark(status: JobStatus) -> Mark:
    """
    Return how `status` looks; an unknown one gets a question mark.
    """
    return _MARKS.get(status, _UNKNOWN)


def span(time: timedelta) -> str:
    """
    Return `time` in its two largest units: ``1.5 s``, ``1 min 19 s``, ``2 h 5 min``, ``3 d 4 h``.
    """
    exact = time.total_seconds()
    if exact < _TENTHS_BELOW:
        return f"{exact:.1f} s"
    whole = round(exact)
    for size, large, small_size, small in (
        (_DAY, "d", _HOUR, "h"),
        (_HOUR, "h", _MINUTE, "min"),
        (_MINUTE, "min", 1, "s"),
    ):
        if whole >= size:
            rest = whole % size // small_size
            return f"{whole // size} {large} {rest} {small}" if rest else f"{whole // size} {large}"
    return f"{whole} s"


def moment(time: datetime) -> str:
    """
    Return `time` to the second, in UTC, without saying so: ``2025-05-16 17:21:38``.
    """
    return _utc(time).isoformat(" ", "seconds")


def clock(time: datetime, *, with_day: bool = False) -> str:
    """
    Return the time of day in UTC, ``17:21:38``, or where the day matters ``05-16 17:21``.
    """
    return f"{_utc(time):%m-%d %H:%M}" if with_day else f"{_utc(time):%H:%M:%S}"


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)  # every form says for itself that it is UTC
