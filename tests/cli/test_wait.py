"""
``braket-jobs wait``: what it shows, and what its exit status says.
"""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from braket_jobs import job_from_json
from braket_jobs.cli._app import app
from braket_jobs.testing import JobsFactory, faults

COMMAND = str(Path(sys.executable).parent / "braket-jobs")
WIDTH = 110
MISSING = "arn:aws:braket:us-east-1:123456789012:job/00000000-0000-0000-0000-000000000000"


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["wait", *arguments], input=stdin)


def ending(factory: JobsFactory, status: str) -> str:
    return factory.create(job_name=status.lower(), states=[status])


@pytest.mark.parametrize(("end", "status"), [("COMPLETED", 0), ("FAILED", 3), ("CANCELLED", 4)])
def test_the_exit_status_tells_the_end(factory: JobsFactory, end: str, status: int) -> None:
    """
    For scripts and pipelines, which look at nothing else.
    """
    assert run("--timeout", "60", ending(factory, end)).exit_code == status


def test_the_worst_of_many_decides(factory: JobsFactory) -> None:
    """
    Failed before cancelled, before unreadable, before timed out, before completed.
    """
    arns = {end: ending(factory, end) for end in ("COMPLETED", "FAILED", "CANCELLED", "RUNNING")} | {"": MISSING}
    orders = [["FAILED", "CANCELLED", ""], ["CANCELLED", "", "COMPLETED"], ["", "COMPLETED"], ["COMPLETED"]]

    statuses = [run("--timeout", "60", *(arns[end] for end in ends)).exit_code for ends in orders]

    assert statuses == [3, 4, 1, 0]


def test_a_job_that_takes_too_long_is_told_apart(factory: JobsFactory) -> None:
    """
    With how it stood, on standard error.
    """
    result = run("--timeout", "1.5", "--quiet", ending(factory, "RUNNING"))

    assert (result.exit_code, result.stdout) == (5, "")
    assert result.stderr.startswith("braket-jobs: Waiting timed out for 'arn:aws:braket:")
    assert "it was RUNNING when 1.5 s were over." in result.stderr


def test_a_pipe_gets_a_line_for_each_change(factory: JobsFactory) -> None:
    """
    The first look and the end included.
    """
    arn = factory.create(job_name="vqe", states=["RUNNING", "COMPLETED"])

    lines = run("--timeout", "60", arn).stdout.splitlines()

    assert [line.split(",")[0] for line in lines] == ["vqe RUNNING", "vqe COMPLETED"]


def test_a_pipe_gets_a_line_for_a_wait_that_ended(factory: JobsFactory) -> None:
    """
    What the last line told of a job holds no longer. Why is on standard error.
    """
    arn = factory.create(job_name="vqe", states=["RUNNING"])

    result = run("--timeout", "1.5", arn, MISSING)

    lines = sorted(result.stdout.splitlines())
    assert lines[0].startswith(f"{MISSING}, waiting ended: JobNotFoundError")
    assert lines[1].startswith("vqe RUNNING, ")
    assert lines[2] == f"{lines[1]}, waiting ended: WaitTimeoutError: it was RUNNING when 1.5 s were over"
    assert result.stderr.count("\n") == 2


def test_json_is_printed_when_a_job_has_ended(factory: JobsFactory) -> None:
    """
    Only that goes to standard output; progress goes to standard error.
    """
    arn = factory.create(job_name="vqe", states=["COMPLETED"])

    result = run("--timeout", "60", "--json", arn)

    assert job_from_json(result.stdout).job_arn == arn
    assert json.loads(result.stdout)["jobName"] == "vqe"
    assert result.stderr.startswith("vqe COMPLETED, ")


def test_quiet_shows_no_progress(factory: JobsFactory) -> None:
    """
    The exit status is all there is, unless something went wrong.
    """
    result = run("--timeout", "60", "--quiet", ending(factory, "COMPLETED"))

    assert (result.exit_code, result.output) == (0, "")


def test_a_failed_job_says_why(factory: JobsFactory) -> None:
    """
    In one line on standard error.
    """
    result = run("--timeout", "60", "--quiet", ending(factory, "FAILED"))

    assert result.stderr.startswith("braket-jobs: Braket reports a failure for 'arn:aws:braket:")
    assert "FileNotFoundError" in result.stderr
    assert result.stderr.count("\n") == 1


def test_arns_may_come_by_standard_input(factory: JobsFactory) -> None:
    """
    As for ``get``.
    """
    arns = [ending(factory, "COMPLETED") for _ in range(3)]

    result = run("--timeout", "60", "--json", "-", stdin="\n".join(arns))

    assert sorted(json.loads(line)["jobArn"] for line in result.stdout.splitlines()) == sorted(arns)


@pytest.mark.parametrize(
    "arguments", [["--timeout", "60"], [MISSING], ["--timeout", "0", MISSING], ["--timeout", "nan", MISSING]]
)
def test_a_wrong_call_is_told_apart(arguments: list[str]) -> None:
    """
    Without ARNs, without a timeout, with one that makes no sense.
    """
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("stdin", ["", " \n\n"])
def test_no_arns_on_standard_input_are_a_wrong_call(factory: JobsFactory, stdin: str) -> None:
    """
    Else a pipeline whose first part has failed would go on as if all jobs had completed.
    """
    nothing, nothing_more = (
        run("--timeout", "60", "--quiet", *arns, stdin=stdin) for arns in (["-"], [ending(factory, "COMPLETED"), "-"])
    )

    assert (nothing.exit_code, nothing_more.exit_code) == (2, 0)
    assert "There is no ARN on standard input." in nothing.stderr


