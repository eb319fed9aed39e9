"""
What both clients have in common: how they are set up.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from braket_jobs._aws.protocols import ClientSettings, GetJobClient, check_client
from braket_jobs._watch.engine import Engine
from braket_jobs.policies import PollingStatus, Quota, RetryPolicy, checked

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config


class BaseClient:
    """
    Holds the engine that a client is built on.
    """

    def __init__(
        self,
        *,
        client: GetJobClient | None = None,
        session: "boto3.Session | None" = None,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        config: "Config | None" = None,
        retry: RetryPolicy = RetryPolicy(),
        sleep: Callable[[float], None] = time.sleep,
        quota: Quota | None = Quota(),
        max_threads: int = 32,
    ) -> None:
        """
        Set up without building anything.

        Args:
            client: A boto3 client, or anything with its ``get_job``; used as it is, for every region. Its own
                retries count towards the policy's `max_attempts`. It is never closed here, and refused in a forked
                child process. It reads answers as botocore does, which guesses at odd times and makes integers of
                text; a client that is built here doesn't.
            session: The boto3 session to build clients from, instead of boto3's default one or a new one. Which
                credentials it gives is its own affair; refused in a forked child process.
            region_name: The region to ask in, instead of the one in each job's ARN, and the only one to search in.
            endpoint_url: The endpoint to ask, instead of the region's own.
            config: Settings for built clients; never changed. Its `retries` have no effect, `retry` decides.
            retry: How patiently a call is retried.
            sleep: Waits so many seconds between attempts.
            quota: What each account may be asked in each region. `get_job` takes from it without waiting, all else
                waits for it. Searches have one of their own (`Quota.for_searches`). None to hold nothing back.
            max_threads: How many requests are made at once, at most, beside those of `get_job`. One in eight is kept
                for accounts and regions that have none under way, so that one that hangs holds up no other.

        Raises:
            TypeError: If `client` comes together with what is for building one, or a setting is of the wrong type.
            ValueError: If `max_threads` is below 1.
        """
        if client is not None:
            check_client(client)
        settings = ClientSettings(session, region_name, endpoint_url, config)
        self._engine = Engine(client, settings, checked(retry, RetryPolicy, "retry"), sleep, quota, max_threads)

    def polling(self) -> tuple[PollingStatus, ...]:
        """
        Return how late the polls of this client are, for each account and region that is polled now.

        It asks nobody and waits for nothing.
        """
        return self._engine.polling()

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} can't be pickled or copied: make one in each process")
