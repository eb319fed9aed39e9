"""
`mock_braket` around what runs after the call returns: coroutine functions and generator functions, in every form.
"""

import asyncio
import inspect
import os
import unittest
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any

import pytest
from moto.core.models import botocore_stubber
from support.requests import braket_client

from braket_jobs import get_job
from braket_jobs.testing import JobsFactory, mock_braket

FORMS: dict[str, Callable[[Any], Any]] = {
    "bare": mock_braket,
    "parentheses": mock_braket(),
    "settings": mock_braket(config={"core": {"mock_credentials": True}}),
}


@pytest.fixture(params=FORMS)
def decorate(request: pytest.FixtureRequest) -> Callable[[Any], Any]:
    """
    Each form of the decorator.
    """
    return FORMS[request.param]


def outcome(case: type[unittest.TestCase]) -> tuple[int, list[str]]:
    """
    Run a TestCase; return how many tests ran, and what went wrong.
    """
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result.testsRun, [text for _, text in (*result.errors, *result.failures)]


def test_a_coroutine_function_is_mocked_while_it_runs(decorate: Callable[[Any], Any]) -> None:
    """
    `mock_aws` would be over before the coroutine begins.
    """

    @decorate
    async def is_mocked() -> bool:
        await asyncio.sleep(0)
        return botocore_stubber.enabled

    assert inspect.iscoroutinefunction(is_mocked)
    assert asyncio.run(is_mocked())
    assert not botocore_stubber.enabled


def test_a_coroutine_test_of_a_decorated_class_runs_mocked(decorate: Callable[[Any], Any]) -> None:
    """
    It is awaited by unittest, and what it finds wrong is told.
    """
    seen: list[bool] = []

    class Case(unittest.IsolatedAsyncioTestCase):
        async def test_runs(self) -> None:
            await asyncio.sleep(0)
            seen.append(botocore_stubber.enabled)

        async def test_fails(self) -> None:
            raise ZeroDivisionError

    ran, wrong = outcome(decorate(Case))

    assert (ran, len(wrong), "ZeroDivisionError" in wrong[0]) == (2, 1, True)
    assert seen == [True]
    assert not botocore_stubber.enabled


def test_each_coroutine_test_begins_empty(decorate: Callable[[Any], Any]) -> None:
    """
    Like every test of a decorated class.
    """

    @decorate
    class Case(unittest.IsolatedAsyncioTestCase):
        async def test_a(self) -> None:
            JobsFactory().create()
            self.assertEqual(len(braket_client().search_jobs(filters=[])["jobs"]), 1)  # noqa: PT009  # a TestCase

        test_b = test_a

    assert outcome(Case) == (2, [])


@pytest.mark.parametrize("with_set_up", [False, True])
def test_what_async_set_up_made_is_there(decorate: Callable[[Any], Any], *, with_set_up: bool) -> None:
    """
    For coroutine tests and for plain ones, and the next test begins with its own; with a `setUp` besides, too.
    """

    class Case(unittest.IsolatedAsyncioTestCase):
        async def asyncSetUp(self) -> None:
            self.job_arn = JobsFactory().create(job_name="prepared")

        def test_a(self) -> None:
            self.assertEqual(get_job(self.job_arn).job_name, "prepared")  # noqa: PT009  # a TestCase
            self.assertEqual(len(braket_client().search_jobs(filters=[])["jobs"]), 1 + with_set_up)  # noqa: PT009

        async def test_b(self) -> None:
            self.test_a()

    class WithSetUp(Case):
        def setUp(self) -> None:
            JobsFactory().create()

        asyncSetUp = Case.asyncSetUp
        test_a = Case.test_a
        test_b = Case.test_b

    assert outcome(decorate(WithSetUp if with_set_up else Case)) == (2, [])


def test_a_class_inside_a_decorated_class_is_mocked_too(decorate: Callable[[Any], Any]) -> None:
    """
    Its coroutine functions as well; what begins with an underscore is nobody's test.
    """

    @decorate
    class TestOuter:
        class TestInner:
            async def test_inner(self) -> bool:
                return botocore_stubber.enabled

        class _Private:
            async def test_private(self) -> bool:
                return botocore_stubber.enabled

    assert asyncio.run(TestOuter.TestInner().test_inner())
    assert not asyncio.run(TestOuter._Private().test_private())


def test_a_generator_is_mocked_until_it_ends(decorate: Callable[[Any], Any]) -> None:
    """
    So a fixture may be decorated.
    """

    @decorate
    def fixture() -> Generator[bool, bool, str]:
        yield (yield botocore_stubber.enabled)
        return "end"

    made = fixture()

    assert inspect.isgeneratorfunction(fixture)
    assert (next(made), made.send(False), botocore_stubber.enabled) == (True, False, True)
    with pytest.raises(StopIteration, match="end"):
        next(made)
    assert not botocore_stubber.enabled


async def _through(made: AsyncGenerator[Any, Any]) -> list[Any]:
    return [
        await anext(made),
        await made.asend("sent"),
        await made.athrow(ZeroDivisionError("thrown")),
        await anext(made, "end"),
    ]


def test_an_async_generator_is_mocked_until_it_ends(decorate: Callable[[Any], Any]) -> None:
    """
    What is sent and thrown into it arrives.
    """

    @decorate
    async def fixture() -> AsyncGenerator[object, object]:
        try:
            yield (yield botocore_stubber.enabled)
        except ZeroDivisionError as error:
            yield str(error)

    assert inspect.isasyncgenfunction(fixture)
    assert asyncio.run(_through(fixture())) == [True, "sent", "thrown", "end"]
    assert not botocore_stubber.enabled


def test_an_async_generator_that_is_closed_ends_its_mock(decorate: Callable[[Any], Any]) -> None:
    """
    After what it has to tidy up.
    """
    tidied: list[bool] = []

    @decorate
    async def fixture() -> AsyncGenerator[None]:
        try:
            yield
        finally:
            tidied.append(botocore_stubber.enabled)

    async def closed() -> None:
        made = fixture()
        await anext(made)
        await made.aclose()

    asyncio.run(closed())

    assert tidied == [True]
    assert not botocore_stubber.enabled


def test_a_mock_is_started_and_stopped_by_hand() -> None:
    """
    As moto's is.
    """
    before = dict(os.environ)
    mock = mock_braket()

    mock.start()
    inside = botocore_stubber.enabled
    mock.stop()

    assert inside
    assert not botocore_stubber.enabled
    assert dict(os.environ) == before
