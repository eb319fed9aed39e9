"""
What a call costs, from the request to the value, over loopback with keep-alive.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config

from benchmarks.document import ARN, full_document
from benchmarks.measure import Row, compared, timed
from benchmarks.server import serving
from braket_jobs import JobsClient, get_job

_THREADS = 16


def _raw(url: str, config: Config | None = None) -> Any:
    return boto3.Session().client("braket", region_name="us-east-1", endpoint_url=url, config=config)


def rows() -> Iterator[Row]:
    """
    Measure one thread without latency, then sixteen with 30 ms of it.
    """
    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    body = json.dumps(full_document()).encode()
    with serving(body) as url:
        raw, passed = _raw(url), _raw(url)
        own = JobsClient(endpoint_url=url)
        yield compared(
            "client.get_job(arn), own client",
            timed(lambda: own.get_job(ARN), 50),
            "raw boto3, default client",
            timed(lambda: raw.get_job(jobArn=ARN), 50),
            target=0.55,
            turns=40,
        )
        yield compared(
            "get_job(arn, client=passed)",
            timed(lambda: get_job(ARN, client=passed), 50),
            "raw call on that client",
            timed(lambda: passed.get_job(jobArn=ARN), 50),
            target=1.04,
            turns=40,
        )
    with serving(body, latency=0.03) as url:
        raw = _raw(url, Config(max_pool_connections=_THREADS))
        own = JobsClient(endpoint_url=url)
        yield compared(
            "16 threads, 30 ms latency: calls per second",
            lambda: _rate(lambda: own.get_job(ARN)),
            "raw boto3, same threads",
            lambda: _rate(lambda: raw.get_job(jobArn=ARN)),
            target=1.4,
            turns=7,
            is_more_better=True,
            unit="/s",
            scale=1,
        )


def _rate(call: Any, calls: int = 800) -> float:
    with ThreadPoolExecutor(_THREADS) as pool:
        seconds = timed(lambda: list(pool.map(lambda _: call(), range(calls))), 1)()
    return calls / seconds
