"""
The line of a job's life in the cells of a terminal: colours, textures, and ASCII where there is nothing else.
"""

from collections.abc import Sequence
from math import floor

import attrs
from rich.text import Text

from braket_jobs.display._timeline import Kind, Stretch

TONES = {
    "waiting": "bold",
    "busy": "bold blue",
    "good": "bold green",
    "bad": "bold red",
    "off": "bold magenta",
    "odd": "bold yellow",
}


@attrs.frozen
class _Look:
    cell: str
    plain: str
    style: str


_LOOKS = {
    Kind.QUEUE: _Look("░", ".", "default"),
    Kind.PROVISIONING: _Look("▒", ":", "magenta"),
    Kind.LOADING: _Look("▓", "%", "cyan"),
    Kind.RUNNING: _Look("█", "#", "blue"),
    Kind.UPLOADING: _Look("▚", "=", "green"),
    Kind.OTHER: _Look("─", "-", "default"),
}


def cells(kind: Kind, count: int, *, is_ascii: bool) -> tuple[str, str]:
    """
    Return `count` cells of a stretch, and their style.
    """
    look = _LOOKS[kind]
    return (look.plain if is_ascii else look.cell) * count, look.style


def bar(stretches: Sequence[Stretch], places: Sequence[float], width: int, *, is_ascii: bool) -> Text:
    """
    Return the whole line; one that lasts ends in an arrow.

    Args:
        stretches: At least one.
        places: Where each begins, as `_scale.starts` says.
        width: How many cells there are.
        is_ascii: Whether the terminal knows only ASCII.
    """
    last = stretches[-1]
    edges = [floor(place * (width - last.is_open) + 0.5) for place in (*places, 1)]
    parts = [(part.kind, end - start) for part, start, end in zip(stretches, edges, edges[1:], strict=False)]
    tip = (">" if is_ascii else "▶") * last.is_open, _LOOKS[last.kind].style
    return Text.assemble(*(cells(kind, count, is_ascii=is_ascii) for kind, count in parts), tip)
