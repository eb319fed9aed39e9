"""
``braket-jobs get``: jobs by ARN, from a service over loopback, or from saved answers.
"""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.loopback import Braket, loopback
from support.samples import REAL_ARN, sample

from braket_jobs import job_from_dict, job_from_json
from braket_jobs.cli._app import app
from braket_jobs.display.plain import job_lines

OTHER_ARN = "arn:aws:braket:us-west-2:123456789012:job/other"
MISSING_ARN = "arn:aws:braket:us-east-1:123456789012:job/missing"
SAMPLE = Path(__file__).parent.parent / "samples" / "real_completed_cli.json"
REAL, FAILED = sample("real_completed_cli"), {**sample("composed_failed"), "jobArn": OTHER_ARN}
REAL_LINES, FAILED_LINES = (job_lines(job_from_dict(document)) + "\n" for document in (REAL, FAILED))


@pytest.fixture
def braket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Braket]:
    """
    A service with two jobs, and an environment that has credentials and no configuration.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with loopback() as service:
        service.documents |= {REAL_ARN: REAL, OTHER_ARN: FAILED}
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        yield service


def run(*arguments: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(app, ["get", *arguments], input=stdin)


def read(*documents: bytes) -> Result:
    return run("--from-json", "-", stdin=b"".join(documents))


@pytest.mark.usefixtures("braket")
def test_a_pipe_gets_plain_lines() -> None:
    """
    One block for each ARN, in their order.
    """
    result = run(REAL_ARN, OTHER_ARN)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == REAL_LINES + FAILED_LINES


@pytest.mark.usefixtures("braket")
def test_json_is_a_line_for_each_job() -> None:
    """
    `job_from_json` reads each line back.
    """
    lines = run("--json", REAL_ARN, OTHER_ARN).stdout.splitlines()

    assert [job_from_json(line) for line in lines] == [job_from_dict(REAL), job_from_dict(FAILED)]


@pytest.mark.usefixtures("braket")
def test_arns_may_come_by_standard_input() -> None:
    """
    Where the dash stands, one or more a line.
    """
    result = run(OTHER_ARN, "-", stdin=f"\n  {REAL_ARN}\n{OTHER_ARN} {REAL_ARN}\n")

    assert result.stdout == FAILED_LINES + REAL_LINES + FAILED_LINES + REAL_LINES


@pytest.mark.usefixtures("braket")
def test_no_arns_on_standard_input_is_nothing_to_do() -> None:
    """
    As for any filter.
    """
    result = run("-", stdin="")

    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("braket")
def test_a_job_that_cannot_be_read_is_one_line_and_the_rest_goes_on() -> None:
    """
    The error goes to standard error, the status is 1, and the jobs after it are shown.
    """
    result = run(MISSING_ARN, REAL_ARN)

    assert (result.exit_code, result.stdout) == (1, REAL_LINES)
    assert result.stderr.startswith(f"braket-jobs: GetJob found no job for '{MISSING_ARN}': No such job. ")
    assert result.stderr.count("\n") == 1


def test_what_is_no_arn_is_refused_before_any_request(braket: Braket) -> None:
    """
    In one line, with status 1.
    """
    result = run("my job\n")

    assert (result.exit_code, braket.asked) == (1, [])
    assert result.stderr == (
        "braket-jobs: Not the ARN of a hybrid job for 'my job\\n': it isn't an ARN. "
        "It should look like 'arn:aws:braket:us-east-1:123456789012:job/…'.\n"
    )


@pytest.mark.parametrize(("options", "query"), [([], ""), (["--queue"], "?additionalAttributeNames=QueueInfo")])
def test_the_queue_is_asked_for_on_demand(braket: Braket, options: list[str], query: str) -> None:
    """
    With ``--queue`` only.
    """
    run(*options, REAL_ARN)

    assert [asked.path.partition("job%2F")[2] for asked in braket.asked] == [REAL_ARN.partition("job/")[2] + query]


@pytest.mark.parametrize(("options", "region"), [([], "us-west-2"), (["--region", "eu-west-2"], "eu-west-2")])
def test_the_region_is_the_arns_unless_given(braket: Braket, options: list[str], region: str) -> None:
    """
    As the signature says.
    """
    run(*options, OTHER_ARN)

    assert f"/{region}/braket/" in braket.asked[0].headers["Authorization"]


def test_a_profile_brings_its_credentials(braket: Braket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Where the environment has none.
    """
    (tmp_path / "config").write_text("[profile lab]\naws_access_key_id = labs\naws_secret_access_key = testing\n")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")

    run("--profile", "lab", REAL_ARN)

    assert "Credential=labs/" in braket.asked[0].headers["Authorization"]


