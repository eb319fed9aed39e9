"""
Each operation through a real boto3 client: what it answers, and what it refuses.
"""

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError
from support.requests import DEVICE, braket_client, create_request
from support.samples import REAL_ARN

from braket_jobs.testing import JobsFactory

pytestmark = pytest.mark.usefixtures("braket")

OTHER_ACCOUNT = "arn:aws:braket:us-east-1:210987654321:job/acc51817-2b7a-48ed-8dee-fffc87703b10"
OTHER_REGION = "arn:aws:braket:us-west-2:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10"


def refusal(operation: str, **asked: Any) -> tuple[str, int, str]:
    """
    Return code, status and message of what `operation` is refused with.
    """
    with pytest.raises(ClientError) as caught:
        getattr(braket_client(), operation)(**asked)
    response = caught.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Message"]


def test_create_job_answers_201_with_an_arn() -> None:
    """
    The status is the model's, the ARN ends in a UUID as today's do.
    """
    answer = braket_client().create_job(**create_request())

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert answer["jobArn"].startswith("arn:aws:braket:us-east-1:123456789012:job/")


def test_get_job_tells_what_create_job_was_given() -> None:
    """
    Every member of the request comes back, but for the client token.
    """
    association = {"arn": "arn:aws:braket:us-east-1:123456789012:reservation/a", "type": "RESERVATION_TIME_WINDOW_ARN"}
    request = create_request(
        inputDataConfig=[{"channelName": "in", "dataSource": {"s3DataSource": {"s3Uri": "s3://bucket/in"}}}],
        checkpointConfig={"s3Uri": "s3://bucket/checkpoints", "localPath": "/opt/jobs/checkpoints"},
        stoppingCondition={"maxRuntimeInSeconds": 60},
        instanceConfig={"instanceType": "ml.m5.large", "volumeSizeInGb": 30, "instanceCount": 2},
        hyperParameters={"depth": "3"},
        tags={"team": "vqe"},
        associations=[association],
    )
    client = braket_client()

    answer = client.get_job(jobArn=client.create_job(**request)["jobArn"])

    assert {name: answer.get(name) for name in request} == request
    assert "clientToken" not in answer


def test_what_the_real_sample_has_empty_is_there_empty() -> None:
    """
    Tags, hyperparameters and input channels are present without entries; one instance is the documented default.
    """
    client = braket_client()

    answer = client.get_job(jobArn=client.create_job(**create_request())["jobArn"])

    assert (answer["tags"], answer["hyperParameters"], answer["inputDataConfig"]) == ({}, {}, [])
    assert answer["instanceConfig"]["instanceCount"] == 1


def test_the_same_request_with_the_same_token_gives_the_same_job() -> None:
    """
    CreateJob is idempotent for a client token.
    """
    client = braket_client()

    first = client.create_job(**create_request(clientToken="once"))
    second = client.create_job(**create_request(clientToken="once"))

    assert first["jobArn"] == second["jobArn"]
    assert len(client.search_jobs(filters=[])["jobs"]) == 1


def test_a_request_is_the_same_after_its_job_was_tagged() -> None:
    """
    What happens to the job does not happen to the request.
    """
    client = braket_client()
    request = create_request(clientToken="once", tags={"team": "vqe"})
    first = client.create_job(**request)["jobArn"]
    client.tag_resource(resourceArn=first, tags={"stage": "two"})

    assert client.create_job(**request)["jobArn"] == first


def test_another_request_with_the_same_token_is_a_conflict() -> None:
    """
    A token stands for one request.
    """
    braket_client().create_job(**create_request(clientToken="once"))

    code, status, _ = refusal("create_job", **create_request(clientToken="once", jobName="other"))

    assert (code, status) == ("ConflictException", 409)


