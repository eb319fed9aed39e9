"""
What concerns the whole process: what a fork must not tear apart or hand on, and when nothing is collected.

A child has only one of its parent's threads. A lock that another one held stays locked for ever, and a connection would
mix the answers of parent and child. So imports that come late hold `importing`, for which a fork waits: Python locks
each module while it is imported. And whatever holds locks, threads or connections has itself emptied in the child.
"""

import gc
import logging
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol
from weakref import WeakSet


class Holder(Protocol):
    def forget(self) -> None:
        """
        Forget what belongs to the parent, in a child that was just forked.
        """
        ...


importing = threading.RLock()  # an import may lead to another one
_HOLDERS: WeakSet[Holder] = WeakSet()


def forgotten_in_children(holder: Holder) -> None:
    """
    Have `holder` forget in every child what belongs to this process, for as long as it lives.
    """
    _HOLDERS.add(holder)


@contextmanager
def not_collecting() -> Generator[None]:
    """
    Keep Python's garbage collector from searching through what is being built and stays: a tenth of a first call.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def _forget() -> None:
    importing.release()
    for holder in list(_HOLDERS):
        holder.forget()


# Python calls what runs before a fork in reverse order. logging's, which takes the lock that every `getLogger` takes,
# has to be there first: a fork that held that lock and waited here would wait for an import that waits for it.
# And who hasn't set up logging gets no line of ours on his standard error.
logging.getLogger("braket_jobs").addHandler(logging.NullHandler())
if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(before=importing.acquire, after_in_parent=importing.release, after_in_child=_forget)
