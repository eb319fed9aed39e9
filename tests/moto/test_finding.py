"""
Jobs found among a thousand, on the embedded Braket, with the number of requests that it takes.
"""

import asyncio
import pickle
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import boto3
import pytest
from support.requests import DEVICE

from braket_jobs import (
    AsyncJobsClient,
    JobNotFoundError,
    JobsClient,
    JobStatus,
    JobSummary,
    RetryPolicy,
    ThrottlingError,
    get_job,
    latest_job,
    search_jobs,
)
from braket_jobs.testing import JobsFactory, faults

pytestmark = pytest.mark.usefixtures("braket")

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
OTHER_DEVICE = "arn:aws:braket:us-west-1::device/qpu/rigetti/Ankaa-3"
Search = Callable[..., list[str]]


def hour(number: int) -> datetime:
    return NEW_YEAR + timedelta(hours=number)


@pytest.fixture
def a_thousand_jobs(braket_jobs_factory: JobsFactory) -> None:
    """
    One an hour from New Year on. Every tenth is named qaoa, every fourth is on another device, every fifth has failed.
    """
    for number in range(1000):
        braket_jobs_factory.create(
            job_name="qaoa" if number % 10 == 0 else f"vqe-{number:03}",
            states=["FAILED"] if number % 5 == 0 else ["RUNNING"],
            created_at=hour(number),
            deviceConfig={"device": OTHER_DEVICE if number % 4 == 0 else DEVICE},
            tags={"number": str(number)},
        )


class Counted:
    """
    A session whose searches are counted.
    """

    def __init__(self, **keys: Any) -> None:
        self.requests: list[str] = []
        self.session = boto3.Session(region_name="us-east-1", **keys)
        for operation in ("GetJob", "SearchJobs"):
            self.session.events.register(f"before-send.braket.{operation}", self._count)

    def _count(self, event_name: str, **_: object) -> None:
        self.requests.append(event_name.rpartition(".")[2])


def in_a_thread(counted: Counted, **asked: Any) -> Iterable[JobSummary]:
    with JobsClient(session=counted.session) as client:
        yield from client.search_jobs(**asked)


def in_a_loop(counted: Counted, **asked: Any) -> Iterable[JobSummary]:
    async def all_of_them() -> list[JobSummary]:
        async with AsyncJobsClient(session=counted.session) as client:
            return [summary async for summary in client.search_jobs(**asked)]

    return asyncio.run(all_of_them())


@pytest.mark.usefixtures("a_thousand_jobs")
@pytest.mark.parametrize("search", [in_a_thread, in_a_loop])
def test_jobs_are_found_among_a_thousand(search: Callable[..., Iterable[JobSummary]]) -> None:
    """
    By each filter, and by several together; a page of a hundred is one request. A loop gets some of the cases, since
    what decides is the same.
    """
    tenths, fourths, fifths = (set(range(0, 1000, step)) for step in (10, 4, 5))
    everything = set(range(1000))
    cases: list[tuple[dict[str, Any], set[int], int]] = [
        ({}, everything, 10),
        ({"name": "qaoa"}, tenths, 1),
        ({"name": "vqe"}, set(), 1),
        ({"name_contains": "vqe"}, everything - tenths, 9),
        ({"name_contains": "e-12"}, {*range(121, 130)}, 1),
        ({"device": OTHER_DEVICE}, fourths, 3),
        ({"created_after": hour(900)}, {*range(900, 1000)}, 1),
        ({"created_before": hour(99)}, {*range(100)}, 1),
        ({"created_after": hour(10), "created_before": hour(20)}, {*range(10, 21)}, 1),
        ({"status": JobStatus.FAILED}, fifths, 10),
        ({"status": [JobStatus.FAILED, JobStatus.RUNNING]}, everything, 10),
        ({"status": JobStatus.QUEUED}, set(), 10),
        (
            {"name": "qaoa", "device": OTHER_DEVICE, "created_after": hour(500), "status": JobStatus.FAILED},
            {*range(500, 1000, 20)},
            1,
        ),
        ({"regions": ["us-west-2", "us-east-1"], "name": "qaoa"}, tenths, 2),
    ]

    for asked, numbers, requests in cases if search is in_a_thread else cases[::4]:
        counted = Counted()
        found = [int(summary.tags["number"]) for summary in search(counted, **asked)]
        assert (sorted(found), len(counted.requests)) == (sorted(numbers), requests), asked


