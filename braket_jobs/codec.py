"""
A job from plain data, and back: what boto3 returns, what ``aws braket get-job`` prints, what `job_to_dict` writes.

There is one conversion, the client's, so data from here is held to the same rules and fails with the same errors. The
only tolerance is for times, which text has many forms for: they are made `datetime` here, before it. Whatever cannot
be read as a time is passed on as it is, for the conversion to refuse by its path.
"""

import json
from collections.abc import Mapping
from typing import Any

from braket_jobs._call import door
from braket_jobs.errors.tree import InvalidResponseError
from braket_jobs.model.job import Job


def job_from_dict(document: Mapping[str, Any]) -> Job:
    """
    Return the job that `document` describes.

    Args:
        document: A GetJob answer in AWS's names. Times may be `datetime`, ISO 8601 text, or seconds since 1970; a
            time without a zone is UTC. Unknown members are ignored, null counts as absent.

    Returns:
        The job, with the request id if the document has boto3's ``ResponseMetadata``.

    Raises:
        IncompleteResponseError: If the document has no member of a job.
        InvalidResponseError: If a member is missing or of the wrong type; `path` says which.
    """
    return door.job_from_document(document)


def job_to_dict(job: Job) -> dict[str, Any]:
    """
    Return `job` in AWS's own names and JSON types.

    Times are ISO 8601 text in UTC, to the millisecond as on the wire, or to the microsecond where there are any.
    Lists and maps are always there, other absent members are left out. `job_from_dict` makes an equal job of it;
    `request_id` is not written, since it says nothing of the job.

    Args:
        job: Any job.

    Raises:
        ValueError: If a time has no zone, which only a job built by hand can have.
    """
    return door.job_to_document(job)


def job_from_json(text: str | bytes) -> Job:
    """
    Return the job that the JSON document `text` describes.

    Args:
        text: One JSON object, as `job_from_dict` takes it.

    Returns:
        The job.

    Raises:
        IncompleteResponseError: If the document has no member of a job.
        InvalidResponseError: If the text isn't JSON, or a member is missing or of the wrong type.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidResponseError(
            f"it is not JSON: {error}", hint="Give one whole answer of GetJob as JSON."
        ) from error
    return job_from_dict(document)


def job_to_json(job: Job, *, indent: int | None = None) -> str:
    r"""
    Return `job` as a JSON document in AWS's own names.

    The text is ASCII, everything else in it is a ``\u`` escape, so it is safe to show and to send anywhere.

    Args:
        job: Any job.
        indent: How many spaces to indent by; None for one line.

    Raises:
        ValueError: If a time has no zone, which only a job built by hand can have.
    """
    return json.dumps(job_to_dict(job), indent=indent)
