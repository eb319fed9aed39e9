"""
Who asks, in this process: a `Caller` and a `Lookout` for each process, and a set of them for each client or session.

What was built before a fork belongs to the parent, so a child assembles its own. What is kept for a client or a
session that was passed to `get_job` lives as long as that does.
"""

import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._call.door import caller_with_own_clients, caller_with_passed_client
from braket_jobs._forks import forgotten_in_children, importing
from braket_jobs._quota.bucket import Quotas
from braket_jobs.policies import Quota, checked_quota

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from braket_jobs._call.caller import Caller
    from braket_jobs._watch.threads import Lookout


_T = TypeVar("_T")


class _Lazy(Generic[_T]):
    """
    One thing, made when it is first asked for, and anew after it was forgotten.
    """

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._made: dict[str, _T] = {}

    def here(self) -> _T:
        # `setdefault` is atomic, so threads that race here end up with the same one
        return self._made.get("") or self._made.setdefault("", self._make())

    def if_made(self) -> _T | None:
        return self._made.get("")

    def forget(self) -> None:
        self._made = {}


def _checked_threads(max_threads: object) -> int:
    if not isinstance(max_threads, int):
        raise TypeError(f"max_threads is an integer, not {type(max_threads).__name__}")
    if max_threads < 1:
        raise ValueError(f"max_threads must be at least 1: {max_threads}")
    return max_threads


class Callers:
    """
    Assembles a `Caller` for each process that asks for one, on first use, and a `Lookout` where jobs are watched.
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
        quota: Quota | None = Quota(),
        max_threads: int = 32,
    ) -> None:
        """
        Keep what is needed to assemble; the arguments are those of `JobsClient`.

        Raises:
            TypeError: If `client` comes together with what is for building one, or a setting is of the wrong type.
            ValueError: If `max_threads` is below 1.
        """
        self._client = client
        self._settings = (session, region_name, endpoint_url, config)
        for name, text in (("region_name", region_name), ("endpoint_url", endpoint_url)):
            if not isinstance(cast("object", text), str | None):
                raise TypeError(f"{name} is text or None, not {type(text).__name__}")
        if config is not None and not hasattr(config, "merge"):
            raise TypeError(f"config is a botocore Config or None, not {type(config).__name__}")
        if client is not None and any(setting is not None for setting in self._settings):
            message = "a client is used as it is: leave out session, region_name, endpoint_url and config"
            raise TypeError(message)
        self._sleep = sleep
        self._quota = checked_quota(quota)
        self._max_threads = _checked_threads(max_threads)
        self._is_inherited = False
        self._quotas = _Lazy(self._new_quotas)
        self._caller = _Lazy(self._new_caller)
        self._lookout = _Lazy(self._new_lookout)
        forgotten_in_children(self)

    def forget(self) -> None:
        """
        Forget what the parent has built.
        """
        self._is_inherited = True
        for lazy in (self._quotas, self._caller, self._lookout):
            lazy.forget()

    @property
    def has_quota(self) -> bool:
        """
        Whether looks wait for a quota.
        """
        return self._quota is not None

    def here(self) -> "Caller":
        """
        Return this process's caller.
        """
        return self._caller.here()

    def lookout(self) -> "Lookout":
        """
        Return what watches jobs in this process.
        """
        return self._lookout.here()

    def close(self) -> None:
        """
        End this process's waits, and close what its caller has built, if anything.
        """
        if lookout := self._lookout.if_made():
            lookout.close()
        if caller := self._caller.if_made():
            caller.source.close()

    def _new_caller(self) -> "Caller":
        if self._client is None:
            return caller_with_own_clients(*self._settings, sleep=self._sleep, quotas=self._quotas.here())
        return caller_with_passed_client(
            self._client, is_inherited=self._is_inherited, sleep=self._sleep, quotas=self._quotas.here()
        )

    def _new_quotas(self) -> Quotas:
        return Quotas(self._quota)

    def _new_lookout(self) -> "Lookout":
        with importing:
            from braket_jobs._watch.agenda import Agenda  # noqa: PLC0415  # lazy: not everybody waits
            from braket_jobs._watch.threads import Lookout  # noqa: PLC0415  # likewise

        # Its looks are counted together with the caller's calls. The caller is left to whoever looks first, in a
        # thread: assembling it takes long, and this thread may be an event loop's.
        return Lookout(Agenda(self._quotas.here(), most_looks=self._max_threads))


default: Callers = Callers()  # for calls with neither client nor session; `testing` puts its own here
_BY_OWNER: dict[int, Callers] = {}  # by identity: two clients that compare equal are two clients


def shared_callers(client: GetJobClient | None, session: "boto3.Session | None") -> Callers:
    """
    Return the callers that all calls with the same client or session share.

    Raises:
        TypeError: If both are given.
    """
    if client is None and session is None:
        return default
    owner = session if client is None else client
    known = _BY_OWNER.get(id(owner))
    if known is not None and (client is None or session is None):
        return known
    fresh = Callers(client=client, session=session)
    try:
        return _kept_for(owner, _borrowing(client, session))
    except TypeError:  # it can't be weakly referred to, so nothing is kept for it
        return fresh


def _kept_for(owner: object, callers: Callers) -> Callers:
    weakref.finalize(owner, _BY_OWNER.pop, id(owner), None).atexit = False
    return _BY_OWNER.setdefault(id(owner), callers)


def _borrowing(client: GetJobClient | None, session: "boto3.Session | None") -> Callers:
    # Kept for as long as its owner lives, so it must not keep its owner alive.
    return Callers(client=_proxy(client), session=_proxy(session))


def _proxy(owner: Any) -> Any:
    return None if owner is None else weakref.proxy(owner)
