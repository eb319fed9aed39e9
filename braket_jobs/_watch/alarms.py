"""
Who is told that a `threading.Event` was set: one thread of ours blocks on each event, however many listen to it.

Nobody takes a lock, so that a signal's handler may wait, and a generator be closed by the garbage collector.
"""

import threading
from collections.abc import Callable
from functools import partial

from braket_jobs._process import forgotten_in_children
from braket_jobs._watch.threads import THREADS, Threads

_PATIENCE = 10.0  # seconds after which a thread sees whether anybody still listens


class Alarms:
    """
    The events that somebody listens to. Nothing refers to an event, or to who listened, `patience` seconds after that.
    """

    def __init__(self, threads: Threads = THREADS, patience: float = _PATIENCE) -> None:
        self._threads = threads
        self._patience = patience
        self.forget()
        forgotten_in_children(self)

    def forget(self) -> None:
        self._listeners: dict[int, set[Callable[[], object]]] = {}  # by the event's identity, while a thread blocks

    def listen(self, event: threading.Event, wake: Callable[[], object]) -> None:
        """
        Have `wake` called in a thread of ours when `event` is set; perhaps earlier, so look, and listen again.

        Raises:
            RuntimeError: If no thread can be had.
        """
        mine = {wake}
        try:
            listeners = self._listeners.setdefault(id(event), mine)
            if listeners is mine:
                self._threads.run(partial(self._watch, event, mine))
        except BaseException:
            self._end(event, mine)
            raise
        listeners.add(wake)
        if self._listeners.get(id(event)) is not listeners:  # its thread may have gone without us
            wake()

    def leave(self, event: threading.Event, wake: Callable[[], object]) -> None:
        self._listeners.get(id(event), set()).discard(wake)

    def _watch(self, event: threading.Event, listeners: set[Callable[[], object]]) -> None:
        while listeners and not event.wait(self._patience):
            pass
        self._end(event, listeners)

    def _end(self, event: threading.Event, listeners: set[Callable[[], object]]) -> None:
        if self._listeners.get(id(event)) is listeners:
            del self._listeners[id(event)]
        gone = list(listeners)
        listeners.clear()
        for wake in gone:
            wake()


ALARMS = Alarms()
