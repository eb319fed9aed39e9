"""
A loopback server that answers every request with one document: HTTP/1.1, keep-alive, no parsing worth mentioning.

It runs in a process of its own, so that the client's process measures the client.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection


async def _answer(answer: bytes, latency: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            if latency:
                await asyncio.sleep(latency)
            writer.write(answer)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve(body: bytes, latency: float, ready: Connection) -> None:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        f"x-amzn-RequestId: 4f4b6a6e-0000-4000-8000-000000000000\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    server = await asyncio.start_server(partial(_answer, head.encode() + body, latency), "127.0.0.1", 0)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run(body: bytes, latency: float, ready: Connection) -> None:
    asyncio.run(_serve(body, latency, ready))


@contextmanager
def serving(body: bytes, *, latency: float = 0.0) -> Iterator[str]:
    """
    Serve `body` for as long as the context lasts.

    Args:
        body: The document.
        latency: How long each answer is held back, in seconds.

    Yields:
        The server's URL.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(body, latency, there), daemon=True)
    process.start()
    there.close()  # so that a server that dies is an EOFError here, and no endless wait
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()
