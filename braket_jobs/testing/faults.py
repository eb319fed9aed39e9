"""
What a service can answer instead of a job, as bytes on the wire or as a broken connection.

Values only: who answers with them is the backend. A fault takes effect below botocore's parser, so that the client
under test meets it as it would meet the real one. In process a broken connection is what botocore's HTTP session
raises, at once; over the loopback server it is real.
"""

import json
from collections.abc import Mapping
from enum import Enum
from threading import Lock

import attrs


class Manner(Enum):
    """
    How a fault is answered.
    """

    ANSWER = "the fault's own status, headers and body"
    CUT = "the right answer's first half, then the connection closes"
    HANG = "nothing, for `seconds`, then the connection closes; in process botocore's read timeout, at once"
    DROP = "the connection closes without an answer"


@attrs.frozen(kw_only=True)
class Fault:
    """
    One wrong answer.

    Attributes:
        status: The HTTP status.
        body: The body, as it goes over the wire.
        headers: More headers.
        manner: Whether it is answered at all.
        seconds: How long a hanging server keeps the connection. Make it longer than the client's read timeout.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], hash=False)
    manner: Manner = Manner.ANSWER
    seconds: float = 60.0


def error(code: str, status: int, message: str, *, retry_after: int | None = None) -> Fault:
    """
    Return a fault that is an error of the service.

    Args:
        code: The error code, such as ``ThrottlingException``.
        status: The HTTP status.
        message: The service's words.
        retry_after: Seconds for a ``Retry-After`` header, or None for no header.

    Returns:
        The error in the form of Braket's protocol.
    """
    hint = {} if retry_after is None else {"Retry-After": str(retry_after)}
    body = json.dumps({"message": message}).encode()
    return Fault(
        status=status, body=body, headers={"Content-Type": "application/json", "X-Amzn-ErrorType": code} | hint
    )


THROTTLING = error("ThrottlingException", 429, "Rate exceeded")
INTERNAL = error("InternalServiceException", 500, "Internal service error")
UNAVAILABLE = Fault(
    status=503, body=b"<html><body>Service Unavailable</body></html>", headers={"Content-Type": "text/html"}
)
ACCESS_DENIED = error("AccessDeniedException", 403, "User is not authorized to perform this action")
NOT_FOUND = error("ResourceNotFoundException", 404, "Job not found")
INVALID = error("ValidationException", 400, "The request is not valid")
EXPIRED_TOKEN = error("ExpiredTokenException", 403, "The security token included in the request is expired")
EMPTY = Fault(headers={"Content-Type": "application/json"})
NOT_JSON = Fault(body=b"<html><body>Please log in</body></html>", headers={"Content-Type": "text/html"})
CUT_BODY = Fault(manner=Manner.CUT)
HANG = Fault(manner=Manner.HANG)
DROP = Fault(manner=Manner.DROP)


class FaultScript:
    """
    Which of the next calls fail, and how. Safe to share between threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._queues: dict[tuple[str, str | None], list[Fault]] = {}

    def add(self, fault: Fault, *, operation: str, job_arn: str | None, times: int) -> None:
        """
        Let the next calls fail, after those that are to fail already.

        Args:
            fault: How they fail.
            operation: Which operation's calls.
            job_arn: The job whose GetJob fails, or None for every job's, and for another operation.
            times: How many calls fail.
        """
        with self._lock:
            self._queues.setdefault((operation, job_arn), []).extend([fault] * times)

    def take(self, operation: str, job_arn: str | None) -> Fault | None:
        """
        Return how this call of `operation` fails, or None if it doesn't; faults of `job_arn`'s own come first.
        """
        with self._lock:
            queue = self._queues.get((operation, job_arn)) or self._queues.get((operation, None))
            return queue.pop(0) if queue else None
