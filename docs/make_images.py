"""
Draws the pictures of the documentation: ``make images``.

The terminal's come from rich, as SVG in the reader's own fonts. The cards are photographed in a headless Chromium,
light and dark; ``CHROMIUM`` names the program if it isn't ``chromium``. Each photograph carries the fingerprint of the
page it shows, which a test compares with today's.
"""

import os
import subprocess
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from zlib import crc32

import attrs
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

from braket_jobs import Job, JobEvent, JobEventType, JobStatus
from braket_jobs.display.html import job_card
from braket_jobs.display.terminal import JobPanel
from braket_jobs.testing.builders import job

FOLDER = Path(__file__).parent / "images"
COLUMNS = 96
SIZE = (1180, 1432)
# rich's own format loads its font from a host; these pages load nothing.
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#1b1f24" width="100%" height="100%" rx="8"/>
<g transform="translate(14, 10) scale(0.975)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
PAGE = """\
<!doctype html><meta charset="utf-8"><style>.braket-job {{ break-inside: avoid; margin: 0 0 12px }}</style>
<body data-theme="{theme}" style="background: {ground}; margin: 14px; columns: 2; column-gap: 12px">{cards}
"""
GROUNDS = {"light": "#ffffff", "dark": "#0d1117"}
KEYWORD = b"Page SHA-256"
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-quic"),
)


def pictured() -> dict[str, Job]:
    """
    Return a job in each of the states that are shown, all with the real job's times.
    """
    running = job("RUNNING")
    start = running.events[-1].time_of_event
    assert start is not None  # noqa: S101  # it is the real job's
    hibernating = JobEvent(event_type=JobEventType("HIBERNATING"), time_of_event=start + timedelta(seconds=67))
    return {
        "queued": job("QUEUED", with_queue_info=True),
        "running": attrs.evolve(running, hyper_parameters={"layers": "4", "rate": "0.05"}, tags={"project": "vqe"}),
        "completed": job("COMPLETED"),
        "failed": job("FAILED"),
        "cancelled": job("CANCELLED"),
        "unknown": attrs.evolve(running, status=JobStatus("PAUSED"), events=[*running.events, hibernating]),
    }


def terminal(name: str) -> str:
    """
    Return the panel of the job called `name` as SVG.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(file=nowhere, record=True, width=COLUMNS, force_terminal=True, color_system="standard")
        console.print(JobPanel(pictured()[name]))
    return console.export_svg(title=name, theme=SVG_EXPORT_THEME, code_format=SVG, unique_id=name)


def photograph(html: str, to: Path) -> None:
    """
    Write a picture of the page `html` to the file `to`.
    """
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        options = (*CHROMIUM, f"--user-data-dir={folder}/profile", size, f"--screenshot={to}", source.as_uri())
        program = which(os.environ.get("CHROMIUM", "chromium"))
        if program is None:
            raise SystemExit("the cards need Chromium: install it, or name it with CHROMIUM=…")
        subprocess.run([program, *options], check=True, capture_output=True)  # noqa: S603  # ours


def page(theme: str) -> str:
    """
    Return the page with all cards, light or dark.
    """
    cards = "".join(map(job_card, pictured().values()))
    return PAGE.format(theme=theme, ground=GROUNDS[theme], cards=cards)


def fingerprint(theme: str) -> bytes:
    """
    Return what changes whenever the page, or how much is seen of it, does.
    """
    return sha256(f"{SIZE} {page(theme)}".encode()).hexdigest().encode()


def signed(png: bytes, mark: bytes) -> bytes:
    """
    Return the picture `png` with `mark` in a text chunk at its end.
    """
    chunk = b"tEXt" + KEYWORD + b"\0" + mark
    end = png.rindex(b"IEND") - 4
    length, check = (number.to_bytes(4, "big") for number in (len(chunk) - 4, crc32(chunk)))
    return png[:end] + length + chunk + check + png[end:]


def main() -> None:
    """
    Draw all of them anew.
    """
    for name in pictured():
        (FOLDER / f"terminal-{name}.svg").write_text(terminal(name), encoding="utf-8")
    for theme in GROUNDS:
        file = FOLDER / f"cards-{theme}.png"
        photograph(page(theme), file)
        file.write_bytes(signed(file.read_bytes(), fingerprint(theme)))


if __name__ == "__main__":
    main()
