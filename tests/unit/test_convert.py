"""
What botocore parsed becomes a `Job`, or an error that names every wrong member.
"""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from support.documents import parsed
from support.samples import GET_JOB_SAMPLES, REAL_ARN, sample

from braket_jobs import (
    IncompleteResponseError,
    InvalidResponseError,
    JobEvent,
    JobEventType,
    JobStatus,
)
from braket_jobs._wire.names import wire_name
from braket_jobs._wire.structure import job_from_document, job_from_response
from braket_jobs.errors.asked import Asked


def real(**changes: object) -> dict[str, Any]:
    return {**sample("real_completed_wire"), **changes}


def failure(document: object) -> InvalidResponseError:
    with pytest.raises(InvalidResponseError) as caught:
        job_from_response(parsed(document), Asked(job_arn=REAL_ARN), attempts=2)
    return caught.value


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_sample_converts(name: str) -> None:
    """
    Every sample becomes a job with the document's ARN and name.
    """
    document = sample(name)

    job = job_from_response(parsed(document))

    assert (job.job_arn, job.job_name) == (document["jobArn"], document["jobName"])


def test_wire_and_cli_times_are_the_same_job() -> None:
    """
    Times ending in Z and in +00:00 convert to equal jobs.
    """
    jobs = [job_from_response(parsed(sample(name))) for name in ("real_completed_wire", "real_completed_cli")]

    assert jobs[0] == jobs[1]


def test_left_out_lists_and_maps_are_empty_and_the_rest_is_none() -> None:
    """
    A document with the required members only converts to empty collections and None.
    """
    job = job_from_response(parsed(sample("composed_minimal_required")))

    assert (job.tags, job.hyper_parameters, job.events, job.input_data_config, job.associations) == ({}, {}, (), (), ())
    assert (job.started_at, job.ended_at, job.failure_reason, job.billable_duration) == (None, None, None, None)
    assert (job.checkpoint_config, job.stopping_condition, job.device_config, job.queue_info) == (None,) * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-05-16T17:21:38.893Z", datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)),
        ("2025-05-16T19:21:38.893+02:00", datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)),
        ("2025-05-16T17:21:38", datetime(2025, 5, 16, 17, 21, 38, tzinfo=UTC)),
        (1747416098.893, datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)),
    ],
)
def test_every_time_is_aware_utc(text: object, expected: datetime) -> None:
    """
    Zone, offset, no zone and epoch numbers all end as the same moment in UTC.
    """
    job = job_from_response(parsed(real(createdAt=text)))

    assert job.created_at == expected
    assert job.created_at.utcoffset() == timedelta(0)
    assert job.created_at.tzinfo is UTC


def test_unknown_values_and_members_are_no_fault() -> None:
    """
    A status that AWS adds is kept, a member that AWS adds is ignored.
    """
    job = job_from_response(parsed(real(status="PAUSED", costCenter="42")))

    assert job.status == "PAUSED"
    assert not job.status.is_known


def test_null_is_absent() -> None:
    """
    A null member is the same as none.
    """
    job = job_from_response(parsed(real(startedAt=None, tags=None, events=None, checkpointConfig=None)))

    assert (job.started_at, job.tags, job.events, job.checkpoint_config) == (None, {}, (), None)


def test_null_is_absent_even_where_botocore_keeps_it() -> None:
    """
    A client that isn't botocore's may hand over None for an optional member.
    """
    response = {**parsed(real()), "startedAt": None, "tags": None, "events": None}

    job = job_from_response(response)

    assert (job.started_at, job.tags, job.events) == (None, {}, ())


def test_the_request_id_is_kept_outside_equality_and_repr() -> None:
    """
    Two looks at an unchanged job are equal, though their request ids differ.
    """
    first, second = (job_from_response(parsed(real(), request_id)) for request_id in ("one", "two"))

    assert (first.request_id, second.request_id) == ("one", "two")
    assert first == second
    assert hash(first) == hash(second)
    assert "request_id" not in repr(first)


