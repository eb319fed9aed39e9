"""
The command line ``braket-jobs``: a module for each command, and how each of them ends.

A command prints what was asked for on standard output and one line for each error on standard error, and ends with 0,
1 (something could not be read) or 2 (it was called wrongly); ``wait`` has more to say by its exit status. `__main__`
and the installed script import `main`. Imports everything below; the only door to click.
"""

import sys

__all__ = ["main"]

try:
    from braket_jobs.cli._app import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in {"click", "rich"}:
        raise

    def main() -> None:
        """
        Say what is missing.

        Raises:
            SystemExit: Always.
        """
        sys.exit("braket-jobs: the command line needs click and rich: pip install 'braket-jobs[cli]'")
