"""
The options that say how to ask, the same for all commands that do.
"""

from collections.abc import Callable
from typing import Any

import attrs
import click

from braket_jobs._call import door
from braket_jobs.cli._seconds import Seconds
from braket_jobs.client import JobsClient
from braket_jobs.policies import RetryPolicy

_DAY = 86_400.0
_REGION = click.option(
    "--region", metavar="REGION", help="Ask in this region instead of the one in each ARN, or the one configured."
)
_ACCESS = (
    click.option("--profile", metavar="NAME", help="Use this AWS profile."),
    click.option("--endpoint-url", metavar="URL", help="Ask this endpoint instead of Amazon's."),
)

patience_option = click.option(
    "--timeout",
    type=Seconds(min=0, min_open=True, max=_DAY),
    metavar="SECONDS",
    help="Wait so long to connect, so long for data, and retry no later than that.",
)


def connection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """
    Give `command` the options ``--region``, ``--profile`` and ``--endpoint-url``.
    """
    return _REGION(access_options(command))


def access_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """
    Give `command` the options ``--profile`` and ``--endpoint-url``.
    """
    for option in reversed(_ACCESS):
        command = option(command)
    return command


@attrs.frozen(kw_only=True)
class Connection:
    """
    How to ask; None is the default.

    Attributes:
        region: The region, instead of the one in each ARN and of the one configured.
        profile: The AWS profile.
        endpoint_url: The endpoint, instead of Amazon's.
        patience: How long to wait for a connection, for data, and with retries, in seconds.
    """

    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    patience: float | None = None

    def client(self) -> JobsClient:
        """
        Return a client that asks so.

        Raises:
            ConfigurationError: If there is no such profile.
        """
        return JobsClient(
            session=None if self.profile is None else door.session_for(self.profile),
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            config=None if self.patience is None else door.config_with_timeout(self.patience),
            retry=RetryPolicy() if self.patience is None else RetryPolicy(deadline=self.patience),
        )
