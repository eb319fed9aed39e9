"""
The entrance: from a document to a `Job` and back, and from a page of a search to its summaries.

Strict: no value is ever coerced, except that every time ends as aware UTC. Members we don't know are ignored, enum
values we don't know are kept, and null is the same as absent, as it is for botocore.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar, cast

import attrs

from braket_jobs._wire.checks import FAULTS
from braket_jobs._wire.converter import converter, is_of_request
from braket_jobs._wire.metadata import request_id_of, status_code_of
from braket_jobs._wire.names import wire_name
from braket_jobs._wire.problems import problems
from braket_jobs._wire.times import read_times
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors.asked import Asked
from braket_jobs.errors.tree import IncompleteResponseError, InvalidResponseError
from braket_jobs.model.job import Job
from braket_jobs.model.summary import JobSummary, SummaryPage

_PROBLEMS_LIMIT = 10
_LINE_LIMIT = 250

_T = TypeVar("_T", Job, SummaryPage)
_NOBODY = Asked()  # for saved data


def job_from_response(response: Mapping[str, object], asked: Asked = _NOBODY, *, attempts: int = 0) -> Job:
    """
    Return the job that `response` describes.

    Args:
        response: What a boto3 client's ``get_job`` returns: AWS's names, times as `datetime`.
        asked: What was asked for, for the error.
        attempts: How many requests were made, for the error; 0 for saved data, which trying again won't change.

    Raises:
        IncompleteResponseError: If there is no member of a job at all.
        InvalidResponseError: If a member is missing, null or of the wrong type.
    """
    return _structured(response, Job, asked, attempts)


def page_from_response(response: Mapping[str, object], asked: Asked, *, attempts: int) -> SummaryPage:
    """
    Return the page that `response`, what a boto3 client's ``search_jobs`` returns, describes; raises the same.
    """
    return _structured(response, SummaryPage, asked, attempts)


def job_from_document(document: Mapping[str, Any]) -> Job:
    """
    Return the job that `document`, which isn't changed, describes; its times may be text or numbers.
    """
    return job_from_response(_with_times(document, "events"))


def page_from_document(document: Mapping[str, Any]) -> SummaryPage:
    """
    Return the page that `document`, JSON of SearchJobs, describes.
    """
    return page_from_response(_with_times(document, "jobs"), Asked("SearchJobs"), attempts=0)


def _with_times(document: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    if not isinstance(cast("object", document), Mapping):  # what comes from JSON may be anything
        return document
    answer, parts = dict(document), document.get(member)
    if isinstance(parts, list):
        answer[member] = [_copy(part) for part in cast("list[object]", parts)]
    read_times(answer)
    return answer


def _copy(part: object) -> object:
    return dict(cast("Mapping[str, Any]", part)) if isinstance(part, Mapping) else part


def job_to_document(job: Job) -> dict[str, Any]:
    document: dict[str, Any] = converter().unstructure(job, Job)
    return document


def summary_to_document(summary: JobSummary) -> dict[str, Any]:
    document: dict[str, Any] = converter().unstructure(summary, JobSummary)
    return document


def _structured(response: Mapping[str, object], kind: type[_T], asked: Asked, attempts: int) -> _T:
    try:
        value: _T = converter().get_structure_hook(kind)(response, kind)
    except FAULTS as error:
        explained = _explained(response, kind, asked, attempts)
        if explained is None:
            raise
        raise explained from error
    return value


def _explained(response: object, kind: type[Any], asked: Asked, attempts: int) -> InvalidResponseError | None:
    """
    Return what is wrong with `response`; None if nothing is, so that whoever made it has a fault of his own.
    """
    answer = mapping(response)
    hint = None if attempts else "Give one whole answer of GetJob."
    context: dict[str, Any] = {
        "job_arn": asked.job_arn,
        "status_code": status_code_of(answer),
        "request_id": request_id_of(answer),
        "attempts": attempts,
        "hint": hint,
        "operation": asked.operation,
        "subject": asked.subject,
    }
    if all(answer.get(name) is None for name in _members(kind)):
        what = "it has none of a job's members" if kind is Job else "it has neither jobs nor a token"
        return IncompleteResponseError(what, retryable=attempts > 0, **context)
    found = tuple(islice(problems(response, kind), _PROBLEMS_LIMIT))
    if not found:
        return None
    lines = tuple(f"{path}: {what}"[:_LINE_LIMIT] for path, what in found)
    return InvalidResponseError("; ".join(lines), path=found[0][0], problems=lines, **context)


def _members(kind: type[Any]) -> frozenset[str]:
    return frozenset(wire_name(field.name) for field in attrs.fields(kind) if not is_of_request(kind, field))
