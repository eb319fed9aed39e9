"""
What commands share in ending: errors as one line each, and the exit status that says whether there were any.

All they print besides jobs goes through `Outcome.echo`, since a terminal may show a live board meanwhile.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial

import attrs
import click

from braket_jobs.display._screen import is_terminal
from braket_jobs.errors.text import one_line
from braket_jobs.errors.tree import BraketJobsError

_LIMIT = 4096


@attrs.define
class Outcome:
    """
    How a command is getting on.

    Attributes:
        is_debug: Whether errors come with their traceback.
        has_failed: Whether anything went wrong so far.
        say: Prints beside a live board; None while there is none.
    """

    is_debug: bool = False
    has_failed: bool = False
    say: Callable[[str], None] | None = None
    # Asked before there is a board, since until rich 15 the streams that it puts in their place deny it.
    _out_is_terminal: bool = attrs.field(init=False, factory=lambda: is_terminal(sys.stdout))
    _err_is_terminal: bool = attrs.field(init=False, factory=lambda: is_terminal(sys.stderr))

    def echo(self, text: str, *, err: bool = False) -> None:
        """
        Print `text` on standard output or standard error: above the board if that is the terminal with the board.
        """
        if self.say is not None and (self._err_is_terminal if err else self._out_is_terminal):
            self.say(text)
        else:
            click.echo(text, err=err)

    @contextmanager
    def guard(self) -> Generator[None]:
        """
        Report an error of the block and go on after it; click's own end the command.
        """
        try:
            yield
        except click.ClickException:
            raise
        except BraketJobsError as error:
            self.fail(error, str(error))
        except Exception as error:  # noqa: BLE001  # whatever it is, the user reads a line, and asks for more by --debug
            what = f"{type(error).__name__}: {error}"
            self.fail(error, f"unexpected {what}{'' if self.is_debug else ' (--debug shows where)'}")

    def fail(self, error: Exception, text: str) -> None:
        """
        Print `text` as one line on standard error, after the traceback of `error` if that is wanted.
        """
        self.has_failed = True
        if self.is_debug:
            self.echo("".join(traceback.format_exception(error)).rstrip("\n"), err=True)
        self.echo(f"braket-jobs: {one_line(text, _LIMIT)}", err=True)

    def log(self) -> None:
        """
        Send the package's log to standard error when debugging, and nowhere otherwise: retries are no errors.

        The logger is as before when the command has ended.
        """
        log = logging.getLogger("braket_jobs")
        handler = _Echo(self.echo) if self.is_debug else logging.NullHandler()
        context = click.get_current_context()
        context.call_on_close(partial(log.setLevel, log.level))
        context.call_on_close(partial(log.removeHandler, handler))
        log.setLevel(logging.DEBUG if self.is_debug else log.level)
        log.addHandler(handler)

    def exit(self) -> None:
        """
        End the command with 0, or with 1 if anything went wrong.

        Raises:
            SystemExit: Always.
        """
        sys.exit(int(self.has_failed))


class _Echo(logging.Handler):
    def __init__(self, echo: Callable[..., None]) -> None:
        super().__init__()
        self._echo = echo

    def emit(self, record: logging.LogRecord) -> None:
        self._echo(self.format(record), err=True)
