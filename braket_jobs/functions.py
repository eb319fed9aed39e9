"""
`get_job`, `wait_for_job`, `search_jobs` and `latest_job`, for whoever needs no client: what applications call.
"""

from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from braket_jobs._aws.protocols import BraketClient, GetJobClient, SearchJobsClient
from braket_jobs._search.query import Query
from braket_jobs._search.search import Search
from braket_jobs._watch.shared import shared_engine
from braket_jobs.model.arn import JobArn
from braket_jobs.model.enums import JobStatus
from braket_jobs.model.job import Job
from braket_jobs.model.summary import JobSummary
from braket_jobs.policies import PollPolicy, RetryPolicy, checked

if TYPE_CHECKING:
    import boto3


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

    Without `client` the region is taken from the ARN. Credentials and settings are found where boto3 finds them, with
    what its default session was given if it is imported and has one. One botocore client for each region (32 at most)
    is built on first use and kept, until another default session is set up, or a variable changes that says who signs
    or who is asked (``AWS_PROFILE``, ``AWS_ENDPOINT_URL``, keys, roles, the files' places). After `CredentialsError`
    and `AuthenticationError` credentials are resolved anew by the next call, or at once if keys have expired and there
    are others. Everything else stays as the first call found it: what stands in the files, proxies, certificates.

    Args:
        job_arn: The job's ARN, such as ``arn:aws:braket:us-east-1:123456789012:job/acc51817-…``.
        client: A boto3 client, or anything with its ``get_job``, to ask with instead.
        session: The boto3 session to build clients from. Which credentials it gives is its own affair. It is refused in
            a child process forked after it was first used here.
        with_queue_info: Whether to ask for the place in the queue too (`Job.queue_info`).
        retry: How patiently the call is retried; None for `RetryPolicy`'s defaults.

    Returns:
        The job; all times in it are aware UTC.

    Raises:
        TypeError: If an argument is of another type, or `client` and `session` come together.
        BraketJobsError: As `JobsClient.get_job` lists.
    """
    policy = None if retry is None else checked(retry, RetryPolicy, "retry")
    return shared_engine(client, session, "get_job").get_job(job_arn, policy, with_queue_info=with_queue_info)


def wait_for_job(
    job_arn: str | JobArn,
    *,
    timeout: float | timedelta | None,
    on_update: Callable[[Job], object] | None = None,
    client: GetJobClient | None = None,
    session: "boto3.Session | None" = None,
    poll: PollPolicy = PollPolicy(),
) -> Job:
    """
    Return the hybrid job with `job_arn` when it has ended, well or badly: its `status` tells.

    All waits of a process share the account's quota, as far as they use the same client or session.

    Args:
        job_arn: The job's ARN.
        timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
        on_update: Called with each update; when several came while it was busy, with the newest. What it raises ends
            the wait.
        client: The client to ask with, as for `get_job`.
        session: The boto3 session to build clients from.
        poll: How often to poll.

    Raises:
        TypeError: If an argument is of another type, or `client` and `session` come together.
        ValueError: If `timeout` isn't positive.
        BraketJobsError: As `JobsClient.updates` lists; `WaitTimeoutError` if the job has not ended in time.
    """
    engine = shared_engine(client, session, "get_job")
    ends = engine.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll)
    (outcome,) = ends.iterate()
    return outcome.unwrap()


def search_jobs(
    *,
    name: str | None = None,
    name_contains: str | None = None,
    device: str | None = None,
    created_after: datetime | None = None,
    created_before: datetime | None = None,
    status: JobStatus | Iterable[JobStatus] | None = None,
    regions: Iterable[str] | None = None,
    limit: int | None = None,
    client: SearchJobsClient | None = None,
    session: "boto3.Session | None" = None,
) -> Generator[JobSummary, None, None]:
    """
    Yield a summary of each of the account's hybrid jobs that all of this is true of, in no promised order.

    All arguments but the last two are those of `JobsClient.search_jobs`, which says more.

    Args:
        name: The job's whole name.
        name_contains: A part of its name.
        device: The ARN of its device.
        created_after: It was created then or later: a time with a zone.
        created_before: It was created then or earlier.
        status: It has this status, or one of these. The service can't filter by it: all that the others let through
            is read.
        regions: Where to search, one region after the other. None for the region that is configured.
        limit: How many summaries at most; None for all.
        client: A boto3 client, or anything with its ``search_jobs``, to ask with instead; it has a region of its own.
        session: The boto3 session to build clients from.

    Raises:
        TypeError: If an argument is of another type, or two come together that exclude each other.
        ValueError: If an argument is of no use, such as a time without a zone.
        BraketJobsError: As `JobsClient.search_jobs` lists.
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
    # it is read when the caller may have let go of client or session, and a shared engine keeps neither alive
    return Search(shared_engine(client, session, "search_jobs"), query, owner=(client, session)).iterate()


def latest_job(
    name: str,
    *,
    regions: Iterable[str] | None = None,
    with_queue_info: bool = False,
    client: BraketClient | None = None,
    session: "boto3.Session | None" = None,
) -> Job:
    """
    Return the hybrid job of exactly this name that was created last, as it is now.

    Args:
        name: The job's whole name.
        regions: Where to search, one region after the other. None for the region that is configured.
        with_queue_info: Whether to ask for the place in the queue too.
        client: A boto3 client, or anything with its ``search_jobs`` and ``get_job``, to ask with instead.
        session: The boto3 session to build clients from.

    Raises:
        TypeError: If an argument is of another type, or two come together that exclude each other.
        ValueError: If a text is empty.
        JobNotFoundError: If no job has this name.
        BraketJobsError: As `JobsClient.search_jobs` and `JobsClient.get_job` list.
    """
    engine = shared_engine(client, session, "search_jobs", "get_job")
    search = Search(engine, Query.of(name=name, regions=regions))
    found = search.newest(search.iterate())
    return engine.get_job(found.job_arn, with_queue_info=with_queue_info)