@pytest.mark.parametrize(
    ("changes", "at", "constraint"),
    [
        ({"jobName": None}, "jobName", "must not be null"),
        ({"jobName": "-vqe"}, "jobName", "regular expression"),
        ({"jobName": "vqe\n"}, "jobName", "regular expression"),
        ({"jobName": "v" * 51}, "jobName", "less than or equal to 50"),
        ({"clientToken": ""}, "clientToken", "greater than or equal to 1"),
        ({"roleArn": "arn:aws:iam::1234567890123:role/x"}, "roleArn", "regular expression"),
        ({"roleArn": "arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/x"}, "roleArn", "regular expression"),
        ({"instanceConfig": {"instanceType": "ml.x", "volumeSizeInGb": 1}}, "instanceConfig.instanceType", "enum"),
        ({"instanceConfig": {"instanceType": "ml.m5.large"}}, "instanceConfig.volumeSizeInGb", "must not be null"),
        ({"instanceConfig": {"instanceType": "ml.m5.large", "volumeSizeInGb": "30"}}, "volumeSizeInGb", "type integer"),
        ({"instanceConfig": {"instanceType": "ml.m5.large", "volumeSizeInGb": True}}, "volumeSizeInGb", "type integer"),
        ({"instanceConfig": {"instanceType": "ml.m5.large", "volumeSizeInGb": 2**31}}, "volumeSizeInGb", "of type"),
        ({"stoppingCondition": {"maxRuntimeInSeconds": 432001}}, "maxRuntimeInSeconds", "less than or equal to 432000"),
        ({"hyperParameters": {"": "1"}}, "hyperParameters.", "greater than or equal to 1"),
        ({"hyperParameters": {"depth": "x" * 2501}}, "hyperParameters.depth", "less than or equal to 2500"),
        ({"hyperParameters": {str(n): "1" for n in range(101)}}, "hyperParameters", "less than or equal to 100"),
        ({"inputDataConfig": [{"channelName": "in"}]}, "inputDataConfig[0].dataSource", "must not be null"),
        ({"tags": "team"}, "tags", "of type map"),
        ({"algorithmSpecification": []}, "algorithmSpecification", "of type structure"),
        ({"inputDataConfig": {}}, "inputDataConfig", "of type list"),
    ],
)  # fmt: skip
def test_an_input_that_the_model_forbids_is_refused(changes: dict[str, Any], at: str, constraint: str) -> None:
    """
    Required members, types, patterns of the whole text, lengths, ranges and enumerations.
    """
    request = create_request(**({"clientToken": "token"} | changes))

    code, status, message = refused_body(request)

    assert (code, status) == ("ValidationException", 400)
    assert f"{at}' failed" in message
    assert constraint in message


def refused_body(body: object) -> tuple[str, int, str]:
    """
    Return what CreateJob says to a body that no boto3 client would send.
    """
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    client = braket_client()

    def put(request: AWSPreparedRequest, **_: object) -> None:
        request.body = raw

    client.meta.events.register_first("before-send.braket.CreateJob", put)
    with pytest.raises(ClientError) as caught:
        client.create_job(**create_request())
    response = caught.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Message"]


def test_all_faults_of_a_request_are_told_at_once() -> None:
    """
    Their number comes first.
    """
    _, _, message = refused_body({})

    assert message.startswith("7 validation errors detected: ")


def test_a_member_that_the_model_does_not_know_is_ignored() -> None:
    """
    As AWS's JSON services do.
    """
    code, _, message = refused_body({"unheardOf": 1})

    assert code == "ValidationException"
    assert "unheardOf" not in message


