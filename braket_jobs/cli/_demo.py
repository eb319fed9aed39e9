"""
``braket-jobs demo``: the whole way over HTTP, without an AWS account.
"""

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
        from braket_jobs.testing.demo import main  # noqa: PLC0415  # lazy: it brings moto, from extras of its own

        outcome.has_failed = bool(main(writing))
    except ImportError as error:
        outcome.fail(error, "the demo needs a server: pip install 'braket-jobs[cli,server]'")
