"""
What belongs to a process: made anew in a child, since what was built before a fork is the parent's.
"""

import os
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class PerProcess(Generic[_T]):
    """
    One thing for each process, made when it is first asked for.
    """

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._made: dict[int, _T] = {}

    def here(self) -> _T:
        """
        Return this process's thing.
        """
        # `setdefault` is atomic, so threads that race here end up with the same one. A lock in its place could be
        # inherited locked by a forked child.
        process = os.getpid()
        return self._made.get(process) or self._made.setdefault(process, self._make())

    def if_made(self) -> _T | None:
        """
        Return this process's thing, or None if nobody has asked for it yet.
        """
        return self._made.get(os.getpid())
