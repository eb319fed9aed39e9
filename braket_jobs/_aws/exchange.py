"""
What was asked and answered in a call that botocore made: the response, and how many requests it took.
"""

from collections.abc import Mapping
from typing import Any

from braket_jobs._aws.origin import parsed_answer, requests_sent
from braket_jobs._wire.untrusted import mapping, whole_number

_MOST_REQUESTS = 1_000_000


def response_of(error: Exception) -> Mapping[str, Any]:
    """
    Return the response `error` came with: a ClientError's own, or what the parser that crashed had in its hands.
    """
    return mapping(getattr(error, "response", None)) or parsed_answer(error)


def requests_made(source: Mapping[str, object] | Exception) -> int | None:
    """
    Return how many HTTP requests one call of a client made, botocore's own retries included.

    Args:
        source: The response, or what the call raised.

    Returns:
        The number, or None where botocore doesn't tell: fakes, a Stubber, a patched `_make_api_call`.
    """
    if isinstance(source, Exception):
        sent = requests_sent(source)
        return _counted(response_of(source)) if sent is None else sent
    return _counted(source)


def _counted(response: object) -> int | None:
    retries = whole_number(mapping(mapping(response).get("ResponseMetadata")).get("RetryAttempts"))
    return retries + 1 if retries is not None and 0 <= retries < _MOST_REQUESTS else None
