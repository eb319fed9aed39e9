"""
`mock_braket`: moto's `mock_aws`, with Braket known to it, typed, and good for coroutines too.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast, overload

from moto import mock_aws
from moto.core.config import DefaultConfig
from moto.core.models import MockAWS

P = ParamSpec("P")
T = TypeVar("T")


@overload
def mock_braket(func: Callable[P, T]) -> Callable[P, T]: ...


@overload
def mock_braket(func: None = None, *, config: DefaultConfig | None = None) -> MockAWS: ...


def mock_braket(func: Callable[P, T] | None = None, *, config: DefaultConfig | None = None) -> Callable[P, T] | MockAWS:
    """
    Let everything inside talk to an embedded Braket, and to all of moto, instead of AWS.

    A decorator for functions, coroutine functions and classes, with and without parentheses, and a context manager.
    The same as `moto.mock_aws`, which knows Braket too once `braket_jobs.testing` is imported; but `mock_aws` leaves
    a coroutine function unmocked while it runs. Nested mocks share one store; the outermost clears it.

    Args:
        func: What is decorated, without parentheses.
        config: Settings for `mock_aws`.

    Returns:
        The decorated function or class, or the mock.
    """
    if func is None:
        return mock_aws(config=config)
    if inspect.iscoroutinefunction(func):
        return cast("Callable[P, T]", _around(func))
    return mock_aws(func)


def _around(func: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(func)
    async def mocked(*args: Any, **kwargs: Any) -> Any:
        with mock_aws():
            return await func(*args, **kwargs)

    return mocked
