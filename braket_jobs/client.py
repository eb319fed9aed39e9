"""
`JobsClient`: what applications call.

Importing this costs next to nothing: boto3, cattrs and tenacity come with the first call.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterable
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._forks import importing
from braket_jobs._watch.callers import Callers
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.model.outcome import JobOutcome
from braket_jobs.policies import PollPolicy, Quota, RetryPolicy, checked

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

    from braket_jobs._watch.verbs import Verbs


class JobsClient:
    """
    Reads hybrid jobs. Thread-safe, built on first use, safe after a fork.

    Without `client` it builds one botocore client for each region it is asked about and keeps it; those retry by this
    client's policy only. As a context manager it closes at the end what it has built; it can be used again after
    that, and builds anew.
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
            client: A boto3 client, or anything with its ``get_job``; used as it is, for every region. Its own
                retries count towards the policy's `max_attempts`. It is never closed here, and refused in a forked
                child process. It reads answers as botocore does, which guesses at odd times and makes integers of
                text; a client that is built here doesn't.
            session: The boto3 session to build clients from, instead of a new one.
            region_name: The region to ask in, instead of the one in each job's ARN.
            endpoint_url: The endpoint to ask, instead of the region's own.
            config: Settings for built clients; never changed. Its `retries` have no effect, `retry` decides.
            retry: How patiently a call is retried.
            sleep: Waits so many seconds between attempts.
            quota: What each account may be asked in each region. `get_job` takes from it without waiting, all else
                waits for it. None to hold nothing back.
            max_threads: How many requests are made at once, at most, beside those of `get_job`. One in eight is kept
                for accounts and regions that have none under way, so that one that hangs holds up no other.

        Raises:
            TypeError: If `client` comes together with what is for building one, or a setting is of the wrong type.
            ValueError: If `max_threads` is below 1.
        """
        self._callers = Callers(
            client=client,
            session=session,
            region_name=region_name,
            endpoint_url=endpoint_url,
            config=config,
            sleep=sleep,
            quota=quota,
            max_threads=max_threads,
        )
        self._retry = checked(retry)

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
        return self._callers.here().get_job(job_arn, self._retry, with_queue_info=with_queue_info)

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
        the others. At most 32 jobs are read ahead, so an endless iterable will do; a job that comes again among the
        last 10,000 is not asked for again.

        Args:
            job_arns: The jobs' ARNs, of any regions and accounts.
            with_queue_info: Whether to ask for the places in the queue too.
            cancel: When it is set, what is still open ends with `WaitCancelledError`: all of a collection, and of an
                iterator what has been read, since that is read no more.

        Raises:
            TypeError: If `job_arns` is a single text, or something in it is neither text nor a `JobArn`.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before.
        """
        verbs = self._verbs()
        return verbs.run(verbs.get_jobs(job_arns, with_queue_info=with_queue_info), cancel)

    def updates(
        self,
        job_arn: str | JobArn,
        *,
        timeout: float | timedelta | None,
        poll: PollPolicy = PollPolicy(),
        cancel: threading.Event | None = None,
    ) -> Generator[Job, None, None]:
        """
        Yield the job as it is now, and again whenever a look shows something new, until it has ended.

        A look is one GetJob, with the place in the queue while the job is queued. The last job that is yielded has
        ended, well or badly. Close the iterator to stop earlier.

        Args:
            job_arn: The job's ARN.
            timeout: How long to go on, in seconds or as a `timedelta`, counted from the first `next`; None for as
                long as it takes.
            poll: How often to look.
            cancel: Ends the iterator when it is set.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            InvalidJobArnError: If it isn't the ARN of a hybrid job.
            WaitTimeoutError: If the job has not ended in time; it carries the last look.
            WaitCancelledError: If `cancel` was set or the client closed.
            BraketJobsError: As `get_job`, at once if trying again can't help, else when looks have failed for the
                policy's `max_outage`.
        """
        verbs = self._verbs()
        return verbs.run(verbs.updates(job_arn, timeout=timeout, poll=poll), cancel)

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
        Return the job when it has ended, well or badly: look at its `status`.

        Args:
            job_arn: The job's ARN.
            timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
            on_update: Called in this thread with each look that showed something new, the first and the last
                included. What it raises ends the wait.
            poll: How often to look.
            cancel: Ends the wait when it is set.

        Raises:
            TypeError: If `job_arn` is neither text nor a `JobArn`, or another argument is of another type.
            ValueError: If `timeout` isn't positive.
            BraketJobsError: As `updates`.
        """
        waiting = self.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll, cancel=cancel)
        (outcome,) = waiting
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

        Thousands of jobs cost no thread each. With more than the quota can look at (150 jobs at one look in 30 s for
        one account and region), each is looked at equally often.

        Args:
            job_arns: The jobs' ARNs, of any regions and accounts. They are read in this thread, one after the other;
                while reading blocks nothing else happens here: no timeout, no outcome, no `cancel`.
            timeout: How long to wait, in seconds or as a `timedelta`, counted from the first `next`; None for as
                long as it takes. What has not ended then has the outcome `WaitTimeoutError`, as has what is read
                later.
            on_update: Called, in the thread that iterates, with each look that showed something new.
            poll: How often to look.
            cancel: When it is set, what is still open has the outcome `WaitCancelledError`, as with `get_jobs`.

        Raises:
            TypeError: If `job_arns` is a single text, or something in it is neither text nor a `JobArn`.
            Exception: What `job_arns` raises when it is read, after the outcomes of the jobs that came before.
            ValueError: If `timeout` isn't positive.
        """
        verbs = self._verbs()
        return verbs.run(verbs.wait_all(job_arns, timeout=timeout, on_update=on_update, poll=poll), cancel)

    def close(self) -> None:
        """
        End the waits that are under way, and close the connections of the clients built here.

        A later call builds new ones.
        """
        self._callers.close()

    def _verbs(self) -> "Verbs":
        with importing:
            from braket_jobs._watch.verbs import Verbs  # noqa: PLC0415  # lazy: not everybody waits

        return Verbs(self._callers, self._retry)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a JobsClient can't be pickled or copied: make one in each process")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
