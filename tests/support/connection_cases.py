"""
The fault table, second part: what may happen to a connection before there is an answer.
"""

import atexit
import datetime as dt
import os
import socket
from functools import partial
from typing import Any, cast

from botocore.config import Config

from braket_jobs import (
    ConfigurationError,
    ConnectError,
    ConnectionLostError,
    RequestTimeoutError,
    ServiceError,
    ServiceUnavailableError,
    TLSError,
)
from support.certificates import ELSEWHERE, HERE, certificate, parts, server_side
from support.fault_server import Action, Exchange
from support.faults import JOB, answer, hang_up, head, raw, reset, stall
from support.outcomes import HASTY, PASSWORD, PATIENT, STATUS_WHEN_CUT, WHEN_CUT, Case

_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_LATE = head(200, len(JOB)) + JOB[:100]
_BAD_RECORD = b"\x17\x03\x03\x00\x20" + b"x" * 32
_BRAKET = "https://braket.us-east-1.amazonaws.com"

_LOST = {
    "FIN instead of an answer": hang_up(),
    "FIN before the request": hang_up(at_once=True),
    "RST instead of an answer": reset(),
    "RST before the request": reset(at_once=True),
    "RST in the headers": reset(_OK + b"Con"),
    "RST in the body": reset(_LATE),
    "FIN in the status line": raw(b"HTTP/1."),
    "FIN in a chunk": raw(_CHUNKED + b"100\r\n{"),
    "FIN between chunks": raw(_CHUNKED + b"2\r\n{}\r\n"),
    "a chunk of no length": raw(_CHUNKED + b"zz\r\n{"),
    "garbage": raw(b"\x00\xff\x17garbage\r\n\r\n"),
    "a status that is no number": raw(b"HTTP/1.1 2x0 OK\r\n\r\n"),
    "a version from the future": raw(b"HTTP/9.9 200 OK\r\n\r\n"),
    "HTTP/2 to a client that didn't ask": raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00"),
    "an SSH server": raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a header of 70 kB": raw(_OK + b"A: " + b"x" * 70_000 + b"\r\n\r\n"),
    "200 headers": raw(_OK + b"A: b\r\n" * 200 + b"\r\n"),
    "100 Continue and nothing more": raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
    "two lengths": raw(_OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}"),
}
_SLOW = {
    "silence": stall(),
    "silence before the request": stall(at_once=True),
    "silence in the headers": stall(_OK + b"Con"),
    "silence in the body": stall(_LATE),
    "silence in a chunk": stall(_CHUNKED + b"100\r\n{"),
}
_BAD_ENDPOINTS = {
    "a port beyond all ports": "http://127.0.0.1:99999",
    "half an IPv6 address": "http://[::1",
    "a blank in the host": "http://a b.c",
    "a label of 70 characters": "http://" + "x" * 70 + ".example",
    "an empty label": "http://..example",
    "no host": "https://",
    "no protocol": "127.0.0.1:80",
    "a line end": "http://127.0.0.1:1/\n",
    "an escape in the host": "http://ex%41mple.test:1",
}
_PROXY_REFUSALS = {400: False, 401: False, 403: False, 404: False, 407: False, 500: True, 502: True, 503: True}


def _beside(data: bytes) -> Action:
    """
    These bytes into the connection below TLS, then its end.
    """

    def run(exchange: Exchange) -> bool:
        with socket.socket(fileno=os.dup(exchange.sock.fileno())) as below:
            below.sendall(data)
            below.shutdown(socket.SHUT_WR)
        exchange.closing.wait(0.2)
        return False

    return Action(run)


def _never_accepting() -> str:
    """
    Return the URL of a listener whose queue is full, so that no connection comes about; it lives as long as we do.
    """
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = [socket.socket() for _ in range(4)]
    for each in waiting:
        each.setblocking(False)
        each.connect_ex(listener.getsockname())
    for each in (listener, *waiting):
        atexit.register(each.close)
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


_GOOD = certificate()
_EXPIRED = certificate(HERE, dt.timedelta(days=-1))
_OTHER = certificate(ELSEWHERE)
_GONE = _GOOD.parent / "missing.pem"
_JUNK = _GOOD.parent / "junk.pem"
_JUNK.write_text("no certificate")
_EMPTY = _GOOD.parent / "empty"
_EMPTY.mkdir()
_CERTIFICATE, _, _LOCKED = map(str, parts(_GOOD))
_BAD_FILES: dict[str, str | tuple[str, str]] = {
    "certificate that isn't there": str(_GONE),
    "certificate that is none": str(_JUNK),
    "certificate that is a folder": str(_EMPTY),
    "certificate without a key": _CERTIFICATE,
    "key that isn't there": (_CERTIFICATE, str(_GONE)),
    "key that is none": (_CERTIFICATE, str(_JUNK)),
    "key of another certificate": (_CERTIFICATE, str(parts(_OTHER)[1])),
    "key under a password": (_CERTIFICATE, _LOCKED),
}


def _proxy_at(host: str) -> Config:
    return PATIENT.merge(Config(proxies={"https": f"http://me:{PASSWORD}@{host}"}))


def _with_own(files: str | tuple[str, str]) -> Config:
    return PATIENT.merge(Config(client_cert=files))


