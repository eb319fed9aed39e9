"""
Watches for tests of the pure rooms: the time is a number, a look is whatever the test says.
"""

from collections.abc import Callable

import attrs

from braket_jobs._watch.watch import Look, Purpose, Watch, has_ended
from braket_jobs.errors.tree import BraketJobsError, ServiceUnavailableError, ThrottlingError
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollPolicy
from braket_jobs.testing import job

QUEUED = job("QUEUED", with_queue_info=True)
RUNNING = job("RUNNING")
COMPLETED = job("COMPLETED")
STEADY = PollPolicy(jitter=0)


def an_arn(number: int = 0, *, region: str = "us-east-1", account_id: str = "123456789012") -> JobArn:
    return JobArn(region=region, account_id=account_id, job_id=f"job-{number:05}")


def unused_look(_watch: Watch) -> Job:
    raise AssertionError("nobody should look")


def is_retryable(error: BraketJobsError) -> bool:
    return error.retryable


def waiting(
    *,
    poll: PollPolicy = STEADY,
    timeout: float | None = None,
    look: Look = unused_look,
    is_enough: Callable[[Job], bool] = has_ended,
    goes_on_after: Callable[[BraketJobsError], bool] = is_retryable,
    is_paced: bool = True,
) -> Purpose:
    return Purpose(
        look=look, is_enough=is_enough, goes_on_after=goes_on_after, poll=poll, timeout=timeout, is_paced=is_paced
    )


def a_watch(number: int = 0, *, purpose: Purpose | None = None, region: str = "us-east-1") -> Watch:
    return Watch(an_arn(number, region=region), purpose or waiting())


def trouble() -> ServiceUnavailableError:
    return ServiceUnavailableError("It is down", attempts=1, retryable=True)


def throttling(hint: float | None = None) -> ThrottlingError:
    return ThrottlingError("Rate exceeded", attempts=1, retryable=True, retry_after=hint)


def queued_at(position: str) -> Job:
    assert QUEUED.queue_info is not None
    return attrs.evolve(QUEUED, queue_info=attrs.evolve(QUEUED.queue_info, position=position))
