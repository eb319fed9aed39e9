"""
Events that end waits: noticed at once, by one thread however many wait, which goes when nobody listens any more.
"""

import gc
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from queue import SimpleQueue
from weakref import ref

import pytest
from support.subscribing import A, subscribe
from support.watching import RUNNING, SECONDS, our_threads

from braket_jobs import WaitCancelledError
from braket_jobs._watch import alarms as module
from braket_jobs._watch import subscriptions
from braket_jobs._watch.alarms import Alarms
from braket_jobs._watch.kinds import Updates
from braket_jobs._watch.threads import Threads

LONG = 3600.0


class NoThreads(Threads):
    """
    As on a machine that has no more; something may happen meanwhile.
    """

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__(idle_seconds=0.01)
        self._meanwhile = meanwhile

    def run(self, work: Callable[[], object]) -> None:  # noqa: ARG002  # nobody does it
        self._meanwhile()
        raise RuntimeError("can't start new thread")


def some_alarms(patience: float = LONG) -> Alarms:
    return Alarms(Threads(idle_seconds=0.01), patience)


def wait_for(condition: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < give_up_at:
        gc.collect()
        time.sleep(0.001)
    return condition()


def test_one_thread_wakes_all_who_listen_to_an_event() -> None:
    """
    And none for another event.
    """
    before, alarms, event, other = len(our_threads()), some_alarms(), threading.Event(), threading.Event()
    woken, others = SimpleQueue[int](), SimpleQueue[int]()
    for number in range(100):
        alarms.listen(event, partial(woken.put, number))
    alarms.listen(other, lambda: others.put(0))
    threads = len(our_threads()) - before
    event.set()

    assert sorted(woken.get(timeout=SECONDS) for _ in range(100)) == list(range(100))
    assert threads <= 2
    assert others.empty()
    other.set()
    assert others.get(timeout=SECONDS) == 0


def test_the_thread_goes_when_nobody_listens() -> None:
    """
    It keeps neither the event nor who listened.
    """
    alarms, event, told = some_alarms(patience=0.001), threading.Event(), SimpleQueue[None]()

    def wake() -> None:
        told.put(None)

    gone = ref(event), ref(wake)
    alarms.listen(event, wake)
    alarms.leave(event, wake)
    del event, wake

    assert wait_for(lambda: [each() for each in gone] == [None, None])
    assert alarms._listeners == {}
    assert told.empty()


def test_who_does_not_listen_leaves_silently() -> None:
    """
    A wait may end before it listens.
    """
    some_alarms().leave(threading.Event(), lambda: None)


def test_who_comes_while_the_thread_goes_is_woken() -> None:
    """
    And listens again.
    """

    class Going(dict[int, set[Callable[[], object]]]):
        def setdefault(self, _key: int, _default: set[Callable[[], object]] | None = None) -> set[Callable[[], object]]:
            return set()  # which a thread had when it was asked

    alarms, told = some_alarms(), SimpleQueue[None]()
    alarms._listeners = Going()

    alarms.listen(threading.Event(), lambda: told.put(None))

    assert not told.empty()


def test_without_a_thread_nobody_listens() -> None:
    """
    Who has come meanwhile is woken, and finds out too.
    """
    event, told = threading.Event(), SimpleQueue[None]()
    alarms = Alarms(NoThreads(lambda: alarms.listen(event, lambda: told.put(None))))

    with pytest.raises(RuntimeError, match="can't start new thread"):
        alarms.listen(event, lambda: None)

    assert not told.empty()
    assert alarms._listeners == {}


def test_an_interrupt_leaves_no_thread_behind() -> None:
    """
    Ctrl-C may come when the thread has just started.
    """

    class Interrupted(Threads):
        def run(self, work: Callable[[], object]) -> None:
            super().run(work)
            raise KeyboardInterrupt

    alarms, event = Alarms(Interrupted(idle_seconds=0.01), patience=0.01), threading.Event()
    gone = ref(event)

    with pytest.raises(KeyboardInterrupt):
        alarms.listen(event, lambda: None)
    del event

    assert wait_for(lambda: gone() is None)
    assert alarms._listeners == {}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_listens_with_a_thread_of_its_own() -> None:
    """
    To the same event.
    """
    alarms, event = some_alarms(), threading.Event()
    alarms.listen(event, lambda: None)

    def is_woken() -> None:
        woken = SimpleQueue[None]()
        alarms.listen(event, lambda: woken.put(None))
        event.set()
        woken.get(timeout=SECONDS)

    child = get_context("fork").Process(target=is_woken)
    child.start()
    child.join(SECONDS)
    event.set()

    assert child.exitcode == 0


class Counting(threading.Event):
    """
    Counts how often it is looked at.
    """

    looks = 0

    def is_set(self) -> bool:
        self.looks += 1
        return super().is_set()


def _put_in_place(ours: Alarms, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (module, subscriptions):
        monkeypatch.setattr(each, "ALARMS", ours)
    monkeypatch.setattr(module, "_PERIOD", LONG)


@pytest.fixture
def own_alarms(monkeypatch: pytest.MonkeyPatch) -> Alarms:
    """
    Alarms whose threads go soon; and no wait looks around by itself.
    """
    ours = some_alarms(patience=0.01)
    _put_in_place(ours, monkeypatch)
    return ours


def test_an_event_ends_an_idle_wait(own_alarms: Alarms) -> None:
    """
    At once, and nobody has looked at it meanwhile.
    """
    cancel, errors = Counting(), list[Exception]()
    updates = subscribe(Updates, [A], lambda _: RUNNING, timeout=None).iterate(cancel)
    next(updates)

    def wait() -> None:
        with pytest.raises(WaitCancelledError) as caught:
            next(updates)
        errors.append(caught.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert wait_for(lambda: bool(own_alarms._listeners))
    before = cancel.looks
    time.sleep(0.3)
    looks = cancel.looks - before
    cancel.set()
    waiting.join(SECONDS)

    assert len(errors) == 1
    assert looks <= 1


def test_a_wait_that_is_over_leaves_nothing_behind(own_alarms: Alarms) -> None:
    """
    Neither its event nor a thread.
    """
    cancel = threading.Event()
    gone = ref(cancel)
    with pytest.raises(TimeoutError):
        list(subscribe(Updates, [A], lambda _: RUNNING, timeout=0.05).iterate(cancel))
    del cancel

    assert wait_for(lambda: gone() is None)
    assert own_alarms._listeners == {}


def test_without_a_thread_an_event_ends_a_wait_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The wait looks at it often.
    """
    _put_in_place(Alarms(NoThreads()), monkeypatch)
    cancel = threading.Event()
    updates = subscribe(Updates, [A], lambda _: RUNNING, timeout=None).iterate(cancel)
    next(updates)
    threading.Timer(0.1, cancel.set).start()

    with pytest.raises(WaitCancelledError):
        next(updates)
