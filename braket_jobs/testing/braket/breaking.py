"""
Carries out a fault: the bytes, or the broken connection, that a client meets instead of an answer.

In process there is no connection to break, so what botocore's HTTP session would raise is raised at once, at the
place where the session would raise it. Over a server the connection itself is broken.
"""

import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from braket_jobs.testing.braket.exceptions import BraketClientError
from braket_jobs.testing.faults import Fault, Manner

Answer = tuple[int, dict[str, Any], str | bytes]


def broken(fault: Fault, environ: Mapping[str, Any], url: str, right_answer: Callable[[], Answer]) -> Answer:
    """
    Return the answer that `fault` wants.

    Args:
        fault: What goes wrong.
        environ: The WSGI environment of a request to a server; without a socket in it the request is in process.
        url: Where the request went.
        right_answer: Gives what would be answered without the fault.

    Raises:
        Exception: What botocore raises when a connection breaks; only in process.
    """
    return _MANNERS[fault.manner](fault, environ.get("werkzeug.socket"), url, right_answer)


def _answer(fault: Fault, _connection: socket.socket | None, _url: str, _right_answer: Callable[[], Answer]) -> Answer:
    return fault.status, {"status": fault.status, **fault.headers}, fault.body


def _cut(_fault: Fault, connection: socket.socket | None, _url: str, right_answer: Callable[[], Answer]) -> Answer:
    try:
        status, headers, body = right_answer()
    except BraketClientError as error:  # a refusal is an answer too, and moto makes one of it
        status, headers, body = error.code, dict(error.get_headers()), error.get_body()
    whole = body.encode() if isinstance(body, str) else body
    headers, half = headers | {"Content-Length": str(len(whole))}, whole[: len(whole) // 2]
    if connection is not None:
        # werkzeug would correct the length, so the head is written past it; what it writes afterwards goes nowhere.
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {headers[name]}" for name in headers)]
        with suppress(OSError):  # the client may have left first
            connection.sendall("\r\n".join((*lines, "Connection: close\r\n\r\n")).encode() + half)
            connection.shutdown(socket.SHUT_RDWR)
    return status, headers, half


def _hang(fault: Fault, connection: socket.socket | None, url: str, right_answer: Callable[[], Answer]) -> Answer:
    if connection is None:
        raise ReadTimeoutError(endpoint_url=url, error="the answer did not come")
    time.sleep(fault.seconds)
    return _drop(fault, connection, url, right_answer)


def _drop(fault: Fault, connection: socket.socket | None, url: str, right_answer: Callable[[], Answer]) -> Answer:
    if connection is None:
        raise ConnectionClosedError(endpoint_url=url, error="the connection was closed")
    with suppress(OSError):  # the client may have left first
        connection.shutdown(socket.SHUT_RDWR)
    return _answer(fault, connection, url, right_answer)


_MANNERS = {Manner.ANSWER: _answer, Manner.CUT: _cut, Manner.HANG: _hang, Manner.DROP: _drop}
