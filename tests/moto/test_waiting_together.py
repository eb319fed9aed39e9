"""
Many wait for one job, and others ask for it meanwhile: one poll serves all, and so does what others see.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from support.watching import SECONDS

from braket_jobs import AsyncJobsClient, Job, JobsClient, PollingStatus, PollPolicy, Quota
from braket_jobs.testing import JobsFactory, faults

HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)


class Counting:
    """
    A boto3 client in an object that counts the calls.
    """

    def __init__(self, asked: Callable[[], object] = lambda: None) -> None:
        self._client: Any = boto3.client("braket", region_name="us-east-1")
        self._asked = asked
        self.calls = 0

    def get_job(self, **arguments: Any) -> Any:
        self.calls += 1
        self._asked()
        return self._client.get_job(**arguments)


@pytest.mark.usefixtures("braket")
def test_a_hundred_coroutines_wait_for_the_same_job(braket_jobs_factory: JobsFactory) -> None:
    """
    One poll sees each state, and all of them are told.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING", "COMPLETED"])
    all_wait = threading.Event()
    counting = Counting(lambda: all_wait.wait(SECONDS))
    poll = PollPolicy(wait_initial=0.2, wait_max=0.2, jitter=0)

    async def hundred() -> list[Job]:
        async with AsyncJobsClient(client=counting) as client:
            waits = [asyncio.create_task(client.wait(arn, timeout=SECONDS, poll=poll)) for _ in range(100)]
            await asyncio.sleep(0.1)
            all_wait.set()
            return await asyncio.gather(*waits)

    jobs = asyncio.run(hundred())

    assert [job.status for job in jobs] == ["COMPLETED"] * 100
    assert counting.calls <= 4  # the first poll may have begun before all waited


@pytest.mark.usefixtures("braket")
@pytest.mark.parametrize("is_async", [False, True])
def test_what_a_plain_call_sees_is_told_to_those_who_wait(braket_jobs_factory: JobsFactory, is_async: bool) -> None:
    """
    A wait that polls every hour ends when anybody sees the end.
    """
    arn = braket_jobs_factory.create(states=["RUNNING", "COMPLETED"])
    seen = threading.Event()

    def wait(client: JobsClient) -> Job:
        return client.wait(arn, timeout=SECONDS, poll=HOURLY, on_update=lambda _: seen.set())

    async def ask() -> tuple[Job, Job]:
        async with AsyncJobsClient() as client:
            updates = client.updates(arn, timeout=SECONDS, poll=HOURLY)
            await anext(updates)
            return await client.get_job(arn), await anext(updates)

    if is_async:
        seen_by_call, ended = asyncio.run(ask())
    else:
        with JobsClient() as client, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(wait, client)
            seen.wait(SECONDS)
            seen_by_call, ended = client.get_job(arn), waiting.result()

    assert seen_by_call.status == ended.status == "COMPLETED"


@pytest.mark.usefixtures("braket")
def test_an_hourly_wait_survives_a_second_of_trouble(braket_jobs_factory: JobsFactory) -> None:
    """
    It asks again after two seconds, not after an hour.
    """
    arn = braket_jobs_factory.create(states=["COMPLETED"])
    braket_jobs_factory.fail(faults.INTERNAL, job_arn=arn)

    with JobsClient() as client:
        job = client.wait(arn, timeout=SECONDS, poll=HOURLY)

    assert job.is_terminal


@pytest.mark.usefixtures("braket")
def test_a_client_tells_how_late_it_is(braket_jobs_factory: JobsFactory) -> None:
    """
    While jobs wait for the quota, and nothing when nobody waits.
    """
    arns = [braket_jobs_factory.create(states=["COMPLETED"]) for _ in range(10)]
    with JobsClient(quota=Quota(rate=0.001, burst=2)) as client:
        before = client.polling()
        waits = client.wait_all(arns, timeout=SECONDS)
        next(waits)
        (now,) = client.polling()
        waits.close()

    assert before == ()
    assert isinstance(now, PollingStatus)
    assert (now.account_id, now.region, now.throttled) == ("123456789012", "us-east-1", 0.0)
    assert 1 <= now.due <= 9
    assert 0.0 <= now.oldest_due < SECONDS
