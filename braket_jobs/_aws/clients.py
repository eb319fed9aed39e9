"""
Where boto3 clients come from: built here, one for each region, or passed in by the caller.

A client that is built here never retries by itself, since there is one retry layer and it is ours. A client that was
passed in is used as it is: nothing on it is changed.

Clients are thread-safe, sessions are not: one thread at a time builds from a session, whoever uses it. Nothing but
building waits for that, since it may take long. Whoever holds a pool drops it in a forked child: parent and child would
read each other's answers from a shared connection.
"""

import codecs
import ssl
import threading
from collections.abc import Callable
from typing import Any, Protocol, cast
from weakref import WeakKeyDictionary

import attrs
from botocore.client import BaseClient
from botocore.config import Config

from braket_jobs._aws.body import read
from braket_jobs._aws.protocols import ClientSettings, GetJobClient
from braket_jobs._aws.requests import count
from braket_jobs._aws.sessions import LightSession
from braket_jobs._process import forgotten_in_children, not_collecting
from braket_jobs.errors.tree import ConfigurationError
from braket_jobs.model.arn import JobArn

# With botocore's 10 connections, more threads than that reconnect all the time. The ARN is checked before, and GetJob
# has no host prefix: botocore needn't look again.
_DEFAULTS = Config(max_pool_connections=32, parameter_validation=False, inject_host_prefix=False)
_NO_RETRIES = Config(retries={"mode": "standard", "total_max_attempts": 1})

# The first connection would set these up otherwise, and a child that is forked meanwhile could never make one. Here a
# fork waits for them (`_process`): the codec is a module, and OpenSSL's locks outlive a fork as those of modules do.
codecs.lookup("idna")
ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


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

    client: GetJobClient
    is_inherited: bool

    def client_for(self, arn: JobArn) -> GetJobClient:
        """
        Return the client, if it isn't inherited.
        """
        if self.is_inherited:
            raise ConfigurationError(
                "this process was forked from the one the client was passed in, and a shared connection mixes answers",
                str(arn),
                hint="Build a client in this process and pass that.",
            )
        return self.client

    def close(self) -> None:
        """
        Do nothing.
        """


class ClientPool:
    """
    Builds one client for each region when it is first needed, and keeps it.
    """

    def __init__(self, settings: ClientSettings) -> None:
        self._settings = settings
        self._session: object = settings.session
        self._config = _DEFAULTS.merge(settings.config or Config()).merge(_NO_RETRIES)
        self._clients: dict[str, BaseClient] = {}
        self._building = _LOCKS.of(settings.session)

    def client_for(self, arn: JobArn) -> GetJobClient:
        """
        Return the client for the job's region, or for the region that the pool is bound to.
        """
        name = self._settings.region_name or arn.region
        return cast("GetJobClient", self._clients.get(name) or self._new(name))

    def close(self) -> None:
        """
        Close the clients; the next call builds new ones. Waits for nothing, not even for a client that is being built.
        """
        clients, self._clients = self._clients, {}
        for client in list(clients.values()):
            client.close()

    def _new(self, region: str) -> BaseClient:
        with self._building:
            clients = self._clients
            client = clients[region] = clients.get(region) or self._built(region)
        if clients is not self._clients:  # the pool was closed meanwhile, and this client may have come too late for it
            client.close()
        return client

    def _built(self, region: str) -> BaseClient:
        with not_collecting():
            self._session = self._session or LightSession()
            client = cast("_Session", self._session).client(
                "braket", region_name=region, endpoint_url=self._settings.endpoint_url, config=self._config
            )
        # events of this client's own, so no other one reads differently or is counted
        client.meta.events.register("before-parse.braket.GetJob", cast("Callable[..., None]", read))
        client.meta.events.register_first("before-send.braket.GetJob", count)
        return client


class _Locks:
    """
    For each session the lock that all who build from it share.
    """

    def __init__(self) -> None:
        self.forget()
        forgotten_in_children(self)

    def forget(self) -> None:
        self._by_session: WeakKeyDictionary[object, threading.Lock] = WeakKeyDictionary()

    def of(self, session: object) -> threading.Lock:
        owner = getattr(getattr(session, "client", None), "__self__", session)  # a weak proxy's own session
        lock = threading.Lock()
        try:
            return self._by_session.setdefault(owner, lock)
        except TypeError:  # there is none, or it has no hash or no weak references: nobody can know who else uses it
            return lock


_LOCKS = _Locks()


def region_of(client: GetJobClient | None) -> str | None:
    """
    Return the region that `client` asks in; None if it doesn't tell, or if there is none.
    """
    region = getattr(getattr(client, "meta", None), "region_name", None)
    return region if isinstance(region, str) else None
