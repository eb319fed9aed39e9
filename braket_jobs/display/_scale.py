"""
Where stretches of time stand on a line.

Widths are to scale, but for two things that must be seen all the same: a stretch too short to draw gets the least
width, and one of unknown length an even share.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate

import attrs

from braket_jobs.display._timeline import Stretch
from braket_jobs.display._words import clock

_WITHOUT_DAY = 0.75  # of the width of a text with a day


@attrs.frozen(kw_only=True)
class Tick:
    """
    A time written below the line.

    Attributes:
        place: Where, as a fraction of the line.
        anchor: Which part of the text stands there: ``start``, ``middle`` or ``end``.
        text: The time in UTC; with the day where the line spans more than one; a question mark where it is not known.
    """

    place: float
    anchor: str
    text: str


def shares(stretches: Sequence[Stretch], least: float) -> list[float]:
    """
    Return how much of the line each stretch gets, as fractions that sum to 1.

    Args:
        stretches: Stretches of one line.
        least: The smallest fraction that can be seen; less if so many stretches don't fit.

    Returns:
        One fraction for each stretch.
    """
    known = [part.duration for part in stretches if part.duration is not None]
    total = sum(known, timedelta())
    even = 1 / max(len(stretches), 1)
    scale = 1 - even * (len(stretches) - len(known))
    raw = [even if part.duration is None else part.duration / total * scale for part in stretches]
    return _with_floor(raw, min(least, even))


def starts(widths: Iterable[float]) -> list[float]:
    """
    Return where on the line each stretch begins, for the fractions that `shares` gave.
    """
    return list(accumulate(widths, initial=0.0))[:-1]


def ticks(stretches: Sequence[Stretch], places: Sequence[float], space: float) -> tuple[Tick, ...]:
    """
    Return the times to write: where the line begins and where it ends, and where a stretch begins if there is space.

    Args:
        stretches: At least one.
        places: Where each begins, as `starts` says.
        space: How much of the line a text with a day takes, space around it included.
    """
    times = [stretch.started_at for stretch in stretches]
    end = stretches[-1].ended_at
    with_day = (end or times[-1]).date() != times[0].date()
    space *= 1 if with_day else _WITHOUT_DAY
    limit = 1 - space * (0.5 if stretches[-1].is_open and end is None else 1.5)
    found = [Tick(place=0, anchor="start", text=clock(times[0], with_day=with_day))]
    free = space * 1.5
    for place, time in zip(places[1:], times[1:], strict=True):
        if free <= place <= limit:
            found.append(Tick(place=place, anchor="middle", text=clock(time, with_day=with_day)))
            free = place + space
    if end is not None:
        found.append(Tick(place=1, anchor="end", text=clock(end, with_day=with_day)))
    elif not stretches[-1].is_open:
        found.append(Tick(place=1, anchor="end", text="?"))
    return tuple(found)


def _with_floor(raw: Sequence[float], floor: float) -> list[float]:
    rest = sum(value for value in raw if value >= floor)
    free = 1 - floor * sum(value < floor for value in raw)
    return [floor if value < floor else value / rest * free for value in raw]
