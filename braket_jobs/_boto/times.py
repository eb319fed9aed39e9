"""
How the clients that are built here read times: as botocore does, but fast, in UTC, and without guessing.

botocore parses every timestamp with dateutil, which takes 33 µs for what `datetime.fromisoformat` does in 0.1, and
fills what a text leaves open from today's date: "Tuesday" becomes a day near today. Here the form that AWS sends
takes the short way, and everything else still goes to botocore's own parser, unless it leaves part of the date open.
"""

import re
from datetime import UTC, datetime
from typing import cast

import boto3
from botocore.session import get_session
from botocore.utils import parse_timestamp
from dateutil.parser import parse

_AWS_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_GAPS = (datetime(2000, 1, 1), datetime(2003, 2, 3))  # noqa: DTZ001  # dateutil fills gaps from a time without zone


def parse_utc(value: object) -> datetime:
    """
    Return the moment that `value` names, as aware UTC. A text without a zone is UTC.

    Args:
        value: An ISO 8601 or RFC 822 text, or seconds since 1970 as a number or as text.

    Raises:
        ValueError: If it names no moment, or leaves part of the date open.
        RuntimeError: If it is seconds beyond what a `datetime` can hold; botocore's own error.
        OverflowError: If it is no moment in UTC, such as the last hours of 9999 in a western zone.
    """
    if isinstance(value, str) and _AWS_FORM.fullmatch(value):
        moment = datetime.fromisoformat(value)
    else:
        moment = parse_timestamp(cast("str", value))  # it takes numbers too, whatever its stub says
        _refuse_gaps(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _refuse_gaps(value: object) -> None:
    if (
        isinstance(value, str)
        and not _is_number(value)
        and len({parse(value, default=gap).date() for gap in _GAPS}) > 1
    ):
        message = f"{value!r} leaves part of the date open"
        raise ValueError(message)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def session(profile_name: str | None = None) -> boto3.Session:
    """
    Return a new session whose clients read times with `parse_utc`; no other session is touched.

    Args:
        profile_name: The AWS profile to use instead of the default one.
    """
    core = get_session()
    core.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=parse_utc)
    return boto3.Session(botocore_session=core, profile_name=profile_name)
