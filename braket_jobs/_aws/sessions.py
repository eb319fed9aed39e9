"""
Sessions and settings of our own: lighter than boto3's, and naming us in their user agent.

`boto3.Session.client` has botocore's session build the client; so does this, without what boto3 brings for other
services: importing it takes a sixth longer than importing botocore.
"""

from typing import TYPE_CHECKING, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import Session

from braket_jobs._aws.loader import QuickLoader
from braket_jobs.errors.tree import ConfigurationError

if TYPE_CHECKING:
    import boto3


class LightSession:
    """
    Builds clients like a boto3 session.

    Attributes:
        core: botocore's session.
    """

    def __init__(self, profile_name: str | None = None) -> None:
        """
        Read the configuration, of which there may be none.

        Raises:
            BotoCoreError: If it can't be read, or has no such profile.
        """
        self.core = Session(profile=profile_name)
        self.core.user_agent_extra = "lib/braket-jobs"
        paths = self.core.get_component("data_loader").search_paths
        self.core.register_component("data_loader", QuickLoader(paths, include_default_search_paths=False))
        self.client = self.core.create_client

    @classmethod
    def for_profile(cls, profile_name: str) -> "boto3.Session":
        """
        Return what passes for a boto3 session with this AWS profile, as far as clients need one.

        Raises:
            ConfigurationError: If there is no such profile, or the configuration files can't be read.
        """
        try:
            return cast("boto3.Session", cls(profile_name))
        except BotoCoreError as error:
            raise ConfigurationError(
                str(error), hint="Check the profile's name and the AWS configuration files."
            ) from error

    @staticmethod
    def config_with_timeout(seconds: float) -> Config:
        """
        Return settings that wait so long for a connection, and as long for each part of an answer.
        """
        return Config(connect_timeout=seconds, read_timeout=seconds)
