"""
Words for times and spans, and signs for statuses.
"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from braket_jobs import JobStatus
from braket_jobs.display._words import clock, mark, moment, span
from braket_jobs.model.line import stamp

TIME = datetime(2025, 5, 16, 19, 21, 38, 893000, timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (0.04, "0.0 s"),
        (1.513, "1.5 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (41.318, "41 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (79.354, "1 min 19 s"),
        (3599.7, "1 h"),
        (7500, "2 h 5 min"),
        (432_000, "5 d"),
        (273_600, "3 d 4 h"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    """
    Rounded first, so that no minute has 60 seconds; a part of nothing is left out.
    """
    assert span(timedelta(seconds=seconds)) == words


def test_times_are_told_in_utc() -> None:
    """
    Whatever the zone they come in.
    """
    assert moment(TIME) == "2025-05-16 17:21:38"
    assert stamp(TIME) == "2025-05-16T17:21:38Z"
    assert (clock(TIME), clock(TIME, with_day=True)) == ("17:21:38", "05-16 17:21")


def test_an_early_year_has_four_digits() -> None:
    """
    Years are not shortened, however early.
    """
    assert stamp(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"


def test_every_status_has_a_sign_of_its_own() -> None:
    """
    Statuses can be told apart without colour, in Unicode and in ASCII; an unknown one is a question.
    """
    marks = [mark(status) for status in JobStatus]

    assert len({look.sign for look in marks}) == len(marks)
    assert len({look.plain for look in marks}) == len(marks)
    assert all(look.plain.isascii() for look in marks)
    assert mark(JobStatus("PAUSED")).sign == "?"
