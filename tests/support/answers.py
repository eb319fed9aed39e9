"""
Real botocore clients whose answers are given below the parser: no socket, but botocore's own parser and error code.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

import boto3
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.compat import HTTPHeaders
from botocore.config import Config

from support.samples import REAL_ARN

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient

# The first two are AWS's documentation examples, the token is made up.
KEY_ID = "AKIAIOSFODNN7EXAMPLE"
KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
SESSION = "IQoJb3JpZ2luX2VjEXAMPLETOKEN" * 8


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
    return boto3.Session(KEY_ID, KEY, SESSION).client(
        "braket", region_name="us-east-1", endpoint_url=endpoint_url, config=ours.merge(config or Config())
    )


def http_answer(status: int, body: bytes, headers: Mapping[str, str]) -> AWSResponse:
    """
    Return an answer as botocore's HTTP layer hands it to the parser.
    """
    fields = cast("HTTPHeaders", HeadersDict(headers))
    return AWSResponse("https://braket.us-east-1.amazonaws.com/", status, fields, _Body(body))


def client_answering(
    status: int, body: bytes = b"", headers: Mapping[str, str] | None = None, *, attempts: int = 1
) -> "BraketClient":
    """
    Return a client that gets this answer to every request.
    """

    def answer(**_: object) -> AWSResponse:
        return http_answer(status, body, headers or {})

    client = a_client(attempts=attempts)
    client.meta.events.register("before-send.braket.GetJob", cast("Callable[..., None]", answer))
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
