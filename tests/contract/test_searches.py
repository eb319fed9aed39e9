"""
What we search with against the service model of the botocore that is installed.
"""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from support.documents import service_model

from braket_jobs._aws.classes import kind_of_answer
from braket_jobs._search import pages
from braket_jobs._search.query import Query
from braket_jobs.errors.tree import ServiceError

MODEL = service_model()
REQUEST: Any = MODEL.operation_model("SearchJobs").input_shape
FILTER: Any = MODEL.shape_for("SearchJobsFilter")
DOCUMENTED: str = FILTER.members["name"].documentation
TIME = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SENT: list[dict[str, Any]] = [
    dict(each)
    for query in (
        Query.of(name="vqe", device="arn:aws:braket:::device/sv1", created_after=TIME),
        Query.of(name_contains="vqe", created_before=TIME),
        Query.of(created_after=TIME, created_before=TIME),
    )
    for each in query.filters
]


def test_the_request_has_the_members_we_send() -> None:
    """
    Filters always, since they are required; how many, and a token.
    """
    assert set(REQUEST.members) >= {"filters", "maxResults", "nextToken"}
    assert REQUEST.required_members == ["filters"]


def test_a_page_is_as_long_as_can_be() -> None:
    """
    One request for a hundred jobs.
    """
    assert REQUEST.members["maxResults"].metadata["max"] == pages._MOST_ON_A_PAGE


@pytest.mark.parametrize("sent", SENT, ids=lambda sent: f"{sent['name']}-{sent['operator']}")
def test_a_filter_is_one_for_the_model(sent: dict[str, Any]) -> None:
    """
    Its members, its operator, and text for values, as many as there may be.
    """
    values = FILTER.members["values"]

    assert set(sent) == set(FILTER.members) == set(FILTER.required_members)
    assert sent["operator"] in FILTER.members["operator"].enum
    assert values.member.type_name == "string"
    assert values.metadata.get("min", 1) <= len(sent["values"]) <= values.metadata["max"]


@pytest.mark.skipif("Supported filter names" not in DOCUMENTED, reason="an older botocore names no filters")
@pytest.mark.parametrize("sent", SENT, ids=lambda sent: f"{sent['name']}-{sent['operator']}")
def test_a_filter_is_a_documented_one(sent: dict[str, Any]) -> None:
    """
    Its name has a paragraph, and the operator stands in it.
    """
    told = {
        name: set(re.findall(r"<code>(\w+)</code>", text))
        for name, text in re.findall(r"<code>(\w+)</code> —(.*?)</p>", DOCUMENTED)
    }

    assert sent["operator"] in told[sent["name"]]


def test_every_filter_is_sent() -> None:
    """
    Whether or not an older model documents it.
    """
    assert {(sent["name"], sent["operator"]) for sent in SENT} == {
        ("jobName", "EQUAL"),
        ("jobName", "CONTAINS"),
        ("deviceArn", "EQUAL"),
        ("createdAt", "GTE"),
        ("createdAt", "LTE"),
        ("createdAt", "BETWEEN"),
    }


def test_its_errors_have_classes() -> None:
    """
    Each modelled refusal of SearchJobs is more than a `ServiceError`.
    """
    shapes = MODEL.operation_model("SearchJobs").error_shapes

    assert [shape.name for shape in shapes if kind_of_answer(shape.name, None) is ServiceError] == []