@pytest.mark.usefixtures("braket")
def test_an_unknown_profile_is_one_line() -> None:
    """
    Once, however many jobs there are to read.
    """
    result = run("--profile", "nobody", REAL_ARN, OTHER_ARN)

    assert result.exit_code == 1
    assert result.stderr == (
        "braket-jobs: The client for GetJob could not be used: The config profile (nobody) could not be found. "
        "Check the profile's name and the AWS configuration files.\n"
    )


def test_an_endpoint_may_be_given(braket: Braket, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Instead of Amazon's or the environment's.
    """
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    assert run("--endpoint-url", braket.url, REAL_ARN).stdout == REAL_LINES


@pytest.mark.usefixtures("braket")
def test_a_timeout_ends_the_wait_for_an_answer() -> None:
    """
    A server that accepts and says nothing; there is no retry after that time.
    """
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        result = run("--timeout", "0.2", "--endpoint-url", url, REAL_ARN)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"braket-jobs: GetJob timed out for '{REAL_ARN}'")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--json"],
        ["--from-json", "-", REAL_ARN],
        ["--from-json", "-", "--queue"],
        ["--from-json", "-", "--region", "us-east-1"],
        ["--from-json", "/nowhere/to/be/found"],
        ["--timeout", "0", REAL_ARN],
        ["--timeout", "soon", REAL_ARN],
        ["--timeout", "nan", REAL_ARN],
        ["--timeout", "inf", REAL_ARN],
        ["--timeout", "86401", REAL_ARN],
        ["--nonsense"],
    ],
)
def test_a_wrong_call_is_told_apart(arguments: list[str]) -> None:
    """
    Status 2, the reason on standard error, and nothing on standard output.
    """
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_saved_answer_is_read(indent: int | None, encoding: str) -> None:
    """
    The real one, in the encodings that shells write.
    """
    result = read(json.dumps(REAL, indent=indent).encode(encoding))

    assert (result.exit_code, result.stdout) == (0, REAL_LINES)


def test_the_real_sample_is_read_as_the_aws_cli_printed_it() -> None:
    """
    By its file's name or by standard input, byte for byte.
    """
    assert run("--from-json", str(SAMPLE)).stdout == REAL_LINES
    assert read(SAMPLE.read_bytes()).stdout == REAL_LINES


def test_several_answers_may_follow_one_another() -> None:
    """
    With or without space between them.
    """
    document = json.dumps(REAL).encode()

    assert read(document, document, b"\n\n ", document, b"\n").stdout == REAL_LINES * 3


def test_a_damaged_line_costs_itself_only() -> None:
    """
    The documents after it are read, and the status says that something was wrong.
    """
    good = json.dumps(sample("real_completed_wire")).encode()

    result = read(good, b'\n{"jobArn": "tru\n', good)

    assert result.stdout.count("run-ghz-hybrid") >= 2
    assert len(result.stderr.splitlines()) == 1
    assert result.exit_code == 1


@pytest.mark.usefixtures("braket")
def test_what_json_prints_is_read_again() -> None:
    """
    The output of one call is the input of the next.
    """
    saved = run("--json", REAL_ARN, OTHER_ARN).stdout

    assert read(saved.encode()).stdout == REAL_LINES + FAILED_LINES


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b"{", "it is not JSON: "),
        (b"nope\nnope", "it is not JSON: "),
        (b"\xff\xfe\xfd", "it is not JSON: "),
        (b"[" * 100_000, "it is not JSON: "),
        (b"{}", "it has none of a job's members"),
        (b"[]", "it has none of a job's members"),
        (json.dumps({**REAL, "status": 5}).encode(), "status: expected text, got int"),
    ],
)
def test_what_is_no_answer_is_one_line_after_those_that_are(rest: bytes, reason: str) -> None:
    """
    Jobs before it are shown; the status is 1.
    """
    result = read(json.dumps(REAL).encode(), b"\n", rest)

    assert (result.exit_code, result.stdout) == (1, REAL_LINES)
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_nothing_saved_is_an_error(data: bytes) -> None:
    """
    Somebody meant to pipe something in.
    """
    result = read(data)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "it is not JSON" in result.stderr


def test_an_error_that_nobody_foresaw_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    With the way to see more.
    """
    monkeypatch.setattr("braket_jobs.cli._get.job_from_json", None)

    result = read(json.dumps(REAL).encode())

    assert result.exit_code == 1
    assert result.stderr == (
        "braket-jobs: unexpected TypeError: the first argument must be callable (--debug shows where)\n"
    )
