"""
Credentials that are missing, partial, expired or refused: `CredentialsError`, at once, and no request to Braket.
"""

import json
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest
from botocore.credentials import RefreshableCredentials
from support.certificates import certificate, server_side
from support.credentials import session_with, sts_refusal, take_credentials_away, take_role_from
from support.fault_server import Action, FaultServer
from support.faults import answer, hang_up
from support.outcomes import attempt
from support.samples import REAL_ARN

from braket_jobs import BraketJobsError, ConfigurationError, CredentialsError, JobsClient

_NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Take away whatever credentials this machine has.
    """
    take_credentials_away(monkeypatch, tmp_path)


def _failure(session: boto3.Session | None = None) -> BraketJobsError:
    """
    Ask a server that would answer, and return why it wasn't asked.
    """
    with FaultServer(answer()) as server, JobsClient(session=session, endpoint_url=server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))
    assert isinstance(error, BraketJobsError)
    assert server.hits == 0
    return error


def _config(folder: Path, text: str) -> None:
    (folder / "config").write_text(text)


def test_no_credentials() -> None:
    """
    Without any credentials nothing is sent.
    """
    error = _failure()

    assert type(error) is CredentialsError
    assert (error.attempts, error.retryable) == (0, False)


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_half_of_a_key(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """
    An id without its secret is no credential, nor the other way round.
    """
    monkeypatch.setenv(name, "half-of-a-key")

    error = _failure()

    assert type(error) is CredentialsError
    assert "half-of-a-key" not in str(error)


@pytest.mark.parametrize(
    "command", ["false", "echo {}", "echo no-json", "echo '[]'", "/nowhere/at/all", "sh -c 'echo sorry >&2; exit 3'"]
)
def test_a_credential_process_that_fails(tmp_path: Path, command: str) -> None:
    """
    Whatever a credential process does wrong, it is about credentials.
    """
    _config(tmp_path, f"[default]\ncredential_process = {command}\n")

    error = _failure()

    assert type(error) is CredentialsError
    assert not error.retryable


def test_a_profile_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An unknown profile is a setting, and the error says which.
    """
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    error = _failure()

    assert type(error) is ConfigurationError
    assert "nobody" in str(error)
    assert "AWS_PROFILE" in str(error)


@pytest.mark.parametrize(
    "profile",
    [
        "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = nobody",
        "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = default",
        "role_arn = arn:aws:iam::123456789012:role/x",
        "sso_session = nobody\nsso_account_id = 123456789012\nsso_role_name = x",
        "role_arn = arn:aws:iam::123456789012:role/x\nweb_identity_token_file = /nowhere/at/all",
    ],
)
def test_a_profile_that_leads_nowhere(tmp_path: Path, profile: str) -> None:
    """
    A profile whose source is missing, circular or unreadable gives no credentials.
    """
    _config(tmp_path, f"[default]\n{profile}\n")

    error = _failure()

    assert type(error) is CredentialsError


@pytest.mark.parametrize(
    "trouble",
    [sts_refusal(403, "AccessDenied"), sts_refusal(400, "ExpiredTokenException"), answer(200, b"<html>")],
    ids=["denied", "expired", "no XML"],
)
def test_a_role_that_sts_does_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Action) -> None:
    """
    A refusal by STS, or none, is about credentials and not about the job.
    """
    (tmp_path / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with FaultServer(trouble) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        error = _failure()

    assert type(error) is CredentialsError
    assert (error.attempts, error.retryable) == (0, False)
    assert sts.hits >= 1


@pytest.mark.parametrize("trouble", [sts_refusal(403, "AccessDenied"), answer(500, b""), hang_up()])
def test_a_passed_client_that_sts_refuses_makes_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Action
) -> None:
    """
    What botocore says of its requests to STS is nothing about those to Braket.
    """
    (tmp_path / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with FaultServer(trouble) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        passed = boto3.Session().client("braket", region_name="us-east-1", endpoint_url=_NOWHERE)
        error = attempt(lambda: JobsClient(client=passed).get_job(REAL_ARN))

    assert type(error) is CredentialsError
    assert error.attempts == 0


@pytest.mark.parametrize(
    "trouble",
    [answer(404, b"{}"), answer(500, b""), answer(200, b"no json"), answer(200, b"{}")],
    ids=["not found", "internal", "no JSON", "empty"],
)
def test_a_container_that_gives_no_credentials(monkeypatch: pytest.MonkeyPatch, trouble: Action) -> None:
    """
    The endpoint of a container's role may fail like any other.
    """
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)
    with FaultServer(trouble) as container:
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url)
        error = _failure()

    assert type(error) is CredentialsError


