"""
The command ``braket-jobs`` and the table of its subcommands.
"""

import click

from braket_jobs.cli._demo import demo
from braket_jobs.cli._get import get


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="braket-jobs", message="%(prog)s %(version)s")
def app() -> None:
    """
    Look at Amazon Braket hybrid jobs.

    Shell completion: eval "$(_BRAKET_JOBS_COMPLETE=bash_source braket-jobs)", or zsh_source, or for fish fish_source.
    """


for command in (demo, get):
    app.add_command(command)
