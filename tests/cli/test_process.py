"""
The command in a process of its own: terminals, pipes, tracebacks, missing packages.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.samples import REAL_ARN
from support.terminals import COMMAND, on_a_terminal

FAILED = Path(__file__).parent.parent / "samples" / "composed_failed.json"
GET = [COMMAND, "get", "--from-json"]


def run(*command: str, stdin: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def python(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run(sys.executable, "-c", code, *arguments)


def without(module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """
    Run the command where `module` can't be imported.
    """
    return python(f"import sys; sys.modules[{module!r}] = None; from braket_jobs.cli import main; main()", *arguments)


def test_a_terminal_gets_a_panel_in_colour() -> None:
    """
    With the terminal's own colours.
    """
    shown = on_a_terminal(*GET, str(FAILED), TERM="xterm-256color")

    assert "\x1b[1;31m✗ FAILED\x1b[0m" in shown
    assert "█" in shown


def test_no_color_is_respected() -> None:
    """
    The panel without colours; bold and faint are none.
    """
    shown = on_a_terminal(*GET, str(FAILED), TERM="xterm-256color", NO_COLOR="1")

    assert "✗ FAILED" in shown
    assert "\x1b[3" not in shown
    assert ";3" not in shown


def test_a_dumb_terminal_gets_plain_lines() -> None:
    """
    As a pipe does: it doesn't say how wide it is, so it breaks lines itself.
    """
    shown = on_a_terminal(*GET, str(FAILED), TERM="dumb", COLUMNS="40")

    assert shown.replace("\r\n", "\n") == run(*GET, str(FAILED)).stdout


def test_a_terminal_of_ascii_gets_ascii() -> None:
    """
    Where Python was told that there is nothing else.
    """
    shown = on_a_terminal(*GET, str(FAILED), TERM="xterm", PYTHONIOENCODING="ascii")

    assert "x FAILED" in shown
    assert shown.isascii()


@pytest.mark.parametrize("wish", [{}, {"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}])
def test_a_pipe_gets_no_escapes_and_no_lines_cut(wish: dict[str, str]) -> None:
    """
    Whatever the environment says of a terminal.
    """
    shown = run(*GET, str(FAILED), TERM="xterm-256color", COLUMNS="20", **wish).stdout

    assert "\x1b" not in shown
    assert f"  ARN:          {REAL_ARN}\n" in shown


def test_what_a_pipe_cannot_encode_is_escaped() -> None:
    """
    Rather than ending the command.
    """
    document = FAILED.read_text().replace("run-ghz-hybrid", "naïve")

    shown = run(*GET, "-", stdin=document, PYTHONIOENCODING="ascii").stdout

    assert shown.startswith(r"na\xefve FAILED")


BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
WRITING = pytest.mark.parametrize(
    "command",
    [[*GET, str(FAILED)], [*GET, str(FAILED), "--json"], [COMMAND, "demo"], [COMMAND, "--help"]],
    ids=["lines", "json", "demo", "help"],
)


def gone(*command: str, count: int = 1) -> tuple[int, bytes]:
    """
    Return status and errors of `command` when nobody reads what it writes, of `count` jobs on its standard input.
    """
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=BUFFERED
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, errors = process.communicate(FAILED.read_bytes() * count)
    return process.returncode, errors


def full(*command: str) -> tuple[int, str]:
    """
    Return status and errors of `command` when the disk it writes to is full.
    """
    with Path("/dev/full").open("w") as disk:
        ended = subprocess.run(command, stdout=disk, stderr=subprocess.PIPE, text=True, check=False, env=BUFFERED)
    return ended.returncode, ended.stderr


@WRITING
def test_a_reader_that_goes_away_is_no_error_to_tell(command: list[str]) -> None:
    """
    As with ``head``: nothing on standard error, and a status that says that not all was written.
    """
    assert gone(*command) == (1, b"")


def test_a_reader_that_goes_away_ends_a_long_list() -> None:
    """
    However much there is still to write.
    """
    assert gone(*GET, "-", count=200) == (1, b"")


@WRITING
def test_a_full_disk_is_one_line(command: list[str]) -> None:
    """
    Status 1, the system's words, and no traceback, not even from Python's own end.
    """
    assert full(*command) == (1, "braket-jobs: standard output: No space left on device\n")


@pytest.mark.parametrize("arguments", [f"get --from-json '{FAILED}' >/dev/full", "get 'my job'"])
def test_a_full_disk_for_errors_too_is_status_1(arguments: str) -> None:
    """
    There is nowhere left to say anything.
    """
    result = run("sh", "-c", f"env -u PYTHONUNBUFFERED '{COMMAND}' {arguments} 2>/dev/full")

    assert result.returncode == 1


def test_a_closed_standard_output_is_left_alone() -> None:
    """
    Who closes it doesn't want to read anything.
    """
    result = run("sh", "-c", f"'{COMMAND}' get --from-json '{FAILED}' >&-")

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("arguments", ["get --from-json -", "get -", "wait --timeout 5 -"])
def test_a_closed_standard_input_is_one_line(arguments: str) -> None:
    """
    As some schedulers start their commands.
    """
    result = run("sh", "-c", f"'{COMMAND}' {arguments} <&-")

    assert (result.returncode, result.stderr) == (1, "braket-jobs: standard input is closed\n")


def test_a_closed_standard_input_may_be_closed_if_nobody_reads_it() -> None:
    """
    ARNs that are given need no more.
    """
    result = run("sh", "-c", f"'{COMMAND}' get 'my job' <&-")

    assert result.stderr.startswith("braket-jobs: Not the ARN of a hybrid job for 'my job'")


def test_python_m_is_the_command() -> None:
    """
    The same version, under the same name.
    """
    version = run(COMMAND, "--version").stdout

    assert version.startswith("braket-jobs 0.")
    assert run(sys.executable, "-m", "braket_jobs", "--version").stdout == version


def test_a_traceback_is_shown_on_demand() -> None:
    """
    Before the line, with ``--debug`` only.
    """
    plain, debug = (run(*GET, "-", *more, stdin="{").stderr for more in ([], ["--debug"]))

    assert "Traceback" not in plain
    assert debug.startswith("Traceback")
    assert debug.endswith(plain)


def test_debug_shows_the_log_and_otherwise_it_is_silent() -> None:
    """
    A retry is no error, and no news for everybody.
    """
    arguments = ["--endpoint-url", "http://127.0.0.1:9", "--timeout", "0.3", REAL_ARN]
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}

    plain, debug = (run(COMMAND, "get", *more, *arguments, **keys).stderr for more in ([], ["--debug"]))

    assert plain.count("\n") == 1
    assert plain.startswith("braket-jobs: GetJob could not reach the endpoint")
    assert f"GetJob for {REAL_ARN}: ConnectError after " in debug


@pytest.mark.parametrize("library", ["click", "rich"])
def test_a_missing_extra_is_named(library: str) -> None:
    """
    With the command that installs it.
    """
    result = without(library)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "braket-jobs: the command line needs click and rich: pip install 'braket-jobs[cli]'\n"


def test_another_missing_module_is_not_hidden() -> None:
    """
    A broken installation is something else than a missing extra.
    """
    assert "ModuleNotFoundError: import of braket_jobs.cli._wait halted" in without("braket_jobs.cli._wait").stderr


def test_a_standard_output_of_ones_own_is_left_alone() -> None:
    """
    Whoever runs the command inside a program may have put any stream there.
    """
    code = "import io, sys; sys.stdout = io.StringIO(); from braket_jobs.cli import main; main()"

    assert python(code, "--version").returncode == 0


def test_the_shell_can_complete() -> None:
    """
    The library's completion knows the commands.
    """
    words = {"_BRAKET_JOBS_COMPLETE": "bash_complete", "COMP_WORDS": "braket-jobs g", "COMP_CWORD": "1"}

    assert run(COMMAND, **words).stdout == "plain,get\n"


def test_saved_answers_are_read_without_boto3() -> None:
    """
    Nobody waits for what isn't needed.
    """
    code = (
        "import atexit, sys; atexit.register(lambda: print('boto3' in sys.modules));"
        "from braket_jobs.cli import main; main()"
    )

    assert python(code, "get", "--json", "--from-json", str(FAILED)).stdout.endswith("}\nFalse\n")


def test_the_demo_shows_jobs() -> None:
    """
    The real one, the failed one, and the error for one that isn't there.
    """
    result = run(COMMAND, "demo")

    assert (result.returncode, result.stderr) == (0, "")
    assert "run-ghz-hybrid COMPLETED\n" in result.stdout
    assert "broken FAILED\n" in result.stdout
    assert "\nJobNotFoundError: GetJob found no job" in result.stdout


def test_the_demo_without_a_server_says_what_it_needs() -> None:
    """
    In one line.
    """
    result = without("flask", "demo")

    assert result.returncode == 1
    assert result.stderr == "braket-jobs: the demo needs a server: pip install 'braket-jobs[cli,server]'\n"


def test_the_demo_without_rich_shows_plain_lines() -> None:
    """
    As its own module, which doesn't need the command line.
    """
    result = python("import sys; sys.modules['rich'] = None; from braket_jobs.testing.demo import main; main()")

    assert "broken FAILED\n" in result.stdout
    assert result.stderr == ""
