"""
The HTML card: what is on it, and that it stands in any page.
"""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from support.samples import GET_JOB_SAMPLES, sample
from support.shown import the, unknown_job

from braket_jobs import Job
from braket_jobs.display._svg import _LOOKS
from braket_jobs.display._timeline import Kind
from braket_jobs.display.html import job_card

INSTANCES = {"instanceCount": 4, "instanceType": "ml.m5.large", "volumeSizeInGb": 30}
PADDING = 38  # and border of a card, on both sides
NOW = datetime(2025, 5, 16, 17, 24, 2, 940000, UTC)


def card(job: Job, now: datetime | None = None) -> ET.Element:
    """
    Return the card as an XML parser, stricter than any browser, reads it.
    """
    return ET.fromstring(job_card(job, now))  # noqa: S314  # our own


def text(element: ET.Element | None) -> str:
    """
    Return the text in `element` in one line, without that of styles.
    """
    assert element is not None
    texts = (part for inner in element.iter() if inner.tag != "style" for part in (inner.text, inner.tail))
    return " ".join(" ".join(part for part in texts if part).split())


def drawing(job: Job, now: datetime | None = None) -> ET.Element:
    """
    Return the timeline.
    """
    found = card(job, now).find("./svg[@role='img']")
    assert found is not None
    return found


def rows(job: Job) -> dict[str, str]:
    """
    Return labels and values of all the card's lists.
    """
    lists = card(job).iter("dl")
    return {text(dt): text(dd) for dl in lists for dt, dd in zip(dl.iter("dt"), dl.iter("dd"), strict=True)}


def the_events(count: int) -> list[dict[str, str]]:
    """
    Return the first events of the failed job.
    """
    events: list[dict[str, str]] = sample("composed_failed")["events"]
    return events[:count]


def text_of_style(element: ET.Element) -> str:
    return element.findtext("style") or ""


def test_a_notebook_gets_the_card() -> None:
    """
    `_repr_html_` is the card without a time now.
    """
    job = the("composed_running")

    assert job._repr_html_() == job_card(job)


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_sample_has_its_head(name: str) -> None:
    """
    Status in words, name, region and creation.
    """
    job = the(name)

    assert re.match(rf"\S {job.status} run-ghz-hybrid us-east-1 · created 2025-05-16 17:21:38 UTC", text(card(job)))


def test_times_are_told_in_words() -> None:
    """
    How long it took to start, how long it ran, what is billed.
    """
    told = text(card(the("real_completed_wire")))

    assert "43 s to start · 1 min 19 s run time · 1 min 20 s billed" in told


@pytest.mark.parametrize(("name", "position"), [("composed_queued", "1"), ("composed_queued_gt15", ">15")])
def test_a_waiting_job_tells_its_position(name: str, position: str) -> None:
    """
    As the service gives it, "more than" included.
    """
    assert f"queue position {position} " in text(card(the(name)))


def test_a_position_that_is_none_is_not_told() -> None:
    """
    A running job has queue info, and no position.
    """
    assert "position" not in text(card(the("composed_running")))


def test_an_unknown_status_is_shown_as_it_is() -> None:
    """
    With a question mark, and its unknown event on the line.
    """
    told = text(card(unknown_job()))

    assert told.startswith("? PAUSED run-ghz-hybrid")
    assert "hibernating from 17:24:10 on" in told


def test_a_failure_stands_out() -> None:
    """
    Kind and exit code, then the message.
    """
    trouble = card(the("composed_failed")).find("./div[@class='trouble bad']")

    assert (
        text(trouble)
        == "AlgorithmError, exit code 1 FileNotFoundError: [Errno 2] No such file or directory: 'fake_file'"
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"failureReason": None}, "No reason given Job has failed"),
        ({"failureReason": "gone"}, "Failure gone"),
        ({"failureReason": "stopped by user", "status": "CANCELLED"}, "Reason stopped by user"),
    ],
)
def test_trouble_is_told_as_far_as_it_is_known(changes: dict[str, object], told: str) -> None:
    """
    Without a reason, in the words of the event that ended it; a reason of a job that didn't fail is no failure.
    """
    assert told in text(card(the("composed_failed", **changes)))


