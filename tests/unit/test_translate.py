"""
What becomes of an exception of botocore's: class, words, hint. Over sockets, `tests/faults` asks the same and more.
"""

import json
import pickle
from typing import Any

import boto3
import botocore.exceptions
import pytest
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    HTTPClientError,
    InvalidConfigError,
    NoRegionError,
    ProfileNotFound,
    ProxyConnectionError,
    SSLError,
    SSOTokenLoadError,
    StubAssertionError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)
from botocore.session import get_session
from botocore.stub import Stubber
from support.answers import KEY, KEY_ID, SESSION, a_client, client_answering, failure_of
from support.samples import REAL_ARN

from braket_jobs._aws.translate import translate
from braket_jobs.errors.asked import Asked
from braket_jobs.errors.failure import ProgramSetValidationFailure
from braket_jobs.errors.tree import (
    AccessDeniedError,
    AuthenticationError,
    BraketJobsError,
    ConfigurationError,
    ConnectError,
    CredentialsError,
    IncompleteResponseError,
    InternalServiceError,
    InvalidResponseError,
    JobNotFoundError,
    ServiceError,
    ServiceUnavailableError,
    TLSError,
    ValidationError,
)


def _translated(error: Exception, client_region: str | None = "us-east-1", attempts: int = 1) -> BraketJobsError:
    ours = translate(error, Asked(job_arn=REAL_ARN), client_region=client_region, attempts=attempts)
    assert ours is not None
    return ours


def _refused(status: int, code: str, message: object = "no", **members: object) -> BraketJobsError:
    body = json.dumps({"__type": code, "message": message, **members}).encode()
    return _translated(failure_of(client_answering(status, body, {"x-amzn-RequestId": "r-1"})))


def _client_error(response: Any, operation: str = "GetJob") -> ClientError:
    return ClientError(response, operation)


def test_a_refusal_keeps_everything_it_tells() -> None:
    """
    Code, status, request id, hint of when to come back, attempts and the service's words arrive on the error.
    """
    headers = {"X-Amzn-RequestId": "r-1", "Retry-After": "2"}
    client = client_answering(500, b'{"__type": "InternalServiceException", "message": "sorry"}', headers)

    error = _translated(failure_of(client), attempts=3)

    assert type(error) is InternalServiceError
    assert (error.message, error.job_arn, error.code) == ("sorry", REAL_ARN, "InternalServiceException")
    assert (error.status_code, error.request_id, error.retry_after) == (500, "r-1", 2.0)
    assert (error.attempts, error.retryable, error.hint) == (3, True, None)


def test_a_validation_error_brings_reason_and_failures() -> None:
    """
    What the model has at the top of the exception's response is on the error.
    """
    failures = [{"programIndex": 0, "inputsIndex": 1, "errors": ["bad gate"]}, {"programIndex": 2}]
    details = {"reason": "ProgramSet", "programSetValidationFailures": failures}

    error = _translated(_client_error({"Error": {"Code": "ValidationException"}, **details}))

    assert isinstance(error, ValidationError)
    assert error.reason == "ProgramSet"
    assert error.program_set_validation_failures == (
        ProgramSetValidationFailure(program_index=0, inputs_index=1, errors=("bad gate",)),
        ProgramSetValidationFailure(program_index=2),
    )


@pytest.mark.parametrize(
    ("details", "reason", "failures"),
    [
        ({"reason": 5, "programSetValidationFailures": "x"}, None, ()),
        ({"programSetValidationFailures": [5, None, {"programIndex": "1"}, {"programIndex": True}]}, None, ()),
        (
            {"programSetValidationFailures": [{"programIndex": 1, "inputsIndex": "2", "errors": [5, "e"]}]},
            None,
            (ProgramSetValidationFailure(program_index=1, errors=("e",)),),
        ),
        (
            {"programSetValidationFailures": [{"programIndex": 1, "errors": "e"}]},
            None,
            (ProgramSetValidationFailure(program_index=1),),
        ),
    ],
)
def test_malformed_validation_details_are_left_out(
    details: dict[str, object], reason: str | None, failures: tuple[ProgramSetValidationFailure, ...]
) -> None:
    """
    Nothing guarantees the shapes in a ValidationException; what is not as modelled is not shown.
    """
    error = _translated(_client_error({"Error": {"Code": "ValidationException"}, **details}))

    assert isinstance(error, ValidationError)
    assert error.reason == reason
    assert error.program_set_validation_failures == failures


