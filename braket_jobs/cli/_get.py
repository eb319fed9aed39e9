"""
``braket-jobs get``: show jobs, asked for by their ARNs or a name, or read from saved answers.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

import click

from braket_jobs.cli._connection import Connection, connection_options, patience_option
from braket_jobs.cli._inputs import SavedAnswers, documents, standard_input, with_lines
from braket_jobs.cli._outcome import Outcome
from braket_jobs.cli._output import writing
from braket_jobs.cli._values import filled
from braket_jobs.codec import job_from_json, job_to_json
from braket_jobs.display.terminal import print_job
from braket_jobs.model.job import Job

Read = Callable[[], Job]
# The control character is click's mark for lines that must not be wrapped.
_EXAMPLES = """
\b
Examples:
  braket-jobs get --queue arn:aws:braket:us-east-1:123456789012:job/ID
  braket-jobs get --name my-job
  braket-jobs list --since 1d --json | braket-jobs get -
  aws braket get-job --job-arn ARN | braket-jobs get --from-json -
"""


@click.command(epilog=_EXAMPLES)
@click.argument("arns", metavar="[ARN]...", nargs=-1)
@click.option("--name", metavar="NAME", callback=filled, help="Show the latest job of exactly this name first.")
@click.option("--from-json", "saved", type=SavedAnswers("rb"), metavar="FILE", help="Show saved answers; - is stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in AWS's names, one line for each job.")
@click.option("--queue", is_flag=True, help="Ask for the place in the queue too.")
@connection_options
@patience_option
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def get(
    *,
    arns: tuple[str, ...],
    name: str | None,
    saved: BinaryIO | None,
    as_json: bool,
    queue: bool,
    region: str | None,
    profile: str | None,
    endpoint_url: str | None,
    timeout: float | None,
    debug: bool,
) -> None:
    """
    Show hybrid jobs as they are now, or saved answers of GetJob.

    ARNs are read from standard input where - stands, as words or from lines of JSON. On a terminal each job is a
    panel, in a pipe plain lines.
    """
    connection = Connection(region=region, profile=profile, endpoint_url=endpoint_url, patience=timeout)
    if saved is None and name is None and not arns:
        raise click.UsageError("Give an ARN, - to read ARNs from standard input, --name, or --from-json.")
    if saved is not None and (arns or name is not None or queue or connection != Connection()):
        raise click.UsageError("--from-json asks nobody: leave out ARNs, --name, --queue, --region and the like.")
    outcome = Outcome(is_debug=debug)
    outcome.log()
    reads = _asked(name, arns, connection, queue=queue) if saved is None else _saved(saved)
    with outcome.guard():
        for read in reads:
            with outcome.guard():
                _show(read(), as_json=as_json, is_fresh=saved is None)
    outcome.exit()


def _asked(name: str | None, arns: Iterable[str], connection: Connection, *, queue: bool) -> Iterator[Read]:
    with connection.client() as client:
        if name is not None:
            yield partial(client.latest_job, name, with_queue_info=queue)
        for arn in with_lines(arns, standard_input()):
            yield partial(client.get_job, arn, with_queue_info=queue)


def _saved(file: BinaryIO) -> Iterator[Read]:
    for document in documents(file.read()):
        yield partial(job_from_json, document)


def _show(job: Job, *, as_json: bool, is_fresh: bool) -> None:
    with writing():
        if as_json:
            click.echo(job_to_json(job))
        else:
            print_job(job, datetime.now(UTC) if is_fresh else None)
