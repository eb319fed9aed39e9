"""
Whether there is a terminal to draw on.
"""

import sys
from typing import TextIO

from rich.console import Console


def screen(*, to_stderr: bool = False) -> Console | None:
    """
    Return a console for standard output, or None if that is no terminal, or a dumb one.

    The stream itself is asked: environment variables that ask for colours don't make a terminal of a pipe. A dumb
    terminal doesn't say how wide it is.

    Args:
        to_stderr: Whether standard error is meant instead.
    """
    if not is_terminal(sys.stderr if to_stderr else sys.stdout):
        return None
    console = Console(stderr=to_stderr)
    return None if console.is_dumb_terminal else console


def is_terminal(stream: TextIO | None) -> bool:
    """
    Return whether `stream` is a terminal; one that was closed before Python began is None.
    """
    return stream is not None and stream.isatty()
