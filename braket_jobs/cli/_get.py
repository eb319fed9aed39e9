"""
``braket-jobs get``: show jobs, asked for by their ARNs or read from saved answers.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

import attrs
import click

from braket_jobs._client import JobsClient
from braket_jobs.cli._inputs import documents, with_lines
from braket_jobs.cli._outcome import Outcome
from braket_jobs.codec import job_from_json, job_to_json
from braket_jobs.display.terminal import print_job
from braket_jobs.job import Job
from braket_jobs.policy import RetryPolicy

Look = Callable[[], Job]


@attrs.frozen(kw_only=True)
class _Connection:
    """
    The options that say how to ask; None and False are the defaults.
    """

    queue: bool
    region: str | None
    profile: str | None
    endpoint_url: str | None
    timeout: float | None

    @property
    def is_default(self) -> bool:
        return not any(attrs.astuple(self))

    def client(self) -> JobsClient:
        from braket_jobs._boto.settings import patience, session_for  # noqa: PLC0415  # lazy: saved answers need no boto3

        return JobsClient(
            session=None if self.profile is None else session_for(self.profile),
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            config=None if self.timeout is None else patience(self.timeout),
            retry=RetryPolicy() if self.timeout is None else RetryPolicy(deadline=self.timeout),
        )


@click.command()
@click.argument("arns", metavar="[ARN]...", nargs=-1)
@click.option("--from-json", "saved", type=click.File("rb"), metavar="FILE", help="Show saved answers; - is stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in AWS's names, one line for each job.")
@click.option("--queue", is_flag=True, help="Ask for the place in the queue too.")
@click.option("--region", metavar="REGION", help="Ask in this region instead of the one in each ARN.")
@click.option("--profile", metavar="NAME", help="Use this AWS profile.")
@click.option("--endpoint-url", metavar="URL", help="Ask this endpoint instead of Amazon's.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Wait so long to connect, so long for data, and retry no later than that.",
)
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def get(
    *,
    arns: tuple[str, ...],
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

    ARNs are read from standard input where - stands. On a terminal each job is a panel, in a pipe plain lines.

    \b
    Examples:
      braket-jobs get --queue arn:aws:braket:us-east-1:123456789012:job/ID
      cat arns.txt | braket-jobs get --json -
      aws braket get-job --job-arn ARN | braket-jobs get --from-json -
    """  # noqa: D301  # the control character is click's mark for lines that must not be wrapped
    connection = _Connection(queue=queue, region=region, profile=profile, endpoint_url=endpoint_url, timeout=timeout)
    _check_usage(arns, saved, connection)
    outcome = Outcome(is_debug=debug)
    outcome.log()
    looks = _asked(arns, connection) if saved is None else _read(saved)
    with outcome.guard():
        for look in looks:
            with outcome.guard():
                _show(look(), as_json=as_json, is_fresh=saved is None)
    outcome.exit()


def _check_usage(arns: Iterable[str], saved: BinaryIO | None, connection: _Connection) -> None:
    if saved is None and not arns:
        raise click.UsageError("Give an ARN, - to read ARNs from standard input, or --from-json.")
    if saved is not None and (arns or not connection.is_default):
        raise click.UsageError("--from-json asks nobody: leave out ARNs, --queue, --region and the like.")


def _asked(arns: Iterable[str], connection: _Connection) -> Iterator[Look]:
    lines = click.open_file("-", errors="backslashreplace")
    with connection.client() as client:
        for arn in with_lines(arns, lines):
            yield partial(client.get_job, arn, with_queue_info=connection.queue)


def _read(saved: BinaryIO) -> Iterator[Look]:
    for document in documents(saved.read()):
        yield partial(job_from_json, document)


def _show(job: Job, *, as_json: bool, is_fresh: bool) -> None:
    if as_json:
        click.echo(job_to_json(job))
    else:
        print_job(job, datetime.now(UTC) if is_fresh else None)
