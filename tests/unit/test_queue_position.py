"""
A position is text, and what is no number is no number.
"""

import pytest

from braket_jobs import QueuePosition


@pytest.mark.parametrize(
    ("text", "value", "is_at_least"),
    [
        ("1", 1, False),
        ("2000", 2000, False),
        (">15", 15, True),
        (">2000", 2000, True),
        (" > 15 ", 15, True),
        ("None", None, False),
        ("", None, False),
        ("-1", None, False),
        ("1.5", None, False),
        ("about 3", None, False),
        (">", None, False),
        ("\u0661", None, False),
        ("9" * 10_000, None, False),
    ],
)
def test_a_position_is_read_if_it_is_one(text: str, value: int | None, is_at_least: bool) -> None:
    """
    Numbers, "more than" a number, and anything else; the text is kept.
    """
    assert QueuePosition.parse(text) == QueuePosition(value=value, is_at_least=is_at_least, raw=text)
