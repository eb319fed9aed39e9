"""
From the mapping that GetJob answers to a `Job`; the only cattrs.

Strict: no value is ever coerced, except that every time ends as aware UTC. Members we don't know are ignored, enum
values we don't know are kept, and null is the same as absent, as it is for botocore.

Two looks with the same checks: a quick one that converts and stops at the first fault, and a detailed one that only
comes after a failure, to name every wrong member by its path.
"""

from collections.abc import Mapping
from itertools import islice

import attrs

from braket_jobs._forks import importing
from braket_jobs._wire import checks, quick
from braket_jobs._wire.metadata import request_id_of, status_code_of
from braket_jobs._wire.names import wire_name
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

    Returns:
        The job, with the response's request id.

    Raises:
        IncompleteResponseError: If there is no member of a job at all.
        InvalidResponseError: If a member is missing, null or of the wrong type.
    """
    try:
        return quick.job(response)
    except checks.FAULTS as error:
        explained = _explained(response, job_arn, attempts)
        if explained is None:
            raise
        raise explained from error


def _explained(response: object, job_arn: str | None, attempts: int) -> InvalidResponseError | None:
    """
    Return what is wrong with `response`; None if nothing is, so that whoever made it has a fault of his own.
    """
    answer = mapping(response)
    context = (job_arn, None, status_code_of(answer), request_id_of(answer), attempts)
    hint = None if attempts else "Give one whole answer of GetJob."
    if all(answer.get(name) is None for name in JOB_MEMBERS):
        return IncompleteResponseError("it has none of a job's members", *context, retryable=attempts > 0, hint=hint)
    with importing:
        from braket_jobs._wire.detailed import problems as problems_of  # noqa: PLC0415  # lazy: most answers are good

    problems = tuple(islice(problems_of(response, Job), _PROBLEMS_LIMIT))
    if not problems:
        return None
    lines = tuple(f"{path}: {what}"[:_LINE_LIMIT] for path, what in problems)
    return InvalidResponseError("; ".join(lines), *context, hint=hint, path=problems[0][0], problems=lines)
