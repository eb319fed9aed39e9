"""
A loopback server that answers requests with one document, or with several in turn: HTTP/1.1, keep-alive, no parsing
worth mentioning.

It runs in a process of its own, so that the client's process measures the client.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from multiprocessing.connection import Connection


async def _answer(
    answers: Iterator[bytes], latency: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            if latency:
                await asyncio.sleep(latency)
            writer.write(next(answers))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _whole(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        f"x-amzn-RequestId: 4f4b6a6e-0000-4000-8000-000000000000\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _serve(bodies: tuple[bytes, ...], latency: float, ready: Connection) -> None:
    answers = cycle(map(_whole, bodies))
    server = await asyncio.start_server(partial(_answer, answers, latency), "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run(bodies: tuple[bytes, ...], latency: float, ready: Connection) -> None:
    asyncio.run(_serve(bodies, latency, ready))


@contextmanager
def serving(*bodies: bytes, latency: float = 0.0) -> Iterator[str]:
    """
    Serve for as long as the context lasts.

    Args:
        bodies: The documents; after the last comes the first again.
        latency: How long each answer is held back, in seconds.

    Yields:
        The server's URL.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(bodies, latency, there), daemon=True)
    process.start()
    there.close()  # so that a server that dies is an EOFError here, and no endless wait
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()
