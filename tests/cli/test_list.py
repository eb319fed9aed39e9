"""
``braket-jobs list``: what is searched for, and what a terminal, a pipe and a program get.
"""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.requests import DEVICE
from support.samples import REAL_ARN, sample
from support.terminals import COMMAND, on_a_terminal

from braket_jobs.cli._app import app
from braket_jobs.testing import JobsFactory, faults

NOW = datetime.now(UTC)
ARN = "arn:aws:braket:us-east-1:123456789012:job/{}"


def run(*arguments: str, command: str = "list", stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [command, *arguments], input=stdin)


def found(*arguments: str) -> list[str]:
    """
    Return the names of the jobs that a search finds, sorted.
    """
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return sorted(line.split("\t")[1] for line in result.stdout.splitlines())


def add(factory: JobsFactory, name: str, **members: Any) -> str:
    """
    Add a job that never moves.
    """
    arn = ARN.format(name)
    return factory.add({**sample("real_completed_wire"), "jobArn": arn, "jobName": name, **members})


@pytest.fixture
def three(factory: JobsFactory) -> list[str]:
    """
    Three jobs, a day, two days and three days old, in three states and on two devices.
    """
    states = ("RUNNING", "FAILED", "COMPLETED")
    return [
        add(
            factory,
            f"vqe-{days}",
            status=status,
            createdAt=(NOW - timedelta(days=days)).isoformat(),
            deviceConfig={"device": DEVICE if days < 3 else "local:none"},
        )
        for days, status in enumerate(states, start=1)
    ]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["vqe-1", "vqe-2", "vqe-3"]),
        (["--name", "vqe-2"], ["vqe-2"]),
        (["--name", "vqe"], []),
        (["--name-contains", "e-3"], ["vqe-3"]),
        (["--device", "local:none"], ["vqe-3"]),
        (["--status", "failed"], ["vqe-2"]),
        (["--status", "Failed", "--status", "COMPLETED"], ["vqe-2", "vqe-3"]),
        (["--since", "36h"], ["vqe-1"]),
        (["--since", "1w"], ["vqe-1", "vqe-2", "vqe-3"]),
        (["--until", "3600m"], ["vqe-3"]),
        (["--since", "60h", "--until", "2d"], ["vqe-2"]),
        (["--since", f"{NOW + timedelta(days=1):%Y-%m-%d}"], []),
        (["--until", f"{NOW - timedelta(days=2, hours=12):%Y-%m-%dT%H:%M}"], ["vqe-3"]),
        (["--until", f"{NOW - timedelta(days=2, hours=10):%Y-%m-%dT%H:%M:%S}+02:00"], ["vqe-3"]),
        (["--region", "us-east-1", "--region", "us-west-2"], ["vqe-1", "vqe-2", "vqe-3"]),
        (["--region", "us-west-2"], []),
    ],
)
def test_what_is_searched_for(arguments: list[str], names: list[str]) -> None:
    """
    Each option leaves out what it isn't true of.
    """
    assert found(*arguments) == names


