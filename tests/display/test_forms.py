"""
The card, the panel and plain lines: three forms of the same.
"""

from collections.abc import Callable

import pytest
from support.samples import GET_JOB_SAMPLES
from support.shown import Page, panel, the

from braket_jobs import Job
from braket_jobs.display._content import events, rows, sentences, trouble, words
from braket_jobs.display._timeline import legend, timeline
from braket_jobs.display.html import job_card
from braket_jobs.display.plain import job_lines

LONGEST = f"s3://bucket/{'x' * 1012}"
form = pytest.mark.parametrize("form", [lambda job: "".join(Page(job_card(job)).texts), panel, job_lines])


def letters(text: str) -> str:
    """
    Return `text` without white space, since each form breaks lines where it must.
    """
    return "".join(text.split())


@form
@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_form_shows_all_there_is(name: str, form: Callable[[Job], str]) -> None:
    """
    The head, the timeline, the trouble, every row and every event.
    """
    job = the(name)
    reason = trouble(job)
    listed = (*rows(job), *([reason] if reason else []))
    values = [part for row in listed for part in (row.label, *row.values)]
    told = [*sentences(job), *map(words, legend(timeline(job))), *(part for event in events(job) for part in event)]

    shown = letters(form(job))

    assert [part for part in (*values, *told) if letters(part) not in shown] == []


@form
def test_no_address_is_cut(form: Callable[[Job], str]) -> None:
    """
    The longest path that the service allows is shown with what stands below it.
    """
    job = the("real_completed_wire", outputDataConfig={"s3Path": LONGEST})

    assert f"{LONGEST}/output/model.tar.gz" in letters(form(job))
