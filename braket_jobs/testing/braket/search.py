"""
SearchJobs without the store: which summaries the filters let through, and how results are cut into pages.

What a filter may be is in the documentation that comes with botocore's service model: four names, their operators, one
value each but for BETWEEN, and that `jobArn` stands alone. Filters are joined by "and". What isn't documented is
refused, since a search that works here should work there.
"""

import base64
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from braket_jobs._wire.times import parse_utc
from braket_jobs.testing.braket.exceptions import ValidationException
from braket_jobs.testing.life import Document

MAX_RESULTS = 100
_COMPARISONS: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "LT": lambda seen, asked: seen < asked[0],
    "LTE": lambda seen, asked: seen <= asked[0],
    "EQUAL": lambda seen, asked: seen == asked[0],
    "GT": lambda seen, asked: seen > asked[0],
    "GTE": lambda seen, asked: seen >= asked[0],
    "BETWEEN": lambda seen, asked: asked[0] <= seen <= asked[1],
    "CONTAINS": lambda seen, asked: asked[0] in seen,
}
_OPERATORS = {
    "createdAt": ("EQUAL", "GT", "GTE", "LT", "LTE", "BETWEEN"),
    "deviceArn": ("EQUAL",),
    "jobArn": ("EQUAL",),
    "jobName": ("EQUAL", "CONTAINS"),
}
_TIMES = frozenset({"createdAt"})
_ALONE = frozenset({"jobArn"})
_MEMBERS = {"deviceArn": "device"}
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)

# When a job was created, and how many came before it: what orders results, and what a page ends with. Neither changes.
_Place = tuple[datetime, int]


def search(summaries: Sequence[Document], filters: Sequence[Document], size: int, token: str | None) -> Document:
    """
    Return a page of the summaries that every filter lets through, newest first, as SearchJobs answers it.

    Args:
        summaries: A summary of every job there is, in the order in which they came; an empty one is never found.
        filters: What is asked for.
        size: How many go on a page.
        token: The previous page's ``nextToken``, or None for the first page.

    Returns:
        ``jobs``, and ``nextToken`` if there is more.

    Raises:
        ValidationException: If a filter isn't as documented, or the token is none of ours.
    """
    tests = [_test(each) for each in filters]
    _refuse_company(filters)
    end = None if token is None else _place_in(token)
    placed = [(_place(number, summary), summary) for number, summary in enumerate(summaries)]
    found = [
        (place, summary)
        for place, summary in sorted(placed, key=lambda each: each[0], reverse=True)
        if summary and (end is None or place < end) and all(test(summary) for test in tests)
    ]
    more = {"nextToken": _token(found[size - 1][0])} if len(found) > size else {}
    return {"jobs": [summary for _, summary in found[:size]]} | more


def _test(asked: Document) -> Callable[[Document], bool]:
    name: str = asked["name"]
    operator, values = asked["operator"], asked["values"]
    if name not in _OPERATORS:
        raise ValidationException(f"Filter name must be one of {', '.join(_OPERATORS)}; got '{name}'")
    if operator not in _OPERATORS[name]:
        raise ValidationException(
            f"Operator of filter '{name}' must be one of {', '.join(_OPERATORS[name])}; got '{operator}'"
        )
    expected = 2 if operator == "BETWEEN" else 1
    if len(values) != expected:
        raise ValidationException(
            f"Filter '{name}' with operator {operator} takes {expected} value{'s'[: expected - 1]}; got {len(values)}"
        )
    compare = _COMPARISONS[operator]
    member = _MEMBERS.get(name, name)
    if name in _TIMES:
        times = [_time(value) for value in values]
        # A whole document may hold a number that is no time; such a job is found by no time.
        return lambda summary: isinstance(seen := parse_utc(summary[member]), datetime) and compare(seen, times)
    return lambda summary: compare(summary[member], values)


def _refuse_company(filters: Sequence[Document]) -> None:
    for name in _ALONE.intersection(each["name"] for each in filters):
        if len(filters) > 1:
            raise ValidationException(f"Filter '{name}' cannot be combined with other filters")


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.upper() if _RFC_3339.fullmatch(text.upper()) else "").astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationException(f"Filter value must be an RFC 3339 date-time; got '{text}'") from None


def _place(number: int, summary: Document) -> _Place:
    created_at = parse_utc(summary.get("createdAt"))
    return created_at if isinstance(created_at, datetime) else datetime.min.replace(tzinfo=UTC), number


def _token(place: _Place) -> str:
    return base64.urlsafe_b64encode(f"{place[0].isoformat()}/{place[1]}".encode()).decode()


def _place_in(token: str) -> _Place:
    try:
        time, _, number = base64.urlsafe_b64decode(token).decode().partition("/")
        return datetime.fromisoformat(time).astimezone(UTC), int(number)
    except (ValueError, OverflowError):  # binascii's and Unicode's errors are ValueErrors
        raise ValidationException("The nextToken is not valid") from None
