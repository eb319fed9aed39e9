"""
The converter for wrong answers: it goes on after a fault, and every wrong member is named by its path.

Four times slower than the quick one, so it runs only after that has failed, and looks closely only at the parts with
which the quick one fails.
"""

from collections.abc import Iterator
from functools import cache
from types import GenericAlias
from typing import Any, get_args

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from braket_jobs._convert import checks, quick, rules
from braket_jobs._convert.checks import Hook
from braket_jobs._wire import wire_name
from braket_jobs.frozendict import FrozenDict
from braket_jobs.job import Job

_KEY_LIMIT = 64


def problems(response: object) -> Iterator[tuple[str, str]]:
    """
    Yield what is wrong in `response`: the path of each wrong member, and what is wrong with it.
    """
    try:
        _converter().structure(response, Job)
    except (ClassValidationError, TypeError) as error:
        yield from _walk(error, "")


def _walk(error: BaseException, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(error, ClassValidationError):
        for inner, member in error.group_exceptions()[0]:
            yield from _walk(inner, f"{path}.{wire_name(member.name)}".lstrip("."))
    elif isinstance(error, IterableValidationError):
        for inner, element in error.group_exceptions()[0]:
            yield from _walk(inner, f"{path}[{_shown(element.index)}]")
    else:
        yield path, "is missing" if isinstance(error, KeyError) else str(error)


def _shown(index: object) -> str:
    # A key comes from outside, at any length.
    return repr(index) if isinstance(index, int) else repr(str(index)[:_KEY_LIMIT])


@cache
def _converter() -> Converter:
    detailed = rules.converter(detailed=True)
    detailed.register_structure_hook_factory(rules.is_optional, _optional_hook)
    detailed.register_structure_hook_factory(rules.is_tuple, _tuple_hook)
    detailed.register_structure_hook_factory(rules.is_string_map, _string_map_hook)
    detailed.register_structure_hook_factory(attrs.has, _class_hook)
    return detailed


def _optional_hook(kind: Any, detailed: Converter) -> Hook:
    inner = rules.without_none(kind)
    hook = detailed.get_structure_hook(inner)
    return lambda value, _: None if value is None else hook(value, inner)


def _tuple_hook(kind: Any, detailed: Converter) -> Hook:
    elements = GenericAlias(list, get_args(kind)[:1])
    hook = detailed.get_structure_hook(elements)
    return _closely(kind, lambda value, _: tuple(hook(checks.elements(value), elements)))


def _string_map_hook(kind: Any, detailed: Converter) -> Hook:
    hook = detailed.get_structure_hook(dict[str, str])
    return _closely(kind, lambda value, _: FrozenDict(hook(checks.pairs(value), dict[str, str])))


def _class_hook(kind: type[attrs.AttrsInstance], detailed: Converter) -> Hook:
    members: dict[str, Any] = {
        field.name: override(rename=rules.name_in_document(kind, field), struct_hook=rules.hook_for(kind, field))
        for field in attrs.fields(kind)
    }
    hook = make_dict_structure_fn(kind, detailed, **members)
    return _closely(kind, lambda value, _: hook(checks.structure(value), kind))


def _closely(kind: Any, hook: Hook) -> Hook:
    """
    Return a hook that asks `hook`, for a look at a fault in a value of `kind`, only where there is one.
    """
    at_a_glance = quick.converter().get_structure_hook(kind)

    def closely(value: Any, _: Any) -> Any:
        try:
            return at_a_glance(value, kind)
        except Exception:  # noqa: BLE001, S110  # whatever is wrong, the other hook tells it better
            pass
        return hook(value, kind)

    return closely
