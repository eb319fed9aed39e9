"""
What a downstream file may rely on when it watches jobs: checked by mypy and pyright in strict mode, never run.

Each mistake below carries the ignore comment that silences it, as in `api.py`.
"""

import threading
from collections.abc import AsyncGenerator, Generator
from datetime import timedelta
from typing import assert_type

from braket_jobs import (
    AsyncJobsClient,
    BraketJobsError,
    Job,
    JobArn,
    JobOutcome,
    JobsClient,
    PollingStatus,
    PollPolicy,
    Quota,
    WaitCancelledError,
    WaitError,
    WaitTimeoutError,
    wait_for_job,
)

ARN = "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10"


def on_update(job: Job) -> None:
    assert_type(job, Job)


def with_threads(client: JobsClient, arn: JobArn) -> None:
    assert_type(client.wait(ARN, timeout=60), Job)
    assert_type(client.wait(arn, timeout=timedelta(hours=1), on_update=on_update), Job)
    assert_type(client.wait(arn, timeout=None, poll=PollPolicy(wait_max=60), cancel=threading.Event()), Job)
    assert_type(client.updates(ARN, timeout=None), Generator[Job, None, None])
    assert_type(client.get_jobs([ARN, arn]), Generator[JobOutcome, None, None])
    assert_type(client.get_jobs(iter((arn,)), with_queue_info=True), Generator[JobOutcome, None, None])
    assert_type(client.wait_all({ARN}, timeout=1.5), Generator[JobOutcome, None, None])
    assert_type(wait_for_job(ARN, timeout=60), Job)


async def submitted() -> AsyncGenerator[str, None]:
    yield ARN


async def with_asyncio(client: AsyncJobsClient) -> None:
    assert_type(await client.get_job(ARN, with_queue_info=True), Job)
    assert_type(await client.wait(ARN, timeout=60), Job)
    assert_type(client.updates(ARN, timeout=None), AsyncGenerator[Job, None])
    assert_type(client.get_jobs([ARN]), AsyncGenerator[JobOutcome, None])
    assert_type(client.wait_all([ARN], timeout=None, on_update=on_update), AsyncGenerator[JobOutcome, None])
    assert_type(client.get_jobs(submitted()), AsyncGenerator[JobOutcome, None])
    assert_type(client.wait_all(submitted(), timeout=None), AsyncGenerator[JobOutcome, None])
    async with AsyncJobsClient(quota=None, max_threads=4) as other:
        assert_type(other, AsyncJobsClient)


def what_comes_back(outcome: JobOutcome, error: WaitError) -> None:
    assert_type(outcome.job_arn, str)
    assert_type(outcome.job, Job | None)
    assert_type(outcome.error, BraketJobsError | None)
    assert_type(outcome.unwrap(), Job)
    assert_type(error, WaitError)
    assert_type(error.job, Job | None)


def errors_are_caught(client: JobsClient) -> None:
    try:
        client.wait(ARN, timeout=60)
    except TimeoutError as error:
        assert_type(error, TimeoutError)
    try:
        client.wait(ARN, timeout=60)
    except (WaitTimeoutError, WaitCancelledError) as ended:
        assert_type(ended, WaitTimeoutError | WaitCancelledError)
        assert_type(ended.job, Job | None)


def settings() -> None:
    assert_type(Quota(rate=2, burst=10), Quota)
    for status in JobsClient().polling():
        assert_type(status, PollingStatus)
        assert_type((status.due, status.oldest_due, status.rate), tuple[int, float, float | None])
    JobsClient(quota=Quota(rate=2, burst=10), max_threads=8)
    JobsClient(quota=None)
    PollPolicy(wait_initial=timedelta(seconds=1), wait_max=60, max_outage=float("inf"))


def mistakes(client: JobsClient, outcome: JobOutcome) -> None:
    """What must not type-check: an ignore that silences nothing is an error itself."""
    client.wait(ARN)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.wait(ARN, 60)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.wait(ARN, timeout="60")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.wait_all([5], timeout=60)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.get_jobs(submitted())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # only AsyncJobsClient reads these
    outcome.job.raise_for_status()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    outcome.job = None  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    PollPolicy(2.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
