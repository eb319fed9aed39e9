"""
The AWS CLI, unchanged, against the loopback server.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.requests import create_request
from support.samples import REAL_ARN, sample

from braket_jobs.testing import BraketServer, JobsFactory

AWS = Path(sys.executable).with_name("aws")


@pytest.fixture
def environment(braket_server: BraketServer, tmp_path: Path) -> dict[str, str]:
    """
    The variables that the server tells its users to export, and times printed as the CLI's second version does.
    """
    config = tmp_path / "config"
    config.write_text("[default]\ncli_timestamp_format = iso8601\n")
    return os.environ | braket_server.environment() | {"AWS_CONFIG_FILE": str(config)}


def aws(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(AWS), "braket", *arguments, "--output", "json"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def told(environment: dict[str, str], *arguments: str) -> Any:
    done = aws(environment, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


def test_it_creates_finds_and_cancels_a_job(environment: dict[str, str]) -> None:
    """
    `create-job`, `search-jobs`, `cancel-job`, `get-job`.
    """
    arn = told(environment, "create-job", "--cli-input-json", json.dumps(create_request()))["jobArn"]
    cancelled = told(environment, "cancel-job", "--job-arn", arn)
    listed = told(environment, "search-jobs", "--filters", "name=jobName,operator=EQUAL,values=vqe")
    found = told(environment, "get-job", "--job-arn", arn)

    assert [job["jobArn"] for job in listed["jobs"]] == [arn]
    assert cancelled == {"jobArn": arn, "cancellationStatus": "CANCELLING"}
    assert (found["jobName"], found["status"]) == ("vqe", "CANCELLED")


def test_it_prints_the_real_job_as_it_printed_the_real_job(
    environment: dict[str, str], braket_jobs_factory: JobsFactory
) -> None:
    """
    The same JSON as the real CLI printed of the real service.
    """
    arn = braket_jobs_factory.add(sample("real_completed_wire"))

    printed = told(environment, "get-job", "--job-arn", arn)

    assert printed == sample("real_completed_cli")


def test_it_searches_the_real_job_as_it_did(environment: dict[str, str], braket_jobs_factory: JobsFactory) -> None:
    """
    The same JSON again.
    """
    braket_jobs_factory.add(sample("real_completed_wire"))

    assert told(environment, "search-jobs", "--filters", "[]") == sample("real_search_jobs_cli")


def test_it_asks_for_queue_info(environment: dict[str, str], braket_jobs_factory: JobsFactory) -> None:
    """
    `--additional-attribute-names QueueInfo`.
    """
    arn = braket_jobs_factory.create(states=["QUEUED"], queue_position="2")

    found = told(environment, "get-job", "--job-arn", arn, "--additional-attribute-names", "QueueInfo")

    assert found["queueInfo"] == {"queue": "JOBS_QUEUE", "position": "2"}


def test_it_goes_through_pages(environment: dict[str, str], braket_jobs_factory: JobsFactory) -> None:
    """
    `--page-size`: the CLI fetches all of them.
    """
    arns = {braket_jobs_factory.create() for _ in range(5)}

    listed = told(environment, "search-jobs", "--filters", "[]", "--page-size", "2")

    assert {job["jobArn"] for job in listed["jobs"]} == arns


def test_it_tags(environment: dict[str, str], braket_jobs_factory: JobsFactory) -> None:
    """
    `tag-resource`, `untag-resource`, `list-tags-for-resource`.
    """
    arn = braket_jobs_factory.create(tags={"team": "vqe"})
    told(environment, "tag-resource", "--resource-arn", arn, "--tags", "stage=two")
    told(environment, "untag-resource", "--resource-arn", arn, "--tag-keys", "team")

    assert told(environment, "list-tags-for-resource", "--resource-arn", arn) == {"tags": {"stage": "two"}}


def test_a_missing_job_is_its_error_and_exit_status(environment: dict[str, str]) -> None:
    """
    255 is what the CLI's first version ends with when a service refuses.
    """
    done = aws(environment, "get-job", "--job-arn", REAL_ARN)

    assert done.returncode == 255
    assert "An error occurred (ResourceNotFoundException) when calling the GetJob operation" in done.stderr