@pytest.mark.parametrize("message", [None, {"a": 1}, 5, ["x"]])
def test_a_message_that_is_no_text_is_none(message: object) -> None:
    """
    Whatever JSON stands in place of the message, the error has a message that is text.
    """
    error = _refused(404, "ResourceNotFoundException", message)

    assert type(error) is JobNotFoundError
    assert error.message == ""


@pytest.mark.parametrize("body", [b"[]", b'"sorry"', b"null", b"5", b"\xff\xfe", b'{"__type": 5}'])
def test_a_refusal_that_botocore_cannot_parse_is_judged_by_its_status(body: bytes) -> None:
    """
    A 503 with a body that crashes the parser is a 503 all the same.
    """
    error = _translated(failure_of(client_answering(503, body, {"X-Amzn-RequestId": "r-1", "Retry-After": "2"})))

    assert type(error) is ServiceUnavailableError
    assert (error.retryable, error.status_code, error.request_id, error.retry_after) == (True, 503, "r-1", 2.0)


def test_a_crash_in_the_second_pass_of_the_parser_keeps_the_code() -> None:
    """
    A modelled error whose own fields are malformed is still that error.
    """
    error = _refused(400, "ValidationException", "too bad", programSetValidationFailures="x")

    assert type(error) is ValidationError
    assert (error.code, error.message) == ("ValidationException", "too bad")


@pytest.mark.parametrize("body", [b"[1]", b'"x"', b"5", b"\xff", b'{"createdAt": "Blursday"}', b'{"events": 5}'])
def test_an_answer_that_botocore_cannot_parse_is_invalid(body: bytes) -> None:
    """
    Bare exceptions out of the parser of a success become `InvalidResponseError`, not retried.
    """
    error = _translated(failure_of(client_answering(200, body)))

    assert type(error) is InvalidResponseError
    assert (error.retryable, error.status_code) == (False, 200)


def test_an_answer_cut_inside_a_character_is_incomplete() -> None:
    """
    The one cut that botocore's parser notices is told apart from other broken text, and retried.
    """
    error = _translated(failure_of(client_answering(200, '{"jobName": "é'.encode()[:-1])))

    assert type(error) is IncompleteResponseError
    assert error.retryable


def _credentials_fail() -> dict[str, str]:
    raise RuntimeError("the vault is closed")


