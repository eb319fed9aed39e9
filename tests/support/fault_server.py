"""
A server on 127.0.0.1 that misbehaves as told, on raw sockets: what real networks do, in a few lines each.

A server is given a script: one `Action` for each request, the last of them for all that follow. Whatever should be
said beforehand is said in `tests/support/faults.py`, where the actions are. Leaving the `with` block ends every
connection and every thread.
"""

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from types import TracebackType
from typing import Self

import attrs

_LINE_LIMIT = 65536


@attrs.frozen
class Request:
    """
    What a client asked.

    Attributes:
        method: The verb.
        target: Path and query, as on the wire.
        headers: By lower-case name.
    """

    method: str
    target: str
    headers: Mapping[str, str]


@attrs.frozen
class Exchange:
    """
    What an action works with.

    Attributes:
        sock: The connection, inside TLS if the server speaks it.
        request: What was asked; None for an action that comes before the request.
        closing: Set when the server ends; whoever waits, waits on this.
    """

    sock: socket.socket
    request: Request | None
    closing: threading.Event


@attrs.frozen
class Action:
    """
    What to do with one request.

    Attributes:
        run: Does it; returns whether the connection stays open for another request.
        at_once: Whether to do it when the first bytes come, whatever they are.
    """

    run: Callable[[Exchange], bool]
    at_once: bool = False


class FaultServer:
    """
    Attributes:
        requests: The last thousand requests, in order.
        connections: How many connections a client opened.
        hits: How often a client tried: its requests, and its connections that never came to one.
    """

    def __init__(
        self,
        *script: Action,
        choose: Callable[[Request], Action] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """
        Args:
            script: What to do, request by request.
            choose: Decides from the request instead.
            tls: The server's side of TLS, if it speaks that.
        """
        self.requests: deque[Request] = deque(maxlen=1000)
        self.hits = 0
        self.connections = 0
        self._script = list(script)
        self._choose = choose
        self._tls = tls
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._waker: object = None
        self._threads: set[threading.Thread] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.address}"

    def __enter__(self) -> Self:
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        # Wakes the thread that accepts, which closing the listener would not. Connections are accepted in their order,
        # so whoever came before is still counted.
        with socket.socket() as waker:
            waker.bind(("127.0.0.1", 0))
            self._waker = waker.getsockname()
            waker.connect(self._listener.getsockname())
            self._acceptor.join()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join()
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.add(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            sock, peer = self._listener.accept()
            if peer == self._waker:
                sock.close()
                return
            self.connections += 1
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with self._lock:
            self._open.add(sock)
        try:
            # a client that hangs up in the middle is part of the game
            with contextlib.suppress(OSError):
                self._converse(sock)
        finally:
            with self._lock:
                self._open.discard(sock)
                self._threads.discard(threading.current_thread())
            sock.close()

    def _converse(self, plain: socket.socket) -> None:
        if self._script and self._script[0].at_once:
            plain.recv(_LINE_LIMIT)
            self._next(None).run(Exchange(plain, None, self._closing))
            return
        came = False
        try:
            with contextlib.closing(self._exchanges(plain)) as exchanges:
                for exchange in exchanges:
                    came = True
                    if not self._next(exchange.request).run(exchange):
                        return
        finally:
            with self._lock:
                self.hits += not came

    def _exchanges(self, plain: socket.socket) -> Generator[Exchange, None, None]:
        with self._secured(plain) as sock, sock.makefile("rb") as stream:
            for request in iter(lambda: _read(stream.readline), None):
                yield Exchange(sock, request, self._closing)

    @contextlib.contextmanager
    def _secured(self, plain: socket.socket) -> Iterator[socket.socket]:
        if self._tls is None:
            yield plain
            return
        with self._tls.wrap_socket(plain, server_side=True) as secure:
            with self._lock:
                self._open = self._open - {plain} | {secure}
            yield secure

    def _next(self, request: Request | None) -> Action:
        with self._lock:
            self.hits += 1
            if request:
                self.requests.append(request)
            if self._choose and request:
                return self._choose(request)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]


def _read(readline: Callable[[int], bytes]) -> Request | None:
    start = readline(_LINE_LIMIT).decode("latin-1").split()
    if len(start) < 3:  # method, target, version
        return None
    lines = iter(lambda: readline(_LINE_LIMIT).decode("latin-1").strip(), "")
    fields = (line.partition(":") for line in lines)
    return Request(start[0], start[1], {name.lower(): value.strip() for name, _, value in fields})
