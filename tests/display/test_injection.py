r"""
Text of a job does nothing, wherever it is shown: not in HTML, not in a terminal, not in JSON, not in a log.

Whoever can start a job chooses its name, tags and parameters, and its program writes its failure reason.
"""

import json
import re
from typing import Any

import pytest
from support.samples import REAL_ARN, sample
from support.shown import Page, panel

from braket_jobs import Job, job_from_dict, job_from_json, job_to_json
from braket_jobs.display.html import job_card
from braket_jobs.display.plain import job_lines

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"' onmouseover='alert(1)",
    "entity": "&lt;b&gt;&#60;",
    "closing": "</bdi></div></style></svg><h1>",
    "markup": "[bold red]x[/] [link=http://example.com]y[/link] [/]",
    "ansi": "\x1b[2J\x1b[31mred\x1b]0;title\x07\x9b2J",
    "lines": "one\r\ntwo\u2028three\x85four",
    "bidi": "\u202egnp.exe\u2066\u200f",
    "invisible": "a\u200b\u00adb\x00c",
    "surrogate": "\ud800",
    "unseen": "a\u034f\u115f\u1160\u17b4\u180b\u180f\u2800\u3164\ufe0f\uffa0\U000e0100b",
}
# Characters that change how others are shown, or where, or that nobody sees; none may reach a terminal, page or log.
HARMFUL = set(
    "\x1b\x07\x9b\r\u2028\u2029\x85\u202e\u2066\u200f\u200b\u00ad\x00\ud800"
    "\u034f\u115f\u1160\u17b4\u180b\u180f\u2800\u3164\ufe0f\uffa0\U000e0100"
)


def attacked(text: str) -> Job:
    """
    Return a job that has `text` wherever somebody else's text can be.
    """
    document: dict[str, Any] = sample("composed_reservation_all_fields")
    return job_from_dict(
        {
            **document,
            "jobName": text,
            "status": "FAILED",
            "failureReason": f"{text}Error: {text}, exit code: 1",
            "roleArn": text,
            "tags": {text: text},
            "hyperParameters": {text: text},
            "deviceConfig": {"device": text},
            "events": [
                *document["events"][:2],
                {"eventType": text, "timeOfEvent": "2025-05-16T17:23:00Z", "message": text},
            ],
            "queueInfo": {"queue": text, "position": text, "message": text},
            "associations": [{"arn": text, "type": text}],
            "outputDataConfig": {"s3Path": text},
            "instanceConfig": {"instanceType": text, "volumeSizeInGb": 30},
        }
    )


def shape(html: str) -> list[tuple[str, list[str]]]:
    """
    Return the elements of `html` in order, each with the names of its attributes.
    """
    return [(tag, sorted(attributes)) for tag, attributes in Page(html).elements]


def escapes(shown: str) -> set[str]:
    """
    Return the kinds of escape sequences in `shown`.
    """
    return set(re.findall(r"\x1b.[\d;]*.", shown))


attack = pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)


@attack
def test_html_shows_it_and_has_no_element_of_its_making(text: str) -> None:
    """
    The card has the elements and attributes of a harmless one.
    """
    html = job_card(attacked(text))

    assert shape(html) == shape(job_card(attacked("harmless")))
    assert HARMFUL.isdisjoint(html)


@attack
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_terminal_shows_it_and_does_nothing(text: str, encoding: str) -> None:
    """
    No escape, no control character, no markup; the panel has as many styles as a harmless one.
    """
    shown = panel(attacked(text), encoding=encoding)

    assert HARMFUL.isdisjoint(shown)
    assert "\x1b" not in shown


@attack
def test_markup_is_no_style(text: str) -> None:
    """
    With colours on, only the panel's own styles are used.
    """
    shown = panel(attacked(text), colours=True)

    assert escapes(shown) == escapes(panel(attacked("harmless"), colours=True))
    assert shown.count("\x1b") == shown.count("\x1b[")


def test_what_looks_like_markup_is_shown() -> None:
    """
    Brackets come out as they went in.
    """
    assert ATTACKS["markup"] in panel(attacked(ATTACKS["markup"]))


@attack
def test_a_log_line_stays_one_line(text: str) -> None:
    """
    And holds nothing that a terminal would act on when the log is read.
    """
    line = str(attacked(text))

    assert len(line.splitlines()) == 1
    assert HARMFUL.isdisjoint(line)


@attack
def test_plain_lines_stay_as_many(text: str) -> None:
    """
    A pipe gets as many lines as for a harmless job.
    """
    lines = job_lines(attacked(text)).splitlines()

    assert len(lines) == len(job_lines(attacked("harmless")).splitlines())
    assert HARMFUL.isdisjoint("".join(lines))


@attack
def test_json_is_one_line_of_ascii_and_loses_nothing(text: str) -> None:
    """
    Whatever the text, it is escaped in the line and whole in the job.
    """
    job = attacked(text)
    line = job_to_json(job)

    assert line.isascii()
    assert line.isprintable()
    assert job_from_json(line) == job
    assert json.loads(line)["jobName"] == text


@attack
def test_an_error_stays_one_line(text: str) -> None:
    """
    What `raise_for_status` raises can be logged.
    """
    with pytest.raises(Exception, match="Braket reports a failure") as caught:
        attacked(text).raise_for_status()

    assert REAL_ARN in str(caught.value)
    assert HARMFUL.isdisjoint(str(caught.value))
