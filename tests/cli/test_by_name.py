"""
``braket-jobs get --name`` and ``wait --name``: the latest job of a name.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from braket_jobs.cli._app import app
from braket_jobs.testing import JobsFactory, faults

NOW = datetime.now(UTC)


@pytest.fixture
def arns(factory: JobsFactory) -> dict[str, str]:
    """
    Two jobs of one name, one of another, and one of the same name elsewhere.
    """
    elsewhere = JobsFactory(region_name="us-west-2")
    return {
        "latest": factory.create(job_name="vqe", states=["COMPLETED"], created_at=NOW - timedelta(hours=1)),
        "earlier": factory.create(job_name="vqe", states=["FAILED"], created_at=NOW - timedelta(hours=2)),
        "other": factory.create(job_name="vqe-2", states=["COMPLETED"]),
        "elsewhere": elsewhere.create(job_name="vqe", states=["COMPLETED"]),
    }


def get(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["get", "--json", *arguments])


def wait(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["wait", "--json", "--quiet", "--timeout", "60", *arguments], input=stdin)


def shown(result: Result) -> list[str]:
    """
    Return the ARNs of the jobs that were printed.
    """
    return [json.loads(line)["jobArn"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--name", "vqe"], ["latest"]),
        (["--name", "vqe", "--region", "us-west-2"], ["elsewhere"]),
        (["--name", "vqe-2"], ["other"]),
    ],
)
def test_the_latest_of_exactly_that_name(arns: dict[str, str], arguments: list[str], names: list[str]) -> None:
    """
    In the region that is given, or else in the one configured.
    """
    got, waited = get(*arguments), wait(*arguments)

    assert (got.exit_code, waited.exit_code) == (0, 0)
    assert shown(got) == shown(waited) == [arns[name] for name in names]


def test_a_name_may_come_with_arns(arns: dict[str, str]) -> None:
    """
    The named job comes first, and ARNs of other regions are still asked for there.
    """
    arguments = ["--name", "vqe", arns["other"], arns["elsewhere"]]
    wanted = [arns["latest"], arns["other"], arns["elsewhere"]]

    got, waited = get(*arguments), wait(*arguments)

    assert shown(got) == wanted
    assert sorted(shown(waited)) == sorted(wanted)


def test_the_queue_of_a_named_job_is_asked_for_on_demand(factory: JobsFactory) -> None:
    """
    With ``--queue`` only, as with an ARN.
    """
    factory.create(job_name="vqe", states=["QUEUED"], queue_position="7")

    plain, queue = (json.loads(get("--name", "vqe", *more).stdout) for more in ([], ["--queue"]))

    assert "queueInfo" not in plain
    assert queue["queueInfo"]["position"] == "7"


def test_no_job_of_that_name_is_one_line_and_the_rest_goes_on(arns: dict[str, str]) -> None:
    """
    Status 1.
    """
    results = [ask("--name", "qaoa", arns["other"]) for ask in (get, wait)]

    assert [result.exit_code for result in results] == [1, 1]
    assert [shown(result) for result in results] == [[arns["other"]]] * 2
    for result in results:
        assert result.stderr.startswith("braket-jobs: SearchJobs found no job for the name 'qaoa'")
        assert result.stderr.count("\n") == 1


def test_a_job_that_failed_decides_over_a_name_that_was_not_found(arns: dict[str, str]) -> None:
    """
    By the order of exit statuses.
    """
    assert wait("--name", "qaoa", arns["earlier"]).exit_code == 3


def test_a_search_that_fails_is_one_line(arns: dict[str, str], factory: JobsFactory) -> None:
    """
    As any other error.
    """
    factory.fail(faults.ACCESS_DENIED, operation="SearchJobs", times=2)

    results = [ask("--name", "vqe") for ask in (get, wait)]

    assert [(result.exit_code, result.stdout) for result in results] == [(1, "")] * 2
    assert [result.stderr.startswith("braket-jobs: SearchJobs ") for result in results] == [True] * 2
    assert factory.looks(arns["latest"]) == 0


def test_a_named_job_is_one_to_wait_for(arns: dict[str, str]) -> None:
    """
    Also when standard input has no more.
    """
    result = wait("--name", "vqe", "-", stdin="")

    assert (result.exit_code, shown(result)) == (0, [arns["latest"]])


@pytest.mark.parametrize(
    "arguments",
    [
        ["get", "--name", ""],
        ["get", "--name", "vqe", "--from-json", "-"],
        ["wait", "--timeout", "60", "--name", ""],
        ["wait", "--timeout", "60"],
    ],
)
def test_a_wrong_call_is_told_apart(arguments: list[str]) -> None:
    """
    Status 2, the reason on standard error, and nothing on standard output.
    """
    result = CliRunner().invoke(app, arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr
