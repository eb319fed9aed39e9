"""
Why a call failed, in the words of whoever knows: the service, the operating system, a proxy, botocore.

The service's own message comes first, then what the system said beneath botocore ("Connection refused"). Never shown
is what botocore says about an exception it did not expect: its text may hold the header that was refused, and with it
the session token. Nor is what it says of an address with a login. Everything else passes `redacted`.
"""

import os
import re
from collections.abc import Iterator, Mapping
from socket import gaierror

from botocore.exceptions import ClientError, HTTPClientError

from braket_jobs._aws.classes import wrapped
from braket_jobs._aws.logins import holds_login
from braket_jobs._aws.origin import Part, unloaded_file
from braket_jobs._aws.redaction import redacted
from braket_jobs._wire.untrusted import mapping

_PATH_OF_URL = re.compile(r"(https?://[^/\"\s]{1,300})/[^\"\s]*")
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
_PAGE_OF_XML = re.compile(r"(?<=, invalid XML received)(?s:.+)")  # botocore quotes all of what should have been a role
_PARSER_LIMIT = 200
_LONGEST_CHAIN = 10


def words_of(error: BaseException, part: Part | None, response: Mapping[str, object]) -> str:
    """
    Return why `error` happened, fit to be shown; empty if nobody said. `response` is the parsed answer, if one came.
    """
    if isinstance(error, ClientError) or "Error" in response:
        message = mapping(response.get("Error")).get("Message")
        return redacted(message) if isinstance(message, str) else ""
    if part is Part.RESPONSE:
        return f"botocore could not read it ({type(error).__name__}: {redacted(str(error))[:_PARSER_LIMIT]})"
    unloaded = unloaded_file(error)
    if unloaded is not None:
        reasons = (link.strerror for link in _chain(unloaded) if isinstance(link, OSError))
        return redacted(f"a certificate or a key could not be loaded ({next(filter(None, reasons), unloaded)})")
    if type(error) is HTTPClientError:
        return f"botocore could not send the request ({type(wrapped(error)).__name__})"
    if holds_login(error):
        return f"{_in_our_words(error)} (an address with a login is not shown)"
    text = _PATH_OF_URL.sub(r"\1", redacted(_PAGE_OF_XML.sub("", str(error)))).rstrip(".")
    said = (link.strerror or str(link) for link in _chain(error) if isinstance(link, OSError))
    reason = next((reason for reason in said if reason not in str(error)), "")
    return redacted(f"{text} ({reason})" if reason else text)


def proxy_status(error: BaseException) -> int | None:
    """
    Return the HTTP status with which a proxy refused a tunnel, or None if none did.
    """
    refused = _TUNNEL.search(str(wrapped(error)))
    return int(refused[1]) if refused else None


def _in_our_words(error: BaseException) -> str:
    name, refused = type(error).__name__, proxy_status(error)
    if refused is not None:
        return f"{name}: the proxy answered {refused}"
    said = next((link.strerror for link in _chain(error) if isinstance(link, OSError) and _is_the_systems(link)), None)
    return f"{name}: {said}" if said else name


def _is_the_systems(error: OSError) -> bool:
    # the words of OpenSSL and of proxies may quote a host, and so a piece of what was mistaken for one
    return isinstance(error, gaierror) or error.strerror == os.strerror(error.errno or 0)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_LONGEST_CHAIN):
        if error is not None:
            yield error
            error = error.__cause__ or error.__context__