@pytest.mark.usefixtures("three")
def test_a_date_is_its_midnight_in_utc(factory: JobsFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Wherever the user is.
    """
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    for name, time in (("before", "2026-10-31T23:59:59Z"), ("after", "2026-11-01T00:00:00Z")):
        add(factory, name, createdAt=time)

    assert found("--since", "2026-11-01", "--until", "2026-11-01T00:00") == ["after"]


@pytest.mark.usefixtures("three")
def test_a_limit_is_the_most_there_is() -> None:
    """
    And without it all are printed, on however many pages they come.
    """
    assert len(found("--limit", "2")) == 2


def test_all_pages_are_printed(factory: JobsFactory) -> None:
    """
    No limit is none.
    """
    names = sorted(f"job-{number}" for number in range(101))
    for name in names:
        add(factory, name)

    assert found() == names


def test_a_pipe_gets_fields(factory: JobsFactory) -> None:
    """
    A line for each job, without a heading.
    """
    add(factory, "vqe")

    assert run().stdout.split("\t") == [
        ARN.format("vqe"),
        "vqe",
        "COMPLETED",
        "2025-05-16T17:21:38Z",
        "2025-05-16T17:22:21Z",
        "2025-05-16T17:23:41Z",
        f"{DEVICE}\n",
    ]


def test_json_is_a_line_for_each_job_in_awss_names(factory: JobsFactory) -> None:
    """
    With times as on the wire, the tags, and what there is none of left out.
    """
    arn = add(factory, "vqe", tags={"team": "Ω\n"}, startedAt=None, endedAt=None, createdAt="2026-11-01T09:30:00Z")

    result = run("--json")

    assert result.stdout.count("\n") == 1
    assert result.stdout.isascii()
    assert json.loads(result.stdout) == {
        "jobArn": arn,
        "jobName": "vqe",
        "status": "COMPLETED",
        "device": DEVICE,
        "createdAt": "2026-11-01T09:30:00.000Z",
        "tags": {"team": "Ω\n"},
    }


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nothing_found_is_nothing_printed(factory: JobsFactory, options: list[str]) -> None:
    """
    In a pipe, and with status 0.
    """
    result = run("--region", factory.region_name, *options)

    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("factory")
def test_nothing_found_is_said_on_a_terminal() -> None:
    """
    Else one would wonder.
    """
    assert on_a_terminal(COMMAND, "list", TERM="xterm") == "No jobs found.\r\n"


def test_a_terminal_gets_a_table(factory: JobsFactory) -> None:
    """
    With a heading, colours, and the id to copy.
    """
    add(factory, "vqe")

    head, line = on_a_terminal(COMMAND, "list", TERM="xterm-256color").splitlines()

    assert "Name  Status     When" in head.replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert "\x1b[1;32mCOMPLETED\x1b[0m" in line
    assert line.endswith("  vqe")


@pytest.mark.parametrize(("arguments", "terminal"), [([], "dumb"), (["--json"], "xterm")])
def test_a_terminal_may_get_lines(factory: JobsFactory, arguments: list[str], terminal: str) -> None:
    """
    A dumb one, or one whose user asks for JSON, gets what a pipe does.
    """
    add(factory, "vqe")

    shown = on_a_terminal(COMMAND, "list", *arguments, TERM=terminal)

    assert shown.replace("\r\n", "\n") == run(*arguments).stdout


def test_what_other_regions_have_is_shown(factory: JobsFactory) -> None:
    """
    On a terminal too, after a line for each region that failed; the status is 1.
    """
    west = ARN.format("west").replace("us-east-1", "us-west-2")
    factory.add({**sample("real_completed_wire"), "jobName": "west"}, job_arn=west)
    factory.fail(faults.ACCESS_DENIED, operation="SearchJobs")
    JobsFactory("eu-west-2").fail(faults.ACCESS_DENIED, operation="SearchJobs")

    regions = ["--region", "us-east-1", "--region", "us-west-2", "--region", "eu-west-2"]
    shown = on_a_terminal(COMMAND, "list", *regions, TERM="xterm", NO_COLOR="1").splitlines()

    wanted = ("for all jobs in us-east-1", "for all jobs in eu-west-2", "Name", "west")
    assert [words in line for words, line in zip(wanted, shown, strict=True)] == [True] * 4
    assert run(*regions).exit_code == 0


def test_an_error_is_one_line(factory: JobsFactory) -> None:
    """
    As with other commands, with status 1, and nothing else.
    """
    factory.fail(faults.ACCESS_DENIED, operation="SearchJobs")

    result = run("--name", "vqe")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("braket-jobs: SearchJobs ")
    assert result.stderr.count("\n") == 1


def test_no_region_is_one_line(factory: JobsFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where none is given and none is configured.
    """
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    result = run()

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "region" in result.stderr
    assert factory.region_name == "us-east-1"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--name", "a", "--name-contains", "b"], "Give --name or --name-contains, not both."),
        (["--name", ""], "it is empty."),
        (["--name-contains", ""], "it is empty."),
        (["--device", ""], "it is empty."),
        (["--region", "us-east-1", "--region", ""], "it is empty."),
        (["--status", "done"], "'done' is not one of 'queued', 'running', 'completed', 'failed', "),
        (["--since", "1d", "--until", "2d"], "--since comes after --until."),
        (["--since", "yesterday"], "'yesterday' is neither so long ago (2d, 12h) nor a date or time in ISO 8601"),
        (["--since", "2026-02-30"], "'2026-02-30' is neither "),
        (["--until", "999999w"], "'999999w' is neither "),
        (["--until", "1764201600"], "'1764201600' is neither "),
        (["--until", ""], "'' is neither "),
        (["--limit", "0"], "0 is not in the range x>=1."),
        (["--timeout", "0"], "0"),
        (["vqe"], "Got unexpected extra argument (vqe)"),
    ],
)
def test_a_wrong_call_is_told_apart(arguments: list[str], reason: str) -> None:
    """
    Status 2, the reason on standard error, and nothing on standard output.
    """
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


def test_the_farthest_past_is_a_time() -> None:
    """
    Whatever the unit: the calendar goes as far back as five digits can say.
    """
    result = run(
        "--since", "99999w", "--timeout", "0.1", "--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:9"
    )

    assert result.exit_code == 1
    assert "unexpected" not in result.stderr


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_full_disk_is_one_line(options: list[str]) -> None:
    """
    As with other commands.
    """
    with Path("/dev/full").open("w") as disk:
        ended = subprocess.run(
            [COMMAND, "list", *options], stdout=disk, stderr=subprocess.PIPE, text=True, check=False, env=os.environ
        )

    assert (ended.returncode, ended.stderr) == (1, "braket-jobs: standard output: No space left on device\n")


def test_what_is_listed_can_be_shown(three: list[str]) -> None:
    """
    As lines of JSON, or as the ARNs that ``cut`` leaves.
    """
    arns = "".join(f"{line.split()[0]}\n" for line in run().stdout.splitlines())

    by_json, by_arns = (run("--json", "-", command="get", stdin=lines) for lines in (run("--json").stdout, arns))

    assert by_json.stdout == by_arns.stdout
    assert sorted(json.loads(line)["jobArn"] for line in by_json.stdout.splitlines()) == sorted(three)


def test_what_is_listed_can_be_waited_for(factory: JobsFactory) -> None:
    """
    As lines of JSON.
    """
    arns = [factory.create(states=["COMPLETED"]) for _ in range(2)]

    ended = run("--timeout", "60", "--json", "-", command="wait", stdin=run("--json").stdout)

    assert sorted(json.loads(line)["jobArn"] for line in ended.stdout.splitlines()) == sorted(arns)


@pytest.mark.parametrize(
    "line", ['{"jobArn": 5}', '{"jobName": "a b"}', '{"jobArn": "a', "{" * 100_000, '{"a":' * 100_000]
)
def test_json_without_an_arn_is_one_error(factory: JobsFactory, line: str) -> None:
    """
    Not one for each word; the lines after it are read.
    """
    arn = factory.add(sample("real_completed_wire"))

    result = run("--json", "-", command="get", stdin=f'{line}\n  {{"jobArn": "{arn}"}}\n')

    assert result.exit_code == 1
    assert result.stderr.startswith("braket-jobs: Not the ARN of a hybrid job for '{")
    assert result.stderr.count("\n") == 1
    assert json.loads(result.stdout)["jobArn"] == REAL_ARN
