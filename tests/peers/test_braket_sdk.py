"""
AwsQuantumJob of amazon-braket-sdk, unchanged, against the loopback server.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from support.samples import REAL_ARN

from braket_jobs.testing import BraketServer, JobsFactory

AwsJob = Callable[[str], Any]


@pytest.fixture
def aws_quantum_job(braket_server: BraketServer, monkeypatch: pytest.MonkeyPatch) -> AwsJob:
    """
    Makes the SDK's job of an ARN, as its users do; only the environment says where Braket is.
    """
    for name, value in braket_server.environment().items():
        monkeypatch.setenv(name, value)
    aws = import_module("braket.aws")  # not installed where types are checked
    session = aws.AwsSession(boto_session=boto3.Session())
    return lambda arn: aws.AwsQuantumJob(arn, aws_session=session)


def test_it_follows_the_state(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    Each `state()` is one GetJob.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["QUEUED", "RUNNING", "COMPLETED"]))

    assert [job.state() for _ in range(4)] == ["QUEUED", "RUNNING", "COMPLETED", "COMPLETED"]


def test_it_reads_the_metadata(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    Members and name, by AWS's names.
    """
    job = aws_quantum_job(braket_jobs_factory.create(job_name="vqe", states=["RUNNING"], tags={"team": "vqe"}))

    metadata = job.metadata()

    assert (metadata["jobName"], metadata["status"], metadata["tags"]) == ("vqe", "RUNNING", {"team": "vqe"})
    assert job.name == "vqe"


def test_it_reads_the_queue_position(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    Text, and ">15" for more than that.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["QUEUED"], queue_position=">15"))

    position = job.queue_position()

    assert (position.queue_position, position.message) == (">15", None)


def test_it_is_told_why_there_is_no_queue_position(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    In the words of the SDK's own documentation.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["COMPLETED"]))

    position = job.queue_position()

    assert position.queue_position is None
    assert position.message == (
        "Job is in COMPLETED status. AmazonBraket does not show queue position for this status."
    )


def test_it_cancels(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    And sees the job end.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["RUNNING"]))

    assert job.cancel() == "CANCELLING"
    assert [job.state() for _ in range(2)] == ["CANCELLING", "CANCELLED"]


def test_it_refuses_to_cancel_what_has_ended(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    The service's conflict reaches the caller.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["COMPLETED"]))

    with pytest.raises(ClientError, match="ConflictException"):
        job.cancel()


def test_it_reads_a_failed_jobs_metadata(aws_quantum_job: AwsJob, braket_jobs_factory: JobsFactory) -> None:
    """
    With the reason.
    """
    job = aws_quantum_job(braket_jobs_factory.create(states=["FAILED"], failure_reason="AlgorithmError: no"))

    assert job.metadata()["failureReason"] == "AlgorithmError: no"
    assert job.state(use_cached_value=True) == "FAILED"


def test_it_is_told_that_there_is_no_job(aws_quantum_job: AwsJob) -> None:
    """
    By the service's own error.
    """
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        aws_quantum_job(REAL_ARN).state()
