"""
A service for the command to ask.
"""

import pytest

from braket_jobs.testing import BraketServer, JobsFactory


@pytest.fixture
def factory(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, monkeypatch: pytest.MonkeyPatch
) -> JobsFactory:
    """
    Makes jobs of a service that the environment leads to.
    """
    for name, value in braket_server.environment().items():
        monkeypatch.setenv(name, value)
    return braket_jobs_factory
