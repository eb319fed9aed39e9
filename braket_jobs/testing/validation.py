"""
Is a JSON value what the service model says? One walk over botocore's shapes, for requests and for documents.

Checked: required members, types, patterns (the whole text), lengths, ranges and enumerations. The words are those
that AWS's services commonly use; what Braket itself says is not known.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeGuard

_Parts = Iterator[tuple[str, Any, Any]]


def problems(shape: Any, value: Any, path: str = "", *, closed: bool = False) -> Iterator[str]:
    """
    Yield what is wrong with `value`, a sentence for each fault; nothing if it is as `shape` says.

    Args:
        shape: A shape of botocore's model of Braket.
        value: A JSON value.
        path: Where the value stands, such as ``instanceConfig.instanceType``; empty for the whole.
        closed: Whether a member that the model doesn't know is a fault. For the service it isn't.

    Yields:
        Sentences in the manner of AWS's services.
    """
    kind: str = shape.type_name
    if value is None or not _TYPES[kind](value):
        yield _sentence(path, "Member must not be null" if value is None else f"Member must be of type {kind}")
        return
    for name, (holds, words) in _CONSTRAINTS.items():
        bound = shape.metadata.get(name)
        if bound is not None and not holds(value, bound):
            yield _sentence(path, words.format(bound))
    for step, inner, part in _PARTS[kind](shape, value) if kind in _PARTS else ():
        yield from problems(inner, part, f"{path}{step}", closed=closed)
    if closed and kind == "structure":
        yield from (_sentence(f"{path}.{name}", "Member is unknown") for name in value if name not in shape.members)


def present(shape: Any, value: Any) -> Any:
    """
    Return a valid `value` as the service takes it: what is null or unknown in a structure isn't there.
    """
    match shape.type_name:
        case "structure":
            known = {name: part for name, part in value.items() if name in shape.members and part is not None}
            return {name: present(shape.members[name], part) for name, part in known.items()}
        case "list":
            return [present(shape.member, part) for part in value]
        case _:
            return value


def pattern_of(shape: Any) -> re.Pattern[str] | None:
    """
    Return the pattern that the whole of a text must have, or None if `shape` has none.
    """
    pattern = shape.metadata.get("pattern")
    return None if pattern is None else _compiled(pattern)


def _compiled(pattern: str) -> re.Pattern[str]:
    # Until botocore 1.40.8 the model's patterns had anchors, and `$` lets a line end through.
    return re.compile(pattern.removeprefix("^").removesuffix("$"), re.ASCII)


def _sentence(path: str, constraint: str) -> str:
    return f"Value at '{path.removeprefix('.')}' failed to satisfy constraint: {constraint}"


def _is_integer(value: object) -> bool:
    return _is_long(value) and -(2**31) <= value < 2**31


def _is_long(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_time(value: object) -> bool:
    if isinstance(value, str):
        with suppress(ValueError):
            return datetime.fromisoformat(value).utcoffset() is not None
        return False
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[object], bool]] = {
    "structure": lambda value: isinstance(value, dict),
    "map": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "long": _is_long,
    "timestamp": _is_time,
}


def _size(value: Any) -> int:
    return value if isinstance(value, int) else len(value)


_CONSTRAINTS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "min": (lambda value, bound: _size(value) >= bound, "Member must have a size greater than or equal to {}"),
    "max": (lambda value, bound: _size(value) <= bound, "Member must have a size less than or equal to {}"),
    "pattern": (
        lambda value, bound: _compiled(bound).fullmatch(value) is not None,
        "Member must satisfy regular expression pattern: {}",
    ),
    "enum": (lambda value, bound: value in bound, "Member must satisfy enum value set: {}"),
}


def _members(shape: Any, value: dict[str, Any]) -> _Parts:
    for name, member in shape.members.items():
        if value.get(name) is not None or name in shape.required_members:
            yield f".{name}", member, value.get(name)


def _entries(shape: Any, value: dict[str, Any]) -> _Parts:
    for key, part in value.items():
        yield f".{key}", shape.key, key
        yield f".{key}", shape.value, part


def _elements(shape: Any, value: list[Any]) -> _Parts:
    for index, part in enumerate(value):
        yield f"[{index}]", shape.member, part


_PARTS: dict[str, Callable[[Any, Any], _Parts]] = {"structure": _members, "map": _entries, "list": _elements}