def _with_proxys(**files: str | tuple[str, str]) -> Config:
    proxies = {"https": f"https://me:{PASSWORD}@127.0.0.1:1"}
    return PATIENT.merge(Config(proxies=proxies, proxies_config=cast("Any", files)))


_encrypted = partial(Case, tls=server_side(_GOOD), bundle=_GOOD)
_expecting_tls = partial(Case, endpoint="https://{address}")
_misfiled = partial(_encrypted, script=[answer()], kind=ConfigurationError)
_unreached = partial(Case, script=[answer()], reached=False)
_tunnelled = partial(Case, endpoint=_BRAKET, proxy=True)
_proxied = partial(Case, endpoint="http://braket.example", proxy=True)

CONNECTIONS = [
    *(Case(name, [action], ConnectionLostError, retryable=True) for name, action in _LOST.items()),
    *(Case(name, [action], RequestTimeoutError, retryable=True, config=HASTY) for name, action in _SLOW.items()),
    # nobody there
    _unreached("refused", kind=ConnectError, retryable=True, endpoint="http://127.0.0.1:1"),
    *(
        _unreached(f"an endpoint with {name}", kind=ConfigurationError, endpoint=url, attempts=0)
        for name, url in _BAD_ENDPOINTS.items()
    ),
    _unreached("an endpoint with another protocol", kind=ConfigurationError, endpoint="ftp://127.0.0.1"),
    _unreached("an unknown name", kind=ConnectError, retryable=True, endpoint="http://nothing.invalid"),
    _unreached("no connection", kind=RequestTimeoutError, retryable=True, endpoint=_never_accepting(), config=HASTY),
    # TLS
    _encrypted("a certificate nobody trusts", [answer()], TLSError, bundle=None),
    _encrypted("a certificate of another host", [answer()], TLSError, tls=server_side(_OTHER), bundle=_OTHER),
    _encrypted("an expired certificate", [answer()], TLSError, tls=server_side(_EXPIRED), bundle=_EXPIRED),
    _misfiled("a bundle that isn't there", bundle=_GONE),
    _misfiled("a bundle that is none", bundle=_JUNK),
    _misfiled("a bundle that is a folder without any", bundle=_EMPTY),
    *(_misfiled(f"a client's {name}", config=_with_own(file)) for name, file in _BAD_FILES.items()),
    *(
        _unreached(
            f"a proxy's {name}", kind=ConfigurationError, endpoint=_BRAKET, config=_with_proxys(proxy_client_cert=file)
        )
        for name, file in _BAD_FILES.items()
        if name != "key under a password"  # for which OpenSSL asks on the terminal
    ),
    _unreached(
        "a proxy's bundle that isn't there",
        kind=ConfigurationError,
        endpoint=_BRAKET,
        config=_with_proxys(proxy_ca_bundle=str(_GONE)),
    ),
    _encrypted("FIN inside TLS", [hang_up()], ConnectionLostError, retryable=True),
    _encrypted("RST inside TLS", [reset()], ConnectionLostError, retryable=True),
    _encrypted("a record with a bad MAC", [_beside(_BAD_RECORD)], TLSError, retryable=True),
    _encrypted("the end without a goodbye", [_beside(b"")], ConnectionLostError, retryable=True),
    _encrypted("a body cut inside TLS", [raw(_LATE)], WHEN_CUT, retryable=True, status=STATUS_WHEN_CUT),
    _encrypted("plain HTTP to TLS", [answer()], ConnectionLostError, retryable=True, endpoint="http://{address}"),
    _expecting_tls("TLS to plain HTTP", [raw(b"HTTP/1.1 400 Bad Request\r\n\r\n", at_once=True)], TLSError),
    _expecting_tls("FIN in the handshake", [hang_up(at_once=True)], TLSError, retryable=True),
    _expecting_tls("RST in the handshake", [reset(at_once=True)], ConnectionLostError, retryable=True),
    _expecting_tls(
        "silence in the handshake", [stall(at_once=True)], RequestTimeoutError, retryable=True, config=HASTY
    ),
    # proxies
    *(
        _tunnelled(f"a proxy says {status}", [answer(status, b"")], ConnectError, retryable=retryable)
        for status, retryable in _PROXY_REFUSALS.items()
    ),
    _tunnelled("a proxy hangs up", [hang_up()], ConnectionLostError, retryable=True),
    _tunnelled("a proxy resets", [reset()], ConnectionLostError, retryable=True),
    _tunnelled("a proxy babbles", [raw(b"\x00\xff" * 50)], ConnectionLostError, retryable=True),
    _tunnelled("a proxy is silent", [stall()], RequestTimeoutError, retryable=True, config=HASTY),
    _tunnelled("a proxy's tunnel ends at once", [raw(_OK + b"\r\n")], TLSError, retryable=True),
    _proxied("a plain proxy says 407", [answer(407, b"")], ServiceError, status=407),
    _proxied("a plain proxy says 502", [answer(502, b"")], ServiceUnavailableError, retryable=True, status=502),
    _proxied("a plain proxy hangs up", [hang_up()], ConnectError, retryable=True),
    _unreached(
        "a proxy nobody is at", kind=ConnectError, retryable=True, endpoint=_BRAKET, config=_proxy_at("127.0.0.1:1")
    ),
    _unreached("a proxy with a blank", kind=ConfigurationError, endpoint=_BRAKET, config=_proxy_at("a b:1")),
]
