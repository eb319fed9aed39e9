"""
Searches over real connections, in the middle of forks, interrupts and other calls.
"""

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from support.watching import SECONDS

from braket_jobs import JobsClient, RetryDetails, RetryPolicy
from braket_jobs.testing import BraketServer, JobsFactory, faults

REGIONS = ["us-east-1"]
EVENTS = pytest.mark.parametrize("cancel", [None, threading.Event()])


@pytest.fixture
def client(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> Iterator[JobsClient]:
    """
    A client of a service with 150 jobs.
    """
    for number in range(150):
        braket_jobs_factory.create(job_name=f"job-{number}")
    with JobsClient(endpoint_url=braket_server.url) as made:
        yield made


@EVENTS
def test_a_search_goes_on_in_a_forked_child(client: JobsClient, cancel: threading.Event | None) -> None:
    """
    And in the parent: each reads the rest for itself, over a connection of its own.
    """
    search = client.search_jobs(regions=REGIONS, cancel=cancel)
    next(search)

    child = os.fork()
    if child == 0:
        signal.alarm(int(SECONDS))
        os._exit(0 if sum(1 for _ in search) == 149 else 1)

    assert os.waitpid(child, 0)[1] == 0
    assert sum(1 for _ in search) == 149


@EVENTS
def test_an_interrupt_ends_a_search_whose_answer_does_not_come(
    client: JobsClient, braket_jobs_factory: JobsFactory, cancel: threading.Event | None
) -> None:
    """
    At once; the next one is as good as ever.
    """
    braket_jobs_factory.fail(faults.HANG, operation="SearchJobs")
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        list(client.search_jobs(regions=REGIONS, cancel=cancel))

    assert len(list(client.search_jobs(regions=REGIONS))) == 150


def test_a_hook_may_search_in_the_middle_of_a_search(
    braket_server: BraketServer, client: JobsClient, braket_jobs_factory: JobsFactory
) -> None:
    """
    Each counts its own requests; what the hook is told names no job.
    """
    told: list[tuple[str, str | None, int, int]] = []

    def search_too(details: RetryDetails) -> None:
        found = len(list(client.search_jobs(regions=REGIONS, limit=3)))
        told.append((details.job_arn, details.error.subject, details.attempts, found))

    policy = RetryPolicy(wait_initial=0, on_retry=search_too)
    braket_jobs_factory.fail(faults.INTERNAL, operation="SearchJobs")
    with JobsClient(endpoint_url=braket_server.url, retry=policy) as hooked:
        found = len(list(hooked.search_jobs(name_contains="job", regions=REGIONS)))

    assert found == 150
    assert told == [("", "names with 'job' in us-east-1", 1, 3)]


def test_a_search_goes_on_when_its_client_was_closed(client: JobsClient) -> None:
    """
    It builds anew, as a call does.
    """
    search = client.search_jobs(regions=REGIONS)
    next(search)

    client.close()

    assert sum(1 for _ in search) == 149
