"""
What a value has to be, kind by kind: the same value comes out, or TypeError says what was expected.

Strict: nothing is ever coerced, except that every time ends as aware UTC and that enumerations keep what they don't
know. Each check takes what cattrs gives a hook: the value, and the type that is wanted.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from braket_jobs._wire.metadata import request_id_of
from braket_jobs.model.enums import OpenStrEnum

Hook = Callable[[Any, Any], Any]

# What a fault of an answer is met by; anything else is no fault of the answer.
FAULTS = (ArithmeticError, LookupError, TypeError, ValueError)


def text(value: Any, _: Any) -> Any:
    """
    Return `value` if it is text.
    """
    return checked(value, str, "text")


def integer(value: Any, _: Any) -> Any:
    """
    Return `value` if it is an integer; True and False are none.
    """
    return refused(value, "an integer") if isinstance(value, bool) else checked(value, int, "an integer")


def time(value: Any, _: Any) -> datetime:
    """
    Return the time in aware UTC; without a zone it is UTC already.
    """
    moment: datetime = value if isinstance(value, datetime) else refused(value, "a time")
    # dateutil's zones are slow to ask, so they are asked once; and `replace` takes four times as long as `combine`
    return moment.astimezone(UTC) if moment.utcoffset() else datetime.combine(moment, moment.time(), UTC)


def member(value: Any, enum: type[OpenStrEnum]) -> OpenStrEnum:
    """
    Return what `enum` makes of text, known or not.
    """
    return enum(text(value, enum))


def structure(value: Any) -> Any:
    """
    Return `value` if it is a mapping with named members.
    """
    return checked(value, Mapping, "a structure")


def elements(value: Any) -> Any:
    """
    Return `value` if it is a list.
    """
    return checked(value, list, "a list")


def pairs(value: Any) -> Any:
    """
    Return `value` if it is a mapping from key to value.
    """
    return checked(value, Mapping, "a map")


def request_id(metadata: Any, _: Any) -> str | None:
    """
    Return the id of the request that `metadata` tells, if it tells one.
    """
    return request_id_of({"ResponseMetadata": metadata})


def checked(value: Any, kind: type, expected: str) -> Any:
    """
    Return `value` if it is of `kind`.

    Raises:
        TypeError: If it isn't; it says that what was `expected` is.
    """
    return value if isinstance(value, kind) else refused(value, expected)


def refused(value: object, expected: str) -> Any:
    """
    Raise TypeError with what was `expected`, and what `value` is instead.
    """
    message = f"expected {expected}, got {'null' if value is None else type(value).__name__}"
    raise TypeError(message)
