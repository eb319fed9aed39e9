"""
Forks while another thread of this process imports a module for the first time; run as a script.

``python forking.py MODULE`` prints what became of a call in the child: the number of the signal that ended it, or 0.
"""

import importlib.abc
import os
import signal
import sys
import threading
from collections.abc import Callable

from braket_jobs import BraketJobsError, InvalidResponseError, JobsClient, RetryPolicy, codec

_PATIENCE = 10  # seconds that the child has
_PAUSE = 0.3  # seconds that the import takes, of which a fork needs few

importing, forked = threading.Event(), threading.Event()


class Slow(importlib.abc.MetaPathFinder):
    """
    Makes an import long enough for a fork to fall into it.
    """

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == sys.argv[1]:
            importing.set()
            forked.wait(_PAUSE)


def ask_nobody() -> None:
    policy = RetryPolicy(max_attempts=2, wait_initial=0)
    client = JobsClient(endpoint_url="http://127.0.0.1:1", retry=policy)
    try:
        client.get_job("arn:aws:braket:us-east-1:123456789012:job/a")
    except BraketJobsError:
        read_nonsense()


def read_nonsense() -> None:
    try:
        codec.job_from_dict({"status": 5})
    except InvalidResponseError:
        return


def outcome_in_a_child(call: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        signal.alarm(_PATIENCE)
        call()
        os._exit(0)
    forked.set()
    return os.WTERMSIG(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.meta_path.insert(0, Slow())
    thread = threading.Thread(target=ask_nobody, daemon=True)
    thread.start()
    if not importing.wait(_PATIENCE):
        sys.exit("nobody imports it")
    print(outcome_in_a_child(ask_nobody))  # noqa: T201  # a script
    thread.join()
