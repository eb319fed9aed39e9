"""
Braket, and all of moto, as an HTTP server: for clients in other processes and languages.

``python -m braket_jobs.testing.server --port 5000`` or ``braket-jobs-server``. It listens on this machine only,
unless told otherwise, and knows no authentication: whoever reaches it may use it.
"""

import argparse
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from weakref import finalize

_IS_INSTALLED = all(map(find_spec, ("moto", "flask", "flask_cors")))

if TYPE_CHECKING or _IS_INSTALLED:
    from moto.core.models import botocore_stubber
    from moto.moto_server import werkzeug_app
    from werkzeug.serving import BaseWSGIServer, make_server

    from braket_jobs.testing.registration import clear, register


class BraketServer:
    """
    A server in a thread of this process, running while its context lasts.

    It shares its store with the in-process mock and with `JobsFactory`: a mock that starts or ends empties it. Outside
    of mocks the last server to end empties Braket.

    Attributes:
        url: Where it listens, such as ``http://127.0.0.1:49152``.
    """

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """
        Bind the address, so that `url` is known; nothing is answered before the server is started.

        Args:
            host: The address to listen on, IPv4 or IPv6, or a name.
            port: The port; 0 for a free one.

        Raises:
            ImportError: If the extra ``server`` isn't installed.
            OSError: If the address is in use.
        """
        self._server = _bound(host, port)
        finalize(self, self._server.server_close)  # for one that is never entered
        self.url: str = f"http://{f'[{host}]' if ':' in host else host}:{self._server.port}"
        # The argument is how often it checks whether to end, in seconds: werkzeug's 0.5 would be half a second a test.
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="braket-jobs-server", daemon=True)

    def environment(self) -> dict[str, str]:
        """
        Return the environment variables that lead AWS's clients to this server, with credentials it accepts.
        """
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",  # any text will do: the server checks no signature
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def serve_forever(self) -> None:
        """
        Answer requests in this thread, until interrupted.
        """
        self._server.serve_forever()

    def __enter__(self) -> Self:
        self._thread.start()
        _running.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        _running.discard(self)
        if not _running:
            _clear_outside_mocks()


_running: set[BraketServer] = set()


def _clear_outside_mocks() -> None:
    if not botocore_stubber.enabled:
        clear()


def _bound(host: str, port: int) -> "BaseWSGIServer":
    if not _IS_INSTALLED:
        raise ImportError("the server needs more than the mock does: pip install 'braket-jobs[server]'")
    register()
    app = werkzeug_app.DomainDispatcherApplication(werkzeug_app.create_backend_app)
    handler: Any = getattr(werkzeug_app, "MotoRequestHandler", None)  # moto's own since 5.1.19 or so
    # werkzeug ends the process when an address is in use; bound here, it is an ordinary OSError.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as bound:
        return make_server(host, bound.getsockname()[1], app, threaded=True, request_handler=handler, fd=bound.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the server until Ctrl-C.

    Args:
        arguments: The command line without the program's name; `sys.argv`'s if None.

    Returns:
        The exit status: 0.
    """
    parser = argparse.ArgumentParser(prog="braket-jobs-server", description="Braket, and all of moto, over HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=5000, help="port to listen on, 0 for a free one (%(default)s)")
    options = parser.parse_args(arguments)
    try:
        server = BraketServer(host=options.host, port=options.port)
    except (ImportError, OSError, OverflowError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C, from the first line on
    with suppress(KeyboardInterrupt):
        _announce(server)
        server.serve_forever()
    return 0


def _announce(server: BraketServer) -> None:
    lines = [f"Braket is at {server.url} (Ctrl-C ends it). For AWS's clients:"]
    lines += [f"export {name}={value}" for name, value in server.environment().items()]
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