@pytest.mark.parametrize(
    "job",
    [
        the("composed_failed", failureReason=None, events=[]),
        the("composed_running", status="FAILED"),
        the("composed_reservation_all_fields"),
        the("composed_running"),
    ],
    ids=["nobody says why", "events lag", "successful with a reason", "running"],
)
def test_no_trouble_no_box(job: Job) -> None:
    """
    Where nobody says what went wrong, or nothing did.
    """
    assert [div for div in card(job).iter("div") if "trouble" in div.get("class", "")] == []


def test_everything_set_up_is_listed() -> None:
    """
    Of a job with all members, each has its row.
    """
    listed = rows(the("composed_reservation_all_fields"))

    assert listed["Instance"] == "ml.m5.large, 30 GB"
    assert listed["Device"] == "arn:aws:braket:::device/quantum-simulator/amazon/sv1"
    assert listed["Parameters"] == "lr = 0.1"
    assert listed["Tags"] == "project = vqe"
    assert listed["Limit"] == "stops after 5 d"
    assert listed["Results"].endswith("/data/output/model.tar.gz")
    assert listed["Logs"] == "/aws/braket/jobs run-ghz-hybrid/acc51817-2b7a-48ed-8dee-fffc87703b10"
    assert listed["Inputs"] == "input = s3://amazon-braket-us-east-1-123456789012/in"
    assert "reservation" in listed["Associated"]
    assert listed["2025-05-16 17:21:40"] == "STARTING_INSTANCE: Provisioning job instance"


def test_an_empty_text_has_no_row() -> None:
    """
    Nothing stands beside no label.
    """
    job = the("real_completed_wire", outputDataConfig={"s3Path": ""}, deviceConfig={"device": ""})

    assert {"Output", "Results", "Device"}.isdisjoint(rows(job))


def test_what_a_job_has_not_has_no_row() -> None:
    """
    The smallest job has these rows only.
    """
    job = the("composed_minimal_required", status="RUNNING", instanceConfig=INSTANCES, algorithmSpecification={})

    assert set(rows(job)) == {"Instance", "Output", "Logs", "ARN", "Role"}
    assert rows(job)["Instance"] == "4 x ml.m5.large, 30 GB"


@pytest.mark.parametrize(
    ("event", "row"),
    [
        ({"message": "hello"}, ("no time", "hello")),
        ({"eventType": "RUNNING"}, ("no time", "RUNNING")),
        ({"timeOfEvent": "2025-05-16T17:21:40Z"}, ("2025-05-16 17:21:40", "")),
    ],
)
def test_events_may_lack_anything(event: dict[str, str], row: tuple[str, str]) -> None:
    """
    Type, time and message are all optional.
    """
    assert row in rows(the("composed_running", events=[event])).items()


def test_a_long_list_is_folded() -> None:
    """
    Ten parameters are shown, the rest opens with a click.
    """
    job = the("composed_running", hyperParameters={f"p{number}": "1" for number in range(13)})

    folded = next(dd for dd in card(job).iter("dd") if "p0" in text(dd)).find("details")

    assert text(folded) == "3 more p10 = 1 p11 = 1 p12 = 1"


def test_addresses_are_selected_whole_by_a_click() -> None:
    """
    An address stands in an element of its own that the style selects as one.
    """
    element = card(the("composed_running"))
    arn = the("composed_running").job_arn

    assert arn in [code.text for code in element.iter("code")]
    assert re.search(r"code \{[^}]*user-select: all", text_of_style(element))


def test_the_drawing_fills_the_line() -> None:
    """
    Ground after ground, from 0 to 100 %, to scale.
    """
    grounds = [rect for rect in drawing(the("composed_failed")).findall("./g/rect") if rect.get("fill-opacity")]
    starts = [float((rect.get("x") or "").rstrip("%")) for rect in grounds]
    widths = [float((rect.get("width") or "").rstrip("%")) for rect in grounds]

    assert starts == pytest.approx([0, 1.24, 35.05, 68.79], abs=0.02)
    assert sum(widths) == pytest.approx(100, abs=0.05)