@pytest.mark.parametrize(
    ("asked", "wanted", "requests"),
    [
        ({}, 1, 1),
        ({}, 100, 1),
        ({}, 101, 2),
        ({"limit": 30}, None, 1),
        ({"limit": 100}, None, 1),
        ({"limit": 250}, None, 3),
        ({"limit": 3, "status": JobStatus.FAILED}, None, 1),
    ],
)
def test_no_more_is_asked_for_than_is_read(
    braket_jobs_factory: JobsFactory, asked: dict[str, Any], wanted: int | None, requests: int
) -> None:
    """
    The iterator is lazy, and a limit is not exceeded.
    """
    for number in range(260):
        braket_jobs_factory.create(states=["FAILED"] if number % 5 == 0 else ["RUNNING"])
    counted = Counted()

    found = list(islice(JobsClient(session=counted.session).search_jobs(**asked), wanted))

    assert len(found) == (wanted or asked["limit"])
    assert counted.requests == ["SearchJobs"] * requests


def test_a_limit_asks_for_no_longer_page(braket_jobs_factory: JobsFactory) -> None:
    """
    Thirty of a hundred jobs are thirty summaries on the wire.
    """
    for _ in range(40):
        braket_jobs_factory.create()
    lengths: list[int] = []
    counted = Counted()
    client = counted.session.client("braket")
    asked = client.search_jobs

    class Watched:
        def search_jobs(self, **arguments: Any) -> Any:
            answer = asked(**arguments)
            lengths.append(len(answer["jobs"]))
            return answer

    assert len(list(search_jobs(limit=30, client=Watched()))) == 30
    assert lengths == [30]


def test_the_latest_job_is_the_one_created_last(braket_jobs_factory: JobsFactory) -> None:
    """
    Of exactly that name, wherever it stands among the pages; read whole, as it is now.
    """
    for number in (3, 9, 1):
        braket_jobs_factory.create(job_name="vqe", created_at=hour(number), states=["QUEUED"])
    braket_jobs_factory.create(job_name="vqe-2", created_at=hour(99), states=["QUEUED"])

    async def awaited() -> Any:
        async with AsyncJobsClient() as client:
            return await client.latest_job("vqe", regions=["us-east-1"], with_queue_info=True)

    found = [
        latest_job("vqe", regions=["us-east-1"]),
        latest_job("vqe", client=boto3.client("braket", region_name="us-east-1")),
        JobsClient(region_name="us-east-1").latest_job("vqe", with_queue_info=True),
        asyncio.run(awaited()),
    ]

    assert {job.created_at for job in found} == {hour(9)}
    assert [job.queue_info is not None for job in found] == [False, False, True, True]
    assert get_job(found[0].job_arn) == found[0]


def test_no_job_has_the_name(braket_jobs_factory: JobsFactory) -> None:
    """
    Not even one whose name contains it.
    """
    braket_jobs_factory.create(job_name="vqe-2")

    with pytest.raises(
        JobNotFoundError, match="SearchJobs found no job for the name 'vqe' in us-east-1: no job has it"
    ):
        latest_job("vqe", regions=["us-east-1"])


def test_one_region_of_three_fails() -> None:
    """
    Its error comes after the summaries of the others, none of which is lost.
    """
    regions = ["us-east-1", "us-west-1", "eu-west-2"]
    for region in regions:
        for number in range(150):
            JobsFactory(region).create(job_name=f"{region}-{number}")
    broken = JobsFactory("us-west-1")
    broken.fail(faults.THROTTLING, operation="SearchJobs")
    seen: list[str] = []
    found = (str(summary.region) for summary in JobsClient(retry=RetryPolicy.none()).search_jobs(regions=regions))

    with pytest.raises(ThrottlingError) as caught:
        seen.extend(found)

    assert {region: seen.count(region) for region in regions} == {"us-east-1": 150, "us-west-1": 0, "eu-west-2": 150}
    assert caught.value.subject == "all jobs in us-west-1"


