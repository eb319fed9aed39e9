"""
``braket-jobs list``: find jobs.
"""

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from braket_jobs._call import door
from braket_jobs.cli._connection import Connection, access_options, patience_option
from braket_jobs.cli._outcome import Outcome
from braket_jobs.cli._output import writing
from braket_jobs.cli._values import Moment, all_filled, at, filled, moment
from braket_jobs.display._screen import is_terminal, screen
from braket_jobs.display.listing import fields, print_table
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.summary import JobSummary

_STATUSES = ", ".join(status.lower() for status in JobStatus)
# The control character is click's mark for lines that must not be wrapped.
_EXAMPLES = """
\b
TIME is 30m, 12h, 2d or 1w for so long ago, a date such as 2026-11-01 for its
midnight in UTC, or a time in ISO 8601, which without a zone is UTC.

\b
Examples:
  braket-jobs list --since 1w --status failed
  braket-jobs list --name my-job | cut -f 1
  braket-jobs list --status running --json | braket-jobs wait --timeout 3600 -
"""


@click.command("list", epilog=_EXAMPLES)
@click.option("--name", metavar="NAME", callback=filled, help="Only jobs of exactly this name.")
@click.option("--name-contains", metavar="TEXT", callback=filled, help="Only jobs with this in their name.")
@click.option("--device", metavar="ARN", callback=filled, help="Only jobs on this device.")
@click.option(
    "--status",
    "statuses",
    type=click.Choice(JobStatus, case_sensitive=False),
    multiple=True,
    metavar="STATUS",
    help=f"Only jobs with this status, or one of several: {_STATUSES}.",
)
@click.option("--since", metavar="TIME", callback=moment, help="Only jobs created then or later.")
@click.option("--until", metavar="TIME", callback=moment, help="Only jobs created then or earlier.")
@click.option(
    "--region",
    "regions",
    metavar="REGION",
    multiple=True,
    callback=all_filled,
    help="Search in this region, or in several, instead of the one configured.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Print at most so many; all without it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in AWS's names, one line for each job.")
@access_options
@patience_option
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def list_jobs(
    *,
    name: str | None,
    name_contains: str | None,
    device: str | None,
    statuses: tuple[JobStatus, ...],
    since: Moment | None,
    until: Moment | None,
    regions: tuple[str, ...],
    limit: int | None,
    as_json: bool,
    profile: str | None,
    endpoint_url: str | None,
    timeout: float | None,
    debug: bool,
) -> None:
    """
    List the account's hybrid jobs that all of this is true of.

    On a terminal they are a table, the newest first. In a pipe each is a line, printed when it is found, with tabs
    between ARN, name, status, when it was created, started and ended, and device.
    """
    now = datetime.now(UTC)
    after, before = at(since, now), at(until, now)
    if name is not None and name_contains is not None:
        raise click.UsageError("Give --name or --name-contains, not both.")
    if after is not None and before is not None and after > before:
        raise click.UsageError("--since comes after --until.")
    connection = Connection(profile=profile, endpoint_url=endpoint_url, patience=timeout)
    outcome = Outcome(is_debug=debug)
    outcome.log()
    found = 0
    with outcome.guard(), connection.client() as client, _telling(now, as_json=as_json) as tell:
        for region in dict.fromkeys(regions) or (None,):
            with outcome.guard():  # each region's failure is a line, and ends no other
                for summary in client.search_jobs(
                    name=name,
                    name_contains=name_contains,
                    device=device,
                    created_after=after,
                    created_before=before,
                    status=statuses or None,
                    regions=None if region is None else [region],
                    limit=None if limit is None else limit - found,
                ):
                    found += 1
                    tell(summary)
    if not found and not outcome.has_failed and is_terminal(sys.stderr):
        outcome.echo("No jobs found.", err=True)
    outcome.exit()


@contextmanager
def _telling(now: datetime, *, as_json: bool) -> Generator[Callable[[JobSummary], None]]:
    """
    Give what prints a job: at once as a line, or in the end in the table, which has those found before an error too.
    """
    console = None if as_json else screen()
    if console is None:
        yield _tell_json if as_json else _tell_fields
        return
    found: list[JobSummary] = []
    try:
        yield found.append
    finally:
        if found:
            with writing():
                print_table(found, console, now)


def _tell_json(summary: JobSummary) -> None:
    with writing():
        click.echo(json.dumps(door.summary_to_document(summary)))


def _tell_fields(summary: JobSummary) -> None:
    with writing():
        click.echo(fields(summary))
