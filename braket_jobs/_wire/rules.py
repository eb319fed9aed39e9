"""
What both looks at an answer go by: what members are called in it, and which kinds of types there are.
"""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs

from braket_jobs._wire import checks
from braket_jobs._wire.names import wire_name
from braket_jobs.model.job import Job


def name_in_document(kind: type[attrs.AttrsInstance], field: "attrs.Attribute[Any]") -> str:
    """
    Return where a document has the member `field` of `kind`.
    """
    return wire_name(field.name) if hook_for(kind, field) is None else "ResponseMetadata"


def hook_for(kind: type[attrs.AttrsInstance], field: "attrs.Attribute[Any]") -> checks.Hook | None:
    """
    Return the hook for the one member that isn't the job's but the request's; None for all others.
    """
    return checks.request_id if kind is Job and field.name == "request_id" else None


def is_optional(kind: Any) -> bool:
    """
    Return whether `kind` is a type or None.
    """
    return isinstance(kind, UnionType) and NoneType in get_args(kind)


def without_none(kind: Any) -> Any:
    """
    Return the type that `kind` is, or is an optional of.
    """
    return next(each for each in get_args(kind) if each is not NoneType) if is_optional(kind) else kind


def is_tuple(kind: Any) -> bool:
    """
    Return whether `kind` is a tuple.
    """
    return get_origin(kind) is tuple


def is_string_map(kind: Any) -> bool:
    """
    Return whether `kind` is a mapping of text to text.
    """
    return bool(kind == Mapping[str, str])
