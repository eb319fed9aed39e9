"""
Jobs given as whole documents: GetJob answers with them, whatever they are.
"""

import pytest
from support.requests import braket_client
from support.samples import GET_JOB_SAMPLES, REAL_ARN, sample

from braket_jobs import InvalidJobArnError, InvalidResponseError, RetryPolicy, ThrottlingError, get_job
from braket_jobs.testing import JobsFactory, faults, job_document, job_of

pytestmark = pytest.mark.usefixtures("braket")


@pytest.mark.parametrize("name", [name for name in GET_JOB_SAMPLES if not name.endswith("_cli")])
def test_a_document_comes_back_as_it_is(name: str) -> None:
    """
    Every sample there is.
    """
    arn = JobsFactory().add(sample(name))

    assert get_job(arn, with_queue_info=True) == job_of(sample(name))


def test_queue_info_is_kept_from_who_does_not_ask() -> None:
    """
    As the service does.
    """
    arn = JobsFactory().add(sample("composed_queued"))

    assert get_job(arn).queue_info is None


def test_a_value_that_aws_has_not_invented_comes_back() -> None:
    """
    So that a test can see what its code does then.
    """
    arn = JobsFactory().add(job_document("RUNNING") | {"status": "PAUSED", "mood": "good"})

    assert get_job(arn).status == "PAUSED"


def test_a_document_may_be_broken() -> None:
    """
    The error names what is wrong.
    """
    arn = JobsFactory().add({"status": 5}, job_arn=REAL_ARN)

    with pytest.raises(InvalidResponseError, match="status: expected text, got int"):
        get_job(arn)


def test_a_document_is_where_its_arn_says() -> None:
    """
    Account and region are the ARN's, whatever the factory's, for its faults too.
    """
    arn = REAL_ARN.replace("us-east-1", "eu-west-2")

    factory = JobsFactory("us-west-1")
    factory.add(sample("real_completed_wire"), job_arn=arn)
    factory.fail(faults.THROTTLING, job_arn=arn)

    with pytest.raises(ThrottlingError):
        get_job(arn, retry=RetryPolicy.none())
    assert get_job(arn).job_arn == REAL_ARN
    assert factory.looks(arn) == 1


def test_a_document_needs_an_arn() -> None:
    """
    Else nobody could ask for it.
    """
    with pytest.raises(InvalidJobArnError):
        JobsFactory().add(sample("real_completed_wire"), job_arn="job")


def test_a_document_is_tagged_and_cancelled_like_a_job() -> None:
    """
    Other operations change it where they must.
    """
    client = braket_client()
    arn = JobsFactory().add({name: value for name, value in sample("composed_running").items() if name != "tags"})
    client.tag_resource(resourceArn=arn, tags={"team": "vqe"})
    client.cancel_job(jobArn=arn)

    found = get_job(arn)

    assert found.tags == {"team": "vqe"}
    assert found.status == "CANCELLING"


def test_a_document_is_not_moved() -> None:
    """
    It has no states to go through.
    """
    factory = JobsFactory()
    arn = factory.add(sample("composed_running"))

    with pytest.raises(ValueError, match="does not move"):
        factory.advance(arn)


def test_a_document_is_kept_as_it_was() -> None:
    """
    What its giver does to it later changes nothing.
    """
    document = sample("composed_running")
    arn = JobsFactory().add(document)
    document["deviceConfig"]["device"] = "other"

    assert get_job(arn, with_queue_info=True) == job_of(sample("composed_running"))


def test_an_answer_of_boto3_is_no_document() -> None:
    """
    Its times are no JSON, and that is said at once.
    """
    arn = JobsFactory().add(sample("real_completed_wire"))
    answer = braket_client().get_job(jobArn=arn)

    with pytest.raises(TypeError, match=r"a document is JSON.*times are text.*datetime"):
        JobsFactory().add({**answer})


@pytest.mark.parametrize("status", [["COMPLETED"], {}, None, 5])
def test_a_document_without_a_proper_status_is_cancelled_all_the_same(status: object) -> None:
    """
    What isn't an end is none.
    """
    arn = JobsFactory().add({"status": status}, job_arn=REAL_ARN)

    answer = braket_client().cancel_job(jobArn=arn)

    assert answer["cancellationStatus"] == "CANCELLING"


@pytest.mark.parametrize("tags", [None, "text", ["a"]])
def test_a_document_without_proper_tags_is_tagged_all_the_same(tags: object) -> None:
    """
    It has none until one is added.
    """
    arn = JobsFactory().add({"tags": tags}, job_arn=REAL_ARN)
    client = braket_client()

    before = client.list_tags_for_resource(resourceArn=arn)["tags"]
    client.untag_resource(resourceArn=arn, tagKeys=["team"])
    client.tag_resource(resourceArn=arn, tags={"team": "vqe"})

    assert before == {}
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "vqe"}


def test_asking_for_tags_changes_no_document() -> None:
    """
    Nor does taking away one that isn't there.
    """
    arn = JobsFactory().add({"status": "RUNNING"}, job_arn=REAL_ARN)
    client = braket_client()

    client.list_tags_for_resource(resourceArn=arn)
    client.untag_resource(resourceArn=arn, tagKeys=["team"])

    assert "tags" not in client.get_job(jobArn=arn)