def test_what_is_null_or_unknown_inside_a_member_is_not_there() -> None:
    """
    As on the outside: it doesn't come back, and makes no other request of one with the same token.
    """
    instances: dict[str, Any] = {"instanceType": "ml.m5.large", "volumeSizeInGb": 30}
    channels = [{"channelName": "in", "dataSource": {"s3DataSource": {"s3Uri": "s3://bucket/in"}}}]
    plain = create_request(instanceConfig=instances, inputDataConfig=channels, clientToken="once")
    filled = plain | {
        "instanceConfig": instances | {"instanceCount": None, "unheardOf": 1},
        "inputDataConfig": [{**channels[0], "contentType": None}],
    }
    client = braket_client()
    sent = json.dumps(filled).encode()

    def put(request: AWSPreparedRequest, **_: object) -> None:
        request.body = sent

    first = client.create_job(**plain)["jobArn"]
    client.meta.events.register_first("before-send.braket.CreateJob", put)
    second = client.create_job(**plain)["jobArn"]
    found = client.get_job(jobArn=second)

    assert first == second
    assert found["instanceConfig"] == instances | {"instanceCount": 1}
    assert found["inputDataConfig"] == channels


@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    """
    With the error of AWS's JSON services.
    """
    code, status, _ = refused_body(body)

    assert (code, status) == ("SerializationException", 400)


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("get_job", "jobArn"),
        ("cancel_job", "jobArn"),
    ],
)
@pytest.mark.parametrize(
    ("arn", "code", "status"),
    [
        (REAL_ARN, "ResourceNotFoundException", 404),
        (OTHER_REGION, "ResourceNotFoundException", 404),
        (OTHER_ACCOUNT, "AccessDeniedException", 403),
    ],
    ids=["unknown", "other-region", "other-account"],
)
def test_a_job_that_is_not_here_is_refused(operation: str, name: str, arn: str, code: str, status: int) -> None:
    """
    Unknown and foreign jobs.
    """
    seen = refusal(operation, **{name: arn})

    assert seen[:2] == (code, status)


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("list_tags_for_resource", {}),
        ("tag_resource", {"tags": {"a": "b"}}),
        ("untag_resource", {"tagKeys": ["a"]}),
    ],
)
@pytest.mark.parametrize("arn", [REAL_ARN, OTHER_REGION, OTHER_ACCOUNT, "arn:aws:s3:::bucket", "x"])
def test_what_is_not_here_has_no_tags(operation: str, asked: dict[str, Any], arn: str) -> None:
    """
    The model lets these operations say nothing else of a resource that they don't know.
    """
    seen = refusal(operation, resourceArn=arn, **asked)

    assert seen[:2] == ("ResourceNotFoundException", 404)


@pytest.mark.parametrize("arn", ["", "..", "job", "arn:aws:braket:us-east-1:12345678901:job/a", "a/b%2Fc", "?x=1#y"])
def test_what_is_no_arn_of_a_job_is_invalid(arn: str) -> None:
    """
    A client of botocore's sends anything; the model's pattern is checked here.
    """
    code, status, message = refusal("get_job", jobArn=arn)

    assert (code, status) == ("ValidationException", 400)
    assert "'jobArn'" in message


def test_an_attribute_that_cannot_be_asked_for_is_invalid() -> None:
    """
    Only QueueInfo can.
    """
    code, _, message = refusal("get_job", jobArn=REAL_ARN, additionalAttributeNames=["Colour"])

    assert code == "ValidationException"
    assert "'additionalAttributeNames[0]'" in message


def test_an_arn_may_hold_what_a_path_may_not() -> None:
    """
    Slashes, percent signs, spaces and letters of any language arrive as they were sent, decoded once.
    """
    arn = JobsFactory().create()
    odd = f"{arn}/a b/%2F/ü"

    _, _, message = refusal("get_job", jobArn=odd)

    assert odd in message


def test_queue_info_is_given_to_who_asks() -> None:
    """
    And to nobody else.
    """
    arn = JobsFactory().create(states=["QUEUED"], queue_position=">15")
    client = braket_client()

    asked = client.get_job(jobArn=arn, additionalAttributeNames=["QueueInfo"])

    assert asked["queueInfo"] == {"queue": "JOBS_QUEUE", "position": ">15"}
    assert "queueInfo" not in client.get_job(jobArn=arn)


