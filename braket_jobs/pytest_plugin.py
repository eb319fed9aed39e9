"""
The pytest plugin of braket-jobs: the fixtures `braket`, `braket_jobs_factory` and `braket_server`.

pytest imports this in every run of everybody who has braket-jobs installed, so it imports nothing but pytest (and the
package's face, which loads nothing by itself). That is why it stands outside of `testing`, whose import brings moto.
What the fixtures do is in `braket_jobs.testing.isolation`, imported when one is used.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from braket_jobs.testing import BraketServer, JobsFactory


@pytest.fixture
def braket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """
    An empty Braket, and all of moto, instead of AWS: fake credentials, no configuration, no leftover transitions.

    Environment variables are changed by pytest's `monkeypatch`, so that a test may use that, too, in any order.
    """
    if find_spec("moto") is None:
        pytest.fail("this fixture needs moto: pip install 'braket-jobs[testing]'", pytrace=False)
    from braket_jobs.testing.isolation import isolated_by  # noqa: PLC0415  # lazy: it brings moto

    with isolated_by(monkeypatch):
        yield


@pytest.fixture
def braket_jobs_factory(braket: None) -> "JobsFactory":  # noqa: ARG001  # a factory's jobs live in the fixture's store
    """
    Makes jobs in us-east-1, moves them, lets them fail; see `braket_jobs.testing.JobsFactory`.
    """
    from braket_jobs.testing import JobsFactory  # noqa: PLC0415  # lazy: it brings moto

    return JobsFactory()


@pytest.fixture
def braket_server(braket: None) -> "Iterator[BraketServer]":  # noqa: ARG001  # the server shares the fixture's store
    """
    A loopback server with the jobs of `braket_jobs_factory`; its `url` is where clients of any kind find it.
    """
    from braket_jobs.testing import BraketServer  # noqa: PLC0415  # lazy: it brings flask

    with BraketServer() as server:
        yield server
