"""
The documentation's pictures show what the code draws today.
"""

import re
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support.shown import panel

DOCS = Path(__file__).parent.parent / "docs"
STATES = ("queued", "running", "completed", "failed", "cancelled", "unknown")
PNG = b"\x89PNG\r\n\x1a\n"


def images() -> ModuleType:
    spec = spec_from_file_location("make_images", DOCS / "make_images.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


IMAGES = images()


def letters(text: str) -> str:
    """
    Return `text` without white space.
    """
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", STATES)
def test_a_terminals_picture_shows_the_panel(name: str) -> None:
    """
    The texts in the file are those of the panel, so whoever changes the panel has to draw the pictures anew.
    """
    svg = (DOCS / "images" / f"terminal-{name}.svg").read_text()
    texts = unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))

    assert letters(texts) == letters(panel(IMAGES.pictured()[name], width=IMAGES.COLUMNS))


@pytest.mark.parametrize("name", STATES)
def test_a_picture_loads_nothing(name: str) -> None:
    """
    No font, no script, no picture from elsewhere.
    """
    svg = IMAGES.terminal(name).replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert re.search(r"https?:|@import|@font-face|<script|<image", svg) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_cards_have_their_picture(theme: str) -> None:
    """
    One for each theme, and small enough to keep.
    """
    data = (DOCS / "images" / f"cards-{theme}.png").read_bytes()

    assert data.startswith(PNG)
    assert len(data) < 400_000


def test_every_picture_is_shown() -> None:
    """
    On the page about reading a job.
    """
    page = (DOCS / "reading.md").read_text()

    assert {path.name for path in (DOCS / "images").iterdir()} == set(re.findall(r"images/([\w.-]+)", page))
