"""
A thousand jobs waited for at once over real HTTP: threads bounded, nothing lost or doubled, every outcome right.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from braket_jobs import AsyncJobsClient, Job, JobOutcome, JobsClient, PollPolicy
from braket_jobs.testing import BraketServer, JobsFactory

SECONDS = 100.0
FAST = PollPolicy(wait_initial=0.01, wait_max=0.02)
ENDS = ("COMPLETED", "FAILED", "CANCELLED")
MOST_THREADS = 6

Wait = Callable[[str, list[str], Callable[[Job], object]], list[JobOutcome]]


def with_threads(url: str, arns: list[str], on_update: Callable[[Job], object]) -> list[JobOutcome]:
    with JobsClient(endpoint_url=url, quota=None, max_threads=MOST_THREADS) as client:
        return list(client.wait_all(arns, timeout=SECONDS, on_update=on_update, poll=FAST))


def with_asyncio(url: str, arns: list[str], on_update: Callable[[Job], object]) -> list[JobOutcome]:
    async def outcomes() -> list[JobOutcome]:
        async with AsyncJobsClient(endpoint_url=url, quota=None, max_threads=MOST_THREADS) as client:
            tasks = [
                asyncio.create_task(client.wait(arn, timeout=SECONDS, on_update=on_update, poll=FAST)) for arn in arns
            ]
            return [JobOutcome(job_arn=arn, job=await task) for arn, task in zip(arns, tasks, strict=True)]

    return asyncio.run(outcomes())


@pytest.fixture
def arns(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> list[str]:  # noqa: ARG001  # the server shares the factory's store
    return [
        braket_jobs_factory.create(job_name=f"job-{number}", states=["QUEUED", "RUNNING", ENDS[number % 3]])
        for number in range(1000)
    ]


@pytest.mark.parametrize("wait", [with_threads, with_asyncio])
def test_a_thousand_jobs_are_waited_for_at_once(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, arns: list[str], wait: Wait
) -> None:
    """
    Three polls of each, whoever waits; as few threads as requests are allowed, those that are just ending included.
    """
    updates: Counter[str] = Counter()
    threads: set[int] = set()
    before = set(threading.enumerate())  # a client of another test may keep its own

    def on_update(job: Job) -> None:
        updates[job.job_arn] += 1
        ours = {thread for thread in threading.enumerate() if thread.name == "braket-jobs"}
        threads.add(len(ours - before))

    outcomes = {outcome.job_arn: outcome.unwrap() for outcome in wait(braket_server.url, arns, on_update)}

    assert [outcomes[arn].status for arn in arns] == [ENDS[number % 3] for number in range(1000)]
    assert [outcomes[arn].job_name for arn in arns] == [f"job-{number}" for number in range(1000)]
    assert {braket_jobs_factory.looks(arn) for arn in arns} == {3}
    assert set(updates) == set(arns)
    assert max(updates.values()) <= 3  # of updates that came while others were told, the newest is told
    assert max(threads) <= 2 * MOST_THREADS + 1