def _raise(error: Exception) -> Callable[[], dict[str, str]]:
    def refresh() -> dict[str, str]:
        raise error

    return refresh


def _still_expired() -> dict[str, str]:
    return {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": "2001-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    "refresh",
    [_raise(RuntimeError("closed")), _raise(KeyError("x")), _raise(OSError(5, "disk")), _still_expired, dict],
    ids=["RuntimeError", "KeyError", "OSError", "still expired", "nothing"],
)
def test_a_refresh_that_fails(refresh: Callable[[], dict[str, str]]) -> None:
    """
    Whatever a provider raises when it should refresh, it is about credentials.
    """
    expired = RefreshableCredentials.create_from_metadata(
        {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": "2000-01-01T00:00:00Z"}, refresh, "test"
    )
    error = _failure(session_with(expired))

    assert type(error) is CredentialsError
    assert not error.retryable


def test_a_token_that_is_no_header_is_not_shown() -> None:
    """
    A session token with a line end can't be sent, and the error doesn't quote it.
    """
    error = _failure(boto3.Session("an-id", "a-secret", "a-token\nwith-a-line-end"))

    assert type(error) is ConfigurationError
    assert "a-token" not in f"{error} {error!r}"


def test_the_sso_cache_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An expired sign-in says so, in botocore's words, with the command that helps.
    """
    cache = tmp_path / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    # botocore names the file by the SHA-1 of the start URL
    name = "e8be5486177c5b5392bd9aa76563515b29358e6e"
    token = {"accessToken": "an-access-token", "expiresAt": "2000-01-01T00:00:00UTC"}
    (cache / f"{name}.json").write_text(json.dumps(token))
    _config(
        tmp_path,
        "[default]\nsso_start_url = https://x.example\nsso_region = us-east-1\n"
        "sso_account_id = 123456789012\nsso_role_name = x\n",
    )

    error = _failure()

    assert type(error) is CredentialsError
    assert "sso" in str(error).lower()


def test_an_unreachable_identity_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    STS that can't be reached is about credentials, not about the network to Braket.
    """
    (tmp_path / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", _NOWHERE)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    error = _failure()

    assert type(error) is CredentialsError
    assert "Connection refused" in str(error)
    assert error.retryable


def test_a_setting_that_spoils_the_sign_in_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A retry mode that is none doesn't matter to Braket's client, but it does to that for STS, and is named.
    """
    (tmp_path / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_RETRY_MODE", "bogus")

    error = _failure()

    assert type(error) is ConfigurationError
    assert "bogus" in str(error)


def test_a_file_that_spoils_the_sign_in_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A bundle of certificates that isn't there doesn't become one by asking STS again.
    """
    (tmp_path / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with FaultServer(answer(), tls=server_side(certificate())) as sts:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        error = _failure()

    assert type(error) is ConfigurationError
    assert "could not be loaded (No such file or directory)" in str(error)
    assert "AWS_CA_BUNDLE" in str(error)


def test_a_page_in_place_of_a_role_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A firewall may say who asked, and botocore quotes it whole; what answered was not asked for a job.
    """
    page = b"<!DOCTYPE html><title>Blocked</title><br>user jane.doe, ticket 4711"
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    errors: list[BraketJobsError] = []
    for status, body in ((403, page), (404, b"")):
        with FaultServer(answer(status, body)) as sts:
            take_role_from(sts.url, monkeypatch, tmp_path)
            errors.append(_failure())

    assert [type(error) for error in errors] == [CredentialsError] * 2
    assert not any("jane.doe" in str(error) for error in errors)
    assert not any("GetJob." in str(error) for error in errors)


def test_a_role_without_a_source_lacks_no_key(tmp_path: Path) -> None:
    """
    The advice names what may be missing.
    """
    _config(tmp_path, "[default]\nrole_arn = arn:aws:iam::123456789012:role/x\n")

    assert "a role has a source" in str(_failure())
