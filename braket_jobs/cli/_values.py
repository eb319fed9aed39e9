"""
What the commands' options take besides numbers: text that says something, and moments.

They are callbacks, since click's types are generic in some of its releases only.
"""

import re
from datetime import datetime, timedelta

import click

from braket_jobs._wire.times import parse_utc

Moment = datetime | timedelta  # a time, or how long ago it was

_AGO = re.compile(r"(?P<count>\d{1,5})(?P<unit>[wdhm])", re.ASCII)  # as many digits as no calendar is too short for
_UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}


def filled(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """
    Return `value`, unless it is empty, as a shell's variable is that was never set.

    Raises:
        BadParameter: If it is empty.
    """
    if value == "":
        raise click.BadParameter("it is empty.", context, option)
    return value


def all_filled(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return `values`, unless one of them is empty.

    Raises:
        BadParameter: If one is.
    """
    for value in values:
        filled(context, option, value)
    return values


def moment(context: click.Context, option: click.Parameter, value: str | None) -> Moment | None:
    """
    Return what `value` says: how long ago, a date, or a time.

    Raises:
        BadParameter: If it is none of these.
    """
    if value is None:
        return None
    ago = _AGO.fullmatch(value)
    if ago is not None:
        return int(ago["count"]) * _UNITS[ago["unit"]]
    time = parse_utc(value)
    if not isinstance(time, datetime):
        what = "is neither so long ago (2d, 12h) nor a date or time in ISO 8601 (2026-11-01, 2026-11-01T09:30Z)"
        raise click.BadParameter(f"{value!r} {what}.", context, option)
    return time


def at(moment: Moment | None, now: datetime) -> datetime | None:
    """
    Return when `moment` is if it is `now`.
    """
    return now - moment if isinstance(moment, timedelta) else moment
