"""
The command line ``braket-jobs``, for which the extra ``cli`` brings click and rich.

One module for each command, in `_app`'s table; what they share is in `_outcome`. A command prints what was asked for
on standard output and one line for each error on standard error, and ends with 0, 1 (something could not be read) or
2 (it was called wrongly); ``wait`` has more to say by its exit status. The only room that imports click.
"""

import sys

_EXTRA = frozenset({"click", "rich"})


def main() -> None:
    """
    Run the command line with the arguments of this process.

    Raises:
        SystemExit: Always, with the exit status.
    """
    try:
        from braket_jobs.cli._app import app  # noqa: PLC0415  # lazy: to say what is missing if the extra is
        from braket_jobs.cli._output import writing  # noqa: PLC0415  # lazy, as above
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.exit("braket-jobs: the command line needs click and rich: pip install 'braket-jobs[cli]'")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a job's text may hold what the terminal can't encode
    with writing():  # what click writes by itself: help, version, completion
        app(prog_name="braket-jobs")
