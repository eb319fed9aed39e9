"""
Where stretches stand on a line: to scale, but nothing too small to see.
"""

from datetime import UTC, datetime, timedelta

import pytest

from braket_jobs.display._scale import shares, starts, ticks
from braket_jobs.display._timeline import Kind, Stretch

START = datetime(2025, 5, 16, 17, tzinfo=UTC)


def line(*minutes: float | None) -> list[Stretch]:
    """
    Return stretches of these lengths, one after another.
    """
    parts, start = [], START
    for length in minutes:
        end = None if length is None else start + timedelta(minutes=length)
        parts.append(Stretch(kind=Kind.RUNNING, label="", started_at=start, ended_at=end, is_open=end is None))
        start = end or start
    return parts


@pytest.mark.parametrize(
    ("minutes", "least", "expected"),
    [
        ([1, 3], 0.01, [0.25, 0.75]),
        ([1, 999], 0.1, [0.1, 0.9]),
        ([1, 1, 998], 0.1, [0.1, 0.1, 0.8]),
        ([1, 3, None], 0.01, [1 / 6, 1 / 2, 1 / 3]),
        ([None], 0.01, [1]),
        ([1, 1], 0.9, [0.5, 0.5]),
        ([], 0.1, []),
    ],
)
def test_widths_are_to_scale(minutes: list[float | None], least: float, expected: list[float]) -> None:
    """
    What is too short gets the least width, what has no length an even share; together they fill the line.
    """
    assert shares(line(*minutes), least) == pytest.approx(expected)


def test_each_starts_where_the_one_before_ends() -> None:
    """
    The first at 0.
    """
    assert starts([0.25, 0.5, 0.25]) == [0, 0.25, 0.75]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([30, 30], [(0, "start", "17:00:00"), (0.5, "middle", "17:30:00"), (1, "end", "18:00:00")]),
        ([5, 55], [(0, "start", "17:00:00"), (1, "end", "18:00:00")]),
        ([55, 5], [(0, "start", "17:00:00"), (1, "end", "18:00:00")]),
        ([30, 1, 29], [(0, "start", "17:00:00"), (0.5, "middle", "17:30:00"), (1, "end", "18:00:00")]),
        ([30, None], [(0, "start", "17:00:00"), (0.5, "middle", "17:30:00")]),
        ([1440], [(0, "start", "05-16 17:00"), (1, "end", "05-17 17:00")]),
        ([30, 45, None], [(0, "start", "17:00:00"), (0.3, "middle", "17:30:00"), (0.7, "middle", "18:15:00")]),
        ([48, 6, 6], [(0, "start", "17:00:00"), (0.8, "middle", "17:48:00"), (1, "end", "18:00:00")]),
        ([1152, 144, 144], [(0, "start", "05-16 17:00"), (0.8, "middle", "05-17 12:12"), (1, "end", "05-17 17:00")]),
        ([9, 51], [(0, "start", "17:00:00"), (0.1, "middle", "17:09:00"), (1, "end", "18:00:00")]),
        ([180, 1260], [(0, "start", "05-16 17:00"), (1, "end", "05-17 17:00")]),
        ([1440, None], [(0, "start", "05-16 17:00"), (0.5, "middle", "05-17 17:00")]),
    ],
)
def test_times_are_written_where_there_is_room(
    minutes: list[float | None], expected: list[tuple[float, str, str]]
) -> None:
    """
    The beginning always, the end if it is known, and between them what doesn't crowd; with the day where it changes.
    """
    parts = line(*minutes)

    found = ticks(parts, starts(shares(parts, 0)), 0.1)

    assert [(round(tick.place, 1), tick.anchor, tick.text) for tick in found] == expected
