"""
Where boto3 clients come from: built here, one for each region, or passed in by the caller.

A client that is built here never retries by itself, since there is one retry layer and it is ours. A client that was
passed in is used as it is: nothing on it is changed.

What is built here is built from the outside world, which changes: other environment variables, another default session
of boto3's, renewed credentials. Then it is dropped, and built anew.

Clients are thread-safe, sessions are not: one thread at a time builds from a session, whoever uses it. Nothing but
building waits for that, since it may take long. Whoever holds a pool drops it in a forked child: parent and child would
read each other's answers from a shared connection.
"""

import codecs
import ssl
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, NoReturn, Protocol, cast

import attrs
from botocore.client import BaseClient
from botocore.config import Config

from braket_jobs._aws.body import read
from braket_jobs._aws.protocols import BraketClient, ClientSettings
from braket_jobs._aws.requests import count
from braket_jobs._aws.sessions import LOCKS, keys_of, session_of_process, surroundings
from braket_jobs._process import not_collecting
from braket_jobs.errors.asked import Asked
from braket_jobs.errors.tree import ConfigurationError

# With botocore's 10 connections, more threads than that reconnect all the time. What is asked for is checked
# before, and no operation has a host prefix: botocore needn't look again.
_DEFAULTS = Config(max_pool_connections=32, parameter_validation=False, inject_host_prefix=False)
_NO_RETRIES = Config(retries={"mode": "standard", "total_max_attempts": 1})

# The first connection would set these up otherwise, and a child that is forked meanwhile could never make one. Here a
# fork waits for them (`_process`): the codec is a module, and OpenSSL's locks outlive a fork as those of modules do.
codecs.lookup("idna")
ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# Braket is in a handful of regions, but an ARN may name any.
_MOST_CLIENTS = 32


class _Session(Protocol):
    def client(self, service_name: str, **settings: Any) -> BaseClient: ...


@attrs.frozen
class PassedClient:
    """
    A client that the caller has built, keeps and closes; used for every region.

    Attributes:
        client: The client.
        is_inherited: Whether it was passed in in the process that this one was forked from, and so is refused.
    """

    client: BraketClient
    is_inherited: bool
    is_on_trial: ClassVar[bool] = False

    def client_for(self, _region: str, asked: Asked) -> BraketClient:
        """
        Return the client, if it isn't inherited.
        """
        if self.is_inherited:
            _refuse(asked, "client", "a shared connection mixes answers")
        return self.client

    def asked_region(self, _region: str) -> str:
        """
        Return where requests go that are meant for a region: to the same place as all others.
        """
        return ""

    def configured_region(self) -> str:
        """
        Return the client's region, or nothing if it doesn't tell.
        """
        return region_of(self.client) or ""

    def forget_keys(self, client: object) -> None:
        """
        Do nothing: the client's credentials are its own.
        """

    def finds_other_keys(self, client: object) -> bool:  # noqa: ARG002  # there is only this one
        """
        Return that there are no others.
        """
        return False

    def accept_keys(self) -> None:
        """
        Do nothing.
        """

    def close(self) -> None:
        """
        Do nothing.
        """


@attrs.define(eq=False)
class _Built:
    """
    What was built from one state of the outside world.
    """

    surroundings: tuple[object, ...] = ()
    session: object = None
    # by region; the last one was used last
    clients: OrderedDict[str, BaseClient] = attrs.Factory(OrderedDict[str, BaseClient])