def test_a_job_that_is_not_queued_has_no_position() -> None:
    """
    The position is the text "None", and a message says why, in the words that AWS's SDK documents.
    """
    arn = JobsFactory().create(states=["COMPLETED"])

    info = braket_client().get_job(jobArn=arn, additionalAttributeNames=["QueueInfo"])["queueInfo"]

    assert info["position"] == "None"
    assert info["message"] == "Job is in COMPLETED status. AmazonBraket does not show queue position for this status."


def test_cancelling_goes_by_way_of_cancelling() -> None:
    """
    CancelJob answers CANCELLING, and the next looks see CANCELLING, then CANCELLED.
    """
    arn = JobsFactory().create(states=["RUNNING"])
    client = braket_client()

    answer = client.cancel_job(jobArn=arn)
    seen = [client.get_job(jobArn=arn)["status"] for _ in range(3)]

    assert (answer["jobArn"], answer["cancellationStatus"]) == (arn, "CANCELLING")
    assert seen == ["CANCELLING", "CANCELLED", "CANCELLED"]


def test_cancelling_twice_is_cancelling_once() -> None:
    """
    The model calls CancelJob idempotent.
    """
    arn = JobsFactory().create(states=["RUNNING"], advance="manually")
    client = braket_client()
    client.cancel_job(jobArn=arn)

    again = client.cancel_job(jobArn=arn)

    assert again["cancellationStatus"] == "CANCELLING"
    assert client.get_job(jobArn=arn)["status"] == "CANCELLING"


@pytest.mark.parametrize("status", ["COMPLETED", "FAILED", "CANCELLED"])
def test_a_job_that_has_ended_is_not_cancelled(status: str) -> None:
    """
    It is a conflict, in the model's words.
    """
    arn = JobsFactory().create(states=[status])

    code, http_status, message = refusal("cancel_job", jobArn=arn)

    assert (code, http_status) == ("ConflictException", 409)
    assert status in message


def test_tags_are_added_changed_listed_and_removed() -> None:
    """
    TagResource, ListTagsForResource and UntagResource, and GetJob tells the same.
    """
    arn = JobsFactory().create(tags={"team": "vqe", "stage": "one"})
    client = braket_client()

    client.tag_resource(resourceArn=arn, tags={"stage": "two", "cost": "low"})
    client.untag_resource(resourceArn=arn, tagKeys=["team", "unheard-of"])

    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "two", "cost": "low"}
    assert client.get_job(jobArn=arn)["tags"] == {"stage": "two", "cost": "low"}


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("get_device", {"deviceArn": DEVICE}),
        ("search_devices", {"filters": []}),
        ("search_quantum_tasks", {"filters": []}),
        ("cancel_quantum_task", {"quantumTaskArn": "arn:x", "clientToken": "a"}),
    ],
)
def test_an_operation_that_is_left_out_says_so(operation: str, asked: dict[str, Any]) -> None:
    """
    It is told from one that failed.
    """
    code, status, message = refusal(operation, **asked)

    assert (code, status) == ("NotImplementedException", 501)
    assert message.endswith("is not implemented by braket_jobs.testing")


def test_a_region_without_braket_is_refused() -> None:
    """
    And the message says how to have one all the same.
    """
    with pytest.raises(ClientError, match=r"no Amazon Braket in 'sa-east-1'.*MOTO_ALLOW_NONEXISTENT_REGION"):
        braket_client("sa-east-1").search_jobs(filters=[])


def test_a_path_that_braket_does_not_have_is_refused() -> None:
    """
    A method that goes with no operation answers as an operation that is left out.
    """
    client = braket_client()

    def change(request: AWSPreparedRequest, **_: object) -> None:
        request.method = "DELETE"

    client.meta.events.register_first("before-send.braket.GetJob", change)

    with pytest.raises(ClientError, match=r"DELETE /job/.* is not implemented by braket_jobs.testing"):
        client.get_job(jobArn=REAL_ARN)
