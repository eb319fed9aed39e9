"""
What an exception out of botocore means in the words of `braket_jobs.errors.tree`.

Anything may come out of a client's `get_job`: a ClientError with a code, a BotoCoreError, or a bare Python exception
that botocore let through. The order of the decision is always the same: a wrong setting; then where in botocore it
happened, because a refusal by STS while signing is about credentials, however it looks; then the code of the answer,
its status, or the exception's class.

An exception that is neither botocore's nor came out of botocore is nobody's fault but its author's: a bug in a fake
client or in an event handler, MemoryError, an unmet expectation of botocore's Stubber. For these there is no
translation, and the caller lets them pass as they are.
"""

import re
from collections.abc import Mapping
from typing import Any

import attrs

from braket_jobs._aws.classes import (
    code_name,
    is_about_settings,
    kind_of_answer,
    kind_of_exception,
    may_be_retried,
    wrapped,
)
from braket_jobs._aws.hints import hint_for
from braket_jobs._aws.messages import proxy_status, words_of
from braket_jobs._aws.origin import Room, origin, parsed_answer
from braket_jobs._aws.redaction import redacted
from braket_jobs._aws.validation import validation_details
from braket_jobs._wire.metadata import request_id_of, retry_after_of, status_code_of
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors.tree import (
    BraketJobsError,
    ConfigurationError,
    CredentialsError,
    IncompleteResponseError,
    InvalidResponseError,
    ServiceError,
    TLSError,
    ValidationError,
)

_FIRST_REFUSAL = 300
_FIRST_SERVER_ERROR = 500
_SIGN_IN = frozenset(
    {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "CreateToken", "GetRoleCredentials"}
)
_ROOM_MEANS = {Room.CREDENTIALS: CredentialsError, Room.CONFIGURATION: ConfigurationError}
_BROKEN_TLS = re.compile(r"EOF occurred|UNEXPECTED_EOF|BAD_RECORD_MAC|DECRYPTION_FAILED")


@attrs.frozen
class _Answer:
    """
    What the service answered, as far as there was an answer.
    """

    response: Mapping[str, Any]
    status: int | None
    code: str | None

    @classmethod
    def to(cls, error: Exception) -> "_Answer":
        response = mapping(getattr(error, "response", None)) or parsed_answer(error)
        status = status_code_of(response)
        return cls(response, status, code_name(mapping(response.get("Error")).get("Code"), status))


def translate(error: Exception, *, job_arn: str, client_region: str | None, attempts: int) -> BraketJobsError | None:
    """
    Return the error of ours that `error` means. The caller raises it `from error`.

    Args:
        error: Whatever building a client or its `get_job` raised.
        job_arn: The ARN that was asked for.
        client_region: The region the client asks, or None if that isn't known.
        attempts: How many HTTP requests were made for this call.

    Returns:
        The error, with everything `error` tells; or None if `error` is not botocore's and should pass as it is.
    """
    answer = _Answer.to(error)
    kind = _kind(error, answer)
    if kind is None:
        return None
    words = words_of(error, answer.response)
    seen_status = answer.status or proxy_status(error)
    return kind(
        words,
        job_arn,
        answer.code and redacted(answer.code),
        answer.status,
        request_id_of(answer.response),
        attempts,
        _is_retryable(kind, error),
        retry_after_of(answer.response),
        hint_for(kind, error, words, answer.code, seen_status, job_arn, client_region),
        *(validation_details(answer.response) if kind is ValidationError else ()),
    )


def _kind(error: Exception, answer: _Answer) -> type[BraketJobsError] | None:
    room = origin(error)
    by_class = kind_of_exception(error)
    if isinstance(error, MemoryError):
        return None
    if is_about_settings(error):
        return ConfigurationError
    if room in _ROOM_MEANS:
        return _ROOM_MEANS[room]
    if by_class is ServiceError:
        return _kind_of_refusal(error, answer)
    return _kind_of_leak(error, answer) if room is Room.RESPONSE else by_class


def _kind_of_refusal(error: Exception, answer: _Answer) -> type[BraketJobsError]:
    if getattr(error, "operation_name", None) in _SIGN_IN:
        return CredentialsError
    return kind_of_answer(answer.code, answer.status)


def _kind_of_leak(error: Exception, answer: _Answer) -> type[BraketJobsError]:
    if (answer.status or 0) >= _FIRST_REFUSAL:
        return kind_of_answer(answer.code, answer.status)
    # A body that was cut inside a character is the one cut that botocore's parser notices.
    was_cut = isinstance(error, UnicodeDecodeError) and error.reason == "unexpected end of data"
    return IncompleteResponseError if was_cut else InvalidResponseError


def _is_retryable(kind: type[BraketJobsError], error: BaseException) -> bool:
    refused = proxy_status(error)
    if refused is not None:
        return refused >= _FIRST_SERVER_ERROR
    broke = kind is TLSError and _BROKEN_TLS.search(str(wrapped(error))) is not None
    return broke or may_be_retried(kind)
