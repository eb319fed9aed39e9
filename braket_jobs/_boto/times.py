"""
Sessions whose clients read times as we do: fast, in UTC, and without guessing.

botocore parses every timestamp with dateutil, which takes 33 µs for what `datetime.fromisoformat` does in 0.1, and
fills what a text leaves open from today's date: "Tuesday" becomes a day near today. The timestamp parser is a public
setting of a session, so it is changed in the sessions that are ours, and in no other.
"""

import boto3
from botocore.session import Session, get_session

from braket_jobs._wire import parse_utc


def session(profile_name: str | None = None) -> boto3.Session:
    """
    Return a new session whose clients read times with `parse_utc`.

    Args:
        profile_name: The AWS profile to use instead of the default one.
    """
    return boto3.Session(botocore_session=reading_utc(get_session()), profile_name=profile_name)


def reading_utc(core: Session) -> Session:
    """
    Return `core`, whose clients from now on read times with `parse_utc`; no other session is touched.
    """
    core.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=parse_utc)
    return core
