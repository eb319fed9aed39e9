"""
`mock_braket` and plain `mock_aws`, in every form in which they are used.
"""

import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from moto import mock_aws
from moto.backend_index import backend_url_patterns
from moto.core.models import botocore_stubber
from support.requests import braket_client, create_request

from braket_jobs import JobArn, JobNotFoundError, JobsClient, get_job
from braket_jobs._watch import shared
from braket_jobs.testing import JobsFactory, mock_braket, register


def test_a_decorated_function_is_mocked() -> None:
    """
    Without parentheses.
    """

    @mock_braket
    def status(job_name: str) -> str:
        return get_job(JobsFactory().create(job_name=job_name)).job_name

    assert status("vqe") == "vqe"
    assert not botocore_stubber.enabled


def test_a_function_decorated_with_parentheses_is_mocked() -> None:
    """
    With parentheses, and settings for moto inside.
    """

    @mock_braket(config={"core": {"mock_credentials": True}})
    def status() -> str:
        return get_job(JobsFactory().create()).status

    assert status() == "COMPLETED"


@mock_braket
class TestDecoratedClass:
    """
    A class for pytest.
    """

    def test_each_test_begins_empty(self) -> None:
        """
        The other test's job isn't there.
        """
        JobsFactory().create()

        assert len(braket_client().search_jobs(filters=[])["jobs"]) == 1

    def test_each_test_ends_empty(self) -> None:
        """
        The other test's job isn't there either way round.
        """
        JobsFactory().create()

        assert len(braket_client().search_jobs(filters=[])["jobs"]) == 1


@mock_braket
class DecoratedTestCase(unittest.TestCase):
    """
    A class for unittest, whose `setUp` shares the store with the test.
    """

    def setUp(self) -> None:
        self.job_arn = JobsFactory().create(job_name="prepared")

    def test_what_set_up_made_is_there(self) -> None:
        """
        The store outlives `setUp`.
        """
        found = get_job(self.job_arn)

        self.assertEqual(found.job_name, "prepared")  # noqa: PT009  # this is how a TestCase asserts


def test_a_context_is_mocked() -> None:
    """
    Inside there is a Braket, outside there is none.
    """
    with mock_braket():
        name = get_job(JobsFactory().create(job_name="vqe")).job_name

    assert name == "vqe"
    assert not botocore_stubber.enabled


def test_nested_mocks_share_a_store() -> None:
    """
    The inner one neither clears the store when it begins nor when it ends.
    """
    with mock_braket():
        outer = JobsFactory().create()
        with mock_aws():
            inner = JobsFactory().create()
            both = {get_job(outer).job_arn, get_job(inner).job_arn}
        still = get_job(inner).job_arn

    assert both == {outer, inner}
    assert still == inner


def test_plain_mock_aws_knows_braket_beside_other_services() -> None:
    """
    Importing `braket_jobs.testing` is enough, and S3 is mocked in the same test.
    """
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="amazon-braket-results")
        arn = braket_client().create_job(**create_request())["jobArn"]
        buckets = boto3.client("s3", region_name="us-east-1").list_buckets()["Buckets"]

        assert get_job(arn).job_name == "vqe"
        assert [bucket["Name"] for bucket in buckets] == ["amazon-braket-results"]


def test_a_new_mock_is_empty() -> None:
    """
    Ending a mock clears its jobs, and their faults with them.
    """
    with mock_braket():
        arn = JobsFactory().create()

    with mock_braket(), pytest.raises(JobNotFoundError):
        get_job(arn)


def test_get_jobs_own_client_lives_as_long_as_the_mock() -> None:
    """
    Neither a client from outside serves inside, nor one from inside in the next mock.
    """
    outside = shared.default().caller
    with mock_aws():
        first = shared.default().caller
        again = shared.default().caller
    with mock_aws():
        second = shared.default().caller

    assert first is again
    assert len({outside, first, second}) == 3
    assert shared.default().caller is outside


def test_threads_see_each_state_once() -> None:
    """
    Twenty looks at once move a job through its script without losing or repeating one.
    """
    states = [f"STATE_{number}" for number in range(20)]
    with mock_braket():
        arn = JobsFactory().create(states=states)
        client = braket_client()
        with ThreadPoolExecutor(8) as pool:
            seen = list(pool.map(lambda _: client.get_job(jobArn=arn)["status"], states))

    assert sorted(seen) == sorted(states)


@pytest.mark.parametrize("fips", [False, True])
@pytest.mark.parametrize("dual_stack", [False, True])
def test_every_endpoint_of_braket_is_mocked(braket_jobs_factory: JobsFactory, *, fips: bool, dual_stack: bool) -> None:
    """
    Standard, FIPS, dual stack, and both.
    """
    arn = braket_jobs_factory.create()
    client = braket_client(use_fips_endpoint=fips, use_dualstack_endpoint=dual_stack)

    found = client.get_job(jobArn=arn)

    assert found["jobArn"] == arn


@pytest.mark.parametrize("region", ["us-east-1", "us-west-1", "us-west-2", "eu-west-2", "eu-north-1"])
@pytest.mark.usefixtures("braket")
def test_a_job_is_in_its_own_region(region: str) -> None:
    """
    Every region of Braket has its own jobs, and its name is in their ARNs.
    """
    arn = JobsFactory(region).create()

    found = JobsClient().get_job(arn)

    assert JobArn.parse(found.job_arn).region == region
    assert braket_client(region).search_jobs(filters=[])["jobs"]


@pytest.mark.usefixtures("braket")
def test_another_region_has_not_the_job() -> None:
    """
    A client of one region asks in vain for another's job.
    """
    arn = JobsFactory("us-west-2").create()

    with pytest.raises(JobNotFoundError):
        get_job(arn, client=braket_client("us-east-1"))


@pytest.mark.usefixtures("braket")
def test_accounts_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Who assumes another account sees that one's jobs only.
    """
    theirs = JobsFactory(account_id="210987654321").create()
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "210987654321")

    found = braket_client().search_jobs(filters=[])["jobs"]

    assert [job["jobArn"] for job in found] == [theirs]
    assert JobArn.parse(theirs).account_id == "210987654321"


def test_registering_again_changes_nothing() -> None:
    """
    Braket's patterns are in moto's list once.
    """
    before = list(backend_url_patterns)

    register()

    assert backend_url_patterns == before


A_BRAKET_OF_MOTOS_OWN = """
import re, sys, types
import moto
from moto import backend_index
sys.modules["moto.braket"] = moto.braket = types.ModuleType("moto.braket")
backend_index.backend_url_patterns.append(("braket", re.compile("https?://braket\\\\.(.+)\\\\.amazonaws\\\\.com")))
from braket_jobs import get_job
from braket_jobs.testing import JobsFactory, mock_braket
with mock_braket():
    print(get_job(JobsFactory().create()).status)
"""


def test_a_braket_of_motos_own_is_replaced() -> None:
    """
    Should moto get one, ours goes on working.
    """
    done = subprocess.run([sys.executable, "-c", A_BRAKET_OF_MOTOS_OWN], capture_output=True, text=True, check=True)

    assert done.stdout == "COMPLETED\n"
