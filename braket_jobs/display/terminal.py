"""
A job as a panel for the terminal.

Panels have a heading and no frame, so that a long address can be copied across lines. All job text goes through
`_Pen.text`: control and direction characters become visible escapes, and nothing is ever read as rich's markup. Where
the terminal knows only ASCII, so do we.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import floor

import attrs
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from braket_jobs.display import plain
from braket_jobs.display._bar import TONES, bar, cells
from braket_jobs.display._content import Row, events, rows, sentences, shown, trouble, words
from braket_jobs.display._scale import shares, starts, ticks
from braket_jobs.display._screen import screen
from braket_jobs.display._timeline import Stretch, legend, timeline
from braket_jobs.display._words import mark
from braket_jobs.model.job import Job

_NARROWEST, _WIDEST = 24, 110
_IN_A_LIST = 10


@attrs.frozen
class JobPanel:
    """
    What rich prints for a job; as wide as the console, within reason.

    Attributes:
        job: The job.
        now: The time now if the job was read just now; what lasts is then drawn up to it.
    """

    job: Job
    now: datetime | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = max(_NARROWEST, min(options.max_width, _WIDEST))
        yield Constrain(Group(*_Pen(self.job, self.now, width - 2, options.ascii_only).parts()), width)


def print_job(job: Job, now: datetime | None = None) -> None:
    """
    Print `job` to standard output: a panel on a terminal, plain lines elsewhere and on a dumb one.

    Colours are used as far as the terminal has them and ``NO_COLOR`` allows.

    Args:
        job: Any job.
        now: The time now if the job was read just now.
    """
    console = screen()
    if console is None:
        plain.print_job(job, now)  # a pipe gets no width and no styles, so nothing of rich's
    else:
        console.print(JobPanel(job, now))


@attrs.frozen
class _Pen:
    job: Job
    now: datetime | None
    width: int
    is_ascii: bool

    def parts(self) -> Iterator[RenderableType]:
        style = TONES[mark(self.job.status).tone]
        yield Rule(self.title(style), align="left", style="dim")
        for part in self.body(style):
            yield Padding(part, (0, 1, 1, 1))

    def title(self, style: str) -> Text:
        look = mark(self.job.status)
        sign = look.plain if self.is_ascii else look.sign
        return Text.assemble(
            (f"{sign} {self.text(self.job.status)}", style), "  ", (self.text(self.job.job_name), "bold")
        )

    def body(self, style: str) -> Iterator[RenderableType]:
        said = [Text(self.text(sentence), style="dim") for sentence in sentences(self.job, self.now)]
        yield self.wrapped(said, " - " if self.is_ascii else " · ")
        stretches = timeline(self.job, self.now)
        if stretches:
            yield Group(*self.timeline(stretches))
        reason = trouble(self.job)
        if reason is not None:
            yield Text.assemble((self.text(reason.label), style), "\n", "\n".join(self.values(reason)))
        yield from self.tables()

    def timeline(self, stretches: Sequence[Stretch]) -> Iterator[RenderableType]:
        places = starts(shares(stretches, 1 / self.width))
        yield bar(stretches, places, self.width, is_ascii=self.is_ascii)
        yield Text(self.scale(stretches, places), style="dim")
        entries = [
            Text.assemble(cells(entry.kind, 1, is_ascii=self.is_ascii), " ", self.text(words(entry)))
            for entry in legend(stretches)
        ]
        yield self.wrapped(entries, "   ")

    def wrapped(self, parts: Sequence[Text], gap: str) -> Text:
        text = Text(style=parts[0].style)
        used = 0
        for part in parts:
            fits = used + len(gap) + part.cell_len <= self.width
            text.append(gap if used and fits else "\n" if used else "")
            text.append(part)
            used = part.cell_len + (used + len(gap) if used and fits else 0)
        return text

    def scale(self, stretches: Sequence[Stretch], places: Sequence[float]) -> str:
        line = ""
        for tick in ticks(stretches, places, 12 / self.width):
            back = {"start": 0, "middle": len(tick.text) // 2, "end": len(tick.text)}[tick.anchor]
            line = line.ljust(floor(tick.place * self.width) - back) + tick.text
        return line

    def tables(self) -> Iterator[Table]:
        all_rows = rows(self.job)
        width = max(len(row.label) for row in all_rows)
        told = Table.grid(padding=(0, 2))
        told.add_column(style="dim")
        told.add_column(overflow="fold")
        for time, said in events(self.job):
            told.add_row(time, Text(self.text(said)))
        yield self.table(width, ((row.label, self.listed(row)) for row in all_rows if not row.is_detail))
        details = ((row.label, self.listed(row)) for row in all_rows if row.is_detail)
        yield self.table(width, details)
        if told.row_count:
            yield self.table(width, [("Events", told)])

    def table(self, width: int, labelled: Iterable[tuple[str, RenderableType]]) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for label, shown_values in labelled:
            table.add_row(label.ljust(width), shown_values)  # min_width counts the padding in some releases of rich
        return table

    def listed(self, row: Row) -> Text:
        return Text("\n".join(self.values(row)))

    def values(self, row: Row) -> Iterator[str]:
        yield from map(self.text, row.values[:_IN_A_LIST])
        if len(row.values) > _IN_A_LIST:
            yield f"and {len(row.values) - _IN_A_LIST} more"

    def text(self, text: str) -> str:
        line = shown(text)
        return line.encode("ascii", "backslashreplace").decode() if self.is_ascii else line
