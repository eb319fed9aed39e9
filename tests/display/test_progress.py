"""
The board of jobs that are waited for, and the lines in its place.
"""

from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper

import attrs
import pytest
from rich.console import Console
from support.shown import the

from braket_jobs import Job, JobNotFoundError, JobStatus, WaitTimeoutError
from braket_jobs.display.progress import Board, progress

NOW = datetime(2025, 5, 16, 17, 24, 2, 940000, UTC)


class Screen:
    """
    A terminal of 100 columns, and a board on it.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._file = TextIOWrapper(BytesIO(), encoding=encoding, newline="\n")
        self._console = Console(file=self._file, width=100, force_terminal=True, color_system=None)
        self.board = Board(self._console, lambda: NOW)

    def drawn(self) -> list[str]:
        self._console.print(self.board)
        self._file.seek(0)
        return [line.rstrip() for line in self._file.read().splitlines()]


def drawn(*jobs: Job, encoding: str = "utf-8") -> list[str]:
    screen = Screen(encoding)
    for job in jobs:
        screen.board.update(job)
    return screen.drawn()


def test_a_job_is_a_row() -> None:
    """
    Status, name, where it stands, for how long, and the line of its life.
    """
    rows = drawn(the("composed_queued"), the("composed_running", jobArn="arn:other"))

    assert rows == [
        "○ QUEUED   run-ghz-hybrid  queue position 1  2 min 24 s  ░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▶",
        "▶ RUNNING  run-ghz-hybrid  running           2 min 24 s  ░▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓████████████▶",
        "2 open",
    ]


def test_a_job_that_has_ended_leaves_a_line() -> None:
    """
    Above the board, where it stays.
    """
    running = the("composed_running")
    rows = drawn(running, attrs.evolve(running, status=JobStatus.FAILED))

    assert rows[0].startswith("✗ run-ghz-hybrid FAILED, ")
    assert rows[-1] == "0 open, 1 FAILED"


def test_a_job_whose_wait_ended_leaves_a_line() -> None:
    """
    As it was seen last, with the error; it is no row any more, and counted apart.
    """
    running = the("composed_running")
    screen = Screen()
    screen.board.update(running)
    screen.board.fail(running.job_arn, WaitTimeoutError("it was RUNNING when 2 s were over", running.job_arn))
    screen.board.fail("arn:other", JobNotFoundError())

    lines = screen.drawn()
    shown = " ".join(" ".join(lines).split())

    assert shown.startswith("! run-ghz-hybrid RUNNING, ")
    assert ", waiting ended: WaitTimeoutError: it was RUNNING when 2 s were over !" in shown
    assert "! arn:other, waiting ended: JobNotFoundError" in lines
    assert lines[-1] == "0 open, 2 given up"


def test_what_an_error_says_cannot_break_the_board() -> None:
    """
    As with what a job is called.
    """
    screen = Screen()
    screen.board.fail("arn:\x1b[31m", JobNotFoundError("[red]\x1b[31m\n" + "n" * 500))

    shown = "".join(screen.drawn())

    assert "\x1b" not in shown
    assert "[red]" in shown
    assert len(shown) < 300


def test_a_job_that_ended_unseen_is_counted_too() -> None:
    """
    It was never on the board.
    """
    assert drawn(the("real_completed_wire"))[-1] == "0 open, 1 COMPLETED"


def test_a_thousand_jobs_fit() -> None:
    """
    Twelve have a row, all are counted.
    """
    running = the("composed_running")
    rows = drawn(*(attrs.evolve(running, job_arn=f"arn:{number}") for number in range(1000)))

    assert len(rows) == 13
    assert rows[-1] == "1000 open"


def test_a_terminal_of_ascii_gets_ascii() -> None:
    """
    Signs, bar and text.
    """
    rows = drawn(the("composed_running"), the("real_completed_wire", jobArn="arn:other"), encoding="ascii")

    assert all(row.isascii() for row in rows)
    assert rows[0].startswith("+ run-ghz-hybrid COMPLETED")
    assert rows[1].startswith("> RUNNING")


def test_what_a_terminal_of_ascii_cannot_show_is_escaped() -> None:
    """
    Wherever it comes from: a name, a status, an error.
    """
    screen = Screen("ascii")
    screen.board.update(the("composed_running", jobName="grün"))
    screen.board.update(the("real_completed_wire", jobName="grün", jobArn="arn:other"))
    screen.board.fail("arn:grün", JobNotFoundError("grün"))

    rows = screen.drawn()

    assert sum(r"gr\xfcn" in row for row in rows) == 3
    assert all(row.isascii() for row in rows)


def test_what_a_job_is_called_cannot_break_the_board() -> None:
    """
    Escapes, markup and endless names are shown as text, and cut.
    """
    name = "[red]\x1b[31m\n" + "n" * 500

    rows = drawn(the("composed_running", jobName=name), the("composed_failed", jobName=name, jobArn="arn:other"))

    assert "\x1b" not in "".join(rows)
    assert any(r"[red]\x1b[31m\n" in row for row in rows)
    assert max(map(len, rows)) <= 100


def test_a_job_of_which_nothing_is_known_has_a_row() -> None:
    """
    No events, a creation in the future: no age, and a bar of no events.
    """
    job = attrs.evolve(the("composed_minimal_required"), created_at=datetime(2030, 1, 1, tzinfo=UTC), events=())
    running = attrs.evolve(job, status=JobStatus.RUNNING)

    rows = drawn(running)

    assert rows[0] == "▶ RUNNING  run-ghz-hybrid    0.0 s  ─────────────────────────────▶"


@pytest.mark.parametrize(("is_quiet", "to_stderr"), [(False, False), (False, True), (True, False)])
def test_elsewhere_each_change_is_a_line(capsys: pytest.CaptureFixture[str], is_quiet: bool, to_stderr: bool) -> None:
    """
    On standard output or standard error, or nowhere.
    """
    with progress(is_quiet=is_quiet, to_stderr=to_stderr) as shown_by:
        shown_by.on_update(the("composed_running"))
        if is_quiet:
            shown_by.on_error("arn:other", JobNotFoundError())

    shown = capsys.readouterr()
    lines = (shown.err if to_stderr else shown.out).splitlines()
    assert [line.split(",")[0] for line in lines] == ([] if is_quiet else ["run-ghz-hybrid RUNNING"])
    assert (shown.out if to_stderr else shown.err) == ""


def test_elsewhere_the_end_of_a_wait_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """
    With the job as it was seen last, if it was.
    """
    running = the("composed_running")
    with progress(is_quiet=False, to_stderr=False) as shown_by:
        shown_by.on_update(running)
        shown_by.on_error(running.job_arn, WaitTimeoutError("it was RUNNING"))
        shown_by.on_error("arn:\x1b[31m", JobNotFoundError())

    assert capsys.readouterr().out.splitlines() == [
        str(running),
        f"{running}, waiting ended: WaitTimeoutError: it was RUNNING",
        r"arn:\x1b[31m, waiting ended: JobNotFoundError",
    ]


@pytest.mark.parametrize("wish", ["FORCE_COLOR", "TTY_COMPATIBLE"])
def test_no_wish_makes_a_terminal_of_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wish: str
) -> None:
    """
    Lines stay lines, however colourful the environment wants them.
    """
    monkeypatch.setenv(wish, "1")

    with progress(is_quiet=False, to_stderr=False) as shown_by:
        shown_by.on_update(the("composed_running"))

    assert capsys.readouterr().out == f"{the('composed_running')}\n"


def test_without_a_standard_output_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nor does it raise: nobody is there to see anything.
    """
    monkeypatch.setattr("sys.stdout", None)

    with progress(is_quiet=False, to_stderr=False) as shown_by:
        shown_by.on_update(the("composed_running"))


def test_a_job_that_took_no_time_has_no_bar() -> None:
    """
    There is nothing to draw.
    """
    job = the("composed_running")
    at_once = attrs.evolve(job, started_at=job.created_at, ended_at=job.created_at, events=())

    assert drawn(at_once)[0] == "▶ RUNNING  run-ghz-hybrid    2 min 24 s"


def test_what_else_is_said_stays_above_the_board() -> None:
    """
    In one piece however long it is, so that it can be copied; what the terminal can't show is escaped.
    """
    screen = Screen("ascii")
    screen.board.say("an error… " + "x" * 200)

    assert screen.drawn() == ["an error\\u2026 " + "x" * 200, "0 open"]
