"""
Runs what the documentation shows: every Python block of README.md and docs/*.md, one page after the other.

A page's blocks share their names, and talk to an embedded Braket that holds the real sample and a waiting job.
"""

import signal
from contextlib import ExitStack

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from braket_jobs.testing import JobsFactory
from braket_jobs.testing.builders import sample
from braket_jobs.testing.isolation import isolated

_PAGE = ExitStack()


def pytest_configure() -> None:
    """
    Let Ctrl-C work in tests of it, even where tests run in the background of a shell, which switches it off.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _open(namespace: dict[str, object]) -> None:
    _PAGE.enter_context(isolated())
    factory = JobsFactory()
    factory.add(sample())
    namespace["queued_arn"] = factory.create(job_name="waiting", states=["QUEUED"], queue_position=">15")


def _close(_namespace: dict[str, object]) -> None:
    _PAGE.close()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/*.md"],
    setup=_open,
    teardown=_close,
).pytest()
