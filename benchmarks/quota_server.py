"""
A loopback server that enforces GetJob's quota: 5 requests a second with a burst of 25, 50 ms until the answer.

It runs in a process of its own. Its bucket starts to fill with the first request; every half second another client may
take a token, whether one is there or not, so that it always gets its share. ``GET /counts`` says what has happened.
"""

import asyncio
import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from urllib.request import urlopen

import attrs

_RATE = 5.0
_BURST = 25.0
_LATENCY = 0.05
_THROTTLED = json.dumps({"message": "Rate exceeded"}).encode()


@attrs.define
class Service:
    """
    The quota of one account.

    Attributes:
        document: The answer to whoever is let in.
        tokens: How many tokens are there at first.
        others: How many tokens another client takes each second.
        counts: How many requests were answered, and how many were throttled.
    """

    document: bytes
    tokens: float
    others: float
    counts: dict[str, int] = attrs.Factory(lambda: {"answered": 0, "throttled": 0})
    filled_at: float | None = None

    def lets_in(self, now: float) -> bool:
        """
        Take a token, if there is one.
        """
        passed = 0.0 if self.filled_at is None else now - self.filled_at
        self.filled_at = now
        self.tokens = min(self.tokens + passed * (_RATE - self.others), _BURST)
        is_in = self.tokens >= 1
        self.tokens -= is_in
        self.counts["answered" if is_in else "throttled"] += 1
        return is_in

    async def answer(self, path: str) -> bytes:
        """
        Return the whole answer to a request.
        """
        if path == "/counts":
            return _http(200, json.dumps(self.counts).encode())
        is_in = self.lets_in(time.monotonic())
        await asyncio.sleep(_LATENCY)
        return _http(200, self.document) if is_in else _http(429, _THROTTLED, "x-amzn-ErrorType: ThrottlingException")


def _http(status: int, body: bytes, *headers: str) -> bytes:
    fields = ("Content-Type: application/json", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join([f"HTTP/1.1 {status} -", *fields, "", ""]).encode() + body


async def _converse(service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            writer.write(await service.answer(request.split(b" ", 2)[1].decode()))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve(service: Service, ready: Connection) -> None:
    server = await asyncio.start_server(partial(_converse, service), "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run(service: Service, ready: Connection) -> None:
    asyncio.run(_serve(service, ready))


@contextmanager
def enforcing(document: bytes, *, tokens: float, others: float) -> Iterator[str]:
    """
    Serve for as long as the context lasts.

    Args:
        document: What GetJob answers.
        tokens: How full the bucket is at first.
        others: What another client takes each second.

    Yields:
        The server's URL.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(Service(document, tokens, others), there), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


def throttled(url: str) -> int:
    """
    Return how many requests the server has throttled.
    """
    with urlopen(f"{url}/counts") as answer:  # noqa: S310  # our own server
        return int(json.load(answer)["throttled"])
