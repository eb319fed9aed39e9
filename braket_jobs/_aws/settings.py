"""
Sessions and settings from plain values, for rooms that may not import boto3 themselves.
"""

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from braket_jobs._aws.sessions import session
from braket_jobs.errors.tree import ConfigurationError


def session_for(profile: str) -> boto3.Session:
    """
    Return a session that uses the AWS profile `profile`.

    Raises:
        ConfigurationError: If there is no such profile, or the configuration files can't be read.
    """
    try:
        return boto3.Session(botocore_session=session(profile))
    except BotoCoreError as error:
        raise ConfigurationError(
            str(error), hint="Check the profile's name and the AWS configuration files."
        ) from error


def patience(timeout: float) -> Config:
    """
    Return settings that wait `timeout` seconds for a connection, and as long for each part of an answer.
    """
    return Config(connect_timeout=timeout, read_timeout=timeout)
