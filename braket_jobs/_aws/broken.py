"""
What botocore raises when a connection breaks, for those who must break one without having any.
"""

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError


def never_answered(url: str) -> Exception:
    """
    Return what botocore raises when `url` accepts a request and stays silent for longer than `read_timeout`.
    """
    return ReadTimeoutError(endpoint_url=url, error="the answer did not come")


def closed(url: str) -> Exception:
    """
    Return what botocore raises when `url` closes the connection before it has answered.
    """
    return ConnectionClosedError(endpoint_url=url, error="the connection was closed")
