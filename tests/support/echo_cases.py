"""
The fault table, third part: servers and proxies that say back what they were sent, keys and tokens included.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial

from braket_jobs import (
    AccessDeniedError,
    AuthenticationError,
    ConnectError,
    InvalidResponseError,
    ServiceError,
)
from support.answers import KEY
from support.fault_server import Action, Exchange
from support.faults import answer, head, raw, refusal
from support.outcomes import Case

_Shape = Callable[[Mapping[str, str]], str]

_SHAPES: dict[str, _Shape] = {
    "lines": lambda sent: "\r\n".join(f"{name}: {value}" for name, value in sent.items()),
    "words": lambda sent: " ".join(f"{name} {value}" for name, value in sent.items()),
    "JSON": lambda sent: json.dumps(dict(sent)),
    "JSON in JSON": lambda sent: json.dumps(json.dumps(dict(sent))),
    "lists, as Go has them": lambda sent: json.dumps({name: [value] for name, value in sent.items()}),
    "a map, as Go prints it": lambda sent: f"map[{' '.join(f'{name}:[{value}]' for name, value in sent.items())}]",
    "pairs, as Python has them": lambda sent: repr(list(sent.items())),
    "bytes, as Python has them": lambda sent: repr({name.encode(): value.encode() for name, value in sent.items()}),
    "a hash, as Ruby has it": lambda sent: ", ".join(f'"{name}"=>"{value}"' for name, value in sent.items()),
    "XML": lambda sent: "".join(f"<header name='{name}'>{value}</header>" for name, value in sent.items()),
    "secrets first": lambda sent: "\n".join(f"{name}={value}" for name, value in sorted(sent.items())),
}


_LINES = _SHAPES["lines"]


def _echo(put: Callable[[str], Action], shape: _Shape = _LINES, *names: str) -> Action:
    """
    An answer into which the headers of the request are put; of all the named ones, if there are any.
    """

    def run(exchange: Exchange) -> bool:
        sent = exchange.request.headers if exchange.request else {}
        return put(shape({name: sent[name] for name in names or sent})).run(exchange)

    return Action(run)


def _as_message(text: str) -> Action:
    return refusal(403, "SignatureDoesNotMatch", text)


def _as_text(status: int, text: str) -> Action:
    return answer(status, text.encode())


def _as_title(text: str) -> Action:
    return answer(403, f"<html><head><title>{text}</title></head><body>{text}".encode())


def _as_list(text: str) -> Action:
    return answer(200, json.dumps([text]).encode())


def _as_member(text: str) -> Action:
    return answer(200, json.dumps({"jobName": text, "status": 5, "createdAt": text}).encode())


def _as_reason(text: str) -> Action:
    line = " ".join(text.split())
    return raw(f"HTTP/1.1 407 {line}\r\nContent-Length: 0\r\n\r\n".encode())


def _as_code(text: str) -> Action:
    return raw(head(400, 2, {"x-amzn-ErrorType": text}) + b"{}", keep=True)


_refused = partial(Case, kind=AuthenticationError, code="SignatureDoesNotMatch", status=403)
_proxied = partial(Case, endpoint="http://braket.example", proxy=True)
_VALUES: _Shape = lambda sent: "".join(sent.values())  # noqa: E731  # as the other shapes

ECHOES = [
    *(_refused(f"a message echoes {name}", [_echo(_as_message, shape)]) for name, shape in _SHAPES.items()),
    *(
        Case(f"text echoes {name}", [_echo(partial(_as_text, 400), shape)], ServiceError, status=400)
        for name, shape in _SHAPES.items()
        if name != "XML"  # which passes for a page
    ),
    *(
        _proxied(f"a proxy echoes {name}", [_echo(partial(_as_text, 407), shape)], ServiceError, status=407)
        for name, shape in _SHAPES.items()
        if name != "XML"
    ),
    Case("a page's title echoes", [_echo(_as_title, _LINES, "authorization")], AccessDeniedError, status=403),
    Case("a list echoes", [_echo(_as_list)], InvalidResponseError, status=200),
    Case("a job's members echo", [_echo(_as_member)], InvalidResponseError, status=200),
    _refused("a message with the secret key", [_as_message(f"the key was {KEY}")]),
    _refused("a message with it in JSON", [_as_message(f"the key was {KEY}".replace("/", "\\/"))]),
    Case(
        "a code that is a token", [_echo(_as_code, _VALUES, "x-amz-security-token")], ServiceError, code="…", status=400
    ),
    Case(
        "a proxy's refusal echoes",
        [_echo(_as_reason, _LINES, "proxy-authorization")],
        ConnectError,
        endpoint="https://braket.us-east-1.amazonaws.com",
        proxy=True,
    ),
]