class ClientPool:
    """
    Builds one client for each region when it is first needed, and keeps it while the world outside stays the same.

    Attributes:
        is_on_trial: Whether keys have taken the place of others that were refused, and nobody has accepted them yet.
    """

    def __init__(self, settings: ClientSettings, *, is_inherited: bool = False) -> None:
        self._settings = settings
        self._is_inherited = is_inherited
        self._config = _DEFAULTS.merge(settings.config or Config()).merge(_NO_RETRIES)
        self._built = _Built()
        self._building = threading.RLock()  # a signal's handler may ask while its thread builds
        self._has_found_others = False
        self.is_on_trial = False

    def client_for(self, region: str, asked: Asked) -> BraketClient:
        """
        Return the client for `region`; if that is empty, botocore says that there is none.
        """
        if self._is_inherited and self._settings.session is not None:
            _refuse(asked, "session", "a thread of the parent's may hold its locks for ever")
        now, built = surroundings(), self._built
        if built.surroundings != now:
            built = self._begin_anew(now)
        client = built.clients.get(region)
        if client is None:
            client = self._new(built, region)
        with suppress(KeyError):  # another thread has just dropped it
            built.clients.move_to_end(region)
        return cast("BraketClient", client)

    def asked_region(self, region: str) -> str:
        """
        Return where requests go that are meant for `region`: there, or to the region that the pool is bound to.
        """
        return self._settings.region_name or region

    def forget_keys(self, client: object) -> None:
        """
        Have credentials resolved anew, since those that `client` has are missing or refused.
        """
        with self._building:
            if self._has(client):  # else somebody has done that already
                self._begin_anew(surroundings())

    def finds_other_keys(self, client: object) -> bool:
        """
        Forget the keys of `client`, which have expired, and return whether others are to be had that may be accepted.

        Who gives out new ones each time may be refused for ever, so others are found once until keys are accepted.
        """
        with self._building:
            if self._has(client):  # else somebody has looked already
                before = keys_of(self._built.session)
                built = self._begin_anew(surroundings())
                self._has_found_others = not self.is_on_trial and self._new_keys(built) not in {before, None}
                self.is_on_trial |= self._has_found_others
                if not self._has_found_others:
                    self._begin_anew(surroundings())  # the next call looks again
            return self._has_found_others

    def accept_keys(self) -> None:
        """
        Take note that the service has accepted them.
        """
        self.is_on_trial = False

    def configured_region(self) -> str:
        """
        Return the region that the pool is bound to, or else the one that its session has; empty if there is none.
        """
        if self._settings.region_name:
            return self._settings.region_name
        with self._building:
            now, built = surroundings(), self._built
            session = self._session(built if built.surroundings == now else self._begin_anew(now))
            return getattr(session, "region_name", None) or ""

    def _new_keys(self, built: _Built) -> object:
        with suppress(Exception):  # the files may be half written; the next call says so
            return keys_of(self._session(built))
        return None

    def _has(self, client: object) -> bool:
        return any(each is client for each in list(self._built.clients.values()))

    def close(self) -> None:
        """
        Close the clients; the next call builds new ones. Waits for nothing, not even for a client that is being built.
        """
        self._begin_anew(())

    def _begin_anew(self, now: tuple[object, ...]) -> _Built:
        before, self._built = self._built, _Built(now)
        for client in list(before.clients.values()):
            client.close()
        return self._built

    def _new(self, built: _Built, region: str) -> BaseClient:
        with self._building:
            client = built.clients[region] = built.clients.get(region) or self._client(built, region)
            if len(built.clients) > _MOST_CLIENTS:
                built.clients.popitem(last=False)[1].close()
        if built is not self._built:  # it was dropped meanwhile, and this client may have come too late to be closed
            client.close()
        return client

    def _client(self, built: _Built, region: str) -> BaseClient:
        try:
            with not_collecting():
                session = self._session(built)
                with LOCKS.of(session):
                    client = session.client(
                        "braket",
                        region_name=region or None,
                        endpoint_url=self._settings.endpoint_url,
                        config=self._config,
                    )
        except Exception:
            built.session = None  # what it has read, such as the name of a profile, is not read again
            raise
        # events of this client's own, so no other one reads differently or is counted
        for operation in ("GetJob", "SearchJobs"):
            client.meta.events.register(f"before-parse.braket.{operation}", cast("Callable[..., None]", read))
            client.meta.events.register_first(f"before-send.braket.{operation}", count)
        return client

    def _session(self, built: _Built) -> _Session:
        built.session = built.session or self._settings.session or session_of_process()
        return cast("_Session", built.session)


def _refuse(asked: Asked, what: str, why: str) -> NoReturn:
    raise ConfigurationError(
        f"this process was forked from the one the {what} was passed in, and {why}",
        asked.job_arn,
        hint=f"Build a {what} in this process and pass that.",
        operation=asked.operation,
        subject=asked.subject,
    )


def region_of(client: object) -> str | None:
    """
    Return the region that `client` asks in; None if it doesn't tell, or if there is none.
    """
    region = getattr(getattr(client, "meta", None), "region_name", None)
    return region if isinstance(region, str) else None
