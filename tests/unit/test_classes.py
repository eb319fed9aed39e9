"""
The tables: code before status, class names along the MRO.
"""

import botocore.exceptions as bc
import pytest
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import ClosedPoolError, InvalidHeader

from braket_jobs._aws.classes import RETRYABLE, code_name, is_about_settings, kind_of_answer, kind_of_exception
from braket_jobs.errors.tree import (
    AccessDeniedError,
    AuthenticationError,
    BraketJobsError,
    ConfigurationError,
    ConnectError,
    ConnectionLostError,
    CredentialsError,
    IncompleteResponseError,
    InternalServiceError,
    InvalidResponseError,
    JobNotFoundError,
    RequestTimeoutError,
    ServiceError,
    ServiceUnavailableError,
    ThrottlingError,
    TLSError,
    ValidationError,
)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("ResourceNotFoundException", 404, JobNotFoundError),
        ("ResourceNotFoundException", 500, JobNotFoundError),
        ("AccessDeniedException", 403, AccessDeniedError),
        ("AccessDenied", 400, AccessDeniedError),
        ("ExpiredToken", 403, AuthenticationError),
        ("ExpiredTokenException", 400, AuthenticationError),
        ("ValidationException", 400, ValidationError),
        ("ThrottlingException", 429, ThrottlingError),
        ("ThrottlingException", 400, ThrottlingError),
        ("SlowDown", 503, ThrottlingError),
        ("InternalServiceException", 500, InternalServiceError),
        ("RequestTimeoutException", 400, ServiceUnavailableError),
        ("ServiceUnavailable", 503, ServiceUnavailableError),
    ],
)
def test_a_known_code_decides_whatever_the_status(code: str, status: int, kind: type[ServiceError]) -> None:
    """
    A code in the table means its class, with any status.
    """
    found = kind_of_answer(code, status)

    assert found is kind


@pytest.mark.parametrize("code", [None, "SomethingNewException"])
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (None, ServiceError),
        (302, ServiceError),
        (400, ServiceError),
        (401, AuthenticationError),
        (403, AccessDeniedError),
        (404, ServiceError),
        (408, ServiceUnavailableError),
        (409, ServiceError),
        (429, ThrottlingError),
        (500, InternalServiceError),
        (501, ServiceError),
        (502, ServiceUnavailableError),
        (503, ServiceUnavailableError),
        (504, ServiceUnavailableError),
        (505, ServiceError),
        (509, ServiceUnavailableError),
        (599, ServiceUnavailableError),
    ],
)
def test_the_status_decides_where_the_code_says_nothing(
    code: str | None, status: int | None, kind: type[ServiceError]
) -> None:
    """
    Without a code, or with an unknown one, the status means a class; 404 does not mean a missing job.
    """
    found = kind_of_answer(code, status)

    assert found is kind


@pytest.mark.parametrize(
    ("code", "status", "name"),
    [
        ("ThrottlingException", 429, "ThrottlingException"),
        ("com.amazonaws#ThrottlingException", 429, "ThrottlingException"),
        ("ThrottlingException:http://internal.amazon.com/", 429, "ThrottlingException"),
        ("com.amazonaws#braket#SlowDown:http://internal:80#a", 429, "SlowDown"),
        ("SlowDown, SlowDown", 429, "SlowDown"),
        ("404", 404, None),
        (404, 404, None),
        (17, 500, "17"),
        ("", 500, None),
        ("Unknown", 300, None),
        (None, 500, None),
        (True, 500, None),
        ({"a": 1}, 500, None),
        (["SlowDown"], 500, None),
        ("x" * 5000, 400, "x" * 128),
    ],
)
def test_a_code_is_a_name_or_nothing(code: object, status: int, name: str | None) -> None:
    """
    Name spaces, URLs and repeated statuses are no part of a code, and it is bounded.
    """
    found = code_name(code, status)

    assert found == name


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (bc.EndpointConnectionError(endpoint_url="u"), ConnectError),
        (bc.ConnectionError(error=OSError()), ConnectError),
        (bc.ProxyConnectionError(proxy_url="u"), ConnectError),
        (bc.ConnectTimeoutError(endpoint_url="u"), RequestTimeoutError),
        (bc.ReadTimeoutError(endpoint_url="u"), RequestTimeoutError),
        (bc.ConnectionClosedError(endpoint_url="u"), ConnectionLostError),
        (bc.ResponseStreamingError(error="e"), ConnectionLostError),
        (bc.IncompleteReadError(actual_bytes=1, expected_bytes=2), ConnectionLostError),
        (bc.SSLError(endpoint_url="u", error=OSError()), TLSError),
        (bc.HTTPClientError(error="e"), ConfigurationError),
        (bc.HTTPClientError(error=InvalidHeader("two lengths")), ConnectionLostError),
        (bc.HTTPClientError(error=ClosedPoolError(HTTPConnectionPool("x"), "closed")), ConnectionLostError),
        (bc.ConnectionError(error=InvalidHeader("two lengths")), ConnectError),
        (bc.NoCredentialsError(), CredentialsError),
        (bc.UnauthorizedSSOTokenError(), CredentialsError),
        (bc.MetadataRetrievalError(error_msg="e"), CredentialsError),
        (bc.ParamValidationError(report="r"), ConfigurationError),
        (bc.ClientError({}, "GetJob"), ServiceError),
        (bc.UnStubbedResponseError(operation_name="GetJob", reason="r"), None),
        (bc.StubAssertionError(operation_name="GetJob", reason="r"), None),
        (TypeError("a bug"), None),
    ],
)
def test_an_exception_means_what_its_nearest_known_parent_means(
    error: Exception, kind: type[BraketJobsError] | None
) -> None:
    """
    Exceptions are found along the MRO; what isn't botocore's, or its Stubber's, means nothing.
    """
    found = kind_of_exception(error)

    assert found is kind


def test_a_new_subclass_means_what_its_parent_means() -> None:
    """
    A class that a later botocore adds is understood by its parent.
    """

    class NewError(bc.ConnectionClosedError):
        pass

    found = kind_of_exception(NewError(endpoint_url="u"))

    assert found is ConnectionLostError


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (bc.NoRegionError(), True),
        (bc.InvalidRegionError(region_name="a b"), True),
        (bc.InvalidRetryModeError(retry_mode="x", provided_retry_mode="x", valid_modes="y"), True),
        (bc.NoCredentialsError(), False),
        (ValueError("no"), False),
    ],
)
def test_a_wrong_setting_is_told_by_its_class(error: Exception, *, expected: bool) -> None:
    """
    The classes about settings are known, and their subclasses with them.
    """
    found = is_about_settings(error)

    assert found is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ConnectError, True),
        (ConnectionLostError, True),
        (RequestTimeoutError, True),
        (ThrottlingError, True),
        (InternalServiceError, True),
        (ServiceUnavailableError, True),
        (IncompleteResponseError, True),
        (TLSError, False),
        (InvalidResponseError, False),
        (ServiceError, False),
        (JobNotFoundError, False),
        (AccessDeniedError, False),
        (AuthenticationError, False),
        (ValidationError, False),
        (ConfigurationError, False),
        (CredentialsError, False),
    ],
)
def test_only_what_may_pass_is_retried(kind: type[BraketJobsError], *, expected: bool) -> None:
    """
    Each class is retryable or not.
    """
    found = issubclass(kind, RETRYABLE)

    assert found is expected
