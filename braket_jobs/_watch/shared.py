"""
The engines that calls of `get_job` and `wait_for_job` share: one for the process, one for each client or session.

What is kept for a client or a session that was passed in lives as long as that does.
"""

import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from braket_jobs._aws.protocols import ClientSettings, check_client
from braket_jobs._watch.engine import Engine
from braket_jobs.policies import Quota, RetryPolicy

if TYPE_CHECKING:
    import boto3


def new_engine(client: object = None, session: "boto3.Session | None" = None) -> Engine:
    """
    Return an engine with the settings that a `JobsClient` has by default.
    """
    return Engine(client, ClientSettings(session), RetryPolicy(), time.sleep, Quota(), max_threads=32)


_DEFAULT = new_engine()
_BY_OWNER: dict[int, Engine] = {}  # by identity: two clients that compare equal are two clients


def _of_process() -> Engine:
    return _DEFAULT


default: Callable[[], Engine] = _of_process  # for calls with neither client nor session; `testing` puts its own here


def shared_engine(client: object, session: "boto3.Session | None", *methods: str) -> Engine:
    """
    Return the engine that all calls with the same client or session share.

    Args:
        client: A client, or None.
        session: A session, or None.
        methods: What the client is going to be asked by.

    Raises:
        TypeError: If both are given, or the client has none of such methods.
    """
    if client is None and session is None:
        return default()
    if client is not None:
        for method in methods:
            check_client(client, method)
    owner = session if client is None else client
    known = _BY_OWNER.get(id(owner))
    if known is not None and (client is None or session is None):
        return known
    fresh = new_engine(client, session)
    try:
        # It is kept for as long as its owner lives, so it must not keep its owner alive.
        return _kept_for(owner, new_engine(_proxy(client), _proxy(session)))
    except TypeError:  # the owner can't be weakly referred to, so nothing is kept for it
        return fresh


def _kept_for(owner: object, engine: Engine) -> Engine:
    weakref.finalize(owner, _BY_OWNER.pop, id(owner), None).atexit = False
    return _BY_OWNER.setdefault(id(owner), engine)


def _proxy(owner: Any) -> Any:
    return None if owner is None else weakref.proxy(owner)
