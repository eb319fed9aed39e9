"""
A Braket of a test's own: nothing comes in from the machine or from other tests, and nothing is left behind.
"""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Protocol
from unittest.mock import patch

from moto import mock_aws
from moto.moto_api import state_manager

from braket_jobs.testing.braket.course import MODEL_NAME
from braket_jobs.testing.registration import clear, register

# A mock doesn't catch a client that is led elsewhere, and a profile that isn't there ends every client. Newer SDKs read
# more variables than any list of them has, so all that are AWS's go.
_MISLEADING = "AWS_"
# moto sets credentials of its own over these while it mocks.
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
_SETTINGS = _CREDENTIALS | {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


class EnvironmentPatch(Protocol):
    """
    Changes environment variables until it is undone, as pytest's `monkeypatch` does.
    """

    def setenv(self, name: str, value: str, prepend: str | None = None) -> None:
        """
        Set a variable.
        """

    def delenv(self, name: str, raising: bool = True) -> None:
        """
        Remove a variable.
        """


@contextmanager
def clean_environment(settings: Mapping[str, str] | None = None) -> Generator[None]:
    """
    Run apart from the machine's AWS configuration, and without its proxies on the way to 127.0.0.1.

    The environment is as before when this ends.

    Args:
        settings: Environment variables to run with.
    """
    with patch.dict(os.environ):
        for name in _misleading():
            del os.environ[name]
        os.environ.update(_settings() | dict(settings or {}))
        yield


@contextmanager
def isolated() -> Generator[None]:
    """
    Run moto's mock with an empty Braket, apart from the machine's AWS configuration and moto's transitions of jobs.

    Inside another mock the rest of moto is that one's, and goes on.
    """
    with clean_environment(), _empty_braket():
        yield


@contextmanager
def isolated_by(environment: EnvironmentPatch) -> Generator[None]:
    """
    Do what `isolated` does, in an environment that `environment` changes, and puts back after this has ended.

    Whoever else changes variables through it is undone before, so that nothing of ours is taken for the machine's.

    Args:
        environment: Changes the variables.
    """
    for name in _misleading():
        environment.delenv(name)
    for name, value in _settings().items():
        environment.setenv(name, value)
    left: dict[str, str | None] = {}
    try:
        with _empty_braket():
            try:
                yield
            finally:
                left.update({name: os.environ.get(name) for name in _CREDENTIALS})
    finally:
        # As the mock ends it sets credentials, even if a test has undone all there was and the machine's are back.
        for name, last in left.items():
            os.environ.pop(name, None)
            if last is not None:
                os.environ[name] = last


def _misleading() -> list[str]:
    return [name for name in os.environ if name.startswith(_MISLEADING)]


def _settings() -> dict[str, str]:
    direct = ",".join(filter(None, (os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), "127.0.0.1")))
    return _SETTINGS | {"NO_PROXY": direct, "no_proxy": direct}


@contextmanager
def _empty_braket() -> Generator[None]:
    register()
    state_manager.unset_transition(MODEL_NAME)
    try:
        with mock_aws():
            clear()
            yield
    finally:
        clear()
        state_manager.unset_transition(MODEL_NAME)
