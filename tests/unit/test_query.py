"""
What is searched for: which filters are sent, what is refused, and how it is told.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from braket_jobs import JobStatus
from braket_jobs._search.query import Query

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=timezone(timedelta(hours=-1)))
LATER = datetime(2026, 11, 24, 1, 30, tzinfo=timezone(timedelta(hours=1)))
DEVICE = "arn:aws:braket:::device/quantum-simulator/amazon/sv1"


def sent(name: str, operator: str, *values: str) -> dict[str, Any]:
    return {"name": name, "operator": operator, "values": list(values)}


@pytest.mark.parametrize(
    ("asked", "filters", "subject"),
    [
        ({}, [], "all jobs"),
        ({"status": [JobStatus.RUNNING], "limit": 3}, [], "all jobs"),
        ({"name": "vqe"}, [sent("jobName", "EQUAL", "vqe")], "the name 'vqe'"),
        ({"name_contains": "{}"}, [sent("jobName", "CONTAINS", "{}")], "names with '{}'"),
        ({"device": DEVICE}, [sent("deviceArn", "EQUAL", DEVICE)], f"the device '{DEVICE}'"),
        (
            {"created_after": MONDAY},
            [sent("createdAt", "GTE", "2026-11-23T00:00:00.000Z")],
            "times of creation from 2026-11-23T00:00:00.000Z",
        ),
        (
            {"created_before": LATER},
            [sent("createdAt", "LTE", "2026-11-24T00:30:00.000Z")],
            "times of creation up to 2026-11-24T00:30:00.000Z",
        ),
        (
            {"name": "vqe", "created_after": MONDAY, "created_before": LATER},
            [
                sent("jobName", "EQUAL", "vqe"),
                sent("createdAt", "BETWEEN", "2026-11-23T00:00:00.000Z", "2026-11-24T00:30:00.000Z"),
            ],
            "the name 'vqe', times of creation from 2026-11-23T00:00:00.000Z to 2026-11-24T00:30:00.000Z",
        ),
    ],
)
def test_what_is_asked_for_is_sent_and_told(asked: dict[str, Any], filters: list[dict[str, Any]], subject: str) -> None:
    """
    Each argument is one filter, both times are one; the status is none.
    """
    query = Query.of(**asked)

    assert list(query.filters) == filters
    assert query.subject_in("") == subject
    assert query.subject_in("us-east-1") == f"{subject} in us-east-1"


@pytest.mark.parametrize(
    ("status", "statuses"),
    [
        (None, None),
        (JobStatus.RUNNING, {"RUNNING"}),
        ("RUNNING", {"RUNNING"}),
        ([JobStatus.RUNNING, "QUEUED"], {"RUNNING", "QUEUED"}),
        (iter([JobStatus("PAUSED")]), {"PAUSED"}),
        ([], set()),
    ],
)
def test_statuses_are_one_or_several(status: Any, statuses: set[str] | None) -> None:
    """
    As text too, and such as only a later version knows.
    """
    assert Query.of(status=status).statuses == statuses


@pytest.mark.parametrize(
    ("regions", "where"),
    [(None, ("",)), ([], ()), (["us-east-1", "eu-west-2", "us-east-1"], ("us-east-1", "eu-west-2"))],
)
def test_each_region_is_searched_once(regions: Iterable[str] | None, where: tuple[str, ...]) -> None:
    """
    In their order; the configured one if none is said, and none of none.
    """
    assert Query.of(regions=regions).regions == where


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "a", "name_contains": "b"}, "name or name_contains, not both"),
        ({"name": b"vqe"}, "name is a str, not bytes"),
        ({"name_contains": 5}, "name_contains is a str, not int"),
        ({"device": object()}, "device is a str, not object"),
        ({"created_after": "2026-11-23"}, "created_after is a datetime, not str"),
        ({"created_before": date(2026, 11, 23)}, "created_before is a datetime, not date"),
        ({"status": 5}, "status is no iterable, but int"),
        ({"status": [5]}, "status is a str, not int"),
        ({"regions": "us-east-1"}, "put it in a list"),
        ({"regions": 5}, "regions is no iterable, but int"),
        ({"regions": [None]}, "a region is a str, not NoneType"),
        ({"limit": "30"}, "limit is an integer, not str"),
        ({"limit": True}, "limit is an integer, not bool"),
    ],
)
def test_other_types_are_refused(asked: dict[str, Any], words: str) -> None:
    """
    In words that name the argument.
    """
    with pytest.raises(TypeError, match=words):
        Query.of(**asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": ""}, "name is empty"),
        ({"device": ""}, "device is empty"),
        ({"regions": [""]}, "a region is empty"),
        ({"created_after": datetime(2026, 11, 23)}, "created_after has no time zone"),  # noqa: DTZ001  # the point
        (
            {"created_before": LAST},
            "beyond the times that UTC has",
        ),
        ({"created_after": LATER, "created_before": MONDAY}, "created_after comes after created_before"),
        ({"status": "RUNNING "}, "in capitals, such as RUNNING: 'RUNNING '"),
        ({"status": "running"}, "in capitals, such as RUNNING: 'running'"),
        ({"limit": -1}, "limit must be at least 0: -1"),
    ],
)
def test_what_is_of_no_use_is_refused(asked: dict[str, Any], words: str) -> None:
    """
    Before anybody is asked.
    """
    with pytest.raises(ValueError, match=words):
        Query.of(**asked)
