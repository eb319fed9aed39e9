"""
Puts the machinery of a client together, and with it imports botocore and cattrs: only on first use.
"""

import codecs
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from braket_jobs._aws.clients import ClientPool, ClientSource, PassedClient
from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._call.caller import Caller
from braket_jobs._quota.bucket import Quotas

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

# The first connection would set these up otherwise, and a child that is forked meanwhile could never make one. Here a
# fork waits for them (`_forks`): the codec is a module, and OpenSSL's locks outlive a fork as those of modules do.
codecs.lookup("idna")
ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def with_pool(
    session: "boto3.Session | None",
    region_name: str | None,
    endpoint_url: str | None,
    config: "Config | None",
    *,
    sleep: Callable[[float], None],
    quotas: Quotas,
) -> Caller:
    """
    Return a caller that builds its own clients.
    """
    return _caller(ClientPool(session, region_name, endpoint_url, config), sleep, quotas)


def with_passed(client: GetJobClient, *, is_inherited: bool, sleep: Callable[[float], None], quotas: Quotas) -> Caller:
    """
    Return a caller that uses `client`.
    """
    return _caller(PassedClient(client, is_inherited), sleep, quotas)


def _caller(source: ClientSource, sleep: Callable[[float], None], quotas: Quotas) -> Caller:
    return Caller(source=source, quotas=quotas, sleep=sleep)
