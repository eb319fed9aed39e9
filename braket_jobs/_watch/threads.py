"""
The threads that polls are made in: any number, kept for a while when they have nothing to do.

A thread that has talked TLS takes a lock of OpenSSL's as it ends, outside of Python's sight: a child that is forked at
that moment can never make a connection. And people fork when a wait is over. So no thread ends because its work does.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from braket_jobs._process import forgotten_in_children

_CHOSEN_SECONDS = 60.0  # far more than lies between choosing a thread and giving it work

_Work = Callable[[], object]


class Threads:
    """
    Run work in a thread that is idle, or else in a new one. Takes no lock, so a signal's handler may call it.

    Attributes:
        idle: Where each idle thread waits for work; the last one became idle last.
    """

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self.forget()
        forgotten_in_children(self)

    def forget(self) -> None:
        self.idle: list[SimpleQueue[_Work]] = []

    def run(self, work: _Work) -> None:
        """
        Have `work`, which raises nothing, done.

        Raises:
            RuntimeError: If there is no idle thread, and no new one can be had.
        """
        with suppress(IndexError):
            self.idle.pop().put(work)
            return
        inbox: SimpleQueue[_Work] = SimpleQueue()
        inbox.put(work)
        threading.Thread(target=self._live, args=(inbox,), name="braket-jobs", daemon=True).start()

    def _live(self, inbox: SimpleQueue[_Work]) -> None:
        while (work := self._next(inbox)) is not None:
            work()
            del work  # and let go of all it refers to
            self.idle.append(inbox)

    def _next(self, inbox: SimpleQueue[_Work]) -> _Work | None:
        with suppress(Empty):
            return inbox.get(timeout=self._idle_seconds)
        with suppress(ValueError):
            self.idle.remove(inbox)
            return None
        with suppress(Empty):  # chosen just now, or by somebody whom an interrupt has kept from giving it work
            return inbox.get(timeout=_CHOSEN_SECONDS)
        return None


THREADS = Threads(idle_seconds=10.0)
