"""
The documentation's pictures show what the code draws today.
"""

import re
from collections.abc import Iterator
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from zlib import crc32

import pytest
from support.shown import panel

DOCS = Path(__file__).parent.parent / "docs"
STATES = ("queued", "running", "completed", "failed", "cancelled", "unknown")
PNG = b"\x89PNG\r\n\x1a\n"


def script(name: str) -> ModuleType:
    spec = spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


IMAGES, ARCHITECTURE = script("make_images"), script("make_architecture")


def letters(text: str) -> str:
    """
    Return `text` without white space.
    """
    return re.sub(r"\s", "", text)


def texts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """
    Yield keyword and text of each text chunk of a picture, whose chunks have to be whole.
    """
    place = len(PNG)
    while place < len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        chunk, check = png[place + 4 : place + 8 + length], png[place + 8 + length : place + 12 + length]
        assert crc32(chunk) == int.from_bytes(check, "big")
        if chunk.startswith(b"tEXt"):
            keyword, _, text = chunk[4:].partition(b"\0")
            yield keyword, text
        place += 12 + length


@pytest.mark.parametrize("name", STATES)
def test_a_terminals_picture_shows_the_panel(name: str) -> None:
    """
    The texts in the file are those of the panel, so whoever changes the panel has to draw the pictures anew.
    """
    svg = (DOCS / "images" / f"terminal-{name}.svg").read_text()
    texts = unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))

    assert letters(texts) == letters(panel(IMAGES.pictured()[name], width=IMAGES.COLUMNS))


def test_the_picture_of_the_architecture_is_todays() -> None:
    """
    Whoever adds a folder, or an import between two, draws it anew: ``make architecture``.
    """
    assert ARCHITECTURE.FILE.read_text(encoding="utf-8") == ARCHITECTURE.picture()


def test_no_arrow_of_the_architecture_passes_through_a_box() -> None:
    """
    Each can be followed; a room that would hide one needs another column.
    """
    places = ARCHITECTURE.places(ARCHITECTURE.floors())
    hidden = {
        (names, room)
        for names in ARCHITECTURE.told(ARCHITECTURE.imports(places))
        for x, y in points(*ARCHITECTURE.arrow(*(places[name] for name in names)))
        for room, (middle, height) in places.items()
        if room not in names and abs(x - middle) < ARCHITECTURE.WIDTH / 2 and abs(y - height) < ARCHITECTURE.HEIGHT / 2
    }

    assert hidden == set()


def points(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """
    Yield a hundred and one points of a line.
    """
    for step in range(101):
        yield start[0] + (end[0] - start[0]) * step / 100, start[1] + (end[1] - start[1]) * step / 100


@pytest.mark.parametrize("name", STATES)
def test_a_picture_loads_nothing(name: str) -> None:
    """
    No font, no script, no picture from elsewhere.
    """
    svg = IMAGES.terminal(name).replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert re.search(r"https?:|@import|@font-face|<script|<image", svg) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_cards_picture_shows_the_cards(theme: str) -> None:
    """
    It carries the fingerprint of today's page, so whoever changes the card has to draw the pictures anew.
    """
    data = (DOCS / "images" / f"cards-{theme}.png").read_bytes()

    assert data.startswith(PNG)
    assert dict(texts(data)) == {IMAGES.KEYWORD: IMAGES.fingerprint(theme)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_cards_picture_is_small_enough_to_keep(theme: str) -> None:
    """
    A repository keeps every version of it.
    """
    assert (DOCS / "images" / f"cards-{theme}.png").stat().st_size < 400_000


def test_another_page_has_another_fingerprint() -> None:
    """
    The two themes differ in two words.
    """
    assert IMAGES.fingerprint("light") != IMAGES.fingerprint("dark")


def test_every_picture_is_shown() -> None:
    """
    On one of the pages.
    """
    pages = "".join(path.read_text() for path in DOCS.glob("*.md"))

    assert {path.name for path in (DOCS / "images").iterdir()} == set(re.findall(r"images/([\w.-]+)", pages))
