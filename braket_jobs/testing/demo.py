"""
``python -m braket_jobs.testing.demo``: GetJob over real HTTP, without an AWS account.

Starts a loopback server that holds four jobs, points AWS's environment variables at it, and reads each job and one
that isn't there, through the public face only. With rich each job is a panel, without it plain lines. Nothing of the
machine's AWS configuration is used.
"""

import logging
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from braket_jobs import BraketJobsError, JobsClient
from braket_jobs.testing.builders import job_document, sample
from braket_jobs.testing.factory import JobsFactory
from braket_jobs.testing.isolation import clean_environment
from braket_jobs.testing.server import BraketServer

try:
    from braket_jobs.display.terminal import print_job
except ModuleNotFoundError:  # rich comes with an extra of its own
    from braket_jobs.display.plain import print_job

_BROKEN = "arn:aws:braket:us-east-1:123456789012:job/3b1f9a52-6e0c-4a6b-9d7e-0c5b8f2a7d41"
_MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


def main(writing: Callable[[], AbstractContextManager[object]] = nullcontext) -> int:
    """
    Print four jobs and an error.

    Args:
        writing: Makes a context for whatever is printed at once.

    Returns:
        The exit status: 1 if one of the four could not be read.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # one line for each request is no part of the show
    with BraketServer() as server, clean_environment(server.environment()), JobsClient() as client:
        factory = JobsFactory()
        arns = [
            factory.add(sample()),
            factory.create(job_name="waiting", states=["QUEUED"], queue_position=">15"),
            factory.create(job_name="busy", states=["RUNNING"]),
            factory.add(job_document("FAILED", jobName="broken", jobArn=_BROKEN)),
            _MISSING,
        ]
        unread = [arn for arn in arns if not _is_read(client, arn, writing)]
    return int(unread != [_MISSING])


def _is_read(client: JobsClient, arn: str, writing: Callable[[], AbstractContextManager[object]]) -> bool:
    try:
        job = client.get_job(arn, with_queue_info=True)
    except BraketJobsError as error:
        with writing():
            print(f"{type(error).__name__}: {error}")
        return False
    with writing():
        print_job(job, datetime.now(UTC))
    return True


if __name__ == "__main__":
    sys.exit(main())
