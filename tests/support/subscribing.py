"""
Subscriptions for tests, and the two ways to go through them.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pytest

from braket_jobs import Job, JobOutcome, PollPolicy
from braket_jobs._quota.bucket import Quotas
from braket_jobs._watch.kinds import OutcomesAsTheyEnd, OutcomesInOrder
from braket_jobs._watch.polled_job import PolledJob
from braket_jobs._watch.poller import Poller
from braket_jobs._watch.scheduler import Scheduler
from braket_jobs._watch.subscriptions import JobArns, Subscription
from support.watching import COMPLETED, SECONDS, an_arn, waiting

T = TypeVar("T")
Kind = Callable[..., Subscription[JobOutcome]]
Iterate = Callable[[Subscription[Any]], Iterator[Any]]
A, B, C = (str(an_arn(number)) for number in range(3))
FAST = PollPolicy(wait_initial=0.001, wait_max=0.002)
HOURLY = PollPolicy(wait_initial=3600, wait_max=3600)


def in_a_thread(subscription: Subscription[T]) -> Iterator[T]:
    return subscription.iterate()


def in_a_loop(subscription: Subscription[T]) -> Iterator[T]:
    """
    Step through it in debug mode, where asyncio complains of what is left behind.
    """
    iterator = subscription.iterate_async()

    async def step() -> list[T]:
        try:
            return [await anext(iterator)]
        except StopAsyncIteration:
            return []

    with asyncio.Runner(debug=True) as runner:
        while items := runner.run(step()):
            yield from items


all_ways = pytest.mark.parametrize("iterate", [in_a_thread, in_a_loop])
all_kinds = pytest.mark.parametrize("kind", [OutcomesAsTheyEnd, OutcomesInOrder])


def a_poller(*, most_requests: int = 200, **clock: Any) -> Poller:
    return Poller(Scheduler(Quotas(None), most_requests=most_requests), **clock)


def at_once(_polled: PolledJob) -> Job:
    return COMPLETED


def answering(answers: dict[str, Job | BaseException | Callable[[], Job]]) -> Callable[[PolledJob], Job]:
    """
    Return a request that is answered as said; jobs of which nothing is said have ended.
    """

    def request(polled: PolledJob) -> Job:
        answer = answers.get(str(polled.arn), COMPLETED)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, Job) else answer()

    return request


def subscribe(
    kind: Callable[..., Subscription[T]],
    job_arns: JobArns,
    request: Callable[[PolledJob], Job] = at_once,
    *,
    poller: Poller | None = None,
    policy: PollPolicy = HOURLY,
    timeout: float | None = SECONDS,
    **further: Any,
) -> Subscription[T]:
    options = waiting(request=request, policy=policy, timeout=timeout)
    return kind(poller or a_poller(), job_arns, options, **further)


def arns(outcomes: Iterable[JobOutcome]) -> list[str]:
    return [outcome.job_arn for outcome in outcomes]


def errors(outcomes: Iterable[JobOutcome]) -> Counter[type]:
    return Counter(type(outcome.error) for outcome in outcomes)


def until_heard(subscription: Subscription[Any], number: int) -> None:
    """
    Wait until so many notifications have come that are not taken in yet.
    """
    give_up_at = time.monotonic() + SECONDS
    while subscription.heard.qsize() + len(subscription._pending) < number:
        assert time.monotonic() < give_up_at
        time.sleep(0.001)
