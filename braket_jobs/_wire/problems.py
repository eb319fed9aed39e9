"""
What is wrong with an answer: the second look, after the converter has failed, that names every fault by its path.

It walks through the answer as the classes describe it, and into a part only where the converter fails with that. It
goes no further than it is asked to, so naming ten of a million faults costs no more than naming ten.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast, get_args

import attrs

from braket_jobs._wire.checks import FAULTS
from braket_jobs._wire.converter import (
    converter,
    is_of_request,
    is_string_map,
    is_tuple,
    without_none,
)
from braket_jobs._wire.names import wire_name

_KEY_LIMIT = 64
_ABSENT = object()

_Parts = Iterator[tuple[object, Any, str]]  # what is there, the type it should become, the step of the path to it


def problems(value: object, kind: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """
    Yield what is wrong with `value`: the path of each fault, and what it is.

    Args:
        value: An answer, or a part of one.
        kind: The type it should become.
        path: Where it is.
    """
    fault = _fault(value, kind)
    if fault is None:
        return
    parts = _parts(value, kind)
    if parts is None:
        yield path.lstrip("."), fault
        return
    for part, part_kind, step in parts:
        yield from problems(part, part_kind, path + step)


def _fault(value: object, kind: Any) -> str | None:
    if value is _ABSENT:
        return "is missing"
    try:
        converter().get_structure_hook(kind)(value, kind)
    except FAULTS as error:
        return str(error)
    return None


def _parts(value: object, kind: Any) -> _Parts | None:
    """
    Return the parts of `value`; None if it has none, or isn't what could have the parts of `kind`.
    """
    if is_tuple(kind):
        return _elements(cast("list[object]", value), kind) if isinstance(value, list) else None
    if not isinstance(value, Mapping):
        return None
    mapping = cast("Mapping[str, object]", value)
    if is_string_map(kind):
        return _pairs(mapping)
    return _members(mapping, kind) if attrs.has(kind) else None


def _elements(values: list[object], kind: Any) -> _Parts:
    element = get_args(kind)[0]
    return ((value, element, f"[{index}]") for index, value in enumerate(values) if value is not None)


def _pairs(values: Mapping[str, object]) -> _Parts:
    for key, value in values.items():
        step = f"[{str(key)[:_KEY_LIMIT]!r}]"  # a key comes from outside, at any length
        yield key, str, step
        yield value, str, step


def _members(values: Mapping[str, object], kind: type[attrs.AttrsInstance]) -> _Parts:
    for name, inner, is_required in _described(kind):
        value = values.get(name, _ABSENT)
        if is_required or (value is not None and value is not _ABSENT):
            yield value, inner, f".{name}"


@cache
def _described(kind: type[attrs.AttrsInstance]) -> tuple[tuple[str, Any, bool], ...]:
    """
    Return AWS's name of each member of `kind`, its type, and whether it has to be there.
    """
    return tuple(
        (wire_name(field.name), without_none(field.type), field.default is attrs.NOTHING)
        for field in attrs.fields(kind)
        if not is_of_request(kind, field)
    )
