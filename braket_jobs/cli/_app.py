"""
The command ``braket-jobs`` and the table of its subcommands.
"""

import sys

import click

from braket_jobs.cli._demo import demo
from braket_jobs.cli._get import get
from braket_jobs.cli._list import list_jobs
from braket_jobs.cli._output import writing
from braket_jobs.cli._wait import wait


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="braket-jobs", message="%(prog)s %(version)s")
def app() -> None:
    """
    Find and show Amazon Braket hybrid jobs, and wait for them.

    Shell completion: eval "$(_BRAKET_JOBS_COMPLETE=bash_source braket-jobs)", or zsh_source, or for fish fish_source.
    """


for command in (demo, get, list_jobs, wait):
    app.add_command(command)


def main() -> None:
    """
    Run the command line with the arguments of this process.

    Raises:
        SystemExit: Always, with the exit status.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a job's text may hold what the terminal can't encode
    with writing():  # what click writes by itself: help, version, completion
        app(prog_name="braket-jobs")
