"""
A Braket of a test's own: nothing comes in from the machine or from other tests, and nothing is left behind.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from unittest.mock import patch

from moto import mock_aws
from moto.moto_api import state_manager

from braket_jobs.testing.braket.course import MODEL_NAME
from braket_jobs.testing.registration import register

# A mock doesn't catch a client that is led elsewhere, and a profile that isn't there ends every client.
_MISLEADING = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_BRAKET",
    "AWS_PROFILE",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
)
_SETTINGS = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@contextmanager
def isolated() -> Generator[None]:
    """
    Run moto's mock with an empty Braket, apart from the machine's AWS configuration and moto's transitions of jobs.

    Inside another mock it shares that one's store, which is cleared when the outermost ends.
    """
    register()
    with patch.dict(os.environ, _SETTINGS):
        for name in _MISLEADING:
            os.environ.pop(name, None)
        state_manager.unset_transition(MODEL_NAME)
        try:
            with mock_aws():
                yield
        finally:
            state_manager.unset_transition(MODEL_NAME)
