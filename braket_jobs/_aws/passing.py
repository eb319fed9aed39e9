"""
What may pass by itself, so that another try is worth it.

Mostly the class of an error says so. A handshake and a proxy tell more by their details; and whoever gives out
credentials fails like any other service: what didn't answer, or asked for patience, may do better in a moment. A
refusal, and credentials that are missing or have expired, stay as they are.
"""

import re

from botocore.exceptions import CredentialRetrievalError, MetadataRetrievalError

from braket_jobs._aws import classes
from braket_jobs._aws.messages import proxy_status
from braket_jobs._aws.origin import renews_good_keys
from braket_jobs.errors import tree

_FIRST_SERVER_ERROR = 500
_BROKEN_TLS = re.compile(r"EOF occurred|UNEXPECTED_EOF|BAD_RECORD_MAC|DECRYPTION_FAILED")
_REFUSED_METADATA = re.compile(r"non 200 response (\d{3})")
_IDENTITY_PROVIDER_DOWN = "IDPCommunicationError"  # STS could not reach it; botocore retries this too


def may_pass(kind: type[tree.BraketJobsError], error: BaseException, code: str | None, status: int | None) -> bool:
    """
    Return whether the same call may succeed later, after `error`, which means `kind`.
    """
    refused = proxy_status(error)
    if refused is not None:
        return refused >= _FIRST_SERVER_ERROR
    if kind is tree.CredentialsError:
        return _credentials_may_come(error, code, status)
    broke = kind is tree.TLSError and _BROKEN_TLS.search(str(classes.wrapped(error))) is not None
    return broke or issubclass(kind, classes.RETRYABLE)


def _credentials_may_come(error: BaseException, code: str | None, status: int | None) -> bool:
    metadata = error.__context__ if isinstance(error, CredentialRetrievalError) else error
    if isinstance(metadata, MetadataRetrievalError):
        refused = _REFUSED_METADATA.search(str(metadata))
        return refused is None or _is_worth_another(None, int(refused[1]))
    kind = classes.kind_of_exception(error)
    if kind is tree.ServiceError or status is not None:
        return code == _IDENTITY_PROVIDER_DOWN or _is_worth_another(code, status)
    if kind is None or isinstance(error, CredentialRetrievalError):  # a program's, or anybody's, that worked before
        return renews_good_keys(error)
    return kind is not tree.CredentialsError and may_pass(kind, error, code, status)


def _is_worth_another(code: str | None, status: int | None) -> bool:
    return issubclass(classes.kind_of_answer(code, status), classes.RETRYABLE)