def test_a_credential_provider_that_raises_means_credentials() -> None:
    """
    A bare exception that passed botocore's credentials is about them, and no request was made.
    """
    session = get_session()
    expired = RefreshableCredentials.create_from_metadata(
        {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": "2000-01-01T00:00:00Z"},
        _credentials_fail,
        "vault",
    )
    setattr(session, "_credentials", expired)  # noqa: B010  # there is no public way to set a provider's
    client = boto3.Session(botocore_session=session).client("braket", region_name="us-east-1")

    error = _translated(failure_of(client))

    assert type(error) is CredentialsError
    assert error.message == "the vault is closed"
    assert not error.retryable


def test_a_refusal_by_sts_means_credentials() -> None:
    """
    A ClientError of a sign-in operation is not an answer to GetJob, whatever its code.
    """
    refusal = _client_error({"Error": {"Code": "AccessDenied", "Message": "not you"}}, "AssumeRole")

    error = _translated(refusal)

    assert type(error) is CredentialsError
    assert (error.message, error.code) == ("not you", "AccessDenied")


@pytest.mark.parametrize(
    "operation",
    [
        *("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"),
        *("CreateOAuth2Token", "CreateToken", "GetRoleCredentials"),
    ],
)
def test_a_refused_sign_in_means_credentials(operation: str) -> None:
    """
    Each operation by which botocore signs in is known.
    """
    assert type(_translated(_client_error({"Error": {"Code": "InvalidGrantException"}}, operation))) is CredentialsError


@pytest.mark.parametrize("operation", ["GetSecretValue", "SearchJobs", "GetJobs", ""])
def test_a_refusal_of_another_operation_is_none_of_getjobs(operation: str) -> None:
    """
    What a handler or a client of the caller's own was refused passes as it is, whatever its code.
    """
    client = a_client()

    def fail(**_: object) -> None:
        raise _client_error({"Error": {"Code": "ResourceNotFoundException"}}, operation)

    client.meta.events.register("before-sign.braket.GetJob", fail)

    assert translate(failure_of(client), Asked(job_arn=REAL_ARN), client_region=None, attempts=1) is None


@pytest.mark.parametrize("operation", ["GetJob", "get_job", None, 5, ["GetJob"]])
def test_a_refusal_without_another_operation_is_getjobs(operation: Any) -> None:
    """
    A fake may name the method, or put anything in the operation's place.
    """
    refusal = _client_error({"Error": {"Code": "ResourceNotFoundException"}}, operation)

    assert type(_translated(refusal)) is JobNotFoundError


def test_a_refusal_without_an_operation_is_getjobs() -> None:
    """
    A fake's exception may lack what botocore's has.
    """
    refusal = _client_error({"Error": {"Code": "ResourceNotFoundException"}})
    del refusal.operation_name

    assert type(_translated(refusal)) is JobNotFoundError


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BRAKET"])
def test_a_bare_exception_from_the_settings_means_configuration(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """
    Botocore's ValueError about an endpoint is told by the module it passed.
    """
    monkeypatch.setenv(variable, "garbage")
    with pytest.raises(ValueError, match="garbage") as caught:
        boto3.Session().client("braket", region_name="us-east-1")

    error = _translated(caught.value)

    assert type(error) is ConfigurationError


_NOT_OURS = [
    TypeError("a bug in a fake client"),
    KeyError("x"),
    MemoryError(),
    StubAssertionError(operation_name="GetJob", reason="another ARN was expected"),
]


@pytest.mark.parametrize("error", _NOT_OURS, ids=repr)
def test_what_is_not_botocores_is_not_translated(error: Exception) -> None:
    """
    Bugs of fakes, memory and unmet expectations of a Stubber pass as they are.
    """
    ours = translate(error, Asked(job_arn=REAL_ARN), client_region=None, attempts=1)

    assert ours is None


def test_memory_that_ends_in_the_parser_is_not_translated() -> None:
    """
    MemoryError is never taken for a malformed answer.
    """
    client = client_answering(200, b"{}")

    def fail(**_: object) -> None:
        raise MemoryError

    client.meta.events.register("before-parse.braket.GetJob", fail)

    ours = translate(failure_of(client), Asked(job_arn=REAL_ARN), client_region=None, attempts=1)

    assert ours is None


@pytest.mark.parametrize(
    "event",
    [
        "provide-client-params.braket.GetJob",
        "before-endpoint-resolution.braket",
        "before-call.braket.GetJob",
        "request-created.braket.GetJob",
        "choose-signer.braket.GetJob",
        "before-sign.braket.GetJob",
        "before-send.braket.GetJob",
    ],
)
def test_an_event_handler_of_the_user_fails_as_itself(event: str) -> None:
    """
    What a handler registered on the client raises is its author's own, whatever botocore is doing then.
    """
    client = a_client()

    def fail(**_: object) -> None:
        raise LookupError("mine")

    client.meta.events.register(event, fail)

    ours = translate(failure_of(client), Asked(job_arn=REAL_ARN), client_region=None, attempts=1)

    assert ours is None


def test_an_event_handler_may_fail_in_botocores_words() -> None:
    """
    An exception of botocore's from a handler means what it always means, whatever botocore is doing then.
    """
    client = a_client()

    def fail(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://x")

    client.meta.events.register("before-sign.braket.GetJob", fail)

    error = _translated(failure_of(client))

    assert type(error) is ConnectError


def test_a_stubbed_refusal_is_translated() -> None:
    """
    Botocore's Stubber makes real ClientErrors, and they mean what they say.
    """
    client = a_client()
    with Stubber(client) as stubber:
        stubber.add_client_error("get_job", "ResourceNotFoundException", "gone", 404)
        error = _translated(failure_of(client))

    assert type(error) is JobNotFoundError
    assert error.message == "gone"


@pytest.mark.parametrize("response", [None, "x", {"Error": None}, {"Error": "x"}, {"ResponseMetadata": 5}, {}])
def test_a_shapeless_client_error_is_a_service_error(response: object) -> None:
    """
    A fake's ClientError may have any response; it is still a refusal.
    """
    refusal = _client_error({})
    refusal.response = response  # type: ignore[assignment]  # a fake's, on purpose

    error = _translated(refusal)

    assert type(error) is ServiceError
    assert (error.code, error.status_code, error.request_id) == (None, None, None)


@pytest.mark.parametrize(
    ("error", "kind", "retryable"),
    [
        (SSLError(endpoint_url="u", error=OSError("EOF occurred in violation of protocol (_ssl.c:1)")), TLSError, True),
        (SSLError(endpoint_url="u", error=OSError("[SSL: UNEXPECTED_EOF_WHILE_READING]")), TLSError, True),
        (SSLError(endpoint_url="u", error=OSError("[SSL: SSLV3_ALERT_BAD_RECORD_MAC]")), TLSError, True),
        (SSLError(endpoint_url="u", error=OSError("[SSL: CERTIFICATE_VERIFY_FAILED]")), TLSError, False),
        (SSLError(endpoint_url="u", error=OSError("[SSL: WRONG_VERSION_NUMBER]")), TLSError, False),
        (ProxyConnectionError(proxy_url="u", error=OSError("Tunnel connection failed: 407 Auth")), ConnectError, False),
        (ProxyConnectionError(proxy_url="u", error=OSError("Tunnel connection failed: 403 No")), ConnectError, False),
        (ProxyConnectionError(proxy_url="u", error=OSError("Tunnel connection failed: 499 No")), ConnectError, False),
        (ProxyConnectionError(proxy_url="u", error=OSError("Tunnel connection failed: 500 Oh")), ConnectError, True),
        (ProxyConnectionError(proxy_url="u", error=OSError("Connection refused")), ConnectError, True),
    ],
)
def test_the_details_decide_about_retrying_tls_and_proxies(
    error: Exception, kind: type[BraketJobsError], *, retryable: bool
) -> None:
    """
    A handshake that broke may pass, a certificate won't; a proxy's 5xx may pass, its 4xx won't.
    """
    ours = _translated(error)

    assert type(ours) is kind
    assert ours.retryable is retryable


def test_the_text_of_an_unexpected_exception_is_not_repeated() -> None:
    """
    `HTTPClientError` may quote the header that was refused, so only the type beneath is named.
    """
    error = _translated(HTTPClientError(error=ValueError(f"Invalid header value b'{SESSION}'")))

    assert type(error) is ConfigurationError
    assert error.message == "botocore could not send the request (ValueError)"


@pytest.mark.parametrize("secret", [KEY_ID, KEY, SESSION])
def test_no_secret_survives_translation(secret: str) -> None:
    """
    A message that echoes a credential loses it, in str, in repr and in what is pickled.
    """
    error = _refused(403, "SignatureDoesNotMatch", f"The canonical string was 'x-amz-security-token:{secret}'")

    assert type(error) is AuthenticationError
    assert secret not in str(error)
    assert secret not in repr(error)
    assert secret.encode() not in pickle.dumps(error)


@pytest.mark.parametrize("secret", [KEY_ID, KEY, SESSION])
def test_no_secret_passes_for_a_code_or_a_request_id(secret: str) -> None:
    """
    Whatever a proxy puts in their places, neither shows a credential.
    """
    body = json.dumps({"code": secret, "message": "no"}).encode()
    error = _translated(failure_of(client_answering(400, body, {"x-amzn-RequestId": secret})))

    assert secret[4:40] not in str(error)
    assert secret[4:40] not in repr(error)


def _caused(error: Exception, *causes: Exception) -> Exception:
    """
    Return `error` with a chain of causes below it.
    """
    for upper, lower in zip((error, *causes), causes, strict=False):
        upper.__context__ = lower
    return error


def test_what_the_system_said_is_added() -> None:
    """
    The reason beneath botocore's own words is the nearest that an OSError gives.
    """
    refused = ConnectionRefusedError(111, "Connection refused")
    error = EndpointConnectionError(endpoint_url="http://x")

    message = _translated(_caused(error, KeyError("x"), refused)).message

    assert message == 'Could not connect to the endpoint URL: "http://x" (Connection refused)'


def test_what_a_proxy_said_is_added() -> None:
    """
    The status line of a proxy that refused is the reason.
    """
    refusal = OSError("Tunnel connection failed: 407 Proxy Authentication Required")
    error = ProxyConnectionError(proxy_url="http://x", error=refusal)

    message = _translated(_caused(error, KeyError("x"), refusal)).message

    assert message == (
        'Failed to connect to proxy URL: "http://x" (Tunnel connection failed: 407 Proxy Authentication Required)'
    )


def test_what_is_said_already_is_not_added() -> None:
    """
    Botocore repeats some reasons itself; they aren't said twice.
    """
    reason = OSError(1, "certificate verify failed")
    error = SSLError(endpoint_url="https://x/job/arn", error=reason)

    message = _translated(_caused(error, reason)).message

    assert message == "SSL validation failed for https://x [Errno 1] certificate verify failed"


def test_a_chain_of_causes_is_followed_nine_steps() -> None:
    """
    A chain that goes on for ever ends the search, not the process.
    """
    endless = EndpointConnectionError(endpoint_url="http://x")
    causes = [KeyError(number) for number in range(9)]
    late = _caused(EndpointConnectionError(endpoint_url="http://x"), *causes, OSError(1, "too late"))
    endless.__cause__ = endless

    assert _translated(late).message == 'Could not connect to the endpoint URL: "http://x"'
    assert _translated(endless).message == 'Could not connect to the endpoint URL: "http://x"'


def test_an_unreadable_300_is_a_refusal() -> None:
    """
    Botocore parses a 300 as if it were a success, and it is none.
    """
    error = _translated(failure_of(client_answering(300, b"[]")))

    assert type(error) is ServiceError
    assert error.status_code == 300


def test_the_path_of_the_url_is_left_out() -> None:
    """
    The ARN is in the text already, so botocore's copy of it, percent-encoded, is not repeated.
    """
    client = a_client("http://127.0.0.1:1")

    error = _translated(failure_of(client))

    assert type(error) is ConnectError
    assert error.message == 'Could not connect to the endpoint URL: "http://127.0.0.1:1" (Connection refused)'


_OTHER_REGION = "The job is in us-east-1 but the client asks eu-west-2: use a client of the job's region."


@pytest.mark.parametrize(
    ("status", "code", "message", "hint"),
    [
        (403, "AccessDeniedException", "with an explicit deny in an identity-based policy", "A policy denies braket"),
        (403, "ExpiredTokenException", "", "Renew the credentials"),
        (403, "InvalidSignatureException", "Signature expired: 2025 is now earlier than 2026", "Set the clock"),
        (403, "InvalidSignatureException", "Signature not yet current: 2027", "Set the clock"),
        (403, "RequestTimeTooSkewed", "", "Set the clock"),
        (403, "UnrecognizedClientException", "", "Check the access key"),
        (403, "OptInRequired", "", "Enable Amazon Braket"),
        (302, "302", "", "Redirects are never followed"),
        (404, "404", "", "Check the endpoint"),
        (407, "407", "", "The proxy wants credentials"),
    ],
)
def test_a_hint_says_what_to_change(status: int, code: str, message: str, hint: str) -> None:
    """
    Where the answer tells what to change, the error says it.
    """
    error = _refused(status, code, message)

    assert error.hint is not None
    assert error.hint.startswith(hint)
    assert error.hint in str(error)


_LOGINS = {
    "LoginError": "Sign in again: run 'aws login'",
    "LoginRefreshRequired": "Sign in again: run 'aws login'",
    "LoginTokenLoadError": "Sign in again: run 'aws login'",
    "LoginInsufficientPermissions": "Allow the action signin:CreateOAuth2Token",
}


def _if_known(name: str) -> list[Exception]:
    """
    Return an exception of botocore's class `name`, if it has it: the lowest supported one knows no ``aws login``.
    """
    kind = getattr(botocore.exceptions, name, None)
    return [kind(error_msg="no")] if kind else []


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (ProfileNotFound(profile="dev"), "Check AWS_PROFILE"),
        (NoRegionError(), "Pass region_name"),
        (ProxyConnectionError(proxy_url="u", error=OSError("Tunnel connection failed: 407 Auth")), "The proxy wants"),
        (SSOTokenLoadError(error_msg="Token for x does not exist"), "Sign in again: run 'aws sso login'"),
        (UnauthorizedSSOTokenError(), "Sign in again: run 'aws sso login'"),
        (TokenRetrievalError(provider="sso", error_msg="Token has expired"), "Sign in again: run 'aws sso login'"),
        *((error, hint) for name, hint in _LOGINS.items() for error in _if_known(name)),
    ],
)
def test_an_exception_may_carry_a_hint(error: Exception, hint: str) -> None:
    """
    The profile, the region and the proxy are named where they are what is wrong.
    """
    ours = _translated(error)

    assert ours.hint is not None
    assert ours.hint.startswith(hint)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException", "ValidationException"])
def test_a_client_of_another_region_is_named(code: str) -> None:
    """
    When the client asks in another region than the job's, that is the first thing to change.
    """
    error = _translated(_client_error({"Error": {"Code": code}}), client_region="eu-west-2")

    assert error.hint == _OTHER_REGION


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("ExpiredTokenException", "", "Renew the credentials"),
        ("RequestTimeTooSkewed", "", "Set the clock"),
        ("InvalidSignatureException", "Signature expired: 2025 is now earlier than 2026", "Set the clock"),
        ("UnrecognizedClientException", "", _OTHER_REGION),
    ],
)
def test_what_is_wrong_in_every_region_comes_first(code: str, message: str, hint: str) -> None:
    """
    An ended session and a wrong clock are refused in the job's region too; a key may be unknown only elsewhere.
    """
    error = _translated(_client_error({"Error": {"Code": code, "Message": message}}), client_region="eu-west-2")

    assert error.hint is not None
    assert error.hint.startswith(hint)


