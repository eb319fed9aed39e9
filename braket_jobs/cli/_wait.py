"""
``braket-jobs wait``: wait for jobs to end, and say by the exit status how they did.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import attrs
import click

from braket_jobs.cli._connection import Connection, connection_options
from braket_jobs.cli._inputs import standard_input, with_lines
from braket_jobs.cli._outcome import Outcome
from braket_jobs.cli._output import writing
from braket_jobs.cli._seconds import Seconds
from braket_jobs.cli._values import filled
from braket_jobs.client import JobsClient
from braket_jobs.codec import job_to_json
from braket_jobs.display.progress import progress
from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome, WaitTimeoutError

_UNREADABLE, _FAILED, _CANCELLED, _TIMED_OUT, _INTERRUPTED = 1, 3, 4, 5, 130
_FIRST_COMES_FIRST = (_FAILED, _CANCELLED, _UNREADABLE, _TIMED_OUT)
_BAD_ENDS = {JobStatus.FAILED: _FAILED, JobStatus.CANCELLED: _CANCELLED}
# The control character is click's mark for lines that must not be wrapped.
_STATUSES = """
\b
The exit status is the first of these that applies:
  3    a job failed
  4    a job was cancelled
  1    a job could not be read
  5    a job had not ended in time
  0    all jobs completed
and 130 after Ctrl-C, 2 if the call was wrong.
"""


@click.command(epilog=_STATUSES)
@click.argument("arns", metavar="[ARN]...", nargs=-1)
@click.option("--name", metavar="NAME", callback=filled, help="Wait for the latest job of exactly this name too.")
@click.option(
    "--timeout",
    type=Seconds(min=0, min_open=True),
    metavar="SECONDS",
    required=True,
    help="Wait no longer than that; inf for as long as it takes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print each job as JSON in AWS's names when it has ended.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@connection_options
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def wait(
    *,
    arns: tuple[str, ...],
    name: str | None,
    timeout: float,
    as_json: bool,
    quiet: bool,
    region: str | None,
    profile: str | None,
    endpoint_url: str | None,
    debug: bool,
) -> None:
    """
    Wait until hybrid jobs have ended.

    ARNs are read from standard input where - stands, as words or from lines of JSON. Progress is live on a terminal and
    a line for each change in a pipe; with --json it goes to standard error.
    """
    if name is None and not arns:
        raise click.UsageError("Give an ARN, - to read ARNs from standard input, or --name.")
    outcome = Outcome(is_debug=debug)
    outcome.log()
    waiting = _Waiting(outcome, as_json)
    connection = Connection(region=region, profile=profile, endpoint_url=endpoint_url)
    try:
        with outcome.guard(), connection.client() as client, progress(is_quiet=quiet, to_stderr=as_json) as shown:
            outcome.say = shown.say
            wanted, on_update = waiting.wanted(client, name, arns), partial(_showing, shown.on_update)
            waiting.tell(client.wait_all(wanted, timeout=timeout, on_update=on_update), shown.on_error)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    if waiting.is_idle and not outcome.has_failed:
        raise click.UsageError("There is no ARN on standard input.")
    sys.exit(waiting.status)


def _showing(show: Callable[[Job], object], job: Job) -> None:
    with writing():
        show(job)


@attrs.define
class _Waiting:
    outcome: Outcome
    as_json: bool
    statuses: set[int] = attrs.Factory(set[int])
    is_idle: bool = True

    @property
    def status(self) -> int:
        return next((status for status in _FIRST_COMES_FIRST if status in self.statuses), int(self.outcome.has_failed))

    def wanted(self, client: JobsClient, name: str | None, arns: Iterable[str]) -> Iterator[str]:
        if name is not None:
            try:
                arns = [client.latest_job(name).job_arn, *arns]
            except BraketJobsError as error:  # which ends no other wait
                self.failed(error, _UNREADABLE)
        yield from with_lines(arns, standard_input())

    def tell(self, ended: Iterable[JobOutcome], on_error: Callable[[str, BraketJobsError], object]) -> None:
        for each in ended:
            self.is_idle = False
            if each.job is not None:
                self.ended(each.job)
            if each.error is not None:
                with writing():
                    on_error(each.job_arn, each.error)
                self.failed(each.error, _TIMED_OUT if isinstance(each.error, WaitTimeoutError) else _UNREADABLE)

    def ended(self, job: Job) -> None:
        if self.as_json:
            with writing():
                self.outcome.echo(job_to_json(job))
        try:
            job.raise_for_status()
        except BraketJobsError as error:
            self.failed(error, _BAD_ENDS[job.status])

    def failed(self, error: BraketJobsError, status: int) -> None:
        self.statuses.add(status)
        self.outcome.fail(error, str(error))
