"""
A Braket of a test's own: nothing comes in from the machine or from other tests, and nothing is left behind.
"""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from moto import mock_aws
from moto.moto_api import state_manager

from braket_jobs.testing.braket.course import MODEL_NAME
from braket_jobs.testing.registration import register

# A mock doesn't catch a client that is led elsewhere, and a profile that isn't there ends every client. Newer SDKs read
# more variables than any list of them has, so all that are AWS's go.
_MISLEADING = "AWS_"
_SETTINGS = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@contextmanager
def clean_environment(settings: Mapping[str, str] | None = None) -> Generator[None]:
    """
    Run apart from the machine's AWS configuration, and without its proxies on the way to 127.0.0.1.

    The environment is as before when this ends.

    Args:
        settings: Environment variables to run with.
    """
    direct = ",".join(filter(None, (os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), "127.0.0.1")))
    with patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith(_MISLEADING)]:
            del os.environ[name]
        os.environ.update(_SETTINGS | {"NO_PROXY": direct, "no_proxy": direct} | dict(settings or {}))
        yield


@contextmanager
def isolated() -> Generator[None]:
    """
    Run moto's mock with an empty Braket, apart from the machine's AWS configuration and moto's transitions of jobs.

    Inside another mock it shares that one's store, which is cleared when the outermost ends.
    """
    register()
    with clean_environment():
        state_manager.unset_transition(MODEL_NAME)
        try:
            with mock_aws():
                yield
        finally:
            state_manager.unset_transition(MODEL_NAME)
