"""
Jobs that are waited for: a live board on a terminal, a line for each change elsewhere and on a dumb one.

The board has a row for each job that is waited for, as many as fit, and counts the rest. A job that has ended, or whose
wait has ended with an error, leaves it as a line above, which stays. Text of jobs and errors goes through `one_line`,
as everywhere.

rich moves the cursor back to draw the board anew, so nobody may write to its terminal but through the board.
"""

import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TextIO

import attrs
from rich.console import Console, ConsoleOptions, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from braket_jobs.display._bar import TONES, bar
from braket_jobs.display._scale import shares, starts
from braket_jobs.display._screen import is_terminal, screen
from braket_jobs.display._timeline import timeline
from braket_jobs.display._words import Mark, mark, span
from braket_jobs.errors.text import one_line
from braket_jobs.errors.tree import BraketJobsError
from braket_jobs.model.job import Job
from braket_jobs.model.line import job_line

_MOST_ROWS = 12
_NAME_WIDTH = 24
_NARROWEST_BAR, _REST = 8, 70  # what the other columns take
_PER_SECOND = 4
_LONGEST_REASON = 120
_GIVEN_UP = Mark("!", "!", "bad")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Board:
    """
    The jobs that are waited for, drawn anew whenever rich asks.
    """

    def __init__(self, console: Console, clock: Callable[[], datetime] = _utc_now) -> None:
        """
        Start with an empty board.

        Args:
            console: Where it is drawn, and where jobs that have ended are printed.
            clock: Tells the time in UTC.
        """
        self._console = console
        self._clock = clock
        self._open: dict[str, Job] = {}
        self._ended: Counter[str] = Counter()
        self._given_up = 0

    def update(self, job: Job) -> None:
        """
        Show `job` as it is now.
        """
        if not job.is_terminal:
            self._open[job.job_arn] = job
            return
        self._open.pop(job.job_arn, None)
        self._ended[job.status] += 1
        self._console.print(self._status(job, job_line(job), is_ascii=self._console.options.ascii_only))

    def fail(self, job_arn: str, error: BraketJobsError) -> None:
        """
        Show that the job with `job_arn` is waited for no more, because of `error`.
        """
        line = _failure(job_arn, self._open.pop(job_arn, None), error)
        self._given_up += 1
        self._console.print(Text.assemble((_GIVEN_UP.plain, TONES[_GIVEN_UP.tone]), " ", self._printable(line)))

    def say(self, text: str) -> None:
        """
        Print `text` as it is above the board, where it stays.
        """
        self._console.print(Text(self._printable(text)), soft_wrap=True)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        jobs, now = list(self._open.values()), self._clock()  # in one step: rich draws in a thread of its own
        width = max(_NARROWEST_BAR, options.max_width - _REST)
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, overflow="ellipsis", max_width=_NAME_WIDTH)
        for job in jobs[:_MOST_ROWS]:
            table.add_row(*self._cells(job, now, width, is_ascii=options.ascii_only))
        yield table
        counts = [f"{len(jobs)} open", *(f"{count} {one_line(status)}" for status, count in self._ended.items())]
        counts += [f"{self._given_up} given up"] * bool(self._given_up)
        yield Text(", ".join(counts), style="dim")

    def _cells(self, job: Job, now: datetime, width: int, *, is_ascii: bool) -> Iterator[Text]:
        yield self._status(job, one_line(job.status, _NAME_WIDTH), is_ascii=is_ascii)
        yield Text(self._printable(one_line(job.job_name)))
        yield Text(_whereabouts(job))
        yield Text(span(max(job.age(now), timedelta())))
        stretches = timeline(job, now)
        yield bar(stretches, starts(shares(stretches, 1 / width)), width, is_ascii=is_ascii) if stretches else Text()

    def _status(self, job: Job, text: str, *, is_ascii: bool) -> Text:
        look = mark(job.status)
        return Text.assemble((look.plain if is_ascii else look.sign, TONES[look.tone]), " ", self._printable(text))

    def _printable(self, text: str) -> str:
        encoding = self._console.encoding
        return text.encode(encoding, "backslashreplace").decode(encoding)


@attrs.frozen
class Progress:
    """
    Where to tell how jobs get on.

    Attributes:
        on_update: Called with each job that has changed.
        on_error: Called with the ARN of each job whose wait has ended with an error, and the error.
        say: Called with other text for the terminal with the board; None if there is no board.
    """

    on_update: Callable[[Job], object]
    on_error: Callable[[str, BraketJobsError], object]
    say: Callable[[str], None] | None = None


@contextmanager
def progress(*, is_quiet: bool, to_stderr: bool) -> Generator[Progress]:
    """
    Show how jobs get on, for as long as the context lasts.

    Args:
        is_quiet: Whether to show nothing.
        to_stderr: Whether to show it on standard error.

    Yields:
        Where to tell what has changed.
    """
    console = None if is_quiet else screen(to_stderr=to_stderr)
    if is_quiet:
        yield Progress(_unseen, _unseen)
    elif console is not None:
        board = Board(console)
        with Live(
            board,
            console=console,
            refresh_per_second=_PER_SECOND,
            transient=True,
            redirect_stdout=is_terminal(sys.stdout),  # what goes to a file or a pipe is not rich's
            redirect_stderr=is_terminal(sys.stderr),
        ):
            yield Progress(board.update, board.fail, board.say)
    else:
        file = sys.stderr if to_stderr else sys.stdout
        lines = _Lines(file)
        yield Progress(lines.update, lines.fail)


@attrs.frozen
class _Lines:
    file: TextIO | None
    seen: dict[str, Job] = attrs.Factory(dict[str, Job])

    def update(self, job: Job) -> None:
        self.seen[job.job_arn] = job
        print(job_line(job), file=self.file, flush=True)

    def fail(self, job_arn: str, error: BraketJobsError) -> None:
        print(_failure(job_arn, self.seen.get(job_arn), error), file=self.file, flush=True)


def _unseen(*_: object) -> None:
    pass


def _failure(job_arn: str, job: Job | None, error: BraketJobsError) -> str:
    # What to do about it is the command's to tell.
    what = one_line(job_arn) if job is None else job_line(job)
    why = f": {one_line(error.message, _LONGEST_REASON)}" if error.message else ""
    return f"{what}, waiting ended: {type(error).__name__}{why}"


def _whereabouts(job: Job) -> str:
    position, stage = job.queue_position, job.stage
    if position is not None and position.value is not None:
        return f"queue position {one_line(position.raw)}"
    return "" if stage is None or stage.event_type is None else one_line(stage.event_type).lower().replace("_", " ")
