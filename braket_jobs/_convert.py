"""
From the mapping that GetJob answers to a `Job`; the only cattrs.

Strict: no value is ever coerced, except that every time ends as aware UTC. Members we don't know are ignored, enum
values we don't know are kept, and null is the same as absent, as it is for botocore.

Two converters with the same hooks: a hot one that stops at the first fault, and a detailed one, three times slower,
that only runs after a failure to name every wrong member by its path.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from types import GenericAlias, NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import ClassValidationError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from braket_jobs._metadata import request_id_of, status_code_of
from braket_jobs._untrusted import mapping
from braket_jobs._wire import wire_name
from braket_jobs.enums import (
    AssociationType,
    CompressionType,
    InstanceType,
    JobEventType,
    JobStatus,
    OpenStrEnum,
    QueueName,
)
from braket_jobs.errors import IncompleteResponseError, InvalidResponseError
from braket_jobs.frozendict import FrozenDict
from braket_jobs.job import Job

_ENUMS = (AssociationType, CompressionType, InstanceType, JobEventType, JobStatus, QueueName)
_PROBLEMS_LIMIT = 10
_LINE_LIMIT = 250
_KEY_LIMIT = 64

Hook = Callable[[Any, Any], Any]


JOB_MEMBERS = frozenset(wire_name(field.name) for field in attrs.fields(Job) if field.name != "request_id")


def job_from_response(response: Mapping[str, object], *, job_arn: str | None = None, attempts: int = 0) -> Job:
    """
    Return the job that `response` describes.

    Args:
        response: What a boto3 client's ``get_job`` returns: AWS's names, times as `datetime`.
        job_arn: The ARN that was asked for, for the error.
        attempts: How many requests were made, for the error; 0 for saved data, which trying again won't change.

    Returns:
        The job, with the response's request id.

    Raises:
        IncompleteResponseError: If there is no member of a job at all.
        InvalidResponseError: If a member is missing, null or of the wrong type.
    """
    try:
        return _hot().structure(response, Job)
    except Exception as error:
        raise _explained(response, job_arn, attempts) from error


def _explained(response: object, job_arn: str | None, attempts: int) -> InvalidResponseError:
    answer = mapping(response)
    context = (job_arn, None, status_code_of(answer), request_id_of(answer), attempts)
    hint = None if attempts else "Give one whole answer of GetJob."
    if JOB_MEMBERS.isdisjoint(answer):
        return IncompleteResponseError("it has none of a job's members", *context, retryable=attempts > 0, hint=hint)
    problems = tuple(islice(_problems(response), _PROBLEMS_LIMIT))
    path = next((path for path, _ in problems), None)
    lines = tuple(f"{path}: {what}"[:_LINE_LIMIT] for path, what in problems)
    return InvalidResponseError("; ".join(lines), *context, hint=hint, path=path, problems=lines)


def _problems(response: object) -> Iterator[tuple[str, str]]:
    try:
        _detailed().structure(response, Job)
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
def _hot() -> Converter:
    return _converter(detailed=False)


@cache
def _detailed() -> Converter:
    return _converter(detailed=True)


def _converter(*, detailed: bool) -> Converter:
    converter = Converter(detailed_validation=detailed)
    converter.register_structure_hook_factory(_is_optional, _optional_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_string_map, _string_map_hook)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _integer)
    converter.register_structure_hook(datetime, _time)
    for enum in _ENUMS:
        converter.register_structure_hook(enum, _enum_hook(enum))
    return converter


def _is_optional(kind: Any) -> bool:
    return isinstance(kind, UnionType) and NoneType in get_args(kind)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_string_map(kind: Any) -> bool:
    return bool(kind == Mapping[str, str])


def _optional_hook(kind: Any, converter: Converter) -> Hook:
    (inner,) = (argument for argument in get_args(kind) if argument is not NoneType)
    hook = converter.get_structure_hook(inner)
    return lambda value, _: None if value is None else hook(value, inner)


def _tuple_hook(kind: Any, converter: Converter) -> Hook:
    elements = GenericAlias(list, get_args(kind)[:1])
    hook = converter.get_structure_hook(elements)
    return lambda value, _: () if value is None else tuple(hook(_checked(value, list, "a list"), elements))


def _string_map_hook(_kind: Any, converter: Converter) -> Hook:
    hook = converter.get_structure_hook(dict[str, str])
    return lambda value, _: FrozenDict(() if value is None else hook(_checked(value, Mapping, "a map"), dict[str, str]))


def _class_hook(kind: type[attrs.AttrsInstance], converter: Converter) -> Hook:
    names: dict[str, Any] = {field.name: override(rename=wire_name(field.name)) for field in attrs.fields(kind)}
    if kind is Job:
        names["request_id"] = override(rename="ResponseMetadata", struct_hook=_request_id)
    hook = make_dict_structure_fn(kind, converter, **names)
    return lambda value, _: hook(_checked(value, Mapping, "a structure"), kind)


def _enum_hook(enum: type[OpenStrEnum]) -> Hook:
    known = {str(member): member for member in enum}.get

    def hook(value: Any, _: Any) -> OpenStrEnum:
        return known(_text(value, _)) or enum(value)

    return hook


def _text(value: Any, _: Any) -> Any:
    return _checked(value, str, "text")


def _integer(value: Any, _: Any) -> Any:
    return _refused(value, "an integer") if isinstance(value, bool) else _checked(value, int, "an integer")


def _time(value: Any, _: Any) -> datetime:
    time: datetime = _checked(value, datetime, "a time")
    return time.replace(tzinfo=UTC) if time.utcoffset() is None else time.astimezone(UTC)


def _request_id(metadata: Any, _: Any) -> str | None:
    return request_id_of({"ResponseMetadata": metadata})


def _checked(value: Any, kind: type, expected: str) -> Any:
    return value if isinstance(value, kind) else _refused(value, expected)


def _refused(value: object, expected: str) -> Any:
    message = f"expected {expected}, got {'null' if value is None else type(value).__name__}"
    raise TypeError(message)
