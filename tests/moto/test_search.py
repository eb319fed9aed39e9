"""
SearchJobs: filters, order and pages.
"""

from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError
from moto.moto_api import state_manager
from support.requests import DEVICE, braket_client
from support.samples import sample

from braket_jobs.testing import JobsFactory

if TYPE_CHECKING:
    from mypy_boto3_braket.type_defs import SearchJobsFilterTypeDef

pytestmark = pytest.mark.usefixtures("braket")

ARN = "arn:aws:braket:us-east-1:123456789012:job/{}"
STATUSES = ["QUEUED", "RUNNING", "COMPLETED", "FAILED"]


@pytest.fixture
def four_jobs(braket_jobs_factory: JobsFactory) -> None:
    """
    One job a day from 1 May 2025 on, each in another status.
    """
    for number, status in enumerate(STATUSES, start=1):
        days = {"createdAt": f"2025-05-0{number}T12:00:00.000Z", "jobName": f"job-{number}", "status": status}
        braket_jobs_factory.add(sample("real_completed_wire") | days, job_arn=ARN.format(number))


def found(*filters: dict[str, Any], **asked: Any) -> list[str]:
    """
    Return the names of the jobs on a page.
    """
    answer = braket_client().search_jobs(filters=cast("list[SearchJobsFilterTypeDef]", list(filters)), **asked)
    return [job["jobName"] for job in answer["jobs"]]


def by(name: str, operator: str, *values: str) -> dict[str, Any]:
    return {"name": name, "operator": operator, "values": list(values)}


@pytest.mark.usefixtures("four_jobs")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ([], ["job-4", "job-3", "job-2", "job-1"]),
        ([by("createdAt", "LT", "2025-05-02T12:00:00Z")], ["job-1"]),
        ([by("createdAt", "LTE", "2025-05-02T12:00:00Z")], ["job-2", "job-1"]),
        ([by("createdAt", "GT", "2025-05-03T12:00:00Z")], ["job-4"]),
        ([by("createdAt", "GTE", "2025-05-03T14:00:00+02:00")], ["job-4", "job-3"]),
        ([by("createdAt", "BETWEEN", "2025-05-02T00:00:00Z", "2025-05-03T12:00:00.000Z")], ["job-3", "job-2"]),
        ([by("createdAt", "EQUAL", "2025-05-01t12:00:00z")], ["job-1"]),
        ([by("jobName", "EQUAL", "job-3")], ["job-3"]),
        ([by("jobName", "EQUAL", "job")], []),
        ([by("jobName", "CONTAINS", "b-3")], ["job-3"]),
        ([by("deviceArn", "EQUAL", DEVICE)], ["job-4", "job-3", "job-2", "job-1"]),
        ([by("deviceArn", "EQUAL", "local:braket/default")], []),
        ([by("jobArn", "EQUAL", ARN.format(1))], ["job-1"]),
        (
            [
                by("createdAt", "GT", "2025-05-01T12:00:00Z"),
                by("createdAt", "LT", "2025-05-04T12:00:00Z"),
                by("jobName", "CONTAINS", "3"),
            ],
            ["job-3"],
        ),
    ],
)
def test_a_filter_lets_the_right_jobs_through(asked: list[dict[str, Any]], names: list[str]) -> None:
    """
    Newest first; filters are joined by "and"; times are compared as times, and BETWEEN includes both ends.
    """
    assert found(*asked) == names


@pytest.mark.usefixtures("four_jobs")
def test_pages_follow_each_other() -> None:
    """
    Every job is on one page, in order, and the last page has no token.
    """
    client = braket_client()

    pages = client.get_paginator("search_jobs").paginate(filters=[], PaginationConfig={"PageSize": 3})
    names = [[job["jobName"] for job in page["jobs"]] for page in pages]

    assert names == [["job-4", "job-3", "job-2"], ["job-1"]]


