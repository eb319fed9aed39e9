"""
The terminal panel: the same content as the card, in cells.
"""

import re
from datetime import UTC, datetime

import pytest
from support.samples import GET_JOB_SAMPLES
from support.shown import panel, the, unknown_job

from braket_jobs import Job
from braket_jobs.display._bar import _LOOKS
from braket_jobs.display._timeline import Kind
from braket_jobs.display.terminal import JobPanel

NOW = datetime(2025, 5, 16, 17, 24, 2, 940000, UTC)
RUNNING = """\
▶ RUNNING  run-ghz-hybrid ──────────────────────────────────────────────────────
 us-east-1 · created 2025-05-16 17:21:38 UTC · 43 s to start

 ░▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓███████████████████▶
 17:21:38                 17:22:21                     17:23:02
 ░ queue 1.5 s   ▒ provisioning 41 s   ▓ loading 41 s
 █ running from 17:23:02 on

 Instance     ml.m5.large, 30 GB
 Device       arn:aws:braket:::device/quantum-simulator/amazon/sv1
 Entry point  decorator_job_ha23ymcu.entry_point:run_ghz_hybrid
 Limit        stops after 5 d
 Output       s3://amazon-braket-us-east-1-123456789012/jobs/run-ghz-hybrid/174
              7416094973/data
 Logs         /aws/braket/jobs
              run-ghz-hybrid/acc51817-2b7a-48ed-8dee-fffc87703b10
 ARN          arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee
              -fffc87703b10

 Image        292282985366.dkr.ecr.us-east-1.amazonaws.com/amazon-braket-base-j
              obs:latest
 Script       s3://amazon-braket-us-east-1-123456789012/jobs/run-ghz-hybrid/174
              7416094973/script/source.tar.gz
 Checkpoints  s3://amazon-braket-us-east-1-123456789012/jobs/run-ghz-hybrid/174
              7416094973/checkpoints
 Role         arn:aws:iam::123456789012:role/AmazonBraketJobsExecutionRole

 Events       2025-05-16 17:21:40  STARTING_INSTANCE: Provisioning job instance
              2025-05-16 17:22:21  DOWNLOADING_DATA: Downloading input data
              2025-05-16 17:23:02  RUNNING: Job is in progress
"""


def bar(job: Job, now: datetime | None = None, *, width: int = 102, encoding: str = "utf-8") -> str:
    """
    Return the line with the timeline.
    """
    return timeline(job, now, width=width, encoding=encoding)[0].strip()


def timeline(job: Job, now: datetime | None = None, *, width: int = 102, encoding: str = "utf-8") -> list[str]:
    """
    Return the lines of the timeline.
    """
    return panel(job, now, width=width, encoding=encoding).split("\n\n")[1].splitlines()


def test_rich_prints_the_panel_of_a_job() -> None:
    """
    `__rich__` is the panel without a time now.
    """
    job = the("composed_running")

    assert job.__rich__() == JobPanel(job)


def test_a_panel_as_it_looks() -> None:
    """
    All of it, in 80 columns.
    """
    assert panel(the("composed_running"), width=80) == RUNNING


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_sample_has_its_heading(name: str) -> None:
    """
    A sign, the status in words, and the name.
    """
    job = the(name)

    assert re.match(rf"\S {job.status}  run-ghz-hybrid ─", panel(job))


def test_an_unknown_status_is_shown_as_it_is() -> None:
    """
    With a question mark, and its unknown event on the line.
    """
    shown = panel(unknown_job())

    assert shown.startswith("? PAUSED  run-ghz-hybrid ─")
    assert "─ hibernating from 17:24:10 on" in shown


def test_the_bar_is_to_scale() -> None:
    """
    The running stretch has its cells in a hundred; the shortest has one.
    """
    cells = bar(the("composed_failed"))

    assert len(cells) == 100
    assert {cell: cells.count(cell) for cell in "░▒▓█"} == {"░": 1, "▒": 34, "▓": 34, "█": 31}


def test_with_a_time_now_the_bar_reaches_it() -> None:
    """
    What lasts has its length to scale, and the arrow.
    """
    cells = bar(the("composed_running"), NOW)

    assert cells.endswith("█▶")
    assert cells.count("█") == pytest.approx(99 * 60 / 144, abs=1)


def test_the_times_end_where_the_line_ends() -> None:
    """
    The last one is set flush right.
    """
    times = timeline(the("composed_failed"), width=80)[1]

    assert times.startswith(" 17:21:38 ")
    assert times.endswith(" 17:23:41")
    assert len(times) == 79


def test_every_kind_looks_different_without_colour() -> None:
    """
    In Unicode and in ASCII.
    """
    assert set(_LOOKS) == set(Kind)
    assert len({look.cell for look in _LOOKS.values()}) == len(Kind)
    assert len({look.plain for look in _LOOKS.values()}) == len(Kind)


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_a_terminal_of_ascii_gets_ascii(name: str) -> None:
    """
    Signs, bars and separators have stand-ins, and job text is escaped.
    """
    shown = panel(the(name, jobName="naïve-☃"), encoding="ascii")

    assert shown.isascii()
    assert r"na\xefve-\u2603" in shown


def test_an_ascii_bar_has_its_arrow() -> None:
    """
    What lasts points on.
    """
    cells = bar(the("composed_running"), encoding="ascii")

    assert re.fullmatch(r"\.+:+%+#+>", cells)


def test_colours_are_the_terminals_own() -> None:
    """
    Of the eight that a theme sets, so that they are legible on any ground.
    """
    shown = panel(the("composed_failed"), colours=True)
    codes = {int(code) for found in re.findall(r"\x1b\[([\d;]*)m", shown) for code in found.split(";")}

    assert codes <= {0, 1, 2, 31, 32, 33, 34, 35, 36, 39}


def test_a_failure_stands_out() -> None:
    """
    In a paragraph of its own.
    """
    assert (
        "\n\n AlgorithmError, exit code 1\n FileNotFoundError: [Errno 2] No such file or directory: 'fake_file'\n\n"
    ) in panel(the("composed_failed"))


def test_a_long_list_is_cut() -> None:
    """
    Ten parameters are shown, and how many there are more.
    """
    shown = panel(the("composed_running", hyperParameters={f"p{number}": "1" for number in range(13)}))

    assert "p9 = 1\n              and 3 more\n" in shown
    assert "p10" not in shown


def test_nothing_that_took_no_time_is_drawn() -> None:
    """
    A job that ended as it began has no line.
    """
    job = the("composed_minimal_required", endedAt="2025-05-16T17:21:38.893Z")

    assert panel(job).splitlines()[3].startswith(" Instance")


def test_a_wide_terminal_is_not_filled() -> None:
    """
    Lines longer than 110 columns are hard to read.
    """
    assert max(map(len, panel(the("composed_running"), width=300).splitlines())) == 110