@pytest.mark.parametrize(
    ("changes", "path", "problem"),
    [
        ({"jobName": None}, "jobName", "is missing"),
        ({"status": 5}, "status", "expected text, got int"),
        ({"outputDataConfig": {}}, "outputDataConfig.s3Path", "is missing"),
        ({"tags": {"a": 1}}, "tags['a']", "expected text, got int"),
        ({"tags": {"a": None}}, "tags['a']", "expected text, got null"),
        ({"events": [{}, {"message": 7}]}, "events[1].message", "expected text, got int"),
        ({"events": [None, {"message": 7}]}, "events[1].message", "expected text, got int"),
        ({"associations": [None, {"arn": "a"}]}, "associations[1].type", "is missing"),
        ({"associations": [{"arn": "a"}]}, "associations[0].type", "is missing"),
        ({"inputDataConfig": [{"channelName": "in", "dataSource": {}}]},
         "inputDataConfig[0].dataSource.s3DataSource", "is missing"),
    ],
)  # fmt: skip
def test_a_wrong_member_is_named(changes: dict[str, object], path: str, problem: str) -> None:
    """
    A missing, null or wrongly typed member is an error with its path in AWS's names.
    """
    error = failure(real(**changes))

    assert error.path == path
    assert error.problems == (f"{path}: {problem}",)
    assert f"{path}: {problem}" in str(error)


_ISO = "expected a time in ISO 8601, such as 2025-05-16T17:21:38Z, got "
_RANGE = ", which is out of range"
_MILLI = " for seconds since 1970; milliseconds?"


@pytest.mark.parametrize(
    ("member", "value", "problem"),
    [
        ("billableDuration", "80000", "expected an integer, got '80000'"),
        ("billableDuration", "hunter2", "expected an integer, got str"),
        ("billableDuration", [80000], "expected an integer, got list"),
        ("billableDuration", True, "expected an integer, got True"),
        ("billableDuration", 80000.0, "expected an integer, got 80000.0"),
        ("events", "abc", "expected a list, got str"),
        ("events", {"0": {}}, "expected a list, got dict"),
        ("tags", ["a"], "expected a map, got list"),
        ("instanceConfig", "ml.m5.large", "expected a structure, got str"),
        ("algorithmSpecification", "containerImage", "expected a structure, got str"),
        ("createdAt", "2025-05-16T17:21:38Z", "expected a datetime, got '2025-05-16T17:21:38Z'"),
        ("createdAt", 1747416098, "expected a datetime, got 1747416098"),
        ("createdAt", "20250516T172222Z", f"{_ISO}'20250516T172222Z'"),
        ("createdAt", "Fri, 16 May 2025 05:22:22 PM GMT", f"{_ISO}'Fri, 16 May 2025 05:22:22 PM GMT'"),
        ("createdAt", "hunter2", f"{_ISO}str"),
        ("createdAt", "2025-05-16 by hunter2", f"{_ISO}str"),
        ("createdAt", "2025-05-16\n", f"{_ISO}str"),
        ("createdAt", "9" * 58, f"{_ISO}'{'9' * 58}'"),
        ("createdAt", "9" * 59, f"{_ISO}str"),
        ("createdAt", 1747416142000, f"expected a time, got 1747416142000{_RANGE}{_MILLI}"),
        ("createdAt", 10**15, f"expected a time, got 1000000000000000{_RANGE}"),
        ("createdAt", 10**18, f"expected a time, got int{_RANGE}"),
        ("createdAt", -(10**400), f"expected a time, got int{_RANGE}"),
        ("createdAt", 1e300, f"expected a time, got 1e+300{_RANGE}"),
        ("createdAt", True, "expected a time, got True"),
        ("createdAt", {}, "expected a time, got dict"),
    ],
)  # fmt: skip
def test_what_botocore_would_not_return_is_refused_too(member: str, value: object, problem: str) -> None:
    """
    The conversion trusts no client to have parsed the answer, and coerces nothing.
    """
    with pytest.raises(InvalidResponseError) as caught:
        job_from_response({**parsed(real()), member: value})

    assert caught.value.problems == (f"{member}: {problem}",)


def test_a_time_beyond_utc_is_refused() -> None:
    """
    A moment that has no UTC date is an error, not an overflow.
    """
    error = failure(real(createdAt="9999-12-31T23:59:59-14:00"))

    assert error.path == "createdAt"


def test_all_wrong_members_are_named() -> None:
    """
    Three faults in one answer are three problems.
    """
    error = failure(real(status=1, roleArn=None, events=[{"message": 2}]))

    assert {problem.split(":")[0] for problem in error.problems} == {"status", "roleArn", "events[0].message"}


def test_a_request_id_is_bounded_or_none() -> None:
    """
    What a client of the user's own calls one is no better than its answer.
    """
    response = {**parsed(real()), "ResponseMetadata": {"RequestId": "x" * 1_000_000}}

    job = job_from_response(response)

    assert job.request_id is None


