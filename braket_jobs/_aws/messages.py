"""
Why a call failed, in the words of whoever knows: the service, the operating system, a proxy, botocore.

The service's own message comes first, then what the system said beneath botocore ("Connection refused"). Never shown
is what botocore says about an exception it did not expect: its text may hold the header that was refused, and with it
the session token. Everything passes `redacted`.
"""

import re
from collections.abc import Mapping

from braket_jobs._aws.classes import kind_of_exception, wrapped
from braket_jobs._aws.origin import Room, origin
from braket_jobs._aws.redaction import redacted
from braket_jobs._wire.untrusted import mapping
from braket_jobs.errors.tree import ServiceError

_PATH_OF_URL = re.compile(r"(https?://[^/\"\s]{1,300})/[^\"\s]*")
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
_PARSER_LIMIT = 200
_LONGEST_CHAIN = 10


def words_of(error: BaseException, response: Mapping[str, object]) -> str:
    """
    Return why `error` happened, fit to be shown; empty if nobody said.

    Args:
        error: botocore's exception, or one that it let through.
        response: The parsed answer that came with it, or an empty mapping.
    """
    if kind_of_exception(error) is ServiceError or "Error" in response:
        message = mapping(response.get("Error")).get("Message")
        return redacted(message) if isinstance(message, str) else ""
    if origin(error) is Room.RESPONSE:
        return f"botocore could not read it ({type(error).__name__}: {redacted(str(error))[:_PARSER_LIMIT]})"
    if type(error).__name__ == "HTTPClientError":
        return f"botocore could not send the request ({type(wrapped(error)).__name__})"
    reason = _reason(error)
    text = _PATH_OF_URL.sub(r"\1", redacted(str(error))).rstrip(".")
    return redacted(f"{text} ({reason})" if reason else text)


def proxy_status(error: BaseException) -> int | None:
    """
    Return the HTTP status with which a proxy refused a tunnel, or None if none did.
    """
    refused = _TUNNEL.search(str(wrapped(error)))
    return int(refused[1]) if refused else None


def _reason(error: BaseException) -> str:
    said = (link.strerror or str(link) for link in _chain(error) if isinstance(link, OSError))
    return next((text for text in said if text not in str(error)), "")


def _chain(error: BaseException) -> list[BaseException]:
    links = [error]
    while len(links) < _LONGEST_CHAIN and (link := links[-1].__cause__ or links[-1].__context__):
        links.append(link)
    return links
