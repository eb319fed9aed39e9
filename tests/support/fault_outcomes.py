"""
Which error of ours each ready-made fault ends in, and what boto3 makes of it in a search.
"""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from braket_jobs.errors import tree as errors
from braket_jobs.testing import faults

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient

OUTCOMES: dict[str, tuple[faults.Fault, type[errors.BraketJobsError]]] = {
    "throttling": (faults.THROTTLING, errors.ThrottlingError),
    "internal": (faults.INTERNAL, errors.InternalServiceError),
    "unavailable": (faults.UNAVAILABLE, errors.ServiceUnavailableError),
    "access denied": (faults.ACCESS_DENIED, errors.AccessDeniedError),
    "not found": (faults.NOT_FOUND, errors.JobNotFoundError),
    "invalid": (faults.INVALID, errors.ValidationError),
    "expired token": (faults.EXPIRED_TOKEN, errors.AuthenticationError),
    "empty": (faults.EMPTY, errors.IncompleteResponseError),
    "not json": (faults.NOT_JSON, errors.IncompleteResponseError),
    "cut body": (faults.CUT_BODY, errors.IncompleteResponseError),
    "hang": (faults.HANG, errors.RequestTimeoutError),
    "drop": (faults.DROP, errors.ConnectionLostError),
}
# boto3 takes what it can't read for an answer with no members.
SEARCH_OUTCOMES = {
    "throttling": "ThrottlingException",
    "internal": "InternalServiceException",
    "unavailable": "503",
    "access denied": "AccessDeniedException",
    "not found": "ResourceNotFoundException",
    "invalid": "ValidationException",
    "expired token": "ExpiredTokenException",
    "empty": None,
    "not json": None,
    "cut body": None,
    "hang": "ReadTimeoutError",
    "drop": "ConnectionClosedError",
}


def search_outcome(client: "BraketClient") -> list[str] | str | None:
    """
    Search for every job, and return the ARNs, None where the answer has no jobs in it, or the error's code or name.
    """
    try:
        answer: dict[str, Any] = {**client.search_jobs(filters=[])}
    except ClientError as error:
        return error.response["Error"]["Code"]
    except BotoCoreError as error:
        return type(error).__name__
    return [job["jobArn"] for job in answer["jobs"]] if "jobs" in answer else None
