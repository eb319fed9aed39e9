"""
Who asks, in this process: one `Caller` for each process, and one set of them for each client or session.

What was built before a fork belongs to the parent, so a child assembles its own. What is kept for a client or a
session that was passed to `get_job` lives as long as that does.
"""

import os
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from braket_jobs.protocols import GetJobClient

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from braket_jobs._call import Caller


class Callers:
    """
    Assembles a `Caller` for each process that asks for one, on first use.
    """

    def __init__(
        self,
        *,
        client: GetJobClient | None = None,
        session: "boto3.Session | None" = None,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        config: "Config | None" = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Keep what is needed to assemble; the arguments are those of `JobsClient`.

        Raises:
            TypeError: If `client` comes together with what is for building one.
        """
        self._client = client
        self._settings = (session, region_name, endpoint_url, config)
        if client is not None and any(setting is not None for setting in self._settings):
            message = "a client is used as it is: leave out session, region_name, endpoint_url and config"
            raise TypeError(message)
        self._sleep = sleep
        self._process = os.getpid()
        self._by_process: dict[int, Caller] = {}

    def here(self) -> "Caller":
        """
        Return this process's caller.
        """
        # `setdefault` is atomic, so threads that race here end up with one caller. A lock in its place could be
        # inherited locked by a forked child.
        process = os.getpid()
        return self._by_process.get(process) or self._by_process.setdefault(process, self._assembled())

    def close(self) -> None:
        """
        Close what this process's caller has built, if anything.
        """
        caller = self._by_process.get(os.getpid())
        if caller is not None:
            caller.source.close()

    def _assembled(self) -> "Caller":
        from braket_jobs import _assemble  # noqa: PLC0415  # lazy: it brings boto3, cattrs and tenacity

        if self._client is None:
            return _assemble.with_pool(*self._settings, sleep=self._sleep)
        return _assemble.with_passed(self._client, self._process, sleep=self._sleep)


default: Callers = Callers()  # for calls with neither client nor session; `testing` puts its own here
_BY_OWNER: weakref.WeakKeyDictionary[object, Callers] = weakref.WeakKeyDictionary()


def shared_callers(client: GetJobClient | None, session: "boto3.Session | None") -> Callers:
    """
    Return the callers that all calls with the same client or session share.

    Raises:
        TypeError: If both are given.
    """
    if client is None and session is None:
        return default
    fresh = Callers(client=client, session=session)
    owner = session if client is None else client
    try:
        return _BY_OWNER.get(owner) or _BY_OWNER.setdefault(owner, _borrowing(client, session))
    except TypeError:  # it can't be hashed or weakly referred to, so nothing is kept for it
        return fresh


def _borrowing(client: GetJobClient | None, session: "boto3.Session | None") -> Callers:
    # Kept for as long as its owner lives, so it must not keep its owner alive.
    return Callers(client=_proxy(client), session=_proxy(session))


def _proxy(owner: Any) -> Any:
    return None if owner is None else weakref.proxy(owner)