@pytest.mark.parametrize(
    ("code", "region"),
    [("ThrottlingException", "eu-west-2"), ("AccessDeniedException", None), ("AccessDenied", "us-east-1")],
)
def test_the_region_is_not_blamed_for_everything(code: str, region: str | None) -> None:
    """
    Throttling has nothing to do with the region, and an unknown or equal one is not worth a word.
    """
    error = _translated(_client_error({"Error": {"Code": code}}), client_region=region)

    assert error.hint is None


def test_a_denied_call_names_the_permission() -> None:
    """
    Without a better hint the class says which action to allow.
    """
    error = _refused(403, "AccessDeniedException", "not authorized")

    assert type(error) is AccessDeniedError
    assert "braket:GetJob" in str(error)


def test_a_client_error_without_an_error_says_nothing() -> None:
    """
    Botocore's own phrase about an unknown error is no word of the service's.
    """
    error = _translated(_client_error({}))

    assert error.message == ""


def test_what_the_parser_said_is_shown() -> None:
    """
    Of a crash in the parser its type and its text are shown.
    """
    error = _translated(failure_of(client_answering(200, b"[]")))

    assert error.message == "botocore could not read it (AttributeError: 'list' object has no attribute 'get')"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ConnectionClosedError(endpoint_url="http://x/job/a"),
            'Connection was closed before we received a valid response from endpoint URL: "http://x"',
        ),
        (InvalidConfigError(error_msg="no such thing as X"), "no such thing as X"),
        (InvalidConfigError(error_msg="...and so on."), "...and so on"),
    ],
)
def test_a_full_stop_is_left_to_the_text(error: Exception, message: str) -> None:
    """
    The words end without a full stop, and lose nothing else.
    """
    assert _translated(error).message == message


def test_a_status_behind_an_unknown_code_has_no_hint() -> None:
    """
    What a bare 404 suggests is not said of a 404 with a code.
    """
    error = _refused(404, "SomethingNewException")

    assert error.hint is None