@pytest.mark.usefixtures("four_jobs")
def test_a_page_is_where_it_was_when_a_job_is_added() -> None:
    """
    A token points behind a job, not at a number.
    """
    token = braket_client().search_jobs(filters=[], maxResults=2)["nextToken"]
    JobsFactory().create(job_name="newest")

    assert found(maxResults=2, nextToken=token) == ["job-2", "job-1"]


def test_a_summary_is_what_the_real_one_is() -> None:
    """
    SearchJobs answers of the real job what the service answered.
    """
    JobsFactory().add(sample("real_completed_wire"))
    client = braket_client()

    (seen,) = client.search_jobs(filters=[])["jobs"]
    (real,) = sample("real_search_jobs_cli")["jobs"]

    assert set(seen) == set(real)
    assert {name: seen.get(name) for name in ("jobArn", "jobName", "device", "status", "tags")} == {
        name: real[name] for name in ("jobArn", "jobName", "device", "status", "tags")
    }
    assert seen["createdAt"].isoformat(timespec="microseconds").endswith("893000+00:00")


def test_a_document_that_could_not_be_a_summary_is_left_out() -> None:
    """
    The answer stays what the model says.
    """
    whole = sample("real_completed_wire")
    JobsFactory().add({"status": "QUEUED"}, job_arn=ARN.format("bare"))
    JobsFactory().add(whole | {"deviceConfig": "sv1"}, job_arn=ARN.format("text"))
    JobsFactory().add(whole | {"createdAt": "Tuesday"}, job_arn=ARN.format("tuesday"))
    JobsFactory().add(whole | {"status": "PAUSED"}, job_arn=ARN.format("paused"))

    assert found() == []


def test_looking_for_jobs_moves_none() -> None:
    """
    Only GetJob is a look, so a script waits for it.
    """
    arn = JobsFactory().create(states=["QUEUED", "RUNNING"])

    found()

    assert braket_client().get_job(jobArn=arn)["status"] == "QUEUED"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"filters": [by("status", "EQUAL", "FAILED")]}, "Filter name must be one of"),
        ({"filters": [by("createdAt", "LT", "yesterday")]}, "must be an RFC 3339 date-time"),
        ({"filters": [by("createdAt", "LT", "2025-05-01")]}, "must be an RFC 3339 date-time"),
        ({"filters": [by("createdAt", "LT", "2025-05-01T12:00:00")]}, "must be an RFC 3339 date-time"),
        ({"filters": [by("createdAt", "LT", "2025-13-01T12:00:00Z")]}, "must be an RFC 3339 date-time"),
        ({"filters": [by("createdAt", "LT", "0001-01-01T00:00:00+10:00")]}, "must be an RFC 3339 date-time"),
        ({"filters": [by("createdAt", "CONTAINS", "2025")]}, "must be one of EQUAL, GT, GTE, LT, LTE, BETWEEN"),
        ({"filters": [by("deviceArn", "CONTAINS", "sv1")]}, "must be one of EQUAL;"),
        ({"filters": [by("jobArn", "CONTAINS", "job")]}, "must be one of EQUAL;"),
        ({"filters": [by("jobName", "LT", "job")]}, "must be one of EQUAL, CONTAINS;"),
        ({"filters": [by("createdAt", "BETWEEN", "2025-05-01T12:00:00Z")]}, "takes 2 values; got 1"),
        ({"filters": [by("createdAt", "BETWEEN", *["2025-05-01T12:00:00Z"] * 3)]}, "takes 2 values; got 3"),
        ({"filters": [by("jobName", "EQUAL", "a", "b")]}, "takes 1 value; got 2"),
        ({"filters": [by("jobArn", "EQUAL", "a"), by("jobName", "EQUAL", "b")]}, "cannot be combined"),
        ({"filters": [by("jobArn", "EQUAL", "a"), by("jobArn", "EQUAL", "b")]}, "cannot be combined"),
        ({"filters": [by("createdAt", "NEAR", "2025-05-01")]}, "enum value set"),
        ({"filters": [by("jobName", "EQUAL")]}, "filters[0].values"),
        ({"filters": [], "maxResults": 101}, "less than or equal to 100"),
        ({"filters": [], "maxResults": 0}, "greater than or equal to 1"),
        ({"filters": [], "nextToken": "x"}, "nextToken"),
        ({"filters": [], "nextToken": "Zm9v"}, "nextToken"),
        ({}, "'filters'"),
    ],
)
def test_a_search_that_cannot_be_is_refused(asked: dict[str, Any], words: str) -> None:
    """
    Names, values, operators, sizes and tokens are checked.
    """
    with pytest.raises(ClientError) as caught:
        braket_client().search_jobs(**asked)

    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert words in caught.value.response["Error"]["Message"]


