"""
The tables: which error of ours a service code, an HTTP status or an exception class of botocore means.

Codes decide before statuses, because a bare 404 is a wrong endpoint and no missing job. A code's ending ``Exception``
is left off on both sides of a look-up: AWS uses either form. Exception classes are looked up by name, for not every
supported botocore has them all, and along the MRO, so that a new subclass means what its parent means.

Data and look-ups only; what is done with a verdict is the business of `faults`.
"""

from braket_jobs._wire.untrusted import mapping
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
    JobNotFoundError,
    RequestTimeoutError,
    ServiceError,
    ServiceUnavailableError,
    ThrottlingError,
    TLSError,
    ValidationError,
)

_SERVER_ERRORS = range(500, 1000)

_CODES: dict[type[ServiceError], str] = {
    JobNotFoundError: "ResourceNotFound",
    AccessDeniedError: "AccessDenied OptInRequired SubscriptionRequired UnauthorizedOperation",
    AuthenticationError: (
        "AuthFailure ExpiredToken IncompleteSignature InvalidAccessKeyId InvalidClientTokenId InvalidSignature"
        " MissingAuthenticationToken MissingSignature RequestExpired RequestTimeTooSkewed SignatureDoesNotMatch"
        " UnrecognizedClient"
    ),
    ValidationError: "Validation ValidationError",
    # botocore's list (retries/standard.py, ThrottledRetryableChecker), whose completeness a contract test checks
    ThrottlingError: (
        "BandwidthLimitExceeded EC2Throttled LimitExceeded PriorRequestNotComplete ProvisionedThroughputExceeded"
        " RequestLimitExceeded RequestThrottled SlowDown Throttled Throttling TooManyRequests TransactionInProgress"
    ),
    InternalServiceError: "InternalError InternalFailure InternalServer InternalServerError InternalService",
    ServiceUnavailableError: "RequestTimeout ServiceUnavailable",
}
_BY_CODE = {code: kind for kind, codes in _CODES.items() for code in codes.split()}

_BY_STATUS: dict[int, type[ServiceError]] = {
    401: AuthenticationError,
    403: AccessDeniedError,
    408: ServiceUnavailableError,
    429: ThrottlingError,
    500: InternalServiceError,
    501: ServiceError,
    505: ServiceError,
}

_CLASSES: dict[type[BraketJobsError], str] = {
    ConfigurationError: "BotoCoreError HTTPClientError",
    ConnectError: "ConnectionError EndpointConnectionError ProxyConnectionError",
    ConnectionLostError: "ConnectionClosedError IncompleteReadError ResponseStreamingError",
    CredentialsError: (
        "CredentialRetrievalError LoginError MetadataRetrievalError NoAuthTokenError NoCredentialsError"
        " PartialCredentialsError RefreshWithMFAUnsupportedError SSOError TokenRetrievalError UnknownCredentialError"
        " UnknownTokenProviderError"
    ),
    RequestTimeoutError: "ConnectTimeoutError ReadTimeoutError",
    ServiceError: "ClientError",
    TLSError: "SSLError",
}
_BY_CLASS = {name: kind for kind, names in _CLASSES.items() for name in names.split()}
# What botocore wraps into a bare HTTPClientError, where that is not about a setting.
_BY_WRAPPED: dict[str, type[BraketJobsError]] = {
    "ClosedPoolError": ConnectionLostError,  # another thread closed the client
    "InvalidHeader": ConnectionLostError,  # two Content-Lengths in the answer
}
_SETTINGS = (
    "ConfigNotFound ConfigParseError EndpointProviderError InvalidDefaultsMode InvalidEndpointConfigurationError"
    " InvalidIMDSEndpointError InvalidIMDSEndpointModeError InvalidProxiesConfigError InvalidRegionError"
    " InvalidRetryConfigurationError NoRegionError ProfileNotFound UnknownSignatureVersionError"
    " UnsupportedSignatureVersionError"
)
_ABOUT_SETTINGS = frozenset(_SETTINGS.split())
_UNTOUCHED = frozenset({"StubResponseError"})

_RETRYABLE = (
    ConnectError,
    ConnectionLostError,
    IncompleteResponseError,
    RequestTimeoutError,
    ServiceUnavailableError,
    ThrottlingError,
)


def code_name(code: object, status: int | None) -> str | None:
    """
    Return the service's own code out of what botocore calls one, or None where that is only the status again.

    Args:
        code: ``Error.Code`` as it came: text, a number, nothing, or anything a proxy put in its place.
        status: The HTTP status that came with it.
    """
    if not isinstance(code, str | int) or isinstance(code, bool):
        return None
    name = str(code).split(":", 1)[0].rsplit("#", 1)[-1].strip()
    return None if name in {"", "Unknown", str(status)} else name[:128]


def kind_of_answer(code: str | None, status: int | None) -> type[ServiceError]:
    """
    Return the class for an answer with this code and status; the code decides, if it says anything.
    """
    by_code = _BY_CODE.get(code.removesuffix("Exception")) if code else None
    fallback = ServiceUnavailableError if status in _SERVER_ERRORS else ServiceError
    return by_code or _BY_STATUS.get(status or 0, fallback)


def kind_of_exception(error: BaseException) -> type[BraketJobsError] | None:
    """
    Return the class for an exception of botocore; None for one that isn't botocore's, or comes from its Stubber.
    """
    names = _botocore_names(error)
    if _UNTOUCHED.intersection(names):
        return None
    if type(error).__name__ == "HTTPClientError" and type(wrapped(error)).__name__ in _BY_WRAPPED:
        return _BY_WRAPPED[type(wrapped(error)).__name__]
    return next((_BY_CLASS[name] for name in names if name in _BY_CLASS), None)


def wrapped(error: BaseException) -> object:
    """
    Return the exception that botocore wrapped into `error`, or None.
    """
    return mapping(getattr(error, "kwargs", None)).get("error")


def is_about_settings(error: BaseException) -> bool:
    """
    Return whether `error` is about a wrong setting, wherever in botocore it shows itself.
    """
    return bool(_ABOUT_SETTINGS.intersection(_botocore_names(error)))


def may_be_retried(kind: type[BraketJobsError]) -> bool:
    """
    Return whether errors of this class are worth another request, unless their details say otherwise.
    """
    return issubclass(kind, _RETRYABLE)


def _botocore_names(error: BaseException) -> list[str]:
    return [parent.__name__ for parent in type(error).__mro__ if parent.__module__ == "botocore.exceptions"]