def test_the_drawing_has_its_times() -> None:
    """
    Where the line begins and ends, and where a stretch begins if there is room.
    """
    times = [(label.get("text-anchor"), label.text) for label in drawing(the("real_completed_wire")).findall("text")]

    assert times == [("start", "17:21:38"), ("middle", "17:22:21"), ("middle", "17:23:02"), ("end", "17:23:41")]


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
@pytest.mark.parametrize("width", [360, 700])
def test_no_time_stands_on_another(name: str, width: int) -> None:
    """
    Not even on a card of 360 pixels, nor with the days of a job that took some, nor after an event of another day.
    """
    last = {"eventType": "HIBERNATING", "timeOfEvent": "2025-05-17T17:24:10Z"}
    for job in (the(name), the(name, status="PAUSED", events=[*sample(name).get("events", []), last]), unknown_job()):
        spans = [extent(label, width - PADDING) for label in drawing(job).findall("text")]

        assert all(end + 3 <= start for (_, end), (start, _) in pairwise(spans))


def extent(label: ET.Element, width: float) -> tuple[float, float]:
    """
    Return where a time begins and ends, in pixels, in a wide font (DejaVu Sans).
    """
    place = float((label.get("x") or "").rstrip("%")) / 100 * width
    size = sum(7 if char.isdigit() else 4 for char in label.text or "")
    start = place - size * {"start": 0, "middle": 0.5, "end": 1}[label.get("text-anchor") or "start"]
    return start, start + size


def test_the_drawing_can_be_heard_and_touched() -> None:
    """
    A screen reader gets the legend in words; a pointer over a stretch its times.
    """
    picture = drawing(the("composed_running"))

    assert picture.get("aria-label") == (
        "Timeline: queue 1.5 s, provisioning 41 s, loading 41 s, running from 17:23:02 on"
    )
    assert [title.text for title in picture.iter("title")][1:] == [
        "provisioning 41 s: 2025-05-16 17:21:40 to 2025-05-16 17:22:21 UTC",
        "loading 41 s: 2025-05-16 17:22:21 to 2025-05-16 17:23:02 UTC",
        "running: 2025-05-16 17:23:02 UTC and on",
    ]


@pytest.mark.parametrize(("name", "arrows"), [("composed_running", 1), ("real_completed_wire", 0)])
def test_what_lasts_ends_in_an_arrow(name: str, arrows: int) -> None:
    """
    And what is over does not.
    """
    assert len(list(drawing(the(name)).iter("path"))) == arrows


def test_with_a_time_now_what_lasts_has_a_length() -> None:
    """
    "So far", and the job has an age.
    """
    told = text(card(the("composed_running"), NOW))

    assert "running 1 min so far" in told
    assert "2 min 24 s old" in told


def test_a_job_that_has_ended_lasts_nowhere() -> None:
    """
    Where nobody says when a stretch ended there is a question mark, no arrow.
    """
    job = the("composed_failed", endedAt=None, events=the_events(3))
    picture = drawing(job, NOW)

    assert "running from 17:23:02, end unknown" in text(card(job, NOW))
    assert list(picture.iter("path")) == []
    assert [label.text for label in picture.findall("text")][-1] == "?"
    assert [title.text for title in picture.iter("title")][-1] == "running: 2025-05-16 17:23:02 UTC, end unknown"


def test_nothing_that_took_no_time_is_drawn() -> None:
    """
    A job that ended as it began has no line.
    """
    job = the("composed_minimal_required", endedAt="2025-05-16T17:21:38.893Z")

    assert list(card(job).iter("svg")) == []


def test_every_kind_looks_different_without_colour() -> None:
    """
    By its texture, or by being solid.
    """
    looks = {(look.dashes, look.ground) for look in _LOOKS.values()}

    assert set(_LOOKS) == set(Kind)
    assert len(looks) == len(Kind)


def test_cards_cannot_meddle_with_each_other_or_the_page() -> None:
    """
    No ids, no scripts, nothing to load, and no rule of the style reaches outside a card.
    """
    html = job_card(the("composed_failed"))
    rules = re.findall(r"^([^{}\n]+)\{", text_of_style(card(the("composed_failed"))), re.MULTILINE)

    assert re.search(r"\sid=|<script|\son\w+=|url\(|@import|https?:", html) is None
    assert all(".braket-job" in selector for rule in rules for selector in rule.split(","))


def test_the_theme_is_the_pages_or_the_systems() -> None:
    """
    Colours come in pairs; Jupyter, VS Code and furo say which of the two, and otherwise the system does.
    """
    style = text_of_style(card(the("composed_failed")))

    assert "color-scheme: light dark;" in style
    assert style.count("light-dark(") == 11
    assert '[data-jp-theme-light="false"]' in style
