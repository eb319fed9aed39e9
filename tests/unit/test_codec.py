"""
A job from what boto3 returns, the AWS CLI prints and we write; and back, in AWS's names.
"""

import json
import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from support.documents import parsed
from support.samples import GET_JOB_SAMPLES, sample

from braket_jobs import (
    IncompleteResponseError,
    InvalidResponseError,
    Job,
    JobStatus,
    job_from_dict,
    job_from_json,
    job_to_dict,
    job_to_json,
)

CREATED = datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)


def real(**changes: object) -> dict[str, Any]:
    return {**sample("real_completed_wire"), **changes}


def failure(document: Any) -> InvalidResponseError:
    with pytest.raises(InvalidResponseError) as caught:
        job_from_dict(document)
    return caught.value


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_boto3s_answer_and_its_document_are_the_same_job(name: str) -> None:
    """
    What botocore parses and the JSON it parsed make equal jobs.
    """
    assert job_from_dict(parsed(sample(name))) == job_from_dict(sample(name))


def test_the_request_id_comes_along_from_boto3() -> None:
    """
    It is in the metadata that boto3 adds; it doesn't come back out.
    """
    job = job_from_dict(parsed(real(), request_id="5a4b"))

    assert job.request_id == "5a4b"
    assert "5a4b" not in job_to_json(job)


def test_what_is_written_is_what_the_service_sends() -> None:
    """
    The real answer comes out as it went in, with the one list that the service left out.
    """
    assert job_to_dict(job_from_dict(real())) == {**real(), "associations": []}


def test_optional_members_that_are_absent_are_not_written() -> None:
    """
    Of the smallest job, the required members and the empty collections.
    """
    document = sample("composed_minimal_required")
    lists: dict[str, object] = {name: [] for name in ("associations", "events", "inputDataConfig")}
    maps: dict[str, object] = {name: {} for name in ("hyperParameters", "tags")}

    assert job_to_dict(job_from_dict(document)) == {**document, **lists, **maps}


def test_values_that_nobody_knows_yet_are_kept() -> None:
    """
    An unknown status is written and read as it is.
    """
    job = job_from_dict(real(status="PAUSED"))

    assert job_from_json(job_to_json(job)).status == JobStatus("PAUSED")


def test_texts_of_enums_are_plain_strings() -> None:
    """
    Nothing of ours stays in the document, so that any encoder takes it.
    """
    document = job_to_dict(job_from_dict(real()))

    assert type(document["status"]) is str
    assert type(document["tags"]) is dict


@pytest.mark.parametrize(
    "time",
    [
        CREATED,
        CREATED.replace(tzinfo=None),
        CREATED.astimezone(timezone(timedelta(hours=9))),
        "2025-05-16T17:21:38.893Z",
        "2025-05-16T17:21:38.893000+00:00",
        "2025-05-16T19:21:38.893+02:00",
        "2025-05-16 17:21:38.893",
        1747416098.893,
    ],
)
@pytest.mark.parametrize("member", ["createdAt", "startedAt", "endedAt"])
def test_a_time_may_have_many_forms(time: object, member: str) -> None:
    """
    `datetime`, ISO 8601 text and epoch seconds, with or without a zone: all are the same moment in UTC.
    """
    read = job_to_dict(job_from_dict(real(**{member: time})))[member]

    assert read == "2025-05-16T17:21:38.893Z"


def test_the_times_of_events_may_have_them_too() -> None:
    """
    Whole epoch seconds, in an event.
    """
    (event,) = job_from_dict(real(events=[{"timeOfEvent": 1747416098}])).events

    assert event.time_of_event == CREATED.replace(microsecond=0)


@pytest.mark.parametrize(
    "value", ["Tuesday", "", "1747416098", True, math.nan, math.inf, 1e30, -(10**400), [], {}, "2025-13-01T00:00:00Z"]
)
def test_anything_else_is_no_time(value: object) -> None:
    """
    It is refused by its path, as the client refuses it.
    """
    error = failure(real(startedAt=value))

    assert error.path == "startedAt"
    assert error.problems[0].startswith("startedAt: expected a time")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"status": 5}, "status"),
        ({"jobName": None}, "jobName"),
        ({"billableDuration": "80000"}, "billableDuration"),
        ({"events": "none"}, "events"),
        ({"events": ["x"]}, "events[0]"),
        ({"events": [{"timeOfEvent": "Tuesday"}]}, "events[0].timeOfEvent"),
    ],
)
def test_data_is_held_to_the_clients_rules(changes: dict[str, object], path: str) -> None:
    """
    Nothing is coerced; the error names the member.
    """
    assert failure(real(**changes)).path == path


@pytest.mark.parametrize("document", [{}, {"message": "hello"}, [], "job", None])
def test_data_without_a_job_is_incomplete(document: Any) -> None:
    """
    Whatever has no member of a job, a mapping or not.
    """
    assert isinstance(failure(document), IncompleteResponseError)


@pytest.mark.parametrize("document", [{}, {"jobArn": 3}])
def test_saved_data_is_not_asked_for_again(document: Any) -> None:
    """
    Trying again would change nothing, and there is no request id to report.
    """
    error = failure(document)

    assert not error.retryable
    assert "Give one whole answer of GetJob." in str(error)


def test_the_document_is_left_alone() -> None:
    """
    Reading times changes nothing of what was passed in.
    """
    document = real()

    job_from_dict(document)

    assert document == real()


@pytest.mark.parametrize("text", ["", "{", "nope", b"\xff", "[" * 100_000, '{"billableDuration": ' + "9" * 5000 + "}"])
def test_text_that_is_not_json_is_refused(text: str | bytes) -> None:
    """
    With the reason, and as an error of the tree.
    """
    with pytest.raises(InvalidResponseError, match="it is not JSON: ") as caught:
        job_from_json(text)

    assert caught.value.path is None


def test_json_may_be_indented_and_read_from_bytes() -> None:
    """
    The indented text is the same document over several lines.
    """
    job = job_from_dict(real())
    text = job_to_json(job, indent=2)

    assert text.splitlines()[1].startswith('  "')
    assert job_from_json(text.encode()) == job


@pytest.mark.parametrize(
    ("microsecond", "text"),
    [(0, "17:21:38.000Z"), (893_000, "17:21:38.893Z"), (893_001, "17:21:38.893001Z")],
)
def test_times_are_written_as_on_the_wire(microsecond: int, text: str) -> None:
    """
    To the millisecond; to the microsecond only where that would lose something.
    """
    job = attrs.evolve(job_from_dict(real()), created_at=CREATED.replace(microsecond=microsecond))

    assert job_to_dict(job)["createdAt"] == f"2025-05-16T{text}"


def test_a_time_without_a_zone_is_not_written() -> None:
    """
    A job built by hand may hold one; what moment it is nobody knows.
    """
    job: Job = attrs.evolve(job_from_dict(real()), created_at=CREATED.replace(tzinfo=None))

    with pytest.raises(ValueError, match="has no zone"):
        job_to_dict(job)


def test_a_text_that_no_encoding_has_survives() -> None:
    """
    A lone surrogate, as a cut UTF-16 text leaves it.
    """
    job = job_from_dict(real(failureReason="\ud800"))

    assert job_from_json(job_to_json(job)) == job
    assert json.loads(job_to_json(job))["failureReason"] == "\ud800"
