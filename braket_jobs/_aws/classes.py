"""
The tables: which error of ours a service code, an HTTP status or an exception class of botocore means.

Codes decide before statuses, because a bare 404 is a wrong endpoint and no missing job. A code's ending ``Exception``
is left off on both sides of a look-up: AWS uses either form. Exception classes are looked up by name, for not every
supported botocore has them all, and along the MRO, so that a new subclass means what its parent means.
"""

from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors import tree

_SERVER_ERRORS = range(500, 1000)

_CODES: dict[type[tree.ServiceError], str] = {
    tree.JobNotFoundError: "ResourceNotFound",
    tree.AccessDeniedError: "AccessDenied OptInRequired SubscriptionRequired UnauthorizedOperation",
    tree.AuthenticationError: (
        "AuthFailure ExpiredToken IncompleteSignature InvalidAccessKeyId InvalidClientTokenId InvalidSignature"
        " MissingAuthenticationToken MissingSignature RequestExpired RequestTimeTooSkewed SignatureDoesNotMatch"
        " UnrecognizedClient"
    ),
    tree.ValidationError: "Validation ValidationError",
    # botocore's list (retries/standard.py, ThrottledRetryableChecker), whose completeness a contract test checks
    tree.ThrottlingError: (
        "BandwidthLimitExceeded EC2Throttled LimitExceeded PriorRequestNotComplete ProvisionedThroughputExceeded"
        " RequestLimitExceeded RequestThrottled SlowDown Throttled Throttling TooManyRequests TransactionInProgress"
    ),
    tree.InternalServiceError: "InternalError InternalFailure InternalServer InternalServerError InternalService",
    tree.ServiceUnavailableError: "RequestTimeout ServiceUnavailable",
}
_BY_CODE = {code: kind for kind, codes in _CODES.items() for code in codes.split()}

_BY_STATUS: dict[int, type[tree.ServiceError]] = {
    401: tree.AuthenticationError,
    403: tree.AccessDeniedError,
    408: tree.ServiceUnavailableError,
    429: tree.ThrottlingError,
    500: tree.InternalServiceError,
    501: tree.ServiceError,
    505: tree.ServiceError,
}

_CLASSES: dict[type[tree.BraketJobsError], str] = {
    tree.ConfigurationError: "BotoCoreError HTTPClientError",
    tree.ConnectError: "ConnectionError EndpointConnectionError ProxyConnectionError",
    tree.ConnectionLostError: "ConnectionClosedError IncompleteReadError ResponseStreamingError",
    tree.CredentialsError: (
        "CredentialRetrievalError LoginError MetadataRetrievalError NoAuthTokenError NoCredentialsError"
        " PartialCredentialsError RefreshWithMFAUnsupportedError SSOError TokenRetrievalError UnknownCredentialError"
        " UnknownTokenProviderError"
    ),
    tree.RequestTimeoutError: "ConnectTimeoutError ReadTimeoutError",
    tree.ServiceError: "ClientError",
    tree.TLSError: "SSLError",
}
_BY_CLASS = {name: kind for kind, names in _CLASSES.items() for name in names.split()}
# What botocore wraps into a bare HTTPClientError, where that is not about a setting: another thread closed the client,
# or the answer has two Content-Lengths.
_BY_WRAPPED = dict.fromkeys(["ClosedPoolError", "InvalidHeader"], tree.ConnectionLostError)
_SETTINGS = (
    "ConfigNotFound ConfigParseError EndpointProviderError InvalidDefaultsMode InvalidEndpointConfigurationError"
    " InvalidIMDSEndpointError InvalidIMDSEndpointModeError InvalidProxiesConfigError InvalidRegionError"
    " InvalidRetryConfigurationError NoRegionError ProfileNotFound UnknownSignatureVersionError"
    " UnsupportedSignatureVersionError"
)
_ABOUT_SETTINGS = frozenset(_SETTINGS.split())

# What is worth another request, unless its details say otherwise.
RETRYABLE = (
    tree.ConnectError,
    tree.ConnectionLostError,
    tree.IncompleteResponseError,
    tree.RequestTimeoutError,
    tree.ServiceUnavailableError,
    tree.ThrottlingError,
)


def code_name(code: object, status: int | None) -> str | None:
    """
    Return the service's own code out of what botocore calls one, or None where that is only the status again.

    `code` may be text, a number, nothing, or anything that a proxy put in its place.
    """
    if not isinstance(code, str | int) or isinstance(code, bool):
        return None
    first = str(code).split(",", 1)[0]  # of a header that came twice
    name = first.split(":", 1)[0].rsplit("#", 1)[-1].strip()
    return None if name in {"", "Unknown", str(status)} else name[:128]


def kind_of_answer(code: str | None, status: int | None) -> type[tree.ServiceError]:
    """
    Return the class for an answer with this code and status; the code decides, if it says anything.
    """
    by_code = _BY_CODE.get(code.removesuffix("Exception")) if code else None
    fallback = tree.ServiceUnavailableError if status in _SERVER_ERRORS else tree.ServiceError
    return by_code or _BY_STATUS.get(status or 0, fallback)


def kind_of_exception(error: BaseException) -> type[tree.BraketJobsError] | None:
    """
    Return the class for an exception of botocore; None for one that isn't botocore's, or comes from its Stubber.
    """
    names = botocore_names(error)
    if "StubResponseError" in names:
        return None
    by_wrapped = _BY_WRAPPED.get(type(wrapped(error)).__name__) if names[:1] == ["HTTPClientError"] else None
    return by_wrapped or next((_BY_CLASS[name] for name in names if name in _BY_CLASS), None)


def wrapped(error: BaseException) -> object:
    """
    Return the exception that botocore wrapped into `error`, or None.
    """
    return mapping(getattr(error, "kwargs", None)).get("error")


def is_about_settings(error: BaseException) -> bool:
    """
    Return whether `error` is about a wrong setting, wherever in botocore it shows itself.
    """
    return not _ABOUT_SETTINGS.isdisjoint(botocore_names(error))


def botocore_names(error: BaseException) -> list[str]:
    """
    Return the names of the classes of botocore's that `error` is of, the nearest first.
    """
    return [parent.__name__ for parent in type(error).__mro__ if parent.__module__ == "botocore.exceptions"]
