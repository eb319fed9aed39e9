"""
The command line ``braket-jobs``, for which the extra ``cli`` brings click and rich.

One module for each command, in `_app`'s table; what they share is in `_outcome`. A command prints what was asked for
on standard output and one line for each error on standard error, and ends with 0, 1 (something could not be read) or
2 (it was called wrongly); ``wait`` has more to say by its exit status. The only room that imports click.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

_EXTRA = frozenset({"click", "rich"})


def main() -> None:
    """
    Run the command line with the arguments of this process.

    Raises:
        SystemExit: Always, with the exit status.
    """
    try:
        from braket_jobs.cli._app import app  # noqa: PLC0415  # lazy: to say what is missing if the extra is
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.exit("braket-jobs: the command line needs click and rich: pip install 'braket-jobs[cli]'")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a job's text may hold what the terminal can't encode
    with ExitStack() as at_exit:
        if sys.stdin is None:  # closed by the caller: there is nothing to read
            sys.stdin = at_exit.enter_context(Path(os.devnull).open(encoding="utf-8"))
        at_exit.callback(_give_up_what_cannot_be_written)
        app(prog_name="braket-jobs")


def _give_up_what_cannot_be_written() -> None:
    """
    Let Python's own last flush succeed where the disk is full: the command has said so by then.
    """
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
