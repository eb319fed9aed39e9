"""
`JobsClient`: reads, polls and finds jobs, with settings of its own.
"""

import threading
from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from braket_jobs._search.query import Query
from braket_jobs._search.search import Search
from braket_jobs._watch.base import BaseClient
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome
from braket_jobs.model.summary import JobSummary
from braket_jobs.policies import PollPolicy

if TYPE_CHECKING:
    pass


class JobsClient(BaseClient):
    """
    Reads hybrid jobs. Thread-safe, built on first use, safe after a fork.

    Without `client` it builds one botocore client for each region it is asked about (32 are kept), and builds anew when
    credentials are refused or the environment changes, as `get_job` says. These clients retry by this client's policy
    only. As a context manager it closes at the end what it has built; it can be used again after that, and builds anew.
    """

    def get_job(self, job_arn: str | JobArn, *, with_queue_info: bool = False) -> Job:
        """
        Return the job with `job_arn` as it is now: GetJob, retried as the client's policy says.

        Args:
            job_arn: The job's ARN. It is checked before any request is made.
            with_queue_info: Whether to ask for the place in the queue too (`Job.queue_info`).

        Returns:
            The job; all times in it are aware UTC.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`.
            InvalidJobArnError: If it isn't the ARN of a hybrid job; no request was made.
            ConfigurationError: If no client can be built, or the passed one can't be used.
            CredentialsError: If there are no credentials to sign with.
            ConnectError: If the endpoint can't be reached.
            ConnectionLostError: If the connection broke.
            RequestTimeoutError: If nothing came in time.
            TLSError: If the connection can't be trusted.
            AccessDeniedError: If the identity may not read the job.
            AuthenticationError: If the service doesn't accept the credentials.
            JobNotFoundError: If there is no such job.
            ThrottlingError: If there were too many requests.
            ServiceUnavailableError: If the service can't answer now; `InternalServiceError` if it failed inside.
            ValidationError: If the service finds the request malformed.
            ServiceError: If the service refused for another reason.
            InvalidResponseError: If the answer isn't a job; `IncompleteResponseError` if it holds nothing of one.
        """
        return self._engine.get_job(job_arn, with_queue_info=with_queue_info)

    def get_jobs(
        self,
        job_arns: Iterable[str | JobArn],
        *,
        with_queue_info: bool = False,
        cancel: threading.Event | None = None,
    ) -> Generator[JobOutcome, None, None]:
        """
        Yield what became of asking for each job, in the order of `job_arns`: several at once, within the quota.

        Each is tried again as the client's policy says; a throttled one waits for its turn again. No job's error ends
        the others. At most 32 jobs are read ahead, so an endless iterable will do; one that comes twice among them is
        asked for once.

        Args:
            job_arns: The jobs' ARNs, of any regions and accounts.
            with_queue_info: Whether to ask for the places in the queue too.
            cancel: When it is set, what is still open ends with `WaitCancelledError`: all of a collection, and of an
                iterator what has been read, since that is read no more.

        Raises:
            TypeError: If `job_arns` is a single text, something in it is neither text nor a `JobArn`, or `cancel` is no
                `threading.Event`.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before.
        """
        return self._engine.get_jobs(job_arns, with_queue_info=with_queue_info).iterate(cancel)

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
        cancel: threading.Event | None = None,
    ) -> Generator[JobSummary, None, None]:
        """
        Yield a summary of each of the account's jobs that all of this is true of, in no promised order: SearchJobs.

        A page of up to 100 is asked for when it is needed, and waits for the quota; it is retried as the client's
        policy says, each for itself. Each job comes once, however the pages change meanwhile.

        Args:
            name: The job's whole name.
            name_contains: A part of its name.
            device: The ARN of its device.
            created_after: It was created then or later: a time with a zone.
            created_before: It was created then or earlier.
            status: It has this status, or one of these, known or not. The service has no filter for it, so this one
                works here: all that the others let through is read, one request for each hundred, however little is
                left of it.
            regions: Where to search, one region after the other. None for the client's `region_name`, or else for the
                region that is configured (``AWS_DEFAULT_REGION``, the profile's) when the first page is asked for.
            limit: How many summaries at most; None for all.
            cancel: Ends the iterator when it is set.

        Raises:
            TypeError: If an argument is of another type, `name` and `name_contains` come together, or the client was
                passed in and has no ``search_jobs``, or has a region of its own and comes with `regions`.
            ValueError: If a text is empty, a time has no zone, `created_after` comes after `created_before`, a status
                is not in capitals, or `limit` is negative.
            ConfigurationError: If no region is given or configured, or as for `get_job`.
            InvalidResponseError: If a page isn't as the model promises, or its token comes twice;
                `IncompleteResponseError` if it holds nothing of one.
            WaitCancelledError: If `cancel` was set.
            BraketJobsError: As `get_job`, but `JobNotFoundError`. If one region of several fails, its error is raised
                after the summaries of the others.
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
        return Search(self._engine, query).iterate(cancel)

    def latest_job(
        self,
        name: str,
        *,
        regions: Iterable[str] | None = None,
        with_queue_info: bool = False,
        cancel: threading.Event | None = None,
    ) -> Job:
        """
        Return the job of exactly this name that was created last, as it is now.

        No order of what is found is promised, so all pages are read. Then there is one GetJob.

        Args:
            name: The job's whole name.
            regions: Where to search, as for `search_jobs`.
            with_queue_info: Whether to ask for the place in the queue too.
            cancel: Ends the search when it is set.

        Raises:
            TypeError: If an argument is of another type.
            ValueError: If a text is empty.
            JobNotFoundError: If no job has this name.
            BraketJobsError: As `search_jobs` and `get_job`.
        """
        search = Search(self._engine, Query.of(name=name, regions=regions))
        found = search.newest(search.iterate(cancel))
        return self.get_job(found.job_arn, with_queue_info=with_queue_info)

    def updates(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,
        poll: PollPolicy = PollPolicy(),
        cancel: threading.Event | None = None,
    ) -> Generator[Job, None, None]:
        """
        Yield the job as it is now, and again whenever a poll shows something new, until it has ended.

        A poll is one GetJob, with the place in the queue while the job is queued. When several updates came while you
        were busy, you get the newest. The last update has ended, well or badly. Close the iterator to stop earlier.

        Args:
            job_arn: The job's ARN.
            timeout: How long to go on, in seconds or as a `timedelta`, counted from the first `next`; None for as
                long as it takes.
            poll: How often to poll.
            cancel: Ends the iterator when it is set.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            InvalidJobArnError: If it isn't the ARN of a hybrid job.
            WaitTimeoutError: If the job has not ended in time; it carries the last update.
            WaitCancelledError: If `cancel` was set or the client closed.
            BraketJobsError: As `get_job`, at once if trying again can't help, else when polls have failed for the
                policy's `max_outage`.
        """
        return self._engine.updates(job_arn, timeout=timeout, poll=poll).iterate(cancel)

    def wait(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
        cancel: threading.Event | None = None,
    ) -> Job:
        """
        Return the job when it has ended, well or badly: its `status` tells.

        Args:
            job_arn: The job's ARN.
            timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
            on_update: Called in this thread with each update, also the last; when several came while it was busy, with
                the newest. What it raises ends the wait.
            poll: How often to poll.
            cancel: Ends the wait when it is set.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `updates`.
        """
        (outcome,) = self.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll, cancel=cancel)
        return outcome.unwrap()

    def wait_all(
        self,
        job_arns: Iterable[str | JobArn],
        *,
        timeout: float | timedelta | None,
        on_update: Callable[[Job], object] | None = None,
        poll: PollPolicy = PollPolicy(),
        cancel: threading.Event | None = None,
    ) -> Generator[JobOutcome, None, None]:
        """
        Yield the outcome of each job as it ends, once for each job. No job's error ends the others.

        Thousands of jobs cost no thread each. With more than the quota can poll (150 jobs at one poll in 30 s for one
        account and region), each is polled equally often.

        Args:
            job_arns: The jobs' ARNs, of any regions and accounts. They are read in this thread, one after the other,
                and while reading blocks nothing else happens in it.
            timeout: How long to wait, as for `updates`. What has not ended then has the outcome `WaitTimeoutError`,
                as has what is read later.
            on_update: Called, in the thread that iterates, with each update; when several of a job came while you were
                busy, with the newest.
            poll: How often to poll.
            cancel: When it is set, what is still open has the outcome `WaitCancelledError`, as with `get_jobs`. That
                and `timeout` are noticed after each call of `on_update`; what has ended is told after the rest.

        Raises:
            TypeError: If `job_arns` is a single text, something in it is neither text nor a `JobArn`, or another
                argument is of another type.
            ValueError: If `timeout` isn't positive.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before; or what
                `on_update` raises, after the outcomes of the jobs that have ended.
        """
        return self._engine.wait_all(job_arns, timeout=timeout, on_update=on_update, poll=poll).iterate(cancel)

    def close(self) -> None:
        """
        End the waits that are under way, close the connections of the clients built here, and forget all that was read.

        A search is no wait: it goes on, with clients that are built anew.
        A later call reads credentials and settings anew, but for those that a passed session keeps.
        """
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