def of_account(account_id: str) -> Counted:
    """
    Return a session with a role in another account.
    """
    role = f"arn:aws:iam::{account_id}:role/dashboard"
    keys = boto3.client("sts", region_name="us-east-1").assume_role(RoleArn=role, RoleSessionName="dashboard")
    given = keys["Credentials"]
    return Counted(
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )


def test_a_dashboard_of_three_accounts_takes_nine_requests_at_most() -> None:
    """
    Two hundred jobs of each, refreshed with three searches an account at most, where GetJob needs two hundred.
    """
    accounts = ["111111111111", "222222222222", "333333333333"]
    for account_id in accounts:
        for number in range(200):
            JobsFactory(account_id=account_id).create(job_name=f"job-{number}", states=["RUNNING"])
    counted = {account_id: of_account(account_id) for account_id in accounts}
    clients = {account_id: JobsClient(session=each.session) for account_id, each in counted.items()}

    def refreshed() -> Iterator[tuple[str, list[str]]]:
        for account_id, client in clients.items():
            yield account_id, [summary.job_arn.split(":")[4] for summary in client.search_jobs()]

    for turn in (1, 2):
        assert dict(refreshed()) == {account_id: [account_id] * 200 for account_id in accounts}
        assert {account_id: len(each.requests) <= 3 * turn for account_id, each in counted.items()} == dict.fromkeys(
            accounts, True
        )


def test_what_is_found_can_be_read_at_once(braket_jobs_factory: JobsFactory) -> None:
    """
    A search is an iterable of jobs for `get_jobs`.
    """
    for number in range(30):
        braket_jobs_factory.create(job_name=f"job-{number}")
    counted = Counted()

    with JobsClient(session=counted.session) as client:
        arns = (summary.job_arn for summary in client.search_jobs(limit=30))
        names = {outcome.unwrap().job_name for outcome in client.get_jobs(arns)}

    assert names == {f"job-{number}" for number in range(30)}
    assert sorted(counted.requests) == ["GetJob"] * 30 + ["SearchJobs"]


def test_a_summary_says_what_the_job_says(braket_jobs_factory: JobsFactory) -> None:
    """
    Its members and its answers are those of the job.
    """
    arn = braket_jobs_factory.create(states=["FAILED"], created_at=hour(1), tags={"a": "b"})
    (summary,), job, now = search_jobs(regions=["us-east-1"]), get_job(arn), datetime.now(UTC)
    answers = (
        *("job_arn", "job_name", "status", "created_at", "started_at", "ended_at", "tags"),
        *("region", "is_terminal", "is_successful", "queue_time", "run_time"),
    )

    assert {name: getattr(summary, name) for name in answers} == {name: getattr(job, name) for name in answers}
    assert summary.age(now) == job.age(now)
    assert job.device_config is not None
    assert summary.device == job.device_config.device
    assert {summary, pickle.loads(pickle.dumps(summary))} == {summary}  # made one line before
    assert str(summary) == f"job FAILED, ended {job.ended_at:%Y-%m-%dT%H:%M:%SZ}, job {arn.rpartition('/')[2]}"


def test_the_configured_region_is_searched(braket_jobs_factory: JobsFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    As it is now: the variable may change, and the same client asks elsewhere.
    """
    braket_jobs_factory.create(job_name="east")
    JobsFactory("us-west-2").create(job_name="west")
    found: list[list[str]] = []

    with JobsClient() as client:
        for region in ("us-east-1", "us-west-2"):
            monkeypatch.setenv("AWS_DEFAULT_REGION", region)
            found.append([summary.job_name for summary in client.search_jobs()])

    assert found == [["east"], ["west"]]
