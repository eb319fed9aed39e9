"""
The pytest plugin of braket-jobs: the fixtures `braket`, `braket_jobs_factory` and `braket_server`.

pytest imports this in every run of everybody who has braket-jobs installed, so nothing heavy is imported before a
fixture is used. That is why it stands outside of `testing`, whose import brings moto. What the fixtures do is in
`braket_jobs.testing.isolation`.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from braket_jobs.testing import BraketServer, JobsFactory


@pytest.fixture
def braket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """
    An empty Braket, and all of moto, instead of AWS: fake credentials, no configuration, no leftover transitions.

    Environment variables are changed by pytest's `monkeypatch`, so that a test may use that, too, in any order. Gives
    the module `braket_jobs.testing`.
    """
    if find_spec("moto") is None:
        pytest.fail("this fixture needs moto: pip install 'braket-jobs[testing]'", pytrace=False)
    import braket_jobs.testing.isolation  # noqa: PLC0415  # lazy: it brings moto

    with braket_jobs.testing.isolation.isolated_by(monkeypatch):
        yield braket_jobs.testing


@pytest.fixture
def braket_jobs_factory(braket: ModuleType) -> "JobsFactory":
    """
    Makes jobs in us-east-1, moves them, lets them fail; see `braket_jobs.testing.JobsFactory`.
    """
    factory: JobsFactory = braket.JobsFactory()
    return factory


@pytest.fixture
def braket_server(braket: ModuleType) -> "Iterator[BraketServer]":
    """
    A loopback server with the jobs of `braket_jobs_factory`; its `url` is where clients of any kind find it.
    """
    started: BraketServer
    with braket.BraketServer() as started:
        yield started
