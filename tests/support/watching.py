"""
Jobs that are polled, for tests of what only decides: the time is a number, an answer is whatever the test says.
"""

import threading
import time
from collections.abc import Callable, Iterable
from math import inf

import attrs

from braket_jobs._watch.polled_job import PolledJob, PollOptions
from braket_jobs._watch.threads import THREADS
from braket_jobs.errors.tree import ServiceUnavailableError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollPolicy
from braket_jobs.testing import job

QUEUED = job("QUEUED", with_queue_info=True)
RUNNING = job("RUNNING")
COMPLETED = job("COMPLETED")
STEADY = PollPolicy(jitter=0)
SECONDS = 20.0  # more than any test takes


def an_arn(number: int = 0, *, region: str = "us-east-1", account_id: str = "123456789012") -> JobArn:
    return JobArn(region=region, account_id=account_id, job_id=f"job-{number:05}")


def unused_request(_job: PolledJob) -> Job:
    raise AssertionError("nobody should ask")


def waiting(
    *,
    policy: PollPolicy = STEADY,
    timeout: float | None = None,
    request: Callable[[PolledJob], Job] = unused_request,
    with_queue_info: bool | None = None,
) -> PollOptions:
    """
    Return the options of jobs that are polled until they end.
    """
    return PollOptions(request=request, until_end=True, policy=policy, timeout=timeout, with_queue_info=with_queue_info)


def asking(*, is_paced: bool = True) -> PollOptions:
    """
    Return the options of jobs of which one answer is enough.
    """
    return PollOptions(request=unused_request, until_end=False, policy=STEADY, is_paced=is_paced)


def a_polled_job(
    number: int = 0, options: PollOptions | None = None, *, deadline: float = inf, region: str = "us-east-1"
) -> PolledJob:
    return PolledJob(an_arn(number, region=region), options or waiting(), deadline)


def trouble() -> ServiceUnavailableError:
    return ServiceUnavailableError("It is down", attempts=1, retryable=True)


def throttling(hint: float | None = None) -> ThrottlingError:
    return ThrottlingError("Rate exceeded", attempts=1, retryable=True, retry_after=hint)


class Course:
    """
    The answers about a job that changes only when its update was seen: one that is not taken in gives way to the next.
    """

    def __init__(self, *answers: Job | BaseException) -> None:
        self._rest = list(answers)

    def request(self, _polled: PolledJob) -> Job:
        answer = self._rest[0]
        if isinstance(answer, BaseException):
            del self._rest[0]
            raise answer
        return answer

    def see(self, _job: Job) -> None:
        del self._rest[0]

    def follow(self, updates: Iterable[Job]) -> list[Job]:
        seen = list[Job]()
        for update in updates:
            seen.append(update)
            self.see(update)
        return seen


def queued_at(position: str) -> Job:
    assert QUEUED.queue_info is not None
    return attrs.evolve(QUEUED, queue_info=attrs.evolve(QUEUED.queue_info, position=position))


def our_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "braket-jobs"]


def nobody_polls() -> bool:
    """
    Wait until none of our threads has anything to do; each may have had another one begin before.
    """
    give_up_at = time.monotonic() + SECONDS
    while (is_busy := len(our_threads()) > len(THREADS.idle)) and time.monotonic() < give_up_at:
        time.sleep(0.001)
    return not is_busy
