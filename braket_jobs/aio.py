"""
`AsyncJobsClient`: the same verbs for asyncio.

boto3 blocks, so requests run in a bounded number of threads; waiting costs none. There is no event loop in here but
the caller's. What is decided is decided where the threads' client has it decided: this is the same lookout, heard from
a coroutine.

A coroutine that is cancelled stops at once, and so does what it has waited for. A request that is under way then can't
be called back: it ends in its thread, unheard, and keeps neither the loop nor the interpreter from ending.
"""

import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._watch.callers import Callers
from braket_jobs._watch.flows import Flow
from braket_jobs._watch.verbs import Verbs
from braket_jobs._watch.watch import Notice
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome
from braket_jobs.policies import PollPolicy, Quota, RetryPolicy, checked

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

_T = TypeVar("_T")


class AsyncJobsClient:
    """
    Reads and watches hybrid jobs from coroutines, on any event loop; the asynchronous twin of `JobsClient`.

    Every method means what `JobsClient`'s means, and raises the same. To cancel, cancel the task, or close the
    iterator. ``asyncio.TaskGroup`` and ``asyncio.timeout`` work as usual.
    """

    def __init__(
        self,
        *,
        client: GetJobClient | None = None,
        session: "boto3.Session | None" = None,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        config: "Config | None" = None,
        retry: RetryPolicy = RetryPolicy(),
        sleep: Callable[[float], None] = time.sleep,
        quota: Quota | None = Quota(),
        max_threads: int = 32,
    ) -> None:
        """
        Set up without building anything.

        Args:
            client: As for `JobsClient`, like the rest.
            session: The boto3 session to build clients from, instead of a new one.
            region_name: The region to ask in, instead of the one in each job's ARN.
            endpoint_url: The endpoint to ask, instead of the region's own.
            config: Settings for built clients.
            retry: How patiently a call is retried.
            sleep: Waits so many seconds between attempts, in the thread that makes them.
            quota: What each account may be asked in each region; None to hold nothing back.
            max_threads: How many requests are made at once, at most.

        Raises:
            TypeError: If `client` comes together with what is for building one, or a setting is of the wrong type.
            ValueError: If `max_threads` is below 1.
        """
        callers = Callers(
            client=client,
            session=session,
            region_name=region_name,
            endpoint_url=endpoint_url,
            config=config,
            sleep=sleep,
            quota=quota,
            max_threads=max_threads,
        )
        self._callers = callers
        self._verbs = Verbs(callers, checked(retry))

    async def get_job(self, job_arn: str | JobArn, *, with_queue_info: bool = False) -> Job:
        """
        Return the job with `job_arn` as it is now.

        Args:
            job_arn: The job's ARN. It is checked before any request is made.
            with_queue_info: Whether to ask for the place in the queue too (`Job.queue_info`).

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`.
            BraketJobsError: As `JobsClient.get_job`.
        """
        outcomes = self._run(self._verbs.get_job(job_arn, with_queue_info=with_queue_info))
        (outcome,) = [each async for each in outcomes]
        return outcome.unwrap()

    def get_jobs(
        self, job_arns: Iterable[str | JobArn], *, with_queue_info: bool = False
    ) -> AsyncGenerator[JobOutcome, None]:
        """
        Yield what became of asking for each job, in the order of `job_arns`: several at once, within the quota.

        Args:
            job_arns: The jobs' ARNs. An endless iterable will do, but one that blocks would block the loop.
            with_queue_info: Whether to ask for the places in the queue too.

        Raises:
            TypeError: If `job_arns` is a single text, or something in it is neither text nor a `JobArn`.
        """
        return self._run(self._verbs.get_jobs(job_arns, with_queue_info=with_queue_info))

    def updates(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,
        poll: PollPolicy = PollPolicy(),
    ) -> AsyncGenerator[Job, None]:
        """
        Yield the job as it is now, and again whenever a look shows something new, until it has ended.

        Args:
            job_arn: The job's ARN.
            timeout: How long to go on, in seconds or as a `timedelta`; None for as long as it takes.
            poll: How often to look.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `JobsClient.updates`.
        """
        return self._run(self._verbs.updates(job_arn, timeout=timeout, poll=poll))

    async def wait(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,  # noqa: ASYNC109  # it is part of the verb: the error carries the last job
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
    ) -> Job:
        """
        Return the job when it has ended, well or badly: look at its `status`.

        Args:
            job_arn: The job's ARN.
            timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
            on_update: A plain function, called in the loop's thread with each look that showed something new. What it
                raises ends the wait.
            poll: How often to look.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `JobsClient.wait`.
        """
        outcomes = self.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll)
        (outcome,) = [each async for each in outcomes]
        return outcome.unwrap()

    def wait_all(
        self,
        job_arns: Iterable[str | JobArn],
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
    ) -> AsyncGenerator[JobOutcome, None]:
        """
        Yield the outcome of each job as it ends, once for each job. No job's error ends the others.

        Args:
            job_arns: The jobs' ARNs, of any regions and accounts.
            timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
            on_update: A plain function, called in the loop's thread with each look that showed something new.
            poll: How often to look.

        Raises:
            TypeError: If `job_arns` is a single text, something in it is neither text nor a `JobArn`, or another
                argument is of another type.
            ValueError: If `timeout` isn't positive.
        """
        return self._run(self._verbs.wait_all(job_arns, timeout=timeout, on_update=on_update, poll=poll))

    async def close(self) -> None:
        """
        End the waits that are under way, and close the connections of the clients built here.
        """
        self._callers.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def _run(self, flow: Flow[_T]) -> AsyncGenerator[_T, None]:
        return _run(self._callers, flow)


async def _run(callers: Callers, flow: Flow[_T]) -> AsyncGenerator[_T, None]:
    import asyncio  # noqa: PLC0415  # whoever awaits has it already, and nobody else should pay its 50 ms

    loop, lookout = asyncio.get_running_loop(), callers.lookout()
    mailbox: asyncio.Queue[Notice] = asyncio.Queue()

    def receive(notice: Notice) -> None:
        with suppress(RuntimeError):  # a loop that was closed meanwhile wants nothing any more
            loop.call_soon_threadsafe(mailbox.put_nowait, notice)

    lookout.begin(flow)
    try:
        while not flow.is_over:
            while not mailbox.empty():
                flow.hear(mailbox.get_nowait())
            for item in flow.ready():
                yield item
            lookout.feed(flow, receive)
            for item in flow.ready():
                yield item
            if flow.is_hungry:
                await asyncio.sleep(0)
            elif flow.open:
                flow.hear(await mailbox.get())
        flow.finish()
    finally:
        lookout.drop(flow.open)
