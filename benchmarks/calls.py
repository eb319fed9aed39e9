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
from braket_jobs import JobsClient

_THREADS = 16
# With 30 ms, a machine on which raw boto3 reaches 380 calls a second leaves no room for 1.4 times as many: hence 10 ms.
_LATENCIES = (0.03, 0.01)
_TURNS = 3000
_STRETCH = 300


def _raw(url: str, config: Config | None = None) -> Any:
    return boto3.Session().client("braket", region_name="us-east-1", endpoint_url=url, config=config)


def rows() -> Iterator[Row]:
    """
    Measure one thread without latency, then sixteen with some.
    """
    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    body = json.dumps(full_document()).encode()
    with serving(body) as url:
        raw, passed = _raw(url), _raw(url)
        own, passing = JobsClient(endpoint_url=url), JobsClient(client=passed)
        yield compared(
            "client.get_job(arn), own client",
            timed(lambda: own.get_job(ARN), 1),
            "raw boto3, default client",
            timed(lambda: raw.get_job(jobArn=ARN), 1),
            target=0.58,
            turns=_TURNS,
            stretch=_STRETCH,
        )
        yield compared(
            "client.get_job(arn), JobsClient(client=passed)",
            timed(lambda: passing.get_job(ARN), 1),
            "raw call on that client",
            timed(lambda: passed.get_job(jobArn=ARN), 1),
            target=1.06,
            turns=_TURNS,
            stretch=_STRETCH,
        )
    for latency in _LATENCIES:
        with serving(body, latency=latency) as url:
            yield _threads(url, latency)


def _threads(url: str, latency: float) -> Row:
    raw = _raw(url, Config(max_pool_connections=_THREADS))
    own = JobsClient(endpoint_url=url)
    most = _THREADS / latency
    return compared(
        f"{_THREADS} threads, {latency * 1000:.0f} ms latency: calls per second, of {most:.0f} at most",
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
