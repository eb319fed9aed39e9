"""
Whatever job the service may answer with: no answer raises, it survives the way through data, and it can be shown.
"""

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from inspect import getmembers
from io import StringIO
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from support.any_job import JOBS, TEXTS, TIMES

from braket_jobs import Job, JobFailure, QueuePosition
from braket_jobs.codec import job_from_dict, job_from_json, job_to_dict, job_to_json
from braket_jobs.display._scale import shares, starts, ticks
from braket_jobs.display._timeline import timeline
from braket_jobs.display.html import job_card
from braket_jobs.display.plain import job_lines
from braket_jobs.display.terminal import JobPanel

NOW = datetime(2025, 5, 16, 18, tzinfo=UTC)
ANSWERS = [name for name, value in getmembers(Job) if isinstance(value, property)]
OURS = {
    *("div", "style", "span", "bdi", "svg", "g", "title", "rect", "line", "path", "text"),
    *("ul", "li", "b", "dl", "dt", "dd", "code", "details", "summary"),
}


class Strict(HTMLParser):
    """
    Collects the elements of a page and what is left open.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open.append(tag)
        self.seen.add(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(JOBS)
def test_no_answer_raises(job: Job) -> None:
    """
    Every property has an answer for every job, if only None.
    """
    answers = {name: getattr(job, name) for name in ANSWERS}

    assert answers["is_successful"] <= answers["is_terminal"]


@given(JOBS)
def test_spans_are_never_negative(job: Job) -> None:
    """
    Times out of order make no span below zero.
    """
    spans = [
        job.queue_time,
        job.run_time,
        job.billable_time,
        job.max_runtime,
        *(phase.duration for phase in job.phases),
    ]

    assert all(span is None or span >= timedelta() for span in spans)


@given(JOBS)
def test_phases_follow_one_another(job: Job) -> None:
    """
    Each phase ends where the next begins, and no two neighbours are of the same known type.
    """
    pairs = list(pairwise(job.phases))

    assert all(phase.ended_at == after.started_at for phase, after in pairs)
    assert all(phase.event_type is None or phase.event_type != after.event_type for phase, after in pairs)


@given(JOBS)
def test_the_stage_is_the_newest_of_the_timed_events(job: Job) -> None:
    """
    No event with a time is later than the stage.
    """
    times = [event.time_of_event for event in job.events if event.time_of_event is not None]

    assert (job.stage is None) == (not job.events)
    assert not times or (job.stage is not None and job.stage.time_of_event == max(times))


@given(TEXTS)
def test_any_text_is_a_failure_and_a_position(text: str) -> None:
    """
    Whatever the text, it is kept whole.
    """
    assert JobFailure.parse(text).raw == text
    assert QueuePosition.parse(text).raw == text


@given(JOBS)
def test_a_job_survives_the_way_through_a_dict(job: Job) -> None:
    """
    `job_from_dict` undoes `job_to_dict`, which writes nothing but JSON's types.
    """
    document = job_to_dict(job)

    assert job_from_dict(document) == job
    assert json.loads(json.dumps(document)) == document


@given(JOBS, st.sampled_from([None, 2]))
def test_a_job_survives_the_way_through_json(job: Job, indent: int | None) -> None:
    """
    `job_from_json` undoes `job_to_json`, which writes nothing but ASCII.
    """
    text = job_to_json(job, indent=indent)

    assert job_from_json(text) == job
    assert text.isascii()


@given(JOBS)
def test_a_log_line_is_one_printable_line(job: Job) -> None:
    """
    Nothing in a job breaks the line of a log.
    """
    assert str(job).isprintable()


@given(JOBS, st.none() | TIMES)
def test_a_card_is_whole_whatever_the_job(job: Job, now: datetime | None) -> None:
    """
    Every element of the card is closed, and none came from the job.
    """
    page = Strict(job_card(job, now))

    assert page.open == []
    assert page.seen <= OURS


@given(JOBS, st.none() | TIMES, st.integers(1, 130))
def test_a_panel_fits_whatever_the_job(job: Job, now: datetime | None, width: int) -> None:
    """
    No line of the panel is wider than the console, nor holds anything unprintable.
    """
    console = Console(file=StringIO(), width=width, force_terminal=True, color_system=None)

    lines = console.render_lines(JobPanel(job, now), pad=False)

    assert all(sum(segment.cell_length for segment in line) <= width for line in lines)
    assert all(segment.text.isprintable() for line in lines for segment in line)


@given(JOBS, st.none() | TIMES)
def test_plain_lines_are_printable_whatever_the_job(job: Job, now: datetime | None) -> None:
    """
    Each line is printable, and there are no lines of the job's own making.
    """
    lines = job_lines(job, now).splitlines()

    assert all(line.isprintable() for line in lines)
    assert all(line.startswith("  ") for line in lines[1:])


@given(JOBS, st.none() | TIMES)
def test_a_timeline_fills_the_line(job: Job, now: datetime | None) -> None:
    """
    The shares sum to 1, none is negative, and its times stand on the line.
    """
    stretches = timeline(job, now)
    widths = shares(stretches, 0.01)

    assert not stretches or abs(sum(widths) - 1) < 1e-9
    assert all(width > 0 for width in widths)
    assert all(before.ended_at == after.started_at for before, after in pairwise(stretches))
    assert not stretches or all(0 <= tick.place <= 1 for tick in ticks(stretches, starts(widths), 0.1))
