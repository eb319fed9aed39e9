"""
Finding jobs, as a downstream file does: checked by mypy and pyright in strict mode, never run.

Each mistake carries the ignore comment that silences it, and both checkers complain about one that silences nothing.
"""

from collections.abc import AsyncGenerator, Generator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_type

import boto3

from braket_jobs import (
    AsyncJobsClient,
    BraketClient,
    Job,
    JobsClient,
    JobStatus,
    JobSummary,
    SearchJobsClient,
    latest_job,
    search_jobs,
)

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient as StubbedClient


def finding(session: boto3.Session) -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    found = search_jobs(name_contains="vqe", created_after=monday, status=[JobStatus.RUNNING], limit=30)
    assert_type(found, Generator[JobSummary, None, None])
    assert_type(search_jobs(name="vqe", status=JobStatus.RUNNING, session=session), Generator[JobSummary, None, None])
    assert_type(latest_job("vqe-h2", regions=["us-east-1"]), Job)
    search_jobs("vqe")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    search_jobs(created_after="2026-11-23")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_summary(summary: JobSummary) -> None:
    assert_type(summary.job_arn, str)
    assert_type(summary.job_name, str)
    assert_type(summary.status, JobStatus)
    assert_type(summary.device, str)
    assert_type(summary.created_at, datetime)
    assert_type(summary.started_at, datetime | None)
    assert_type(summary.ended_at, datetime | None)
    assert_type(summary.tags, Mapping[str, str])
    assert_type(summary.region, str | None)
    assert_type(summary.is_terminal, bool)
    assert_type(summary.is_successful, bool)
    assert_type(summary.queue_time, timedelta | None)
    assert_type(summary.run_time, timedelta | None)
    assert_type(summary.age(datetime.now(UTC)), timedelta)
    summary.status = JobStatus.RUNNING  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def with_clients(client: JobsClient, searching: SearchJobsClient, both: BraketClient) -> None:
    assert_type(client.search_jobs(device="arn:aws:braket:::device/sv1"), Generator[JobSummary, None, None])
    assert_type(client.latest_job("vqe-h2"), Job)
    assert_type(searching, SearchJobsClient)
    assert_type(both, BraketClient)
    search_jobs(client=searching)
    latest_job("vqe-h2", client=both)
    latest_job("vqe-h2", client=searching)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def with_boto3s(stubbed: "StubbedClient") -> None:
    search_jobs(client=stubbed)
    latest_job("vqe-h2", client=stubbed)


async def awaited(client: AsyncJobsClient) -> None:
    assert_type(client.search_jobs(limit=30), AsyncGenerator[JobSummary, None])
    assert_type(await client.latest_job("vqe-h2"), Job)
