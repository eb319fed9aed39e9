"""
Jobs that were found: a table on a terminal, a line of fields for each in a pipe.

In the table the id is whole, so that it can be copied: names and devices are cropped for it, and where that is not
enough, columns are left out. All job text goes through `shown`, as everywhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import attrs
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.text import Text

from braket_jobs.display._bar import TONES
from braket_jobs.display._content import shown
from braket_jobs.display._words import mark, span
from braket_jobs.model.line import stamp
from braket_jobs.model.summary import JobSummary

_GAP = "  "
_HEADS = {
    "name": "Name",
    "status": "Status",
    "when": "When",
    "ran": "Ran",
    "device": "Device",
    "region": "Region",
    "id": "Id",
}
_LEFT_OUT: Sequence[Collection[str]] = ((), ("device",), ("device", "ran"), ("device", "ran", "when"))
_LEAST = {"name": 14, "device": 8, "status": 12}  # cropped to less, they say nothing; no known status is

_Cells = dict[str, str]  # by column


def fields(summary: JobSummary) -> str:
    """
    Return ARN, name, status, when it was created, started and ended, and device of `summary`, with tabs between them.

    Times are ISO 8601 in UTC; what there is none of is empty. A tab or a line's end inside a value is escaped.
    """
    times = (summary.created_at, summary.started_at, summary.ended_at)
    stamps = ("" if time is None else stamp(time) for time in times)
    return "\t".join((*map(shown, (summary.job_arn, summary.job_name, summary.status)), *stamps, shown(summary.device)))


def print_table(summaries: Sequence[JobSummary], console: Console, now: datetime) -> None:
    """
    Print a table of `summaries` to `console`, the newest first.

    Args:
        summaries: At least one.
        console: A terminal.
        now: The time now.
    """
    newest_first = sorted(summaries, key=lambda summary: summary.created_at, reverse=True)
    console.print(JobTable(newest_first, now), soft_wrap=True)  # what is too long for it is the terminal's to wrap


@attrs.frozen
class JobTable:
    """
    What rich prints for jobs that were found; as wide as the console, unless the ids are wider.

    Attributes:
        summaries: The jobs, at least one.
        now: The time now.
    """

    summaries: Sequence[JobSummary]
    now: datetime

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        rows = [_cells(summary, self.now, console.encoding) for summary in self.summaries]
        told = [name for name in _HEADS if name != "region" or len({row["region"] for row in rows}) > 1]
        heads, *rows = ({name: row[name] for name in told} for row in (_HEADS, *rows))
        widths = _widths([heads, *rows], options.max_width)
        dots = ".." if options.ascii_only else "…"
        yield _line(heads, widths, dots, dict.fromkeys(heads, "dim"))
        for summary, row in zip(self.summaries, rows, strict=True):
            yield _line(row, widths, dots, {"name": "bold", "status": TONES[mark(summary.status).tone]})


def _cells(summary: JobSummary, now: datetime, encoding: str) -> _Cells:
    texts = {
        "name": summary.job_name,
        "status": summary.status,
        "when": _when(summary, now),
        "ran": "" if summary.run_time is None else _brief(summary.run_time, 2),
        "device": summary.device.rpartition("device/")[2],
        "region": summary.region or "",
        "id": summary.job_arn.rpartition("job/")[2],
    }
    return {name: shown(text).encode(encoding, "backslashreplace").decode(encoding) for name, text in texts.items()}


def _when(summary: JobSummary, now: datetime) -> str:
    since, word = (summary.created_at, "old") if summary.ended_at is None else (summary.ended_at, "ago")
    return f"{_brief(max(now - since, timedelta()), 1)} {word}"  # clocks differ


def _brief(time: timedelta, units: int) -> str:
    """
    Return `time` in its largest units, as narrow as can be: ``1m19s``.
    """
    return "".join(word[0] if word.isalpha() else word for word in span(time).split()[: 2 * units])


def _widths(rows: Sequence[_Cells], room: int) -> dict[str, int]:
    """
    Return the width of each column that there is room for.
    """
    whole = {name: max(cell_len(row[name]) for row in rows) for name in rows[0]}
    least = {name: min(width, _LEAST.get(name, width)) for name, width in whole.items()}
    choices = [{name: least[name] for name in whole if name not in left_out} for left_out in _LEFT_OUT]
    widths = next((choice for choice in choices if _total(choice) <= room), choices[-1])
    spare = max(room - _total(widths), 0)
    wanted = whole["name"] - least["name"]
    if "device" in widths:
        widths["device"] = min(whole["device"], least["device"] + max(spare // 2, spare - wanted))
        spare = max(room - _total(widths), 0)
    widths["name"] += min(wanted, spare)
    return widths


def _total(widths: Mapping[str, int]) -> int:
    return sum(widths.values()) + len(_GAP) * (len(widths) - 1)


def _line(cells: _Cells, widths: Mapping[str, int], dots: str, styles: Mapping[str, str]) -> Text:
    texts = {
        name: cells[name] if name == "id" else _fitted(name, cells[name], width, dots) for name, width in widths.items()
    }
    return Text(_GAP).join(Text(text, styles.get(name, "")) for name, text in texts.items())


def _fitted(name: str, text: str, width: int, dots: str) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    room = width - len(dots)
    if name == "device":  # which its end tells
        return dots + set_cell_size(text[::-1], room)[::-1]
    return set_cell_size(text, room) + dots