def test_no_more_than_ten_problems_are_named() -> None:
    """
    An answer with a thousand faults makes a short error.
    """
    error = failure(real(events=[{"message": number} for number in range(1000)]))

    assert len(error.problems) == 10


def test_an_error_is_short_whatever_the_answer() -> None:
    """
    A key of a megabyte doesn't make an error of a megabyte.
    """
    error = failure(real(hyperParameters={f"{number}" + "x" * 1_000_000: number for number in range(3)}))

    assert len(error.problems) == 3
    assert len(repr(error)) < 5000


def test_any_mapping_is_a_structure() -> None:
    """
    A client of the user's own may answer with mappings that are no dict.
    """
    response = parsed(real(tags={"a": "b"}))
    frozen = {**response, "tags": MappingProxyType(response["tags"])}

    job = job_from_response(MappingProxyType(frozen))

    assert job.tags == {"a": "b"}


class Faulty(dict[str, Any]):
    """
    An answer that fails the first time a job's status is read from it.
    """

    def __init__(self, fault: Exception) -> None:
        super().__init__(parsed(real()))
        self._faults = [fault]

    def __getitem__(self, name: str) -> Any:
        if name == "status" and self._faults:
            raise self._faults.pop()
        return super().__getitem__(name)


@pytest.mark.parametrize("fault", [MemoryError(), LookupError("a bug in a client of the user's own")], ids=repr)
def test_a_fault_that_is_not_the_answers_passes_as_it_is(fault: Exception) -> None:
    """
    Memory that runs out, or a bug in what stands in for a client, says nothing about the answer.
    """
    with pytest.raises(type(fault)) as caught:
        job_from_response(Faulty(fault))

    assert caught.value is fault


@pytest.mark.parametrize("response", [None, [], "job", {}, {"ResponseMetadata": None}, {"jobArn": None}])
def test_an_answer_without_any_member_is_incomplete(response: Any) -> None:
    """
    An empty success, or no mapping at all, is an `IncompleteResponseError` that may be retried.
    """
    with pytest.raises(IncompleteResponseError) as caught:
        job_from_response(response, attempts=1)

    assert caught.value.retryable
    assert caught.value.path is None


def test_the_error_carries_the_call() -> None:
    """
    ARN, attempts, status and request id of the answer are on the error.
    """
    error = failure(real(status=5))

    assert (error.job_arn, error.attempts, error.status_code, error.request_id) == (REAL_ARN, 2, 200, "5a4b")
    assert not error.retryable


def test_the_real_sample_field_by_field() -> None:
    """
    Enums, numbers and events of the real job are what the document says.
    """
    job = job_from_response(parsed(real()))

    assert job.status is JobStatus.COMPLETED
    assert job.instance_config.volume_size_in_gb == 30
    assert job.events[-1] == JobEvent(
        event_type=JobEventType.COMPLETED,
        time_of_event=datetime(2025, 5, 16, 17, 23, 41, 78000, UTC),
        message="Job has completed",
    )
    assert (job.billable_time, job.max_runtime) == (timedelta(seconds=80), timedelta(days=5))


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("job_arn", "jobArn"),
        ("volume_size_in_gb", "volumeSizeInGb"),
        ("s3_data_source", "s3DataSource"),
        ("uri", "uri"),
    ],
)
def test_names_are_made_mechanically(name: str, wire: str) -> None:
    """
    A Python name becomes AWS's by capitals alone.
    """
    made = wire_name(name)

    assert made == wire


@pytest.mark.parametrize("member", ["events", "inputDataConfig", "associations"])
def test_nothing_in_a_list_is_left_out(member: str) -> None:
    """
    An element that is null is no element, before, between and after others; botocore keeps it.
    """
    whole = sample("composed_reservation_all_fields")
    holed = [None, *(each for element in whole[member] for each in (element, None))]

    from_wire = job_from_document({**whole, member: holed})
    from_botocore = job_from_response(parsed({**whole, member: holed}))

    assert from_wire == from_botocore == job_from_document(whole)


@pytest.mark.parametrize("member", ["events", "inputDataConfig", "associations"])
def test_a_list_of_nothing_is_empty(member: str) -> None:
    """
    Nulls alone are no elements either.
    """
    assert job_from_document(real(**{member: [None, None]})) == job_from_document(real(**{member: []}))


def test_a_null_in_a_saved_answer_is_named() -> None:
    """
    Botocore leaves nulls out, but a document may have been saved with them.
    """
    with pytest.raises(InvalidResponseError) as caught:
        job_from_document(real(createdAt=None))

    assert caught.value.problems == ("createdAt: expected a time, got null",)
