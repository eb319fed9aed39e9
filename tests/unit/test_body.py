"""
Clients that are built here read a job as it is on the wire, and no other client reads differently for it.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from hypothesis import given, settings
from support.answers import KEY, KEY_ID, http_answer
from support.any_job import JOBS
from support.samples import REAL_ARN, sample

from braket_jobs import InvalidResponseError, Job, JobsClient, job_to_dict
from braket_jobs._aws.clients import ClientPool
from braket_jobs._aws.protocols import ClientSettings
from braket_jobs.errors.asked import Asked

HEADERS = {"x-amzn-RequestId": "req-1"}
ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1})


class Service:
    """
    Answers all clients of its session with one document.
    """

    def __init__(self, document: object = None) -> None:
        self.body = json.dumps(document).encode()
        self.session = boto3.Session(KEY_ID, KEY)
        self.session.events.register("before-send.braket.GetJob", cast("Callable[..., None]", self._answer))

    def _answer(self, **_: object) -> AWSResponse:
        return http_answer(200, self.body, HEADERS)

    def answer(self) -> dict[str, Any]:
        """
        What a client that is built here hands over.
        """
        client = ClientPool(ClientSettings(self.session)).client_for("us-east-1", Asked())
        return dict(client.get_job(jobArn=REAL_ARN))

    def plain_answer(self) -> dict[str, Any]:
        """
        What a client that the session's owner builds hands over.
        """
        client = self.session.client("braket", "us-east-1", config=ONCE)
        return dict(client.get_job(jobArn=REAL_ARN))


def real(**changes: object) -> dict[str, Any]:
    return {**sample("real_completed_wire"), **changes}


ANYTHING = Service()
BUILT = JobsClient(session=ANYTHING.session)
PASSED = JobsClient(client=ANYTHING.session.client("braket", "us-east-1"))


@settings(deadline=None)
@given(JOBS)
def test_a_job_is_the_same_however_its_client_reads(job: Job) -> None:
    """
    Whatever the service may answer is the same job through our reading as through botocore's.
    """
    ANYTHING.body = json.dumps(job_to_dict(job)).encode()

    assert BUILT.get_job(REAL_ARN) == PASSED.get_job(REAL_ARN) == job


def test_members_and_metadata_are_botocores() -> None:
    """
    The same members, and botocore's own metadata: status, request id, headers, attempts.
    """
    service = Service(real())

    ours, theirs = service.answer(), service.plain_answer()

    assert ours.keys() == theirs.keys()
    assert ours["ResponseMetadata"] == theirs["ResponseMetadata"]
    assert ours["ResponseMetadata"]["RequestId"] == "req-1"


@pytest.mark.parametrize("text", ["2025-05-16T17:21:38+02:00", "2025-05-16T15:21:38", 1747408898])
def test_times_are_read_in_utc(text: object) -> None:
    """
    Those of the job and those of its events.
    """
    answer = Service(real(createdAt=text, events=[{"timeOfEvent": text}])).answer()

    for time in (answer["createdAt"], answer["events"][0]["timeOfEvent"]):
        assert time == datetime(2025, 5, 16, 15, 21, 38, tzinfo=UTC)
        assert time.tzinfo is UTC


def test_other_clients_read_as_before() -> None:
    """
    Those of the same session too, before and after ours is built.
    """
    service = Service(real(createdAt="2025-05-16T17:21:38"))

    zones = [read()["createdAt"].tzinfo for read in (service.plain_answer, service.answer, service.plain_answer)]

    assert zones == [None, UTC, None]


@pytest.mark.parametrize(
    "value", ["Tuesday", "20250516", True, [], "a " * 2_500_000], ids=lambda value: repr(value)[:20]
)
def test_what_is_no_time_is_named_by_its_path(value: object) -> None:
    """
    A client of our own refuses it where it stands.
    """
    wire = real()
    wire["events"][3]["timeOfEvent"] = value

    with pytest.raises(InvalidResponseError) as caught:
        JobsClient(session=Service(wire).session).get_job(REAL_ARN)

    assert caught.value.path == "events[3].timeOfEvent"


@pytest.mark.parametrize("value", ["80000", 80000.0, 80000.9, True])
def test_what_is_no_integer_is_not_made_one(value: object) -> None:
    """
    Botocore's parser would; a client of our own refuses it.
    """
    with pytest.raises(InvalidResponseError, match="billableDuration: expected an integer"):
        JobsClient(session=Service(real(billableDuration=value)).session).get_job(REAL_ARN)


@pytest.mark.parametrize("name", ["ResponseMetadata", "Error", "jobarn"])
def test_what_the_model_does_not_know_is_left_out(name: str) -> None:
    """
    Whatever an answer brings, it can't pass for botocore's metadata, nor for a refusal.
    """
    service = Service(real(**{name: {"RequestId": "forged", "Code": "forged", "RetryAttempts": 7}}))

    answer = service.answer()

    assert "forged" not in str(answer)
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.parametrize("body", [b"", b"{", b'"job"', b"null", b"[]", b"\xff", b"[" * 100_000, b"<html>"])
def test_what_is_no_object_is_left_to_botocore(body: bytes) -> None:
    """
    Its parser returns or raises what it returns or raises for anybody.
    """
    service = Service()
    service.body = body

    assert outcome(service.answer) == outcome(service.plain_answer)


def outcome(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # whatever it is
        return type(error), str(error)
