"""
A real botocore client that is answered from a script, below its parser, and counts what it was asked.
"""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import attrs
import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from support.answers import KEY, KEY_ID, SESSION, http_answer

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient


@attrs.frozen
class Answer:
    """
    One HTTP answer, or what happens in its place.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    error: Exception | None = None


def document(wire: object, request_id: str = "req-1") -> Answer:
    """
    Answer with a job's document.
    """
    return Answer(body=json.dumps(wire).encode(), headers={"x-amzn-requestid": request_id})


def refusal(status: int, code: str, message: str = "The service's words", **headers: str) -> Answer:
    """
    Answer as Braket refuses: the code in a header, the words in the body.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps({"message": message}).encode()
    return Answer(status, body, {"x-amzn-errortype": code, "x-amzn-requestid": "req-0", **named})


THROTTLED = refusal(429, "ThrottlingException", "Rate exceeded")
DOWN = refusal(500, "InternalServiceException")


class Script:
    """
    Answers in turn; the last answer is given again for ever.

    Attributes:
        session: A session whose clients are answered.
        requests: The URLs that were asked for.
        bodies: The JSON that was sent with each.
    """

    def __init__(self, *answers: Answer, attempts: int = 1) -> None:
        self._answers = answers
        self._attempts = attempts
        self.requests: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.session = boto3.Session(KEY_ID, KEY, SESSION)
        for operation in ("GetJob", "SearchJobs"):
            self.session.events.register(f"before-send.braket.{operation}", cast("Callable[..., None]", self._answer))

    @cached_property
    def client(self) -> "BraketClient":
        """
        A client of that session, which makes `attempts` requests a call by itself.
        """
        config = Config(retries={"mode": "standard", "total_max_attempts": self._attempts})
        return self.session.client("braket", region_name="us-east-1", config=config)

    def _answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        self.requests.append(str(request.url))
        self.bodies.append(json.loads(cast("bytes | None", request.body) or b"{}"))
        answer = self._answers[min(len(self.requests), len(self._answers)) - 1]
        if answer.error:
            raise answer.error
        return http_answer(answer.status, answer.body, answer.headers)
