"""
The converter for good answers: it stops at the first fault.

cattrs would call a hook for each of the hundred members of an answer. Here each class gets a function that is written
out for it, as attrs writes `__init__`, and that takes at once what is right at first sight: text where text is
expected, an integer, a known value of an enumeration, a time in UTC. Nearly everything is. The rest goes to its hook,
so the hooks are the rules, and this is a shorter way to the same result.

It fills the slots of a new object itself, which takes half as long as the constructor of a frozen class, and does the
same: our classes have neither validators nor converters that would change what comes from here.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args

import attrs
from cattrs import Converter

from braket_jobs._wire import checks, rules
from braket_jobs._wire.checks import Hook
from braket_jobs.model.enums import (
    AssociationType,
    CompressionType,
    InstanceType,
    JobEventType,
    JobStatus,
    OpenStrEnum,
    QueueName,
)
from braket_jobs.model.frozendict import FrozenDict
from braket_jobs.model.job import Job

_ENUMS: tuple[type[OpenStrEnum], ...] = (
    AssociationType,
    CompressionType,
    InstanceType,
    JobEventType,
    JobStatus,
    QueueName,
)
_NO_PAIRS = FrozenDict()
_WRONG_AT_FIRST_SIGHT = {
    str: "{0}.__class__ is not str",
    int: "{0}.__class__ is not int",
    datetime: "{0}.__class__ is not datetime or {0}.tzinfo is not UTC",
}


@cache
def converter() -> Converter:
    """
    Return the converter for `Job` and its parts, which is made when it is first needed.
    """
    quick = Converter(detailed_validation=False)
    quick.register_structure_hook(str, checks.text)
    quick.register_structure_hook(int, checks.integer)
    quick.register_structure_hook(datetime, checks.time)
    for enum in _ENUMS:
        quick.register_structure_hook(enum, checks.member)
    quick.register_structure_hook_factory(rules.is_tuple, _tuple_hook)
    quick.register_structure_hook_factory(rules.is_string_map, _string_map_hook)
    quick.register_structure_hook_factory(attrs.has, _class_hook)
    return quick


def job(response: Mapping[str, object]) -> Job:
    """
    Return the job that `response` describes.

    Raises:
        Exception: At the first fault; of which class depends on the fault.
    """
    made: Job = _job_hook()(response, Job)
    return made


@cache
def _job_hook() -> Hook:
    return converter().get_structure_hook(Job)


def _tuple_hook(kind: Any, quick: Converter) -> Hook:
    element = get_args(kind)[0]
    hook = quick.get_structure_hook(element)
    return lambda value, _: () if value is None else tuple([hook(each, element) for each in checks.elements(value)])


def _string_map_hook(_kind: Any) -> Hook:
    return _string_map


def _string_map(value: Any, _: Any) -> FrozenDict:
    if value is None:
        return _NO_PAIRS
    for key, text in checks.pairs(value).items():
        if key.__class__ is not str or text.__class__ is not str:
            checks.text(key, str)
            checks.text(text, str)
    return FrozenDict(value)


def _class_hook(kind: type[attrs.AttrsInstance], quick: Converter) -> Hook:
    names: dict[str, Any] = {"structure": checks.structure, "datetime": datetime, "UTC": UTC}
    names |= {"new": object.__new__, "kind": kind}
    fields = attrs.fields(kind)
    lines = [
        "def hook(document, _):",
        "if document.__class__ is not dict: structure(document)",
        "get = document.get",
        *(line for field in fields for line in _reading(kind, field, quick, names)),
        "made = new(kind)",
        *(_storing(kind, field, names) for field in fields),
        "return made",
    ]
    # nothing is in there but names of our own classes and members
    exec(compile("\n ".join(lines), f"<structure {kind.__name__}>", "exec"), names)  # noqa: S102
    hook: Hook = names["hook"]
    return hook


def _reading(
    kind: type[attrs.AttrsInstance], field: "attrs.Attribute[Any]", quick: Converter, names: dict[str, Any]
) -> Iterator[str]:
    """
    Yield the lines that read a member into a variable of its name, and add to `names` what they refer to.
    """
    name, wire_name, inner = field.name, rules.name_in_document(kind, field), rules.without_none(field.type)
    names[f"kind_{name}"] = inner
    names[f"hook_{name}"] = rules.hook_for(kind, field) or quick.get_structure_hook(inner)
    yield f"{name} = document[{wire_name!r}]" if field.default is attrs.NOTHING else f"{name} = get({wire_name!r})"
    conditions = [f"{name} is not None"] * rules.is_optional(field.type)
    step = f"{name} = hook_{name}({name}, kind_{name})"
    if inner in _WRONG_AT_FIRST_SIGHT:
        conditions.append(f"({_WRONG_AT_FIRST_SIGHT[inner].format(name)})")
    elif isinstance(inner, type) and issubclass(inner, OpenStrEnum):
        names[f"known_{name}"] = {str(value): value for value in inner}.get
        step = f"{name} = known_{name}({name}) or hook_{name}({name}, kind_{name})"
    yield f"if {' and '.join(conditions)}: {step}" if conditions else step


def _storing(kind: type[attrs.AttrsInstance], field: "attrs.Attribute[Any]", names: dict[str, Any]) -> str:
    """
    Return the line that puts the variable of a member into its slot, and add to `names` what it refers to.
    """
    names[f"set_{field.name}"] = getattr(kind, field.name).__set__
    return f"set_{field.name}(made, {field.name})"
