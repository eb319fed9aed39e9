"""
Drives an agenda with threads, and flows for callers that block.

A `Lookout` has one thread that keeps the agenda, started when there is something to wait for and gone when there isn't.
Nothing else touches the agenda: whoever wants something puts it in the inbox, which is safe from anywhere, even from a
signal's handler or a generator that is closed by the garbage collector. Each look runs in a thread of its own, as many
at once as the agenda allows: beside a request that costs nothing, and no idle thread is left over.

All threads are daemons, so that an interpreter that wants to end does not wait for an answer from the network.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from braket_jobs._watch.agenda import Agenda, Glance
from braket_jobs._watch.flows import Flow
from braket_jobs._watch.watch import Notice, Watch, nobody
from braket_jobs.errors.tree import BraketJobsError, ConfigurationError, ThrottlingError
from braket_jobs.model.job import Job

_LOG = logging.getLogger("braket_jobs")
_T = TypeVar("_T")
_LONGEST_PAUSE = 3600.0  # any will do, but Python refuses to wait for centuries
_PERIOD = 0.5  # seconds between chances for Ctrl-C, since Windows lets it through only when a wait is over
_CANCEL_PERIOD = 0.05  # seconds until a set event is noticed

Command = Callable[[float], Iterable[Notice]]


class Lookout:
    """
    Looks at jobs when the agenda says so; thread-safe.
    """

    def __init__(self, agenda: Agenda, clock: Callable[[], float] = time.monotonic) -> None:
        """
        Start no thread yet.

        Args:
            agenda: What to do; used by this lookout alone.
            clock: A monotonic clock in seconds, the one that the agenda's tokens were made with.
        """
        self._agenda = agenda
        self._clock = clock
        self._inbox: SimpleQueue[Command] = SimpleQueue()
        self._lock = threading.RLock()  # a signal's handler may wait for jobs while its thread is in here
        self._thread: threading.Thread | None = None
        self._generation = 0
        self._process = os.getpid()

    def begin(self, flow: Flow[Any]) -> None:
        """
        Let the time of `flow` begin now.
        """
        flow.began, flow.generation = self._clock(), self._generation

    def feed(self, flow: Flow[Any], receive: Callable[[Notice], object], *, is_cancelled: bool = False) -> None:
        """
        Watch what `flow` reads next; end it instead if it is cancelled, or if the lookout was closed since it began.

        Raises:
            ConfigurationError: If the flow was begun in the process that this one was forked from.
        """
        if self._process != os.getpid():
            raise ConfigurationError(
                "this process was forked from the one that began to wait",
                hint="Call the client's method again in this process.",
            )
        if is_cancelled or flow.generation != self._generation:
            self.drop(flow.open)
            flow.cancel()
        else:
            self.add(flow.read(), receive)

    def add(self, watches: Iterable[Watch], receive: Callable[[Notice], object]) -> None:
        """
        Begin to watch.

        Args:
            watches: What to watch.
            receive: Given each notice, in a thread of the lookout; must neither block nor raise.
        """
        new = [watch for watch in watches if watch.is_open]
        for watch in new:
            watch.receive = receive
        if new:
            self._ask(partial(self._agenda.add, new))

    def drop(self, watches: Iterable[Watch]) -> None:
        """
        Watch no more; from now on nothing is received.
        """
        gone = list(watches)
        for watch in gone:
            watch.is_open, watch.receive = False, nobody
        if gone:
            self._inbox.put(partial(self._agenda.drop, gone))

    def close(self) -> None:
        """
        End every wait that is under way with `WaitCancelledError`. It takes no lock: a signal's handler may call it.
        """
        self._generation += 1
        self._inbox.put(self._cancel_all)

    def _ask(self, command: Command) -> None:
        with self._lock:
            self._inbox.put(command)
            if self._thread is not None:
                return
            try:
                self._thread = _thread(self._run, "braket-jobs")
                self._thread.start()
            except BaseException:  # a Ctrl-C, too, and then the thread may have started: it sees that it isn't the one
                self._thread = None
                raise

    def _run(self) -> None:
        while self._has_work():
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001  # a defect, or no more threads: nobody may wait for ever
                _deliver(self._agenda.end_all(partial(Watch.end, error=error)))

    def _has_work(self) -> bool:
        with self._lock:
            if self._thread is not threading.current_thread():
                return False
            if len(self._agenda) or not self._inbox.empty():
                return True
            self._thread = None
            return False

    def _turn(self) -> None:
        now = self._clock()
        for glance in self._agenda.start(now):
            self._send(glance)
        with suppress(Empty):
            command = self._inbox.get(timeout=min(self._agenda.pause(now), _LONGEST_PAUSE))
            _deliver(command(self._clock()))
        _deliver(self._agenda.expire(self._clock()))

    def _cancel_all(self, _now: float) -> Iterator[Notice]:
        return self._agenda.end_all(Watch.cancel)

    def _send(self, glance: Glance) -> None:
        try:
            _thread(partial(self._look, glance), "braket-jobs-look").start()
        except RuntimeError:  # no more threads are to be had
            self._look(glance)

    def _look(self, glance: Glance) -> None:
        result: Job | BaseException
        try:
            result = glance.take()
        except BaseException as error:  # noqa: BLE001  # goes to whoever waits, who raises it
            result = error
        self._inbox.put(partial(self._finish, glance, result))

    def _finish(self, glance: Glance, result: Job | BaseException, now: float) -> Iterator[Notice]:
        yield from self._agenda.finish(glance, result, now)
        if isinstance(result, BraketJobsError) and glance.watch.is_open:
            level = logging.DEBUG if isinstance(result, ThrottlingError) else logging.WARNING
            extra = {"braket_job_arn": str(glance.watch.arn)}
            _LOG.log(level, "A look failed, the wait goes on: %s", result, extra=extra)


def _thread(target: Callable[[], None], name: str) -> threading.Thread:
    return threading.Thread(target=target, name=name, daemon=True)


def _deliver(notices: Iterable[Notice]) -> None:
    for notice in notices:
        notice.watch.receive(notice)


def run(lookout: Lookout, flow: Flow[_T], cancel: threading.Event | None) -> Generator[_T, None, None]:
    """
    Yield what `flow` hands out, and block in between.

    Args:
        lookout: Makes the looks.
        flow: What to wait for. When the iterator is closed, nothing is watched any more.
        cancel: Ends the flow when it is set.
    """
    mailbox: SimpleQueue[Notice] = SimpleQueue()
    period = _PERIOD if cancel is None else _CANCEL_PERIOD
    lookout.begin(flow)
    try:
        while not flow.is_over:
            while not mailbox.empty():
                flow.hear(mailbox.get())
            yield from flow.ready()
            lookout.feed(flow, mailbox.put, is_cancelled=cancel is not None and cancel.is_set())
            yield from flow.ready()
            if flow.open and not flow.is_hungry:
                with suppress(Empty):
                    flow.hear(mailbox.get(timeout=period))
        flow.finish()
    finally:
        lookout.drop(flow.open)
