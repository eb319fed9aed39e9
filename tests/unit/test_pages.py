"""
Which page is asked for next, and which summaries are handed out.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from braket_jobs import (
    BraketJobsError,
    InvalidResponseError,
    JobStatus,
    JobSummary,
    ServiceUnavailableError,
    ThrottlingError,
)
from braket_jobs._search.pages import Pages
from braket_jobs._search.query import Query
from braket_jobs.model.summary import SummaryPage

Answer = tuple[SummaryPage, int]
CONFIGURED = "us-west-1"


def a_summary(number: int, status: str = "RUNNING") -> JobSummary:
    return JobSummary(
        job_arn=f"arn:aws:braket:us-east-1:123456789012:job/{number}",
        job_name="vqe",
        status=JobStatus(status),
        device="local:braket/default",
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


def page(*numbers: int, then: str | None = None, status: str = "RUNNING") -> Answer:
    jobs = tuple(a_summary(number, status) for number in numbers)
    return SummaryPage(jobs=jobs, next_token=then), 1


def walked(asked: dict[str, Any], *answers: Answer | Exception) -> Iterator[object]:
    """
    Yield each request that is made as region, size and token, and the number of each job that is handed out.
    """
    pages, rest = Pages(Query.of(**asked)), iter(answers)
    while (request := pages.next_request()) is not None:
        yield request.region, request.size, request.token
        answer = next(rest)
        outcome = answer if isinstance(answer, Exception) else (*answer, request.region or CONFIGURED)
        yield from (int(summary.job_arn[-1]) for summary in pages.hear(outcome))
    pages.end()


def until_it_fails(course: Iterator[object]) -> tuple[list[int], Exception]:
    """
    Return the numbers of the jobs that are handed out, and how it ends.
    """
    seen: list[int] = []
    try:
        seen.extend(each for each in course if isinstance(each, int))
    except BraketJobsError as error:
        return seen, error
    raise AssertionError("it should end with an error")


@pytest.mark.parametrize(
    ("asked", "answers", "course"),
    [
        ({}, [page(1, 2)], [("", 100, None), 1, 2]),
        ({}, [page()], [("", 100, None)]),
        ({}, [page(1, then="b"), page(2)], [("", 100, None), 1, (CONFIGURED, 100, "b"), 2]),
        ({}, [page(1, then="")], [("", 100, None), 1]),
        ({}, [page(then="b"), page(2)], [("", 100, None), (CONFIGURED, 100, "b"), 2]),
        ({}, [page(1, 2, then="b"), page(2, 3)], [("", 100, None), 1, 2, (CONFIGURED, 100, "b"), 3]),
        ({"limit": 3}, [page(1, 2, then="b"), page(3, 4)], [("", 3, None), 1, 2, (CONFIGURED, 1, "b"), 3]),
        ({"limit": 250}, [page(1, then="b"), page(2)], [("", 100, None), 1, (CONFIGURED, 100, "b"), 2]),
        ({"limit": 2}, [page(1, 2, then="b")], [("", 2, None), 1, 2]),
        ({"limit": 2}, [page(1, then="b"), page(2, then="b")], [("", 2, None), 1, (CONFIGURED, 1, "b"), 2]),
        ({"limit": 0}, [], []),
        ({"regions": []}, [], []),
        (
            {"limit": 1, "status": JobStatus.FAILED},
            [page(1, then="b"), page(2, 3, status="FAILED")],
            [("", 100, None), (CONFIGURED, 100, "b"), 2],
        ),
        ({"status": []}, [], []),
        (
            {"regions": ["us-east-1", "eu-west-2"]},
            [page(1, then="b"), page(2), page(3, then="b"), page(4)],
            [
                *(("us-east-1", 100, None), 1, ("us-east-1", 100, "b"), 2),
                *(("eu-west-2", 100, None), 3, ("eu-west-2", 100, "b"), 4),
            ],
        ),
    ],
)
def test_pages_are_asked_for_as_they_are_needed(
    asked: dict[str, Any], answers: list[Answer], course: list[object]
) -> None:
    """
    All in the region of the first. No more than the limit, and whole pages where the status decides here. Each job
    comes once. An empty page with a token goes on, and each region has tokens of its own.
    """
    assert list(walked(asked, *answers)) == course


def test_a_region_that_fails_is_told_at_the_end() -> None:
    """
    The summaries of the others come first, and what it had given already is not lost; of two that fail, the first.
    """
    first, second = ThrottlingError("slowly"), ServiceUnavailableError("not now")
    course = walked({"regions": ["a", "b", "c", "d"]}, page(1, then="x"), first, page(2), second, page(3))

    seen, error = until_it_fails(course)

    assert seen == [1, 2, 3]
    assert error is first
    assert first.__notes__ == [f"Another region failed too: {second}"]


def test_a_token_that_comes_twice_is_an_error() -> None:
    """
    Or the search would go round for ever; what has come is handed out, and other regions are asked.
    """
    course = walked({"regions": ["a", "b"]}, page(1, then="x"), page(2, then="y"), page(3, then="x"), page(4))

    seen, error = until_it_fails(course)

    assert seen == [1, 2, 3, 4]
    assert isinstance(error, InvalidResponseError)
    assert error.path == "nextToken"
    assert str(error).startswith(
        "SearchJobs's answer is not what AWS's model promises for all jobs in a: the token of the next page"
    )


def test_what_is_no_region_s_error_ends_it_at_once() -> None:
    """
    A defect, or an interrupt.
    """
    with pytest.raises(ZeroDivisionError):
        list(walked({"regions": ["a", "b"]}, ZeroDivisionError()))
