"""
Documents and jobs for pure unit tests.
"""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from support.documents import parsed
from support.samples import REAL_ARN, sample

from braket_jobs import InvalidResponseError, JobStatus, QueueInfo, QueueName, RetryPolicy, get_job
from braket_jobs.testing import JobsFactory, job, job_document, job_of

STATUSES = [str(status) for status in JobStatus]


def test_the_completed_document_is_the_real_one() -> None:
    """
    Nothing added, nothing left out.
    """
    assert job_document() == sample("real_completed_wire")


@pytest.mark.parametrize("with_queue_info", [False, True])
@pytest.mark.parametrize("status", STATUSES)
def test_a_document_passes_botocores_stubber(status: str, *, with_queue_info: bool) -> None:
    """
    The stubber finds nothing wrong in it, and a client that is stubbed with it gives the job that `job` builds.
    """
    client = boto3.Session("testing", "testing").client("braket", region_name="us-east-1")
    document = job_document(status, with_queue_info=with_queue_info)

    with Stubber(client) as stubber:
        stubber.add_response("get_job", parsed(document))
        seen = get_job(REAL_ARN, client=client)

    assert seen == job(status, with_queue_info=with_queue_info)
    assert seen.status == status


@pytest.mark.parametrize(
    ("status", "name"),
    [("RUNNING", "composed_running"), ("FAILED", "composed_failed"), ("CANCELLING", "composed_cancelling")],
)
def test_another_status_is_as_far_as_it_had_come(status: str, name: str) -> None:
    """
    It agrees with the documents that were composed by hand.
    """
    document = job_document(status, with_queue_info="queueInfo" in sample(name))

    assert document == sample(name)


def test_queue_info_is_there_on_request() -> None:
    """
    As it is for who asks GetJob for it.
    """
    assert "queueInfo" not in job_document("QUEUED")
    assert job_document("QUEUED", with_queue_info=True) == sample("composed_queued")


def test_changes_take_a_members_place() -> None:
    """
    None leaves a member out.
    """
    document = job_document("RUNNING", jobName="vqe", deviceConfig=None)

    assert document["jobName"] == "vqe"
    assert "deviceConfig" not in document


def test_a_document_is_its_callers_own() -> None:
    """
    To change one changes no other.
    """
    document = job_document()
    document["events"].clear()
    document["instanceConfig"].clear()

    assert job_document() == sample("real_completed_wire")


@pytest.mark.parametrize(
    ("status", "changes", "words"),
    [
        ("PAUSED", {}, "'status'.*enum"),
        ("RUNNING", {"jobName": "-"}, "'jobName'.*pattern"),
        ("RUNNING", {"jobName": None}, "'jobName'.*null"),
        ("RUNNING", {"colour": "red"}, "'colour'.*unknown"),
        ("RUNNING", {"deviceConfig": {"device": "sv1", "colour": "red"}}, "'deviceConfig.colour'.*unknown"),
        ("RUNNING", {"createdAt": "Tuesday"}, "'createdAt'.*timestamp"),
        ("RUNNING", {"createdAt": "2025-05-16T17:21:38"}, "'createdAt'.*timestamp"),
        ("RUNNING", {"createdAt": True}, "'createdAt'.*timestamp"),
        ("RUNNING", {"events": [{"timeOfEvent": "now"}]}, r"'events\[0\].timeOfEvent'.*timestamp"),
    ],
)
def test_a_document_that_the_model_forbids_is_refused(status: str, changes: dict[str, Any], words: str) -> None:
    """
    A test doesn't pass on a job that can't be.
    """
    with pytest.raises(ValueError, match=words):
        job_document(status, **changes)


def test_a_time_may_be_seconds() -> None:
    """
    The other form in which a timestamp may be on the wire.
    """
    document = job_document(createdAt=1747416098.893)

    assert job_of(document) == job()


def test_a_job_takes_changes_by_attribute() -> None:
    """
    Values of Python, as `Job` has them.
    """
    info = QueueInfo(queue=QueueName.JOBS_QUEUE, position=">15")

    queued = job("QUEUED", queue_info=info, tags={"team": "vqe"})

    assert queued.queue_info is info
    assert queued.tags == {"team": "vqe"}
    assert queued.started_at is None


def test_a_job_has_no_attribute_that_a_job_has_not() -> None:
    """
    A misspelt one is told.
    """
    with pytest.raises(TypeError, match="jobName"):
        job(jobName="vqe")


def test_a_document_that_is_no_job_makes_none() -> None:
    """
    With the error that a client would raise.
    """
    with pytest.raises(InvalidResponseError, match="createdAt"):
        job_of({"status": "RUNNING"})


@pytest.mark.parametrize(
    "broken",
    [
        {"events": "none"},
        {"events": 5},
        {"tags": [1]},
        {"instanceConfig": "ml.m5.large"},
        {"createdAt": "Tuesday"},
        {"createdAt": [1]},
        {"createdAt": 1e400},
        {"createdAt": "20250516"},
    ],
    ids=str,
)
def test_what_a_client_refuses_is_refused_in_the_same_words(
    braket_jobs_factory: JobsFactory, broken: dict[str, Any]
) -> None:
    """
    Whether botocore's parser chokes on it or our conversion does.
    """
    document = job_document() | broken
    arn = braket_jobs_factory.add(document)

    with pytest.raises(InvalidResponseError) as asked:
        get_job(arn, retry=RetryPolicy.none())
    with pytest.raises(InvalidResponseError) as built:
        job_of(document)

    assert (built.value.args[0], built.value.path) == (asked.value.args[0], asked.value.path)


def test_a_value_that_json_has_not_is_the_callers_mistake() -> None:
    """
    No service can answer with it.
    """
    with pytest.raises(TypeError, match="datetime"):
        job_of({"createdAt": datetime.now(UTC)})
