"""
Credentials that this machine hasn't, and those who give some out.
"""

import hashlib
import json
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from botocore.credentials import CredentialProvider, Credentials
from botocore.session import get_session

from support.fault_server import Action
from support.faults import answer

_VARIABLES = (
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE"
    " AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
)
# Fresher than this, botocore doesn't renew; with less than that left of them, no request is made before it has.
SOON = timedelta(minutes=5)
_PROCESS = """#!{python}
import json, pathlib, sys, time
calls = pathlib.Path({calls!r})
number = calls.stat().st_size if calls.exists() else 0
calls.write_bytes(b"x" * (number + 1))
if number in {failing!r}:
    {trouble}
keys = dict(Version=1, AccessKeyId="an-id", SecretAccessKey="a-secret", SessionToken="a-token", Expiration={expiry!r})
print(json.dumps(keys))
"""


def take_credentials_away(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """
    Hide whatever credentials this machine has; ``config`` in `folder` is the configuration file.
    """
    for name in _VARIABLES.split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")


def expiring(left: timedelta = SOON) -> str:
    """
    Return the time that is so far from now, as AWS writes it.
    """
    return (datetime.now(UTC) + left).strftime("%Y-%m-%dT%H:%M:%SZ")


def sts_refusal(status: int, code: str) -> Action:
    return answer(
        status, f"<ErrorResponse><Error><Code>{code}</Code><Message>not you</Message></Error></ErrorResponse>".encode()
    )


def sts_keys(left: timedelta = SOON, *, key_id: str = "an-id") -> Action:
    """
    What STS answers when it gives a role.
    """
    action = "AssumeRoleWithWebIdentity"
    keys = (
        f"<AccessKeyId>{key_id}</AccessKeyId><SecretAccessKey>a-secret</SecretAccessKey><SessionToken>a-token"
        f"</SessionToken><Expiration>{expiring(left)}</Expiration>"
    )
    result = f"<{action}Result><Credentials>{keys}</Credentials></{action}Result>"
    return answer(200, f"<{action}Response>{result}</{action}Response>".encode())


def container_keys(left: timedelta = SOON) -> Action:
    """
    What a container's endpoint answers.
    """
    keys = {"AccessKeyId": "an-id", "SecretAccessKey": "a-secret", "Token": "a-token", "Expiration": expiring(left)}
    return answer(200, json.dumps(keys).encode())


def take_role_from(url: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """
    Have credentials come from an STS at this URL.
    """
    (folder / "token").write_text("a-web-identity")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(folder / "token"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)


def sign_in(monkeypatch: pytest.MonkeyPatch, folder: Path, *, expires: str) -> None:
    """
    Leave behind what ``aws sso login`` does.
    """
    cache = folder / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr("botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR", str(cache))
    name = hashlib.sha1(b"https://x.example").hexdigest()  # noqa: S324  # botocore's, of the start URL
    (cache / f"{name}.json").write_text(json.dumps({"accessToken": "an-access-token", "expiresAt": expires}))
    (folder / "config").write_text(
        "[default]\nsso_start_url = https://x.example\nsso_region = us-east-1\n"
        "sso_account_id = 123456789012\nsso_role_name = x\n"
    )


def credential_process(folder: Path, trouble: str, failing: range, expiry: str) -> None:
    """
    Configure a program that gives keys, but for its calls in `failing`: then it does `trouble`, a line of Python.
    """
    program = folder / "keys"
    program.write_text(
        _PROCESS.format(
            python=sys.executable, calls=str(folder / "calls"), failing=failing, trouble=trouble, expiry=expiry
        )
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / "config").write_text(f"[default]\ncredential_process = {program}\n")


def session_with(credentials: Credentials) -> boto3.Session:
    """
    Return a session whose own provider gives these, before any other.
    """

    class Provider(CredentialProvider):
        METHOD = "test"

        def load(self) -> Credentials:
            return credentials

    core = get_session()
    core.get_component("credential_provider").insert_before("env", Provider())
    return boto3.Session(botocore_session=core)
