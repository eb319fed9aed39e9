"""
The converter between documents and jobs, which cattrs generates from our classes; the only cattrs.

It stops at the first fault, since nearly every answer is good; `problems` says what is wrong with the others.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from braket_jobs._wire import checks
from braket_jobs._wire.names import wire_name
from braket_jobs._wire.times import iso_text
from braket_jobs.model import enums
from braket_jobs.model.job import Job

_ENUMS = (
    enums.AssociationType,
    enums.CompressionType,
    enums.InstanceType,
    enums.JobEventType,
    enums.JobStatus,
    enums.QueueName,
)


@cache
def converter() -> Converter:
    """
    Return the converter for `Job`, its parts and pages of searches, made when it is first needed.
    """
    made = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})
    made.register_structure_hook(str, checks.text)
    made.register_structure_hook(int, checks.integer)
    made.register_structure_hook(datetime, checks.time)
    made.register_unstructure_hook(datetime, iso_text)
    made.register_unstructure_hook(enums.OpenStrEnum, lambda member: member.value)
    for enum in _ENUMS:
        made.register_structure_hook(enum, checks.member_of(enum))
    made.register_structure_hook_factory(is_tuple, _tuple_hook)
    made.register_structure_hook_func(is_string_map, checks.pairs)
    made.register_unstructure_hook_func(is_string_map, dict)
    made.register_structure_hook_factory(attrs.has, _reader)
    made.register_unstructure_hook_factory(attrs.has, _writer)
    return made


def is_of_request(kind: Any, field: "attrs.Attribute[Any]") -> bool:
    """
    Return whether `field` is the one member that isn't the job's but the request's.
    """
    return kind is Job and field.name == "request_id"


def is_optional(kind: Any) -> bool:
    return isinstance(kind, UnionType) and NoneType in get_args(kind)


def without_none(kind: Any) -> Any:
    return next(each for each in get_args(kind) if each is not NoneType) if is_optional(kind) else kind


def is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def is_string_map(kind: Any) -> bool:
    return bool(kind == Mapping[str, str])


def _tuple_hook(kind: Any, made: Converter) -> checks.Hook:
    element = get_args(kind)[0]
    return checks.elements(made.get_structure_hook(element), element)


def _reader(kind: type[attrs.AttrsInstance], made: Converter) -> checks.Hook:
    def reading(field: "attrs.Attribute[Any]") -> Any:
        if is_of_request(kind, field):
            return override(rename="ResponseMetadata", struct_hook=checks.request_id)
        hook = made.get_structure_hook(without_none(field.type))
        return override(
            rename=wire_name(field.name), struct_hook=checks.optional(hook) if is_optional(field.type) else hook
        )

    overrides = {field.name: reading(field) for field in attrs.fields(kind)}
    return checks.structure(make_dict_structure_fn(kind, made, _cattrs_detailed_validation=False, **overrides))


def _writer(kind: type[attrs.AttrsInstance], made: Converter) -> Callable[[Any], dict[str, Any]]:
    def writing(field: "attrs.Attribute[Any]") -> Any:
        # what may be None is left out then; lists and maps are always there
        is_left_out = is_of_request(kind, field)
        return override(rename=wire_name(field.name), omit_if_default=is_optional(field.type), omit=is_left_out)

    return make_dict_unstructure_fn(kind, made, **{field.name: writing(field) for field in attrs.fields(kind)})
