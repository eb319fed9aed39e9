"""
``braket-jobs demo``: the whole way over HTTP, without an AWS account.
"""

from importlib import import_module

import click

from braket_jobs.cli._outcome import Outcome
from braket_jobs.cli._output import writing


@click.command()
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def demo(*, debug: bool) -> None:
    """
    Read jobs from a Braket inside this process, over HTTP; no AWS account is needed.

    Needs more packages: pip install 'braket-jobs[cli,server]'
    """
    outcome = Outcome(is_debug=debug)
    outcome.log()
    with outcome.guard():
        _run(outcome)
    outcome.exit()


def _run(outcome: Outcome) -> None:
    try:
        demo = import_module("braket_jobs.testing.demo")  # not with the other commands: it brings moto, from an extra
        outcome.has_failed = bool(demo.main(writing))
    except ImportError as error:
        outcome.fail(error, "the demo needs a server: pip install 'braket-jobs[cli,server]'")
