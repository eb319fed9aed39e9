"""
The entrance: from a document to a `Job`, and back.

Strict: no value is ever coerced, except that every time ends as aware UTC. Members we don't know are ignored, enum
values we don't know are kept, and null is the same as absent, as it is for botocore.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, cast

import attrs

from braket_jobs._wire.checks import FAULTS
from braket_jobs._wire.converter import converter
from braket_jobs._wire.metadata import request_id_of, status_code_of
from braket_jobs._wire.names import wire_name
from braket_jobs._wire.problems import problems
from braket_jobs._wire.times import read_times
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors.tree import IncompleteResponseError, InvalidResponseError
from braket_jobs.model.job import Job

_PROBLEMS_LIMIT = 10
_LINE_LIMIT = 250

JOB_MEMBERS = frozenset(wire_name(field.name) for field in attrs.fields(Job) if field.name != "request_id")


def job_from_response(response: Mapping[str, object], *, job_arn: str | None = None, attempts: int = 0) -> Job:
    """
    Return the job that `response` describes.

    Args:
        response: What a boto3 client's ``get_job`` returns: AWS's names, times as `datetime`.
        job_arn: The ARN that was asked for, for the error.
        attempts: How many requests were made, for the error; 0 for saved data, which trying again won't change.

    Raises:
        IncompleteResponseError: If there is no member of a job at all.
        InvalidResponseError: If a member is missing, null or of the wrong type.
    """
    try:
        job: Job = converter().get_structure_hook(Job)(response, Job)
    except FAULTS as error:
        explained = _explained(response, job_arn, attempts)
        if explained is None:
            raise
        raise explained from error
    return job


def job_from_document(document: Mapping[str, Any]) -> Job:
    """
    Return the job that `document`, which isn't changed, describes; its times may be text or numbers.
    """
    if not isinstance(cast("object", document), Mapping):  # what comes from JSON may be anything
        return job_from_response(document)
    answer, events = dict(document), document.get("events")
    if isinstance(events, list):
        answer["events"] = [_copy(event) for event in cast("list[object]", events)]
    read_times(answer)
    return job_from_response(answer)


def _copy(event: object) -> object:
    return dict(cast("Mapping[str, Any]", event)) if isinstance(event, Mapping) else event


def job_to_document(job: Job) -> dict[str, Any]:
    document: dict[str, Any] = converter().unstructure(job, Job)
    return document


def _explained(response: object, job_arn: str | None, attempts: int) -> InvalidResponseError | None:
    """
    Return what is wrong with `response`; None if nothing is, so that whoever made it has a fault of his own.
    """
    answer = mapping(response)
    context = (job_arn, None, status_code_of(answer), request_id_of(answer), attempts)
    hint = None if attempts else "Give one whole answer of GetJob."
    if all(answer.get(name) is None for name in JOB_MEMBERS):
        return IncompleteResponseError("it has none of a job's members", *context, retryable=attempts > 0, hint=hint)
    found = tuple(islice(problems(response, Job), _PROBLEMS_LIMIT))
    if not found:
        return None
    lines = tuple(f"{path}: {what}"[:_LINE_LIMIT] for path, what in found)
    return InvalidResponseError("; ".join(lines), *context, hint=hint, path=found[0][0], problems=lines)
