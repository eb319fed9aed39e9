"""
Standard output that can't be written to: its reader has gone away, or the disk is full.

What is written is flushed at once, so that the command learns of it, and not Python while it ends, which would report
it by its own means and by an exit status of its own.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import TextIO

import click


@contextmanager
def writing() -> Generator[None]:
    """
    Flush what the block writes to standard output; if that fails, end the command with status 1.

    A reader that has gone away wants nothing more, not even an error. Anything else is one line on standard error. The
    block does nothing but write: any `OSError` of it counts.

    Raises:
        SystemExit: If standard output can't be written to.
    """
    try:
        yield
        _flush()
    except OSError as error:
        _abandon(sys.stdout)
        _tell(error)
        sys.exit(1)


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _tell(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        return
    try:
        click.echo(f"braket-jobs: standard output: {error.strerror or error}", err=True)
    except OSError:
        _abandon(sys.stderr)


def _abandon(stream: TextIO) -> None:
    """
    Let what is still unwritten go nowhere, or Python tries again when it ends.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
