"""
SearchJobs without the store: which summaries a filter lets through, and how results are cut into pages.

The model names the operators and documents two filters, `jobArn` and `createdAt`; the other names are what users
ask for and have been inferred. Filters are joined by "and", several values of EQUAL and CONTAINS by "or".
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from braket_jobs._wire import parse_utc
from braket_jobs.testing.braket.exceptions import ValidationException
from braket_jobs.testing.life import Document

MAX_RESULTS = 100
_TIMES = frozenset({"createdAt", "startedAt", "endedAt"})
_NAMES = _TIMES | {"device", "jobArn", "jobName", "status"}
_OPERATORS: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "LT": lambda seen, asked: seen < asked[0],
    "LTE": lambda seen, asked: seen <= asked[0],
    "EQUAL": lambda seen, asked: seen in asked,
    "GT": lambda seen, asked: seen > asked[0],
    "GTE": lambda seen, asked: seen >= asked[0],
    "BETWEEN": lambda seen, asked: asked[0] <= seen <= asked[-1],
    "CONTAINS": lambda seen, asked: any(str(part) in str(seen) for part in asked),
}


def matching(summaries: Sequence[Document], filters: Sequence[Document]) -> list[Document]:
    """
    Return the summaries that every filter lets through, in their order.

    Raises:
        ValidationException: If a filter has an unknown name, or a value that isn't a time where one belongs.
    """
    tests = [_test(each) for each in filters]
    return [summary for summary in summaries if all(test(summary) for test in tests)]


def _test(asked: Document) -> Callable[[Document], bool]:
    name, compare = asked["name"], _OPERATORS[asked["operator"]]
    if name not in _NAMES:
        raise ValidationException(f"Filter name must be one of {', '.join(sorted(_NAMES))}; got '{name}'")
    if name in _TIMES and asked["operator"] != "CONTAINS":
        times = [_time(value) for value in asked["values"]]
        # A whole document may hold a number that is no time; such a job is found by no time.
        return lambda summary: isinstance(seen := parse_utc(summary.get(name)), datetime) and compare(seen, times)
    return lambda summary: name in summary and compare(str(summary[name]), asked["values"])


def _time(text: str) -> datetime:
    time = parse_utc(text)
    if not isinstance(time, datetime):
        raise ValidationException(f"Filter value must be an ISO 8601 timestamp; got '{text}'")
    return time


def page(summaries: Sequence[Document], size: int, token: str | None) -> Document:
    """
    Return one page of `summaries` as SearchJobs answers it.

    Args:
        summaries: All results, in order.
        size: How many go on a page.
        token: The previous page's ``nextToken``, or None for the first page.

    Returns:
        ``jobs``, and ``nextToken`` if there is more.

    Raises:
        ValidationException: If the token is none of ours.
    """
    arns = [summary["jobArn"] for summary in summaries]
    start = 0 if token is None else _position(token, arns)
    rest = summaries[start + size :]
    jobs = summaries[start : start + size]
    more = {"nextToken": base64.urlsafe_b64encode(jobs[-1]["jobArn"].encode()).decode()} if rest else {}
    return {"jobs": jobs} | more


def _position(token: str, arns: Sequence[str]) -> int:
    try:
        return arns.index(base64.urlsafe_b64decode(token).decode()) + 1
    except (binascii.Error, ValueError):
        raise ValidationException("The nextToken is not valid") from None
