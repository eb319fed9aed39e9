"""
A test may put jobs in and move them while a server's threads answer from the same store.
"""

from collections.abc import Callable
from threading import Thread

import pytest
from support.samples import REAL_ARN, sample

from braket_jobs.testing import JobsFactory
from braket_jobs.testing.braket.models import braket_backends

DOCUMENT = sample("real_completed_wire")
TOUCHES: dict[str, Callable[[JobsFactory, str], object]] = {
    "create": lambda factory, _: factory.create(),
    "add": lambda factory, _: factory.add(DOCUMENT, job_arn=REAL_ARN),
    "advance": lambda factory, arn: factory.advance(arn),
    "looks": lambda factory, arn: factory.looks(arn),
}


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
