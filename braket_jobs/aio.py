"""
`AsyncJobsClient`: the same for asyncio.

boto3 blocks, so requests run in a bounded number of threads; waiting costs none. There is no event loop in here but
the caller's. The engine is the one that `JobsClient` has; only who waits is a coroutine.

A coroutine that is cancelled stops at once, and so do its polls. A request that is under way then can't be called back:
its answer is thrown away, and it keeps neither the loop nor the interpreter from ending.
"""

from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from braket_jobs._search.query import Query
from braket_jobs._search.search import Search
from braket_jobs._watch.base import BaseClient
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome
from braket_jobs.model.summary import JobSummary
from braket_jobs.policies import PollPolicy


class AsyncJobsClient(BaseClient):
    """
    Reads and polls hybrid jobs from coroutines of asyncio's; the asynchronous twin of `JobsClient`.

    It runs on any event loop of asyncio's (uvloop too), and one client serves several. Elsewhere, as under trio, each
    method raises `ConfigurationError`: use `JobsClient` in a thread there, as by ``trio.to_thread.run_sync``.

    Every method takes and means what `JobsClient`'s does, and raises the same. To cancel, cancel the task, or close the
    iterator. ``asyncio.TaskGroup`` and ``asyncio.timeout`` work as usual. `on_update` is a plain function, called in
    the loop's thread, and `sleep` is called in the thread that asks.
    """

    async def get_job(self, job_arn: str | JobArn, *, with_queue_info: bool = False) -> Job:
        """
        Return the job with `job_arn` as it is now.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`.
            BraketJobsError: As `JobsClient.get_job`.
        """
        answer = self._engine.get_job_elsewhere(job_arn, with_queue_info=with_queue_info)
        (outcome,) = [each async for each in answer.iterate_async()]
        return outcome.unwrap()

    def get_jobs(
        self, job_arns: Iterable[str | JobArn] | AsyncIterable[str | JobArn], *, with_queue_info: bool = False
    ) -> AsyncGenerator[JobOutcome, None]:
        """
        Yield what became of asking for each job, in the order of `job_arns`: several at once, within the quota.

        An endless iterable will do, but one that blocks would block the loop. An async iterable may take its time: it
        is read in a task of its own, and closed (`aclose`, if it has that) when this iterator is.

        Raises:
            TypeError: If `job_arns` is a single text, or something in it is neither text nor a `JobArn`.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before.
        """
        return self._engine.get_jobs(job_arns, with_queue_info=with_queue_info).iterate_async()

    def search_jobs(
        self,
        *,
        name: str | None = None,
        name_contains: str | None = None,
        device: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        status: JobStatus | Iterable[JobStatus] | None = None,
        regions: Iterable[str] | None = None,
        limit: int | None = None,
    ) -> AsyncGenerator[JobSummary, None]:
        """
        Yield a summary of each of the account's jobs that all of this is true of, in no promised order.

        Raises:
            TypeError: If an argument is of another type, or two come together that exclude each other.
            ValueError: If an argument is of no use, such as a time without a zone.
            BraketJobsError: As `JobsClient.search_jobs`.
        """
        query = Query.of(
            name=name,
            name_contains=name_contains,
            device=device,
            created_after=created_after,
            created_before=created_before,
            status=status,
            regions=regions,
            limit=limit,
        )
        return Search(self._engine, query).iterate_async()

    async def latest_job(
        self, name: str, *, regions: Iterable[str] | None = None, with_queue_info: bool = False
    ) -> Job:
        """
        Return the job of exactly this name that was created last, as it is now.

        Raises:
            TypeError: If an argument is of another type.
            ValueError: If a text is empty.
            JobNotFoundError: If no job has this name.
            BraketJobsError: As `JobsClient.latest_job`.
        """
        search = Search(self._engine, Query.of(name=name, regions=regions))
        found = search.newest([summary async for summary in search.iterate_async()])
        return await self.get_job(found.job_arn, with_queue_info=with_queue_info)

    def updates(
        self, job_arn: str | JobArn, *, timeout: float | timedelta | None, poll: PollPolicy = PollPolicy()
    ) -> AsyncGenerator[Job, None]:
        """
        Yield the job as it is now, and again whenever a poll shows something new, until it has ended.

        Raises:
            TypeError: If an argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `JobsClient.updates`.
        """
        return self._engine.updates(job_arn, timeout=timeout, poll=poll).iterate_async()

    async def wait(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,  # noqa: ASYNC109  # its error carries the last update, asyncio's doesn't
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
    ) -> Job:
        """
        Return the job when it has ended, well or badly: its `status` tells.

        Raises:
            TypeError: If an argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `JobsClient.wait`.
        """
        ends = self.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll)
        (outcome,) = [each async for each in ends]
        return outcome.unwrap()

    def wait_all(
        self,
        job_arns: Iterable[str | JobArn] | AsyncIterable[str | JobArn],
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
    ) -> AsyncGenerator[JobOutcome, None]:
        """
        Yield the outcome of each job as it ends, once for each job. No job's error ends the others.

        An async iterable of ARNs is read as by `get_jobs`. When time is over, it is read no more, silent or not.

        Raises:
            TypeError: If an argument is of another type, or `job_arns` is a single text.
            ValueError: If `timeout` isn't positive.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before, or what
                `on_update` raises, after the outcomes of the jobs that have ended.
        """
        ends = self._engine.wait_all(job_arns, timeout=timeout, on_update=on_update, poll=poll)
        return ends.iterate_async()

    async def close(self) -> None:
        """
        End the waits that are under way, and close the connections of the clients built here.
        """
        self._engine.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()
