"""
Imports that wait until somebody needs them, and that a fork waits for.

Python holds a lock for each module while that is imported, and a forked child inherits it locked, with no thread left
to open it: the child's first call would hang for ever if another thread of the parent was importing at that moment. So
what is imported inside a function is imported with `late_import` held, and so is every fork: it comes before such an
import or after it, never in between.

The handlers are registered when this module is imported, the one effect that importing any of ours has. Python calls
those that run before a fork in reverse order, so logging's, which take the lock that every `getLogger` takes, have to
be there first: a fork that held that lock and waited here would wait for an import that waits for it.
"""

import os
import threading
from importlib import import_module

import_module("logging")  # for its handlers alone

late_import = threading.RLock()  # an import may lead to another one

if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(
        before=late_import.acquire, after_in_parent=late_import.release, after_in_child=late_import.release
    )
