"""
Sessions of our own: lighter than boto3's, and naming us in their user agent.

`boto3.Session.client` has botocore's session build the client; so does this, without what boto3 brings for other
services: importing it takes a sixth longer than importing botocore.
"""

from typing import Any

from botocore.client import BaseClient
from botocore.config import Config
from botocore.session import Session

from braket_jobs._aws.loader import quick


class LightSession:
    """
    A session for clients that are asked for jobs; builds them like a boto3 session.
    """

    def __init__(self) -> None:
        """
        Read the configuration, of which there may be none.

        Raises:
            BotoCoreError: If it can't be read, or names a profile that isn't there.
        """
        self._core = session()
        self._user_agent = _constant_user_agent(self._core)

    def client(self, service_name: str, *, config: Config, **settings: Any) -> BaseClient:
        """
        Return a new client with the given settings.
        """
        # botocore's short form knows of no application id; boto3-stubs knows of none either
        defaults = Config() if getattr(config, "user_agent_appid", None) else self._user_agent
        return self._core.create_client(service_name, config=defaults.merge(config), **settings)


def session(profile_name: str | None = None) -> Session:
    """
    Return a new session: its clients are built fast, and name us in their user agent.

    Args:
        profile_name: The AWS profile to use instead of the default one.

    Raises:
        BotoCoreError: If there is no such profile, or the configuration files can't be read.
    """
    core = Session(profile=profile_name)
    core.register_component("data_loader", quick(core.get_component("data_loader")))
    core.user_agent_extra = "lib/braket-jobs"
    return core


def _constant_user_agent(core: Session) -> Config:
    """
    Return settings that spare the clients of `core` composing their user agent for each request, 6 % of a call.

    They send botocore's short form then; where an application id is configured, botocore goes on composing.
    """
    if core.get_config_variable("user_agent_appid") is not None:
        return Config()
    # botocore adds the extra to whatever it is given
    return Config(user_agent=core.user_agent().removesuffix(f" {core.user_agent_extra}"))
