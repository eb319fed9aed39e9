"""
A job as an HTML card, for notebooks and pages.

The card is one element with its own style and an inline drawing: no script, no ids, nothing to load. All job text goes
through `_text`: control and direction characters become visible escapes, then HTML's own characters are escaped.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files

from braket_jobs.display._content import Row, events, rows, sentences, shown, trouble, words
from braket_jobs.display._svg import drawing, swatch
from braket_jobs.display._timeline import Stretch, legend, timeline
from braket_jobs.display._words import mark
from braket_jobs.model.job import Job

_IN_A_LIST = 10


def job_card(job: Job, now: datetime | None = None) -> str:
    """
    Return `job` as a ``<div>`` that can stand in any page, any number of times.

    It follows the page's or the system's light or dark theme. One click selects the whole of an address.

    Args:
        job: Any job.
        now: The time now if the job was read just now; what lasts is then drawn up to it.
    """
    return f'<div class="braket-job"><style>{_style()}</style>{"".join(_parts(job, now))}</div>'


def _parts(job: Job, now: datetime | None) -> Iterator[str]:
    look = mark(job.status)
    status = f'<span class="status {look.tone}">{look.sign} {_text(job.status)}</span>'
    yield f'<div class="head">{status}<bdi class="name">{_text(job.job_name)}</bdi></div>'
    said = " · ".join(f"<span>{_text(sentence)}</span>" for sentence in sentences(job, now))
    yield f'<div class="sentences">{said}</div>'
    stretches = timeline(job, now)
    if stretches:
        yield from _timeline(stretches)
    reason = trouble(job)
    if reason is not None:
        yield f'<div class="trouble {look.tone}"><b>{_text(reason.label)}</b>{_values(reason)}</div>'
    yield from _tables(rows(job))
    told = events(job)
    if told:
        yield _folded("Events", (f"<dt>{time}</dt><dd><bdi>{_text(said)}</bdi></dd>" for time, said in told))


def _timeline(stretches: tuple[Stretch, ...]) -> Iterator[str]:
    entries = legend(stretches)
    yield drawing(stretches, entries)
    items = "".join(f"<li>{swatch(entry.kind)}{_text(words(entry))}</li>" for entry in entries)
    yield f'<ul class="legend">{items}</ul>'


def _tables(all_rows: tuple[Row, ...]) -> Iterator[str]:
    yield f"<dl>{''.join(_row(row) for row in all_rows if not row.is_detail)}</dl>"
    yield _folded("More", (_row(row) for row in all_rows if row.is_detail))


def _folded(title: str, items: Iterable[str]) -> str:
    return f"<details><summary>{title}</summary><dl>{''.join(items)}</dl></details>"


def _row(row: Row) -> str:
    return f"<dt>{row.label}</dt><dd>{_values(row)}</dd>"


def _values(row: Row) -> str:
    tag = "code" if row.is_address else "bdi"
    values = [f"<{tag}>{_text(value)}</{tag}>" for value in row.values]
    more = "".join(values[_IN_A_LIST:])
    rest = f"<details><summary>{len(values) - _IN_A_LIST} more</summary>{more}</details>" if more else ""
    return "".join(values[:_IN_A_LIST]) + rest


def _text(text: str) -> str:
    return escape(shown(text))


@cache
def _style() -> str:
    return (files("braket_jobs.display") / "card.css").read_text(encoding="utf-8")
