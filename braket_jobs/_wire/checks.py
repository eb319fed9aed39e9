"""
What a value has to be, kind by kind: hooks for cattrs. The same value comes out, or TypeError says what was expected.

Strict: nothing is ever coerced, except that every time ends as aware UTC and that enumerations keep what they don't
know. A hook is given the value, and the type that is wanted.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn, cast

from braket_jobs._wire.metadata import request_id_of
from braket_jobs._wire.times import why_no_time
from braket_jobs._wire.untrusted import shown
from braket_jobs.model.enums import OpenStrEnum
from braket_jobs.model.frozendict import FrozenDict

Hook = Callable[[Any, Any], Any]

# What a fault of an answer is met by; anything else is no fault of the answer.
FAULTS = (ArithmeticError, LookupError, TypeError, ValueError)
_NO_PAIRS = FrozenDict()


def text(value: Any, _: Any) -> str:
    return value if isinstance(value, str) else refuse(value, "text")


def integer(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"expected an integer, got {shown(value)}")


def time(value: Any, _: Any) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(why_no_time(value))
    if value.tzinfo is UTC:
        return value
    # dateutil's zones are slow to ask, so they are asked once; and `replace` takes four times as long as `combine`
    return value.astimezone(UTC) if value.utcoffset() else datetime.combine(value, value.time(), UTC)


def member_of(enum: type[OpenStrEnum]) -> Hook:
    known = {str(member): member for member in enum}
    return lambda value, _: known.get(text(value, enum)) or enum(value)


def optional(hook: Hook) -> Hook:
    return lambda value, kind: None if value is None else hook(value, kind)


def structure(hook: Hook) -> Hook:
    """
    Return `hook` for nothing but mappings: cattrs would take a text for one that lacks all members.
    """
    return lambda value, kind: hook(value, kind) if isinstance(value, (dict, Mapping)) else refuse(value, "a structure")


def elements(hook: Hook, kind: Any) -> Hook:
    """
    Return the hook that makes a tuple of a list, each element by `hook`; null is an empty list, and an element that is
    null is none, though botocore keeps it.
    """
    return lambda value, _: (
        () if value is None else tuple([hook(each, kind) for each in a_list(value) if each is not None])
    )


def a_list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else refuse(value, "a list")


def pairs(value: Any, _: Any) -> FrozenDict:
    if value is None:
        return _NO_PAIRS
    mapping = cast("Mapping[str, str]", value) if isinstance(value, Mapping) else refuse(value, "a map")
    for key, item in mapping.items():
        text(key, str)
        text(item, str)
    return FrozenDict(mapping)


def request_id(metadata: Any, _: Any) -> str | None:
    return request_id_of({"ResponseMetadata": metadata})


def refuse(value: object, expected: str) -> NoReturn:
    raise TypeError(f"expected {expected}, got {'null' if value is None else type(value).__name__}")