def test_an_error_that_nobody_foresaw_is_one_line(factory: JobsFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    And status 1.
    """
    monkeypatch.setattr("braket_jobs.cli._wait.job_to_json", None)

    result = run("--timeout", "60", "--json", "--quiet", ending(factory, "COMPLETED"))

    assert result.exit_code == 1
    assert result.stderr.startswith("braket-jobs: unexpected TypeError: ")


def test_ctrl_c_is_status_130(factory: JobsFactory) -> None:
    """
    At once, without a traceback; the shell's convention.
    """
    arn = ending(factory, "RUNNING")
    with subprocess.Popen(
        [COMMAND, "wait", "--timeout", "60", arn],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)

    assert (process.returncode, errors) == (130, "")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_full_disk_ends_the_wait(factory: JobsFactory, options: list[str]) -> None:
    """
    With one line, after which the progress of ``--json`` stands too, and status 1 though the job completed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as disk:
        ended = subprocess.run(
            [COMMAND, "wait", "--timeout", "60", *options, ending(factory, "COMPLETED")],
            stdout=disk,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment,
        )

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[len(options) :] == ["braket-jobs: standard output: No space left on device"]


def test_a_reader_that_goes_away_ends_the_wait(factory: JobsFactory) -> None:
    """
    Without a word.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [COMMAND, "wait", "--timeout", "60", ending(factory, "COMPLETED")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(timeout=20)

    assert (process.returncode, errors) == (1, b"")


def test_a_terminal_gets_a_live_board(factory: JobsFactory) -> None:
    """
    A row with a bar while a job runs, and a line that stays when it has ended.
    """
    arn = factory.create(job_name="vqe", states=["QUEUED", "RUNNING", "COMPLETED"], queue_position="7")
    factory.fail(faults.INTERNAL)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [COMMAND, "wait", "--timeout", "60", arn],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "110", "LINES": "30", "TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        shown = "".join(chunks(ours))
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)

    assert process.returncode == 0
    assert re.search(r"○ QUEUED +vqe +queue position 7 ", plain)
    assert re.search(r"▶ RUNNING +vqe +running ", plain)
    assert "✓ vqe COMPLETED, " in plain
    assert "1 open" in plain


def test_errors_stay_on_the_screen(factory: JobsFactory) -> None:
    """
    Beside a live board, which is drawn anew all the time and erased in the end.
    """
    arns = ending(factory, "FAILED"), ending(factory, "RUNNING"), MISSING

    status, terminal, _ = on_a_terminal("--timeout", "2", *arns)

    lines = screen(terminal)
    assert status == 3
    for words in ("Braket reports a failure", "Waiting timed out", "GetJob found no job"):
        assert [line[:13] for line in lines if words in line] == ["braket-jobs: "]
    assert sum(line.startswith("! ") for line in lines) == 2
    assert not any("open" in line for line in lines)


def test_jobs_as_json_stay_on_the_screen(factory: JobsFactory) -> None:
    """
    In one piece, beside the live board on the same terminal.
    """
    _, terminal, _ = on_a_terminal("--timeout", "60", "--json", ending(factory, "COMPLETED"))

    assert '"jobName":"completed"' in "".join(screen(terminal)).replace(" ", "")


def test_errors_can_be_sent_elsewhere(factory: JobsFactory) -> None:
    """
    A live board on standard output keeps none of what is meant for standard error, tracebacks and log included.
    """
    arn = ending(factory, "FAILED")

    _, terminal, errors = on_a_terminal("--timeout", "60", "--debug", arn, stderr=subprocess.PIPE)

    assert "braket-jobs: Braket reports a failure" in errors
    assert "JobFailedError" in errors
    assert f"GetJob for {arn}" in errors
    assert "braket-jobs: " not in terminal


def on_a_terminal(*arguments: str, stderr: int | None = None) -> tuple[int, str, str]:
    """
    Return the exit status, what a terminal was sent, and what else standard error got.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [COMMAND, "wait", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if stderr is None else stderr,
        env={**os.environ, "COLUMNS": str(WIDTH), "LINES": "30", "TERM": "xterm-256color"},
        text=True,
    ) as process:
        os.close(theirs)
        shown = "".join(chunks(ours))
        _, errors = process.communicate(timeout=20)
    os.close(ours)
    return process.returncode, shown, errors or ""


def screen(sent: str) -> list[str]:
    """
    Return the lines that a terminal shows in the end, of those control sequences that rich uses.
    """
    lines, row, column = [""], 0, 0
    for token in re.finditer(r"\x1b\[([0-9;?]*)([A-Za-z])|[^\x1b]", sent):
        text, number, command = token[0], token[1], token[2]
        if command == "A":
            row = max(0, row - int(number or 1))
        elif command == "K":
            lines[row] = ""
        elif text == "\r":
            column = 0
        elif text == "\n" or (command is None and column == WIDTH):
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        if command is None and text not in "\r\n":
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + 1 :]
            column += 1
    return [line.rstrip() for line in lines]


def chunks(terminal: int) -> Iterator[str]:
    while True:
        try:
            yield os.read(terminal, 65536).decode(errors="replace")
        except OSError:  # Linux's way to say that the other end is closed
            return
