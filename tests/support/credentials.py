"""
Credentials that this machine hasn't, and those who give some out.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.fault_server import Action
from support.faults import answer

_VARIABLES = (
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE"
    " AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
)
# Fresher than this, botocore doesn't renew; with less than that left of them, no request is made before it has.
SOON = timedelta(minutes=5)


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


def sts_keys(left: timedelta = SOON) -> Action:
    """
    What STS answers when it gives a role.
    """
    action = "AssumeRoleWithWebIdentity"
    keys = (
        "<AccessKeyId>an-id</AccessKeyId><SecretAccessKey>a-secret</SecretAccessKey><SessionToken>a-token</SessionToken>"
        f"<Expiration>{expiring(left)}</Expiration>"
    )
    result = f"<{action}Result><Credentials>{keys}</Credentials></{action}Result>"
    return answer(200, f"<{action}Response>{result}</{action}Response>".encode())


def container_keys(left: timedelta = SOON) -> Action:
    """
    What a container's endpoint answers.
    """
    keys = {"AccessKeyId": "an-id", "SecretAccessKey": "a-secret", "Token": "a-token", "Expiration": expiring(left)}
    return answer(200, json.dumps(keys).encode())
