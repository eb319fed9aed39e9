"""
What finding jobs costs: pages of a hundred summaries, over loopback with keep-alive, and without any network.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import boto3
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.session import get_session

from benchmarks.document import ARN
from benchmarks.measure import Row, compared, timed
from benchmarks.server import serving
from braket_jobs import JobsClient
from braket_jobs._aws.body import read
from braket_jobs._wire.structure import page_from_response
from braket_jobs.errors.asked import Asked

_ON_A_PAGE = 100
_OPERATION: Any = ServiceModel(get_session().get_service_data("braket"), "braket").operation_model("SearchJobs")
_SEARCH = Asked("SearchJobs")


def _pages(number: int) -> list[bytes]:
    """
    Return so many pages of different jobs, each but the last with a token.
    """
    return [
        json.dumps(
            {"jobs": [_summary(page * _ON_A_PAGE + place) for place in range(_ON_A_PAGE)]}
            | ({"nextToken": f"token-{page}"} if page < number - 1 else {})
        ).encode()
        for page in range(number)
    ]


def _summary(number: int) -> dict[str, Any]:
    return {
        "jobArn": f"{ARN[:-5]}{number:05}",
        "jobName": f"run-ghz-hybrid-{number}",
        "status": "COMPLETED",
        "device": "arn:aws:braket:::device/quantum-simulator/amazon/sv1",
        "createdAt": "2025-05-16T17:21:38.893Z",
        "startedAt": "2025-05-16T17:22:21.724Z",
        "endedAt": "2025-05-16T17:23:41.078Z",
        "tags": {"project": "ghz", "owner": "team-a"},
    }


def rows() -> Iterator[Row]:
    """
    Read one page; then search ten thousand jobs, a hundred, and for the first one.
    """
    (body,) = _pages(1)
    exchange = {"body": body, "headers": {"content-type": "application/json"}, "status_code": 200}
    parser = create_parser("rest-json")
    yield compared(
        "a page of 100 summaries, from its bytes to values",
        timed(lambda: _read(exchange), 5),
        "boto3's parsing of the same page",
        timed(lambda: parser.parse(exchange, _OPERATION.output_shape), 1),
        target=0.10,
        turns=200,
        stretch=20,
    )
    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
    with serving(*_pages(100)) as many, serving(*_pages(1)) as one:
        raw = boto3.Session().client("braket", endpoint_url=many)
        pages = raw.get_paginator("search_jobs").paginate
        client, single = (JobsClient(endpoint_url=url, quota=None) for url in (many, one))
        yield compared(
            "10,000 jobs found",
            timed(lambda: deque(client.search_jobs()), 1),
            "boto3's paginator over the same pages",
            timed(lambda: deque(pages(filters=[]).search("jobs")), 1),
            target=0.25,
            turns=10,
        )
        yield compared(
            "10,000 jobs found, each",
            _each(client, 100),
            "100 jobs found, each",
            _each(single, 1),
            target=1.2,
            turns=20,
        )
    with serving(*_pages(1)) as url:
        raw, client = boto3.Session().client("braket", endpoint_url=url), JobsClient(endpoint_url=url, quota=None)
        yield compared(
            "the first job found",
            timed(lambda: next(client.search_jobs()), 1),
            "one raw search_jobs",
            timed(lambda: raw.search_jobs(filters=[], maxResults=_ON_A_PAGE), 1),
            target=0.35,
            turns=200,
            stretch=20,
        )


def _each(client: JobsClient, number: int) -> Callable[[], float]:
    def measurement() -> float:
        started = perf_counter()
        found = len(deque(client.search_jobs()))
        return (perf_counter() - started) / found if found == number * _ON_A_PAGE else float("nan")

    return measurement


def _read(exchange: dict[str, Any]) -> None:
    given, answer = dict(exchange), dict[str, Any]()
    read(operation_model=_OPERATION, response_dict=given, customized_response_dict=answer)
    page_from_response(answer, _SEARCH, attempts=1)