@pytest.mark.parametrize(("time", "names"), [(1747416098.893, ["vqe"]), (1e15, [])])
def test_a_time_in_seconds_is_compared_as_a_time(
    braket_jobs_factory: JobsFactory, time: float, names: list[str]
) -> None:
    """
    A whole document may have that form too; seconds that are no time are found by none.
    """
    braket_jobs_factory.add(sample("real_completed_wire") | {"jobName": "vqe", "createdAt": time})

    assert found(by("createdAt", "GT", "2025-05-01T00:00:00Z")) == names


@pytest.mark.usefixtures("four_jobs")
def test_the_newest_is_who_was_created_last() -> None:
    """
    Not who was added last; of two that were created at once, that one.
    """
    old = sample("real_completed_wire") | {"createdAt": "2025-05-02T12:00:00.000Z", "jobName": "added-last"}
    JobsFactory().add(old, job_arn=ARN.format("old"))

    assert found() == ["job-4", "job-3", "added-last", "job-2", "job-1"]


def test_a_page_is_where_it_was_when_its_last_job_leaves_the_filter() -> None:
    """
    A token stays valid whatever becomes of the jobs before it.
    """
    arns = {name: ARN.format(name) for name in ("one", "two", "three")}
    for day, (name, arn) in enumerate(arns.items(), start=1):
        days = {"createdAt": f"2025-05-0{day}T12:00:00.000Z", "jobName": f"vqe-{name}"}
        JobsFactory().add(sample("real_completed_wire") | days, job_arn=arn)
    named = by("jobName", "CONTAINS", "vqe")
    token = braket_client().search_jobs(filters=cast("list[SearchJobsFilterTypeDef]", [named]), maxResults=2)[
        "nextToken"
    ]
    JobsFactory().add({"status": "QUEUED"}, job_arn=arns["two"])

    assert found(named, nextToken=token) == ["vqe-one"]


def test_a_page_holds_a_hundred_jobs_unless_told_otherwise() -> None:
    """
    The most that the model lets one ask for.
    """
    for _ in range(101):
        JobsFactory().create()

    first = braket_client().search_jobs(filters=[])
    second = braket_client().search_jobs(filters=[], nextToken=first["nextToken"])

    assert (len(first["jobs"]), len(second["jobs"]), "nextToken" in second) == (100, 1, False)


def test_a_transition_that_is_due_happens_whoever_asks() -> None:
    """
    With moto's state manager a search counts no look, but sees what is immediate or whose time is over.
    """
    state_manager.set_transition("braket::job", {"progression": "manual", "times": 1})
    JobsFactory().create()
    counted = [braket_client().search_jobs(filters=[])["jobs"][0]["status"] for _ in range(3)]

    state_manager.set_transition("braket::job", {"progression": "time", "seconds": 0})
    timed = [braket_client().search_jobs(filters=[])["jobs"][0]["status"] for _ in range(3)]

    assert counted == ["QUEUED"] * 3
    assert timed == ["RUNNING", "COMPLETED", "COMPLETED"]
