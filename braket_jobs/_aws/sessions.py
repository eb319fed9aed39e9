"""
Sessions: those of our own, lighter than boto3's and naming us in their user agent, and boto3's default one.

`boto3.Session.client` has botocore's session build the client; so does ours, without what boto3 brings for other
services: importing it takes a sixth longer than importing botocore.
"""

import sys
import threading
from contextlib import suppress
from os import environ
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import Session

from braket_jobs._aws.loader import QuickLoader
from braket_jobs._process import forgotten_in_children
from braket_jobs.errors.tree import ConfigurationError

if TYPE_CHECKING:
    import boto3

# What decides who signs and who is asked; boto3 reads most of them once.
_VARIABLES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_BRAKET",
)
# Where botocore itself finds credentials, in its own words; nothing, if it finds none.
_FOUND: frozenset[str | None] = frozenset(
    [
        *("assume-role", "assume-role-with-web-identity", "boto-config", "config-file", "container-role"),
        *("custom-process", "ec2-credentials-file", "env", "iam-role", "login", "shared-credentials-file", "sso", None),
    ]
)


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
        self.get_credentials = self.core.get_credentials

    @property
    def region_name(self) -> str | None:
        """
        The region that is configured, if one is.
        """
        return cast("str | None", self.core.get_config_variable("region"))

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


def surroundings() -> tuple[object, ...]:
    """
    Return what of the outside world decides who signs and who is asked, as far as that is quickly told.
    """
    return (default_session(), *map(environ.get, _VARIABLES))


def session_of_process() -> object:
    """
    Return a session that signs as boto3's default one does, if there is one, and else as a new one would.

    It is boto3's own only where its credentials were given to it. Where botocore has found them, it would never look
    for them again, and a child that was forked while another thread renewed them could wait for ever. Then it is one of
    ours with the same profile.
    """
    default: Any = default_session()
    if default is None:
        return LightSession()
    if getattr(default.get_credentials(), "method", None) in _FOUND:
        return LightSession(default._session.instance_variables().get("profile"))  # noqa: SLF001  # nobody else tells it
    return default


def keys_of(session: Any) -> object:
    """
    Return the credentials that `session` signs with, to be compared; None if it has none or they can't be had.
    """
    with suppress(Exception):  # whatever a provider raises
        return session.get_credentials().get_frozen_credentials()
    return None


def default_session() -> "boto3.Session | None":
    """
    Return the session that boto3's own functions use, if boto3 is imported and has one.
    """
    return cast("boto3.Session | None", getattr(sys.modules.get("boto3"), "DEFAULT_SESSION", None))


class _Locks:
    """
    For each session the lock that all who build from it share.
    """

    def __init__(self) -> None:
        self.forget()
        forgotten_in_children(self)

    def forget(self) -> None:
        self._by_session: WeakKeyDictionary[object, threading.RLock] = WeakKeyDictionary()

    def of(self, session: object) -> threading.RLock:
        owner = getattr(getattr(session, "client", None), "__self__", session)  # a weak proxy's own session
        lock = threading.RLock()
        try:
            return self._by_session.setdefault(owner, lock)
        except TypeError:  # there is none, or it has no hash or no weak references: nobody can know who else uses it
            return lock


LOCKS = _Locks()
