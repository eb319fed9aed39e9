"""
An HTTP server on this machine that answers GetJob with documents, and remembers what it was asked.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote

import attrs


@attrs.frozen
class Asked:
    """
    A request: its path with the query, and its headers.
    """

    path: str
    headers: Mapping[str, str]


@attrs.define
class Braket:
    """
    What the server knows: documents by ARN, and the requests so far.
    """

    url: str
    documents: dict[str, dict[str, Any]] = attrs.Factory(dict)
    asked: list[Asked] = attrs.Factory(list)

    def answer(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        self.asked.append(asked)
        arn = unquote(asked.path.partition("?")[0].removeprefix("/job/"))
        if arn in self.documents:
            return 200, self.documents[arn]
        return 404, {"__type": "ResourceNotFoundException", "message": "No such job."}


@contextmanager
def loopback() -> Iterator[Braket]:
    """
    Serve on a free port of the loopback interface.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, document = braket.answer(Asked(self.path, dict(self.headers.items())))
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status != 200:
                self.send_header("x-amzn-errortype", str(document["__type"]))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        braket = Braket(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield braket
        server.shutdown()
        thread.join()
