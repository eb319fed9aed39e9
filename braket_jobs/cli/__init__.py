"""
The command line ``braket-jobs``: a module for each command, and how each of them ends.

A command prints what was asked for on standard output and one line for each error on standard error, and ends with 0,
1 (something could not be read) or 2 (it was called wrongly); ``wait`` has more to say by its exit status. `__main__`
and the installed script import `main`. Imports everything below; the only door to click.
"""

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

__all__ = ["main"]

if TYPE_CHECKING or all(map(find_spec, ("click", "rich"))):
    from braket_jobs.cli._app import main
else:

    def main() -> None:
        """
        Say what is missing.

        Raises:
            SystemExit: Always.
        """
        sys.exit("braket-jobs: the command line needs click and rich: pip install 'braket-jobs[cli]'")
