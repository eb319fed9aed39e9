"""
``python -m braket_jobs.testing.demo``: `get_job` over real HTTP, without an AWS account.

Starts a loopback server that holds four jobs, points AWS's environment variables at it, and reads each job and one
that isn't there, through the public face only.
"""

import os

from braket_jobs import Job, JobNotFoundError, get_job
from braket_jobs.testing.builders import sample
from braket_jobs.testing.factory import JobsFactory
from braket_jobs.testing.server import BraketServer

_MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


def main() -> None:
    """
    Print four jobs and an error.
    """
    with BraketServer() as server:
        os.environ.update(server.environment())
        factory = JobsFactory()
        arns = [
            factory.add(sample()),
            factory.create(job_name="waiting", states=["QUEUED"], queue_position=">15"),
            factory.create(job_name="busy", states=["RUNNING"]),
            factory.create(job_name="broken", states=["FAILED"]),
        ]
        for arn in arns:
            print(_described(get_job(arn, with_queue_info=True)), end="\n\n")  # noqa: T201  # a command
        try:
            get_job(_MISSING)
        except JobNotFoundError as error:
            print(f"{type(error).__name__}: {error}")  # noqa: T201  # a command


def _described(job: Job) -> str:
    facts = {
        "created": job.created_at.isoformat(sep=" ", timespec="seconds"),
        "device": job.device_config and job.device_config.device,
        "queue": job.queue_info and job.queue_info.position,
        "billed": job.billable_time,
        "failure": job.failure_reason,
        "events": ", ".join(str(event.event_type) for event in job.events),
    }
    lines = [f"  {name:8} {fact}" for name, fact in facts.items() if fact is not None]
    return "\n".join([f"{job.job_name}: {job.status}", f"  {'arn':8} {job.job_arn}", *lines])


if __name__ == "__main__":
    main()
