"""
A test may put jobs in and move them while a server's threads answer from the same store.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import pytest
from support.requests import braket_client
from support.samples import REAL_ARN, sample

from braket_jobs.testing import JobsFactory
from braket_jobs.testing.braket.jobs import DocumentJob
from braket_jobs.testing.braket.models import braket_backends

DOCUMENT = sample("real_completed_wire")
TOUCHES: dict[str, Callable[[JobsFactory, str], object]] = {
    "create": lambda factory, _: factory.create(),
    "add": lambda factory, _: factory.add(DOCUMENT, job_arn=REAL_ARN),
    "advance": lambda factory, arn: factory.advance(arn),
    "looks": lambda factory, arn: factory.looks(arn),
}


class WatchedJob(DocumentJob):
    """
    Notes whether another thread could have had the store's lock while an operation ran.
    """

    def __init__(self, document: dict[str, Any], lock: Any) -> None:
        super().__init__(document)
        self.lock = lock
        self.locked: list[bool] = []

    def current(self) -> dict[str, Any]:
        with ThreadPoolExecutor(1) as pool:
            self.locked.append(not pool.submit(self.try_lock).result())
        return super().current()

    def try_lock(self) -> bool:
        free: bool = self.lock.acquire(blocking=False)
        if free:
            self.lock.release()
        return free


@pytest.mark.usefixtures("braket")
def test_an_operation_holds_the_lock_while_it_runs() -> None:
    """
    No other thread sees half of a step.
    """
    store = braket_backends["123456789012"]["us-east-1"]
    watched = store.jobs[REAL_ARN] = WatchedJob(DOCUMENT, store.lock)

    braket_client().get_job(jobArn=REAL_ARN)
    braket_client().search_jobs(filters=[])

    assert watched.locked == [True, True]


@pytest.mark.parametrize("name", TOUCHES)
def test_the_factory_waits_for_an_operation_to_end(braket_jobs_factory: JobsFactory, name: str) -> None:
    """
    While the store's lock is held nothing of it changes, and afterwards the change is made.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING"], advance="manually")
    store = braket_backends[braket_jobs_factory.account_id][braket_jobs_factory.region_name]
    done: list[object] = []
    thread = Thread(target=lambda: done.append(TOUCHES[name](braket_jobs_factory, arn)))

    with store.lock:
        thread.start()
        thread.join(0.1)
        early = list(done)
    thread.join(10)

    assert early == []
    assert len(done) == 1
