"""
Jobs that were found: the table at every width, and the fields of a line.
"""

from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from braket_jobs import JobStatus, JobSummary
from braket_jobs.display.listing import fields, print_table

ID = "acc51817-2b7a-48ed-8dee-fffc87703b10"
ARN = f"arn:aws:braket:us-east-1:123456789012:job/{ID}"
DEVICE = "arn:aws:braket:::device/quantum-simulator/amazon/sv1"
CREATED = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOW = CREATED + timedelta(days=2, hours=3)
HOUR = timedelta(hours=1)
ATTACK = "a\tb\nc\x1b[2J\u202ed"


def a_job(**members: Any) -> JobSummary:
    ended = {"started_at": CREATED + HOUR, "ended_at": CREATED + HOUR + timedelta(seconds=79)}
    summary: dict[str, Any] = {
        "job_arn": ARN,
        "job_name": "run-ghz-hybrid",
        "status": JobStatus.COMPLETED,
        "device": DEVICE,
        "created_at": CREATED,
        **ended,
    }
    return JobSummary(**(summary | members))


def table(*summaries: JobSummary, width: int, encoding: str = "utf-8", colours: bool = False) -> list[str]:
    """
    Return the lines that a terminal of this width gets.
    """
    file = TextIOWrapper(BytesIO(), encoding=encoding, newline="\n")
    console = Console(file=file, width=width, force_terminal=True, color_system="standard" if colours else None)
    print_table(summaries, console, NOW)
    file.seek(0)
    return file.read().splitlines()


def test_the_whole_table() -> None:
    """
    Where there is room, nothing is cropped.
    """
    assert table(a_job(), width=200) == [
        "Name            Status     When    Ran    Device                        Id",
        f"run-ghz-hybrid  COMPLETED  2d ago  1m19s  quantum-simulator/amazon/sv1  {ID}",
    ]


def test_jobs_of_several_regions_say_which() -> None:
    """
    Only then, since it takes room.
    """
    other = a_job(job_arn=ARN.replace("us-east-1", "eu-west-2"), created_at=CREATED - HOUR)

    assert table(a_job(), other, width=200) == [
        "Name            Status     When    Ran    Device                        Region     Id",
        f"run-ghz-hybrid  COMPLETED  2d ago  1m19s  quantum-simulator/amazon/sv1  us-east-1  {ID}",
        f"run-ghz-hybrid  COMPLETED  2d ago  1m19s  quantum-simulator/amazon/sv1  eu-west-2  {ID}",
    ]


def test_a_usual_terminal_has_the_name_and_the_id() -> None:
    """
    80 columns are too few for the device too.
    """
    assert table(a_job(), width=80) == [
        "Name            Status     When    Ran    Id",
        f"run-ghz-hybrid  COMPLETED  2d ago  1m19s  {ID}",
    ]


@pytest.mark.parametrize(
    ("width", "cells"),
    [
        (130, ["a-name-of-twenty-six-chars", "quantum-simulator/amazon/sv1"]),
        (110, ["a-name-of-twenty-six-cha…", "…mulator/amazon/sv1"]),
        (96, ["a-name-of-twenty-…", "…/amazon/sv1"]),
        (80, ["a-name-of-twent…"]),
    ],
)
def test_names_and_devices_are_cropped(width: int, cells: list[str]) -> None:
    """
    A name at its end and a device at its beginning, to share the room that there is.
    """
    _, line = table(a_job(job_name="a-name-of-twenty-six-chars"), width=width)

    assert [cell for cell in line.split("  ") if "name" in cell or "sv1" in cell] == cells


@pytest.mark.parametrize("width", range(20, 220, 7))
@pytest.mark.parametrize("job_id", [ID, "n" * 50])
@pytest.mark.parametrize("name", ["x", "名" * 40, "n" * 50])
def test_an_id_is_whole_and_a_line_fits(width: int, job_id: str, name: str) -> None:
    """
    On terminals of 80 columns and more, even with the longest ids there have been; on others the id stays whole.
    """
    jobs = [a_job(), a_job(job_arn=ARN.replace(ID, job_id), job_name=name, ended_at=None)]

    lines = table(*jobs, width=width)

    assert len(lines) == 3
    assert {line.split()[-1] for line in lines[1:]} == {ID, job_id}
    assert width < 80 or max(map(cell_len, lines)) <= width


