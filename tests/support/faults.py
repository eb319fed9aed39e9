"""
What a `FaultServer` can do with a request: a good answer, and the ways in which answers go wrong.
"""

import json
import socket
import struct
from collections.abc import Mapping
from http import HTTPStatus

from support.fault_server import Action, Exchange
from support.samples import sample

REQUEST_ID = "11111111-2222-3333-4444-555555555555"
JOB = json.dumps(sample("real_completed_wire")).encode()
_RESET = struct.pack("ii", 1, 0)
_STEP = 0.01  # seconds between two bytes that drip


def head(status: int, length: int | None, headers: Mapping[str, str] | None = None) -> bytes:
    """
    Return the start of an answer, up to the empty line; `length` None leaves Content-Length out.
    """
    known = {item.value: item.phrase for item in HTTPStatus}
    fields = {"Content-Type": "application/json", "x-amzn-RequestId": REQUEST_ID} | dict(headers or {})
    if length is not None:
        fields["Content-Length"] = str(length)
    lines = [f"HTTP/1.1 {status} {known.get(status, 'Odd')}", *(f"{name}: {text}" for name, text in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answer(status: int = 200, body: bytes = JOB, headers: Mapping[str, str] | None = None) -> Action:
    """
    A whole answer; the connection stays open.
    """
    return raw(head(status, len(body), headers) + body, keep=True)


def refusal(status: int, code: str, message: str = "no", headers: Mapping[str, str] | None = None) -> Action:
    """
    An error as AWS sends it: the code in a header, the message in the body.
    """
    body = json.dumps({"message": message}).encode()
    return answer(status, body, {"x-amzn-ErrorType": code} | dict(headers or {}))


def raw(data: bytes, *, keep: bool = False, at_once: bool = False) -> Action:
    """
    These bytes; then the connection is closed, or kept.
    """

    def run(exchange: Exchange) -> bool:
        exchange.sock.sendall(data)
        return keep

    return Action(run, at_once=at_once)


def hang_up(*, at_once: bool = False) -> Action:
    """
    An orderly end of the connection (FIN) where an answer should be.
    """
    return Action(lambda _: False, at_once=at_once)


def reset(data: bytes = b"", *, at_once: bool = False) -> Action:
    """
    A reset (RST), after these bytes of the answer.
    """

    def run(exchange: Exchange) -> bool:
        exchange.sock.sendall(data)
        exchange.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        return False

    return Action(run, at_once=at_once)


def stall(data: bytes = b"", *, at_once: bool = False) -> Action:
    """
    Silence, after these bytes of the answer, for as long as the server lives.
    """

    def run(exchange: Exchange) -> bool:
        exchange.sock.sendall(data)
        exchange.closing.wait()
        return False

    return Action(run, at_once=at_once)


def drip(data: bytes) -> Action:
    """
    These bytes, one by one, each in time.
    """

    def run(exchange: Exchange) -> bool:
        for byte in data:
            exchange.sock.sendall(bytes([byte]))
            exchange.closing.wait(_STEP)
        return True

    return Action(run)
