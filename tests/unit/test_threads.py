"""
The threads that polls are made in: used again, let go of after a while, gone in a child.
"""

import gc
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from queue import SimpleQueue
from weakref import ref

import pytest
from support.watching import SECONDS

from braket_jobs._watch import threads as module
from braket_jobs._watch.threads import Threads

LONG = 2.0  # seconds: no test is held up for so long, and those after it count threads


def outcome(threads: Threads, work: Callable[[], int]) -> int:
    answers: SimpleQueue[int] = SimpleQueue()
    threads.run(lambda: answers.put(work()))
    return answers.get(timeout=SECONDS)


def wait_for(condition: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < give_up_at:
        time.sleep(0.001)
    return condition()


def test_a_thread_that_is_idle_is_used_again() -> None:
    """
    So the end of a poll ends no thread, which somebody's fork could fall into.
    """
    threads = Threads(idle_seconds=LONG)
    used = set[int]()
    for _ in range(100):
        used.add(outcome(threads, threading.get_ident))
        assert wait_for(lambda: len(threads.idle) == 1)

    assert len(used) == 1


def test_there_are_as_many_threads_as_work() -> None:
    threads = Threads(idle_seconds=LONG)
    together = threading.Barrier(5)
    for _ in range(4):
        threads.run(lambda: together.wait(SECONDS))

    together.wait(SECONDS)

    assert wait_for(lambda: len(threads.idle) == 4)


def test_a_thread_that_stays_idle_ends() -> None:
    threads = Threads(idle_seconds=0.001)
    ident = outcome(threads, threading.get_ident)

    assert wait_for(lambda: ident not in {thread.ident for thread in threading.enumerate()})
    assert threads.idle == []


def test_no_work_is_lost_on_a_thread_that_is_about_to_end() -> None:
    """
    Each is chosen about when it stops being idle.
    """
    threads = Threads(idle_seconds=0.0005)
    for _ in range(500):
        assert outcome(threads, threading.get_ident) > 0
        time.sleep(0.0005)


def test_an_idle_thread_keeps_nothing_alive() -> None:
    """
    A client that nobody has any more goes, with its connections.
    """

    class Work:
        def __call__(self) -> int:
            return 1

    threads, work = Threads(idle_seconds=LONG), Work()
    seen = ref(work)
    assert outcome(threads, work) == 1
    assert wait_for(lambda: len(threads.idle) == 1)
    del work
    gc.collect()

    assert seen() is None


def test_a_thread_that_was_chosen_and_given_nothing_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Ctrl-C may come between the two.
    """
    monkeypatch.setattr(module, "_CHOSEN_SECONDS", 0.01)
    threads = Threads(idle_seconds=LONG)
    ident = outcome(threads, threading.get_ident)
    assert wait_for(lambda: threads.idle != [])

    threads.idle.clear()  # as the interrupted one does

    assert wait_for(lambda: ident not in {thread.ident for thread in threading.enumerate()})


# Python 3.12 and later say that forking with threads may deadlock; that it doesn't here is what this shows.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_child_begins_without_threads() -> None:
    threads = Threads(idle_seconds=LONG)
    assert outcome(threads, threading.get_ident) > 0
    assert wait_for(lambda: len(threads.idle) == 1)

    child = get_context("fork").Process(target=outcome, args=(threads, threading.get_ident))
    child.start()
    child.join(SECONDS)

    assert child.exitcode == 0


def test_no_thread_to_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)

    with pytest.raises(RuntimeError, match="can't start"):
        Threads(idle_seconds=LONG).run(list)
