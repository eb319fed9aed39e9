"""
What is wrong with an answer: the second look, after the quick converter has failed, that names every fault by its path.

It walks through the answer as the classes describe it, and into a part only where the quick converter fails with that.
It goes no further than it is asked to, so naming ten of a million faults costs no more than naming ten.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast, get_args

import attrs

from braket_jobs._wire import checks, quick, rules
from braket_jobs._wire.checks import Hook

_KEY_LIMIT = 64
_ABSENT = object()

_Parts = Iterator[tuple[object, Any, str]]  # what is there, the type it should become, the step of the path to it


def problems(value: object, kind: Any) -> Iterator[tuple[str, str]]:
    """
    Yield what is wrong with `value`: the path of each fault, and what it is.

    Args:
        value: An answer.
        kind: The type it should become.
    """
    fault = _fault(value, kind)
    if fault is not None:
        yield from _located(fault, value, kind, "")


def _located(fault: str, value: object, kind: Any, path: str) -> Iterator[tuple[str, str]]:
    """
    Yield where in `value` the faults are, one of which is `fault`.
    """
    parts = _parts(value, kind)
    if parts is None:
        yield path.lstrip("."), fault
        return
    for part, part_kind, step in parts:
        part_fault = _fault(part, part_kind)
        if part_fault is not None:
            yield from _located(part_fault, part, part_kind, path + step)


def _fault(value: object, kind: Any) -> str | None:
    if value is _ABSENT:
        return "is missing"
    try:
        _hook(kind)(value, kind)
    except checks.FAULTS as error:
        return str(error)
    return None


@cache
def _hook(kind: Any) -> Hook:
    return quick.converter().get_structure_hook(kind)


def _parts(value: object, kind: Any) -> _Parts | None:
    """
    Return the parts of `value`; None if it has none, or isn't what could have the parts of `kind`.
    """
    if rules.is_tuple(kind):
        return _elements(cast("list[object]", value), kind) if isinstance(value, list) else None
    if not isinstance(value, Mapping):
        return None
    mapping = cast("Mapping[str, object]", value)
    if rules.is_string_map(kind):
        return _pairs(mapping)
    return _members(mapping, kind) if attrs.has(kind) else None


def _elements(values: list[object], kind: Any) -> _Parts:
    element = get_args(kind)[0]
    return ((value, element, f"[{index}]") for index, value in enumerate(values))


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
        (rules.name_in_document(kind, field), rules.without_none(field.type), field.default is attrs.NOTHING)
        for field in attrs.fields(kind)
        if rules.hook_for(kind, field) is None
    )
