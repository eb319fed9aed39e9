"""
The timeline as inline SVG.

Positions are percentages, so that the drawing takes any width and its text keeps its size. Nothing has an id, so that
two drawings on a page cannot meddle with each other: textures are dashed lines, not patterns. Each kind has a texture
of its own besides its colour, and the colours are middle tones that stand on light and on dark alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import attrs

from braket_jobs.display._content import words
from braket_jobs.display._scale import shares, starts, ticks
from braket_jobs.display._timeline import Entry, Kind, Stretch
from braket_jobs.display._words import moment, span

_LEAST = 0.006
_BAR = 18
_ARROW = f"M-8 0H1V{_BAR}H-8L0 {_BAR / 2}Z"  # what is cut from the bar to point it
_LABEL_WIDTH = 0.23  # of a time with its day, where a card is no wider than a telephone


@attrs.frozen
class _Look:
    colour: str
    ground: float  # opacity of the ground below the texture
    dashes: str | None = None
    texture: float = 0.55  # opacity of the texture


_LOOKS = {
    Kind.QUEUE: _Look("#7b8794", 0.2, "1.5 6.5"),
    Kind.PROVISIONING: _Look("#8f72c9", 0.38, "2 4"),
    Kind.LOADING: _Look("#3f9bc4", 0.42, "7 5"),
    Kind.RUNNING: _Look("#3579d0", 1),
    Kind.UPLOADING: _Look("#2a9d8f", 0.5, "1 2"),
    Kind.OTHER: _Look("#8a8a8a", 0.3),
}


def drawing(stretches: Sequence[Stretch], entries: Iterable[Entry]) -> str:
    """
    Return the timeline of `stretches` as an ``<svg>`` element.

    Args:
        stretches: At least one.
        entries: Their legend, for those who can't see the drawing.
    """
    spoken = escape("Timeline: " + ", ".join(words(entry) for entry in entries))
    size = f'width="100%" height="{_BAR + 18}" font-size="11" fill="currentColor"'
    widths = shares(stretches, _LEAST)
    places = starts(widths)
    parts = "".join((*_bars(stretches, places, widths), *_labels(stretches, places)))
    return f'<svg role="img" aria-label="{spoken}" {size}>{parts}</svg>'


def swatch(kind: Kind) -> str:
    """
    Return a small sample of how `kind` is drawn, as an ``<svg>`` element.
    """
    return f'<svg aria-hidden="true" width="18" height="10">{_fill(kind, "0", "100%", 10)}</svg>'


def _bars(stretches: Sequence[Stretch], places: Sequence[float], widths: Sequence[float]) -> Iterator[str]:
    for part, start, width in zip(stretches, places, widths, strict=True):
        yield f"<g><title>{escape(_tip(part))}</title>{_fill(part.kind, _percent(start), _percent(width), _BAR)}"
        yield f'<rect class="gap" x="{_percent(start)}" width="1.5" height="{_BAR}"/></g>' if start else "</g>"
    if stretches[-1].is_open:
        yield f'<svg x="100%" overflow="visible"><path class="gap" d="{_ARROW}"/></svg>'


def _fill(kind: Kind, start: str, width: str, height: float) -> str:
    look = _LOOKS[kind]
    place = f'x="{start}" width="{width}"'
    ground = f'<rect {place} height="{height}" fill="{look.colour}" fill-opacity="{look.ground}"/>'
    if look.dashes is None:
        return ground
    stroke = f'stroke="{look.colour}" stroke-width="{height}" stroke-opacity="{look.texture}"'
    line = f'<line x2="100%" y1="50%" y2="50%" {stroke} stroke-dasharray="{look.dashes}"/>'
    return f'{ground}<svg {place} height="{height}">{line}</svg>'


def _labels(stretches: Sequence[Stretch], places: Sequence[float]) -> Iterator[str]:
    for tick in ticks(stretches, places, _LABEL_WIDTH):
        yield f'<text x="{_percent(tick.place)}" y="{_BAR + 14}" text-anchor="{tick.anchor}">{tick.text}</text>'


def _tip(part: Stretch) -> str:
    length = "" if part.duration is None else f" {span(part.duration)}"
    start = f"{part.label}{length}: {moment(part.started_at)}"
    if part.ended_at is None or part.is_open:
        return f"{start} UTC{' and on' if part.is_open else ', end unknown'}"
    return f"{start} to {moment(part.ended_at)} UTC"


def _percent(part: float) -> str:
    return f"{part:.2%}"
