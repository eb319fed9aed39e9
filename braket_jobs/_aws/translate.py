"""
What an exception out of botocore means in the words of `braket_jobs.errors`; the entrance to all that tells it.

Anything may come out of a client's methods: a ClientError with a code, a BotoCoreError, or a bare Python exception that
botocore let through. The order of the decision is always the same: a wrong setting; then where in botocore it happened,
because a refusal by STS while signing is about credentials, however it looks; then the code of the answer, its status,
or the exception's class.

What is neither botocore's nor came out of botocore has no translation: a bug in a fake client or in an event handler,
another operation's refusal in one, MemoryError, an unmet expectation of botocore's Stubber.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from braket_jobs._aws import classes
from braket_jobs._aws.hints import hint_for
from braket_jobs._aws.messages import proxy_status, words_of
from braket_jobs._aws.origin import Part, origin, parsed_answer, unread_body
from braket_jobs._aws.passing import may_pass
from braket_jobs._aws.redaction import redacted
from braket_jobs._aws.validation import validation_details
from braket_jobs._wire.metadata import request_id_of, retry_after_of, status_code_of
from braket_jobs._wire.structure import job_from_document, page_from_document
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors import tree
from braket_jobs.errors.asked import Asked

_FIRST_REFUSAL = 300
_READERS: Mapping[str, Callable[[Any], object]] = {"GetJob": job_from_document, "SearchJobs": page_from_document}
_SIGN_IN = frozenset(
    {
        *("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"),
        *("CreateOAuth2Token", "CreateToken", "GetRoleCredentials"),
    }
)


def translate(
    error: Exception, asked: Asked, *, client_region: str | None, attempts: int
) -> tree.BraketJobsError | None:
    """
    Return the error of ours that `error` means. The caller raises it `from error`.

    Args:
        error: Whatever building a client or calling it raised.
        asked: What was asked for.
        client_region: The region the client asks, or None if that isn't known.
        attempts: How many HTTP requests were made for this call.

    Returns:
        The error, with everything `error` tells; or None if `error` should pass as it is.
    """
    part = origin(error)
    response = mapping(getattr(error, "response", None)) or parsed_answer(error, part)
    status = status_code_of(response)
    code = classes.code_name(mapping(response.get("Error")).get("Code"), status)
    kind = _kind(error, asked.operation, part, code, status)
    if kind is None:
        return None
    words = words_of(error, part, response)
    retryable = may_pass(kind, error, code, status)
    answered = status or proxy_status(error)
    hint = hint_for(kind, error, response, words, code, answered, asked, client_region, retryable=retryable)
    translated = kind(
        words,
        asked.job_arn,
        code and redacted(code),
        status,
        request_id_of(response),
        attempts,
        retryable,
        retry_after_of(response),
        hint,
        asked.operation,
        asked.subject,
        *(validation_details(response) if kind is tree.ValidationError else ()),
    )
    if isinstance(translated, tree.InvalidResponseError):
        return _with_path(translated, _READERS[asked.operation], unread_body(error))
    return translated


def _kind(
    error: Exception, asked: str, part: Part | None, code: str | None, status: int | None
) -> type[tree.BraketJobsError] | None:
    if isinstance(error, MemoryError):
        return None
    if classes.is_about_settings(error) or part is Part.CONFIGURATION:
        return tree.ConfigurationError
    by_class = classes.kind_of_exception(error)
    is_refusal = by_class is tree.ServiceError
    operation = getattr(error, "operation_name", None)
    refused = operation if is_refusal and isinstance(operation, str) else asked
    if part is Part.CREDENTIALS or refused in _SIGN_IN:
        return tree.CredentialsError
    if is_refusal or (part is Part.RESPONSE and (status or 0) >= _FIRST_REFUSAL):
        is_ours = refused.replace("_", "").lower() == asked.lower()  # a fake may say get_job
        return classes.kind_of_answer(code, status) if is_ours else None
    if part is not Part.RESPONSE:
        return by_class
    # A body that was cut inside a character is the one cut that botocore's parser notices.
    was_cut = isinstance(error, UnicodeDecodeError) and error.reason == "unexpected end of data"
    return tree.IncompleteResponseError if was_cut else tree.InvalidResponseError


def _with_path(error: tree.InvalidResponseError, read: Callable[[Any], object], body: Any) -> tree.InvalidResponseError:
    """
    Return `error`, with the path of what is wrong in `body` if `read` can tell it.

    botocore's parser stumbles over a member of the wrong type without saying which; our conversion says it.
    """
    try:
        read(json.loads(body))
    except tree.InvalidResponseError as told:
        if told.path is not None:
            return attrs.evolve(error, message=told.message, path=told.path, problems=told.problems)
    except (TypeError, ValueError, RecursionError):  # it is no document
        pass
    return error
