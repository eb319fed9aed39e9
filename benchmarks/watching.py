"""
A hundred jobs against GetJob's real quota: ``python -m benchmarks.watching [--runs 3]``, about ten minutes.

Each run is held against the time that nobody can beat: what is in the bucket at once, the rest as it fills. The quota
is not scaled up to save time, since back-offs don't scale with it. Then the memory of ten thousand waits, and what idle
ones cost.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import threading
import time
import tracemalloc
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version

import attrs
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from benchmarks.document import ARN, full_document
from benchmarks.quota_server import enforcing, throttled
from benchmarks.server import serving
from braket_jobs import AsyncJobsClient, Job, JobsClient, PollPolicy, WaitCancelledError

_JOBS = [f"{ARN[:-4]}{number:04}" for number in range(100)]
_THREADS = 16
_CROWD = 10_000
_WAITS, _SETTLING, _IDLE_SECONDS = 200, 2.0, 20.0
_HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)
_VERSIONS = ("braket-jobs", "boto3", "botocore", "urllib3")


@attrs.frozen(kw_only=True)
class Case:
    """
    A state of the account, and what has to be reached in it.

    Attributes:
        name: What it is called.
        tokens: How full the bucket is at first.
        others: What another client takes each second.
        ideal: The time nobody can beat, in seconds.
        slower: How many times as long it may take.
        throttled: How many requests may be throttled.
    """

    name: str
    tokens: float
    others: float
    ideal: float
    slower: float
    throttled: int


_CASES = (
    Case(name="full", tokens=25, others=0, ideal=15, slower=1.05, throttled=3),
    Case(name="empty", tokens=0, others=0, ideal=20, slower=1.08, throttled=10),
    Case(name="shared", tokens=25, others=2, ideal=25, slower=1.08, throttled=30),
)


@attrs.frozen(kw_only=True)
class Run:
    """
    What one run came to.

    Attributes:
        ratio: Its time, as a multiple of the ideal.
        throttled: How many requests were throttled.
        lost: How many jobs were not had in the end.
    """

    ratio: float
    throttled: int
    lost: int

    def meets(self, case: Case) -> bool:
        """
        Return whether all that is asked for was reached.
        """
        return self.ratio <= case.slower and self.throttled <= case.throttled and not self.lost


def _get_jobs(url: str) -> int:
    with JobsClient(endpoint_url=url) as client:
        return sum(outcome.error is not None for outcome in client.get_jobs(_JOBS))


def _get_jobs_async(url: str) -> int:
    async def lost() -> int:
        async with AsyncJobsClient(endpoint_url=url) as client:
            return len([1 async for outcome in client.get_jobs(_JOBS) if outcome.error is not None])

    return asyncio.run(lost())


def _pool(retries: Config) -> Callable[[str], int]:
    def run(url: str) -> int:
        config = Config(max_pool_connections=_THREADS).merge(retries)
        client = boto3.Session().client("braket", region_name="us-east-1", endpoint_url=url, config=config)

        def is_lost(arn: str) -> bool:
            try:
                client.get_job(jobArn=arn)
            except ClientError:
                return True
            return False

        with ThreadPoolExecutor(_THREADS) as pool:
            return sum(pool.map(is_lost, _JOBS))

    return run


def _memory() -> str:
    """
    Return what a waiting job holds, its last update included, and how many threads the crowd needs.
    """
    measured: list[int] = []
    threads: list[int] = []
    cancel = threading.Event()

    def on_update(_job: Job) -> None:
        threads.append(threading.active_count())
        if len(threads) == _CROWD:
            measured.append(tracemalloc.get_traced_memory()[0])
            cancel.set()

    arns = [f"{ARN[:-5]}{number:05}" for number in range(_CROWD)]
    with serving(json.dumps(full_document() | {"status": "RUNNING"}).encode()) as url:
        client = JobsClient(endpoint_url=url, quota=None)
        client.get_job(ARN)
        tracemalloc.start()
        deque(client.wait_all(arns, timeout=None, on_update=on_update, poll=_HOURLY, cancel=cancel), maxlen=0)
        tracemalloc.stop()
    return f"{measured[0] / _CROWD / 1000:.1f} kB for each of {_CROWD} waiting jobs, {max(threads)} threads at most"


def _idle() -> str:
    """
    Return what waits cost that have an event to end them, while nothing happens.
    """
    cancel, have_begun = threading.Event(), threading.Barrier(_WAITS + 1)
    with serving(json.dumps(full_document() | {"status": "RUNNING"}).encode()) as url:
        client = JobsClient(endpoint_url=url, quota=None)

        def wait(arn: str) -> None:
            updates = client.updates(arn, timeout=None, poll=_HOURLY, cancel=cancel)
            next(updates)
            have_begun.wait()
            with suppress(WaitCancelledError):
                next(updates)

        threads = [threading.Thread(target=wait, args=(f"{ARN[:-4]}{number:04}",)) for number in range(_WAITS)]
        for thread in threads:
            thread.start()
        have_begun.wait()
        time.sleep(_SETTLING)
        used = time.process_time()
        time.sleep(_IDLE_SECONDS)
        share = (time.process_time() - used) / _IDLE_SECONDS
        set_at = time.monotonic()
        cancel.set()
        for thread in threads:
            thread.join()
        ended = time.monotonic() - set_at
    return f"{share:.2%} of a core for {_WAITS} idle waits with an event; all ended {ended:.3f} s after it was set"


_CLIENTS: dict[str, Callable[[str], int]] = {
    "JobsClient.get_jobs": _get_jobs,
    "AsyncJobsClient.get_jobs": _get_jobs_async,
    "thread pool, boto3's default": _pool(Config()),
    "thread pool, boto3 adaptive": _pool(Config(retries={"mode": "adaptive"})),
}


def _measured(case: Case, client: Callable[[str], int]) -> Run:
    with enforcing(json.dumps(full_document()).encode(), tokens=case.tokens, others=case.others) as url:
        started = time.monotonic()
        lost = client(url)
        ratio = (time.monotonic() - started) / case.ideal
        return Run(ratio=ratio, throttled=throttled(url), lost=lost)


def _line(case: Case, name: str, runs: list[Run]) -> str:
    median = statistics.median(run.ratio for run in runs)
    each = ", ".join(f"{run.ratio:.3f}/{run.throttled}/{run.lost}" for run in runs)
    met = sum(run.meets(case) for run in runs)
    return f"{case.name:7} {name:30} {median:6.3f}  {met} of {len(runs)} meet it  [{each}]"


def main() -> None:
    """
    Run all clients in all cases and print what came of it.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each client has its turn (%(default)s)")
    parser.add_argument("--only", default="", help="clients whose name contains this")
    options = parser.parse_args()
    os.environ |= {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    print(f"python {platform.python_version()},", ", ".join(f"{name} {version(name)}" for name in _VERSIONS))
    print("each run: time as a multiple of the ideal / requests throttled / jobs lost\n")
    for case in _CASES:
        print(f"{case.name}: {case.ideal:g} s is ideal; ≤ {case.slower:.2f}, ≤ {case.throttled} throttled, none lost")
        for name, client in _CLIENTS.items():
            if options.only in name:
                print(_line(case, name, [_measured(case, client) for _ in range(options.runs)]), flush=True)
    print(_memory())
    print(_idle())


if __name__ == "__main__":
    main()
