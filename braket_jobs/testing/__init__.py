"""
A Braket for tests: a backend for moto, a loopback server, faults by script, and builders of jobs.

Tests import from here and from `strategies`, rooms above from the modules; importing this makes moto know Braket, so
plain `mock_aws` does too. Without moto (it comes with the extra ``testing``) the builders work all the same. Imports
everything below; the only door to moto, flask and hypothesis.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from braket_jobs.testing import faults
from braket_jobs.testing.builders import job, job_document, job_of
from braket_jobs.testing.faults import Fault

if TYPE_CHECKING:
    from braket_jobs.testing.factory import JobsFactory
    from braket_jobs.testing.mock import mock_braket
    from braket_jobs.testing.registration import register
    from braket_jobs.testing.server import BraketServer
else:  # a type checker that saw this would believe in every name

    def __getattr__(name: str) -> object:
        if name not in _BUILT_ON_MOTO:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            return getattr(import_module(f"{__name__}.{_BUILT_ON_MOTO[name]}"), name)
        except ModuleNotFoundError as error:
            raise ImportError(f"{name} needs moto: pip install 'braket-jobs[testing]'", name=error.name) from error


__all__ = [
    "BraketServer",
    "Fault",
    "JobsFactory",
    "faults",
    "job",
    "job_document",
    "job_of",
    "mock_braket",
    "register",
]

_BUILT_ON_MOTO = {"BraketServer": "server", "JobsFactory": "factory", "mock_braket": "mock", "register": "registration"}

if find_spec("moto") is not None:
    from braket_jobs.testing import registration

    registration.register()
