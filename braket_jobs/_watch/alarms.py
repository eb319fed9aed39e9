"""
Who is told that a `threading.Event` was set: one thread of ours blocks on each event, however many listen to it.

Nobody takes a lock, so that a signal's handler may wait, and a generator be closed by the garbage collector.
"""

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

from braket_jobs._process import forgotten_in_children
from braket_jobs._watch.threads import THREADS, Threads

_T = TypeVar("_T")
# Seconds after which a wait looks around though nobody woke it. Windows lets Ctrl-C through only when a wait is over.
_PERIOD = 0.5 if sys.platform == "win32" else 10.0
_CANCEL_PERIOD = 0.05  # the same when no thread is to be had that waits for the event
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


def next_in(
    inbox: SimpleQueue[_T],
    cancel: threading.Event | None,
    wake: Callable[[], object],
    timeout: float = _PERIOD,
) -> _T | None:
    """
    Wait for something in `inbox`, for `timeout` seconds or less; None if nothing came.

    Args:
        inbox: What is waited for.
        cancel: What else ends the wait. Whoever waits no more leaves it (`Alarms.leave`).
        wake: Puts something into the inbox when `cancel` is set.
        timeout: How long, in seconds.
    """
    period = _PERIOD
    if cancel is not None:
        try:
            ALARMS.listen(cancel, wake)
        except RuntimeError:
            period = _CANCEL_PERIOD
    with suppress(Empty):
        return inbox.get(timeout=min(period, timeout))
    return None


def check_event(cancel: object) -> None:
    """
    See that `cancel` can end a wait.

    Raises:
        TypeError: If it is neither an event nor None.
    """
    if not isinstance(cancel, threading.Event | None):
        raise TypeError(f"cancel is a threading.Event or None, not {type(cancel).__name__}")
