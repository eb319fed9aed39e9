"""
Real botocore clients whose answers are given below the parser: no socket, but botocore's own parser and error code.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config

from support.samples import REAL_ARN

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient

# The first two are AWS's documentation examples, the token is made up.
KEYS = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "aws_session_token": "IQoJb3JpZ2luX2VjEXAMPLETOKEN" * 8,
}


class _Body:
    """
    The part of a urllib3 response that botocore reads.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> list[bytes]:
        return [self._content]


def a_client(endpoint_url: str | None = None, *, attempts: int = 1, config: Config | None = None) -> "BraketClient":
    """
    Return a boto3 client for Braket with made-up credentials and `attempts` requests a call.
    """
    ours = Config(retries={"mode": "standard", "total_max_attempts": attempts})
    return boto3.Session(**KEYS).client(
        "braket", region_name="us-east-1", endpoint_url=endpoint_url, config=ours.merge(config or Config())
    )


def client_answering(
    status: int, body: bytes = b"", headers: Mapping[str, str] | None = None, *, attempts: int = 1
) -> "BraketClient":
    """
    Return a client that gets this answer to every request.
    """

    def answer(**_: object) -> AWSResponse:
        return AWSResponse("https://braket.us-east-1.amazonaws.com/", status, dict(headers or {}), _Body(body))

    client = a_client(attempts=attempts)
    client.meta.events.register("before-send.braket.GetJob", answer)
    return client


def failure_of(client: "BraketClient") -> Exception:
    """
    Return what `client.get_job` raises.
    """
    try:
        client.get_job(jobArn=REAL_ARN)
    except Exception as error:  # noqa: BLE001  # whatever it is
        return error
    raise AssertionError("nothing was raised")
