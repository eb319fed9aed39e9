"""
Types of `braket_jobs.testing` as its users see them; checked by mypy and pyright, never run.
"""

import unittest
from collections.abc import AsyncGenerator, Generator
from datetime import UTC, datetime
from typing import assert_type

from braket_jobs import testing
from braket_jobs.testing import BraketServer, JobsFactory, faults, mock_braket, register
from braket_jobs.testing.mock import BraketMock


@mock_braket
class Bare(unittest.TestCase):
    """Decorated without parentheses."""

    number: int = 1


@mock_braket()
class Called(unittest.TestCase):
    """Decorated with parentheses."""

    number: int = 1


@mock_braket
def function(name: str) -> int:
    """Keep a function's type."""
    return len(name)


@mock_braket(config={"core": {"mock_credentials": True}})
async def coroutine(name: str) -> int:
    """Keep a coroutine function's type."""
    return len(name)


@mock_braket
def generator() -> Generator[int, str, bytes]:
    """Keep a generator function's type."""
    yield 1
    return b""


@mock_braket()
async def async_generator() -> AsyncGenerator[int, str]:
    """Keep an async generator function's type."""
    yield 1


def decorated() -> None:
    """A decorated class is itself, a decorated function keeps its parameters and result."""
    assert_type(Bare, type[Bare])
    assert_type(Bare(), Bare)
    assert_type(Called().number, int)
    assert_type(function("vqe"), int)
    assert_type(generator(), Generator[int, str, bytes])
    assert_type(async_generator(), AsyncGenerator[int, str])
    function(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Bare().colour  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018


async def awaited() -> None:
    """A coroutine function is one still."""
    assert_type(await coroutine("vqe"), int)


def context() -> None:
    """The mock is its own context."""
    with mock_braket() as mock:
        assert_type(mock, BraketMock)
    assert_type(mock_braket()(function)("vqe"), int)


def factory() -> None:
    """A job has a time of creation, and a fault one of two operations."""
    assert_type(JobsFactory().create(created_at=datetime.now(UTC)), str)
    JobsFactory().fail(faults.THROTTLING, operation="SearchJobs")
    JobsFactory().create(created_at="2025-05-16T17:21:38Z")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    JobsFactory().fail(faults.THROTTLING, operation="CancelJob")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def names() -> None:
    """Every name of the face is itself, and a misspelt one is an error."""
    assert_type(BraketServer(port=0), BraketServer)
    assert_type(JobsFactory("us-west-2"), JobsFactory)
    assert_type(register(), None)
    testing.JobsFactry  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  # noqa: B018
