"""
`JobsClient` and `get_job`: what applications call.

Importing this costs next to nothing: boto3, cattrs and tenacity come with the first call.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from braket_jobs._callers import Callers, shared_callers
from braket_jobs.arn import JobArn
from braket_jobs.job import Job
from braket_jobs.policy import RetryPolicy
from braket_jobs.protocols import GetJobClient

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config


class JobsClient:
    """
    Reads hybrid jobs. Thread-safe, built on first use, safe after a fork.

    Without `client` it builds one boto3 client for each region it is asked about and keeps it; those retry by this
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
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008  # frozen, so one for all is safe
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Set up without building anything.

        Args:
            client: A boto3 client, or anything with its ``get_job``; used as it is, for every region. Its own
                retries count towards the policy's `max_attempts`. It is never closed here, and refused in a forked
                child process.
            session: The boto3 session to build clients from, instead of a new one.
            region_name: The region to ask in, instead of the one in each job's ARN.
            endpoint_url: The endpoint to ask, instead of the region's own.
            config: Settings for built clients; never changed. Its `retries` have no effect, `retry` decides.
            retry: How patiently a call is retried.
            sleep: Waits so many seconds between attempts.

        Raises:
            TypeError: If `client` comes together with what is for building one.
        """
        self._callers = Callers(
            client=client,
            session=session,
            region_name=region_name,
            endpoint_url=endpoint_url,
            config=config,
            sleep=sleep,
        )
        self._retry = retry

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

    def close(self) -> None:
        """
        Close the connections of the clients built here. A later call builds new ones.
        """
        self._callers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def get_job(
    job_arn: str | JobArn,
    *,
    client: GetJobClient | None = None,
    session: "boto3.Session | None" = None,
    with_queue_info: bool = False,
    retry: RetryPolicy | None = None,
) -> Job:
    """
    Return the hybrid job with `job_arn` as it is now.

    Without `client` the region is taken from the ARN, and one boto3 client for each region and session is built on
    first use and kept for the life of the process (or of the session).

    Args:
        job_arn: The job's ARN, such as ``arn:aws:braket:us-east-1:123456789012:job/acc51817-…``.
        client: A boto3 client, or anything with its ``get_job``, to ask with instead.
        session: The boto3 session to build clients from.
        with_queue_info: Whether to ask for the place in the queue too (`Job.queue_info`).
        retry: How patiently the call is retried; `RetryPolicy` says the default.

    Returns:
        The job; all times in it are aware UTC.

    Raises:
        TypeError: If `job_arn` is neither text nor a `JobArn`, or if `client` and `session` come together.
        BraketJobsError: As `JobsClient.get_job` lists.
    """
    caller = shared_callers(client, session).here()
    return caller.get_job(job_arn, retry or RetryPolicy(), with_queue_info=with_queue_info)
