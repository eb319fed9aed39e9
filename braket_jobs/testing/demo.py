"""
``python -m braket_jobs.testing.demo``: `get_job` over real HTTP, without an AWS account.

Starts a loopback server that holds four jobs, points AWS's environment variables at it, and reads each job and one
that isn't there, through the public face only. With rich each job is a panel, without it plain lines.
"""

import logging
import os
from datetime import UTC, datetime

from braket_jobs import BraketJobsError, Job, get_job
from braket_jobs.display.plain import job_lines
from braket_jobs.testing.builders import job_document, sample
from braket_jobs.testing.factory import JobsFactory
from braket_jobs.testing.server import BraketServer

_BROKEN = "arn:aws:braket:us-east-1:123456789012:job/3b1f9a52-6e0c-4a6b-9d7e-0c5b8f2a7d41"
_MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


def main() -> None:
    """
    Print four jobs and an error.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # one line for each request is no part of the show
    with BraketServer() as server:
        os.environ.update(server.environment())
        factory = JobsFactory()
        arns = [
            factory.add(sample()),
            factory.create(job_name="waiting", states=["QUEUED"], queue_position=">15"),
            factory.create(job_name="busy", states=["RUNNING"]),
            factory.add(job_document("FAILED", jobName="broken", jobArn=_BROKEN)),
            _MISSING,
        ]
        for arn in arns:
            _read(arn)


def _read(arn: str) -> None:
    try:
        _show(get_job(arn, with_queue_info=True))
    except BraketJobsError as error:
        print(f"{type(error).__name__}: {error}")  # noqa: T201  # a command


def _show(job: Job) -> None:
    now = datetime.now(UTC)
    try:
        from braket_jobs.display.terminal import print_job  # noqa: PLC0415  # lazy: rich comes with an extra
    except ModuleNotFoundError:
        print(job_lines(job, now), end="\n\n")  # noqa: T201  # a command
    else:
        print_job(job, now)


if __name__ == "__main__":
    main()
