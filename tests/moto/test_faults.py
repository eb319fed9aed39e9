"""
Faults by script, in process: what a client meets, for how many calls, and of which job.
"""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from support.fault_outcomes import OUTCOMES, SEARCH_OUTCOMES, search_outcome
from support.requests import braket_client
from support.samples import REAL_ARN

from braket_jobs import JobsClient, JobStatus, RetryPolicy, ThrottlingError, get_job
from braket_jobs.errors.tree import BraketJobsError, IncompleteResponseError
from braket_jobs.testing import Fault, JobsFactory, faults

NEVER = RetryPolicy.none()


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_fault_ends_in_its_error(braket_jobs_factory: JobsFactory, name: str) -> None:
    """
    Through botocore's own parser and error code.
    """
    fault, expected = OUTCOMES[name]
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(fault, job_arn=arn)

    with pytest.raises(BraketJobsError) as caught:
        get_job(arn, retry=NEVER)

    assert type(caught.value) is expected


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_fault_is_over_after_its_calls(braket_jobs_factory: JobsFactory, name: str) -> None:
    """
    Two faults, then the job.
    """
    fault, _ = OUTCOMES[name]
    arn = braket_jobs_factory.create(states=["RUNNING"])
    braket_jobs_factory.fail(fault, times=2)
    client = JobsClient(retry=NEVER)

    for _ in range(2):
        with pytest.raises(BraketJobsError):
            client.get_job(arn)

    assert client.get_job(arn).status is JobStatus.RUNNING


def test_faults_come_one_after_the_other(braket_jobs_factory: JobsFactory) -> None:
    """
    In the order in which they were added; the job's own before everybody's.
    """
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(faults.UNAVAILABLE)
    braket_jobs_factory.fail(faults.THROTTLING, job_arn=arn)
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn)
    client = braket_client()
    seen: list[object] = []

    for _ in range(3):
        with pytest.raises(ClientError) as caught:
            client.get_job(jobArn=arn)
        seen.append(caught.value.response.get("ResponseMetadata", {}).get("HTTPStatusCode"))

    assert seen == [429, 500, 503]


def test_a_jobs_fault_is_its_own(braket_jobs_factory: JobsFactory) -> None:
    """
    Another job is answered.
    """
    failing, other = braket_jobs_factory.create(), braket_jobs_factory.create()
    braket_jobs_factory.fail(faults.THROTTLING, job_arn=failing)

    assert get_job(other, retry=NEVER).job_arn == other
    with pytest.raises(ThrottlingError):
        get_job(failing, retry=NEVER)


def test_a_fault_is_no_look(braket_jobs_factory: JobsFactory) -> None:
    """
    Neither counted nor moving the job.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING"])
    braket_jobs_factory.fail(faults.THROTTLING)
    client = JobsClient(sleep=lambda _: None)

    found = client.get_job(arn)

    assert found.status is JobStatus.QUEUED
    assert braket_jobs_factory.looks(arn) == 1


def test_a_fault_of_ones_own_is_answered_byte_by_byte(braket_jobs_factory: JobsFactory) -> None:
    """
    Status, headers and body.
    """
    arn = braket_jobs_factory.create()
    body = json.dumps({"status": 5}).encode()
    braket_jobs_factory.fail(Fault(status=203, body=body, headers={"X-Colour": "red"}))

    answer: dict[str, Any] = {**braket_client().get_job(jobArn=arn)}

    assert answer["status"] == 5
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 203
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-colour"] == "red"


def test_an_error_of_ones_own_may_say_when_to_come_back(braket_jobs_factory: JobsFactory) -> None:
    """
    The hint arrives in our error.
    """
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(faults.error("TooManyRequestsException", 429, "Slow down", retry_after=3))

    with pytest.raises(ThrottlingError, match="Slow down") as caught:
        get_job(arn, retry=NEVER)

    assert caught.value.retry_after == 3


def test_a_cut_body_moves_the_job_all_the_same(braket_jobs_factory: JobsFactory) -> None:
    """
    The service had answered; the answer was lost on the way.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING"])
    braket_jobs_factory.fail(faults.CUT_BODY)

    found = JobsClient(sleep=lambda _: None).get_job(arn)

    assert found.status is JobStatus.RUNNING


def test_a_refusal_is_cut_too(braket_jobs_factory: JobsFactory) -> None:
    """
    Of a job that isn't there, half the answer that says so arrives.
    """
    braket_jobs_factory.fail(faults.CUT_BODY)

    with pytest.raises(BraketJobsError) as caught:
        get_job(REAL_ARN, retry=NEVER)

    assert type(caught.value) is IncompleteResponseError


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_search_fails_as_a_fault_wants_it(braket_jobs_factory: JobsFactory, name: str) -> None:
    """
    For its calls, in what boto3 makes of it; then the jobs are found.
    """
    fault, expected = OUTCOMES[name][0], SEARCH_OUTCOMES[name]
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(fault, times=2, operation="SearchJobs")
    client = braket_client()

    seen = [search_outcome(client) for _ in range(3)]

    assert seen == [expected, expected, [arn]]


def test_a_search_takes_no_fault_of_get_job(braket_jobs_factory: JobsFactory) -> None:
    """
    It waits for a GetJob.
    """
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(faults.THROTTLING)

    assert search_outcome(braket_client()) == [arn]
    with pytest.raises(ThrottlingError):
        get_job(arn, retry=NEVER)


def test_get_job_takes_no_fault_of_a_search(braket_jobs_factory: JobsFactory) -> None:
    """
    It waits for a SearchJobs.
    """
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(faults.THROTTLING, operation="SearchJobs")

    assert get_job(arn, retry=NEVER).job_arn == arn
    assert search_outcome(braket_client()) == "ThrottlingException"


def test_a_search_fails_before_anything_else(braket_jobs_factory: JobsFactory) -> None:
    """
    Also one that would be refused.
    """
    braket_jobs_factory.fail(faults.THROTTLING, operation="SearchJobs")

    with pytest.raises(ClientError, match="ThrottlingException"):
        braket_client().search_jobs(filters=[], maxResults=0)


def test_a_search_of_another_region_does_not_fail(braket_jobs_factory: JobsFactory) -> None:
    """
    Faults are those of the factory's account and region.
    """
    braket_jobs_factory.fail(faults.THROTTLING, operation="SearchJobs")

    assert search_outcome(braket_client("us-west-2")) == []


def test_a_search_is_not_one_jobs(braket_jobs_factory: JobsFactory) -> None:
    """
    Nothing would ever take such a fault.
    """
    with pytest.raises(TypeError, match="a SearchJobs isn't one job's, so leave job_arn out"):
        braket_jobs_factory.fail(faults.THROTTLING, job_arn=REAL_ARN, operation="SearchJobs")


def test_another_operation_is_refused(braket_jobs_factory: JobsFactory) -> None:
    """
    With those there are.
    """
    wrong: Any = "CancelJob"

    with pytest.raises(ValueError, match="operation must be one of GetJob, SearchJobs; got 'CancelJob'"):
        braket_jobs_factory.fail(faults.THROTTLING, operation=wrong)