def test_the_narrowest_has_name_status_and_id() -> None:
    """
    And leaves the rest to the terminal's own wrapping.
    """
    assert table(a_job(), width=20) == [f"{'Name':14}  {'Status':9}  Id", f"run-ghz-hybrid  COMPLETED  {ID}"]


@pytest.mark.parametrize(
    ("members", "when", "ran"),
    [
        ({}, "2d ago", "1m19s"),
        ({"ended_at": NOW - timedelta(minutes=59, seconds=9)}, "59m ago", "2d1h"),
        ({"ended_at": None, "status": JobStatus.RUNNING}, "2d old", ""),
        ({"ended_at": None, "created_at": NOW - timedelta(seconds=7.5)}, "7.5s old", ""),
        ({"ended_at": None, "created_at": NOW + HOUR, "status": JobStatus.QUEUED}, "0.0s old", ""),
        ({"ended_at": CREATED}, "2d ago", ""),
    ],
)
def test_when_and_how_long(members: dict[str, Any], when: str, ran: str) -> None:
    """
    How long ago it ended, or how old it is; never below zero, since clocks differ.
    """
    _, line = table(a_job(**members), width=120)
    cells = [cell.strip() for cell in line.split("  ") if cell.strip()]

    assert cells[2:-2] == [when, *([ran] if ran else [])]


def test_the_newest_comes_first() -> None:
    """
    Whatever order they were found in.
    """
    lines = table(*(a_job(job_name=f"job-{day}", created_at=CREATED - day * 24 * HOUR) for day in (1, 0, 2)), width=80)

    assert [line.split()[0] for line in lines[1:]] == ["job-0", "job-1", "job-2"]


def test_a_status_has_its_colour() -> None:
    """
    One that nobody knows too, however long it is.
    """
    _, failed, odd = table(
        a_job(status=JobStatus.FAILED), a_job(status=JobStatus("HIBERNATING_FOR_LONG")), width=90, colours=True
    )

    assert "\x1b[1;31mFAILED" in failed
    assert "\x1b[1;33mHIBERNATING…" in odd


def test_ascii_gets_ascii() -> None:
    """
    Dots and what is escaped included.
    """
    _, line = table(a_job(job_name="näme" * 10), width=90, encoding="ascii")

    assert line == rf"n\xe4men\xe4m..  COMPLETED  2d ago  1m19s  ..zon/sv1  {ID}"


def test_text_does_nothing_in_a_table() -> None:
    """
    Neither as an escape nor as rich's markup.
    """
    members = {"job_name": f"[red]{ATTACK}", "device": ATTACK, "job_arn": f"job/{ATTACK}"}
    hostile = a_job(**members, status=JobStatus(ATTACK))

    _, line = table(hostile, width=250)

    assert line.isprintable()
    assert r"[red]a\tb\nc\x1b[2J\u202ed" in line


def test_fields_of_a_line() -> None:
    """
    Everything but the tags, times in ISO 8601.
    """
    assert fields(a_job()).split("\t") == [
        ARN,
        "run-ghz-hybrid",
        "COMPLETED",
        "2026-11-20T12:00:00Z",
        "2026-11-20T13:00:00Z",
        "2026-11-20T13:01:19Z",
        DEVICE,
    ]


def test_what_there_is_none_of_is_an_empty_field() -> None:
    """
    So that each field keeps its number.
    """
    assert fields(a_job(started_at=None, ended_at=None)).split("\t")[3:] == ["2026-11-20T12:00:00Z", "", "", DEVICE]


def test_a_value_is_one_field_of_one_line() -> None:
    """
    Whatever it holds.
    """
    line = fields(a_job(job_arn=ATTACK, job_name=ATTACK, status=JobStatus(ATTACK), device=ATTACK))

    assert line.replace("\t", "").isprintable()
    assert line.count("\t") == 6
