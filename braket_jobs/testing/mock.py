"""
`mock_braket`: moto's `mock_aws`, with Braket known to it, typed, and good for what runs after the call returns.

moto's decorator is over as soon as the call returns. A coroutine function or a generator function has then not begun,
so those are decorated here; all else is left to moto.
"""

import inspect
import unittest
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from types import FunctionType, TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast, overload

from moto import mock_aws
from moto.core.config import DefaultConfig

P = ParamSpec("P")
T = TypeVar("T")

_Mock = Callable[[], AbstractContextManager[None]]


class BraketMock(AbstractContextManager["BraketMock"]):
    """
    A mock of AWS with Braket in it: a decorator and a context manager, to be started and stopped by hand too.
    """

    def __init__(self, config: DefaultConfig | None = None) -> None:
        """
        Make a mock that isn't running yet.

        Args:
            config: Settings for `mock_aws`.
        """
        self._config = config
        self._mock = mock_aws(config=config)

    def start(self, reset: bool = True) -> None:
        """
        Begin to mock.

        Args:
            reset: Whether an outermost mock begins empty.
        """
        self._mock.start(reset=reset)

    def stop(self, remove_data: bool = True) -> None:
        """
        End mocking.

        Args:
            remove_data: Whether an outermost mock leaves nothing behind.
        """
        self._mock.stop(remove_data=remove_data)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @overload
    def __call__(self, func: type[T]) -> type[T]: ...

    @overload
    def __call__(self, func: Callable[P, T]) -> Callable[P, T]: ...

    def __call__(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """
        Decorate a function or a class.

        Args:
            func: What is decorated: a function of any kind, or a class of tests.

        Returns:
            The decorated function, or the class itself.
        """
        if isinstance(func, type):
            return self._decorated(func)
        around = _way_around(func)
        return self._mock(func) if around is None else around(func, self._running())

    def _decorated(self, class_: type[Any]) -> type[Any]:
        if _begins_with(class_, "asyncSetUp") and not _begins_with(class_, "setUp"):
            # To moto a class with `setUp` prepares its store there, and its tests don't begin with an empty one.
            _give_set_up(class_)
        self._mock(class_)
        self._redecorate(class_)
        return class_

    def _redecorate(self, class_: type[Any]) -> None:
        alone = not any(_begins_with(class_, name) for name in ("setUp", "setup", "setup_method"))
        for name, value in list(vars(class_).items()):
            inner: Any = getattr(value, "__wrapped__", None) if isinstance(value, FunctionType) else None
            around = None if name.startswith("_") else _way_around(inner)
            if around is not None:
                fresh = alone and name.startswith(unittest.TestLoader.testMethodPrefix)
                setattr(class_, name, around(inner, self._running(fresh=fresh)))
            elif isinstance(value, type) and not name.startswith("_"):
                self._redecorate(value)

    def _running(self, *, fresh: bool = True) -> _Mock:
        @contextmanager
        def running() -> Generator[None]:
            mock = BraketMock(self._config)  # each call's own: it keeps the credentials that were there before
            mock.start(reset=fresh)
            try:
                yield
            finally:
                mock.stop(remove_data=fresh)

        return running


@overload
def mock_braket(func: type[T]) -> type[T]: ...


@overload
def mock_braket(func: Callable[P, T]) -> Callable[P, T]: ...


@overload
def mock_braket(func: None = None, *, config: DefaultConfig | None = None) -> BraketMock: ...


def mock_braket(func: Callable[..., Any] | None = None, *, config: DefaultConfig | None = None) -> Any:
    """
    Let everything inside talk to an embedded Braket, and to all of moto, instead of AWS.

    A decorator for functions, coroutine functions, generator functions and classes, with and without parentheses,
    and a context manager. The same as `moto.mock_aws`, which knows Braket too once `braket_jobs.testing` is imported;
    but `mock_aws` leaves coroutines and generators unmocked while they run. Nested mocks share one store; the
    outermost clears it.

    Args:
        func: What is decorated, without parentheses.
        config: Settings for `mock_aws`.

    Returns:
        The decorated function or class, or the mock.
    """
    mock = BraketMock(config)
    return mock if func is None else mock(func)


def _begins_with(class_: type[Any], name: str) -> bool:
    return any(name in vars(each) for each in class_.__mro__ if each.__module__ not in _UNITTEST)


def _give_set_up(class_: type[Any]) -> None:
    def setUp(case: Any) -> None:  # moto asks a function for its name
        cast("Any", super(class_, case)).setUp()

    setattr(class_, setUp.__name__, setUp)


# These have a `setUp` and an `asyncSetUp`, which do nothing.
_UNITTEST = frozenset({"unittest.case", "unittest.async_case"})


def _around_coroutine(func: Callable[..., Any], mock: _Mock) -> Callable[..., Any]:
    @wraps(func)
    async def mocked(*args: Any, **kwargs: Any) -> Any:
        with mock():
            return await func(*args, **kwargs)

    return mocked


def _around_generator(func: Callable[..., Any], mock: _Mock) -> Callable[..., Any]:
    @wraps(func)
    def mocked(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with mock():
            made: Generator[Any, Any, Any] = func(*args, **kwargs)
            return (yield from made)

    return mocked


def _around_async_generator(func: Callable[..., Any], mock: _Mock) -> Callable[..., Any]:
    @wraps(func)
    async def mocked(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        with mock():
            inner: AsyncGenerator[Any, Any] = func(*args, **kwargs)
            step = inner.asend(None)
            while True:  # what `yield from` would do, if coroutines had it
                try:
                    item = await step
                except StopAsyncIteration:
                    return
                try:
                    step = inner.asend((yield item))
                except GeneratorExit:
                    await inner.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001  # whatever is thrown in is the inner generator's to meet
                    step = inner.athrow(error)

    return mocked


_WAYS: tuple[tuple[Callable[[Any], bool], Callable[[Callable[..., Any], _Mock], Callable[..., Any]]], ...] = (
    (inspect.iscoroutinefunction, _around_coroutine),
    (inspect.isgeneratorfunction, _around_generator),
    (inspect.isasyncgenfunction, _around_async_generator),
)


def _way_around(func: object) -> Callable[[Callable[..., Any], _Mock], Callable[..., Any]] | None:
    return next((around for fits, around in _WAYS if fits(func)), None)
