"""
How many HTTP requests a call made, and how many another one may make.

Clients that are built here are counted where they send. Of a client that was passed in, botocore tells the number with
each answer; where no answer came, its settings say how many it may have made.
"""

import threading
from collections.abc import Mapping
from math import inf
from typing import Any, cast

from botocore.exceptions import ConnectionError as BotocoreConnectionError
from botocore.exceptions import HTTPClientError

from braket_jobs._aws.origin import Part, client_in, origin
from braket_jobs._wire.untrusted import mapping, whole_number

_SENT = threading.local()
_MOST_REQUESTS = 1_000_000
_DEFAULT_ATTEMPTS = {"legacy": 5}  # of a call, by retry mode; the other modes make 3 (botocore's documentation)
_MOST_BY_DEFAULT = 5


def count(**_: object) -> None:
    """
    Count a request that is about to be sent.
    """
    _SENT.requests = getattr(_SENT, "requests", 0) + 1


def swap_count(requests: int) -> int:
    """
    Return how many requests were counted in this thread, and begin again with `requests`.

    Whoever begins with 0, and gives back at the end what was counted before, counts what is his own: an event handler
    may ask for another job in the middle of a call.
    """
    counted: int = getattr(_SENT, "requests", 0)
    _SENT.requests = requests
    return counted


def requests_made(outcome: Mapping[str, object] | Exception, client: object, sent: int) -> tuple[int, float]:
    """
    Return how many requests a call made, and how many another one may make: infinitely many if that can't be told.

    `outcome` is what the call returned or raised; `sent` how many requests were counted meanwhile, 0 if none is.
    """
    if sent:
        return sent, 1
    error = outcome if isinstance(outcome, Exception) else None
    asked = client if _retry_settings(client) else client_in(error)
    most = requests_per_call(asked)
    part = None if error is None else origin(error)
    if part in {Part.CREDENTIALS, Part.CONFIGURATION}:
        return 0, most
    told = _told(outcome if error is None else getattr(error, "response", None))
    if told is not None:  # so a client of botocore's answers, be it behind an object that doesn't tell its settings
        return told, most if _retry_settings(asked) else max(told, _MOST_BY_DEFAULT)
    if part is Part.RESPONSE:  # there was at least the one whose answer can't be read
        return 1, 1 if most == 1 else inf
    if isinstance(outcome, BotocoreConnectionError | HTTPClientError):
        return most, most
    return 1, 1  # who doesn't tell (a Stubber, an object of the user's) doesn't retry by itself


def requests_per_call(client: object) -> int:
    """
    Return how many HTTP requests one call of `client` may make by itself; 1 if it doesn't tell.
    """
    settings = _retry_settings(client)
    if not settings:
        return 1
    attempts = settings.get("total_max_attempts")
    return attempts if isinstance(attempts, int) else _DEFAULT_ATTEMPTS.get(settings.get("mode", "legacy"), 3)


def _retry_settings(client: object) -> dict[str, Any]:
    retries = getattr(getattr(getattr(client, "meta", None), "config", None), "retries", None)
    return cast("dict[str, Any]", retries) if isinstance(retries, dict) else {}


def _told(response: object) -> int | None:
    retries = whole_number(mapping(mapping(response).get("ResponseMetadata")).get("RetryAttempts"))
    return retries + 1 if retries is not None and 0 <= retries < _MOST_REQUESTS else None
