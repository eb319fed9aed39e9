"""
`get_job` and `wait_for_job`: the short way, with a client that everybody in the process shares.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from braket_jobs._aws.protocols import GetJobClient
from braket_jobs._forks import importing
from braket_jobs._watch.callers import shared_callers
from braket_jobs.model.arn import JobArn
from braket_jobs.model.job import Job
from braket_jobs.policies import PollPolicy, RetryPolicy, checked

if TYPE_CHECKING:
    import boto3

_PATIENCE = RetryPolicy()


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

    Without `client` the region is taken from the ARN, and one botocore client for each region and session is built on
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
        TypeError: If `job_arn` is neither text nor a `JobArn`, `retry` is no `RetryPolicy`, or `client` and `session`
            come together.
        BraketJobsError: As `JobsClient.get_job` lists.
    """
    policy = _PATIENCE if retry is None else checked(retry)
    return shared_callers(client, session).here().get_job(job_arn, policy, with_queue_info=with_queue_info)


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
    Return the hybrid job with `job_arn` when it has ended, well or badly: look at its `status`.

    All waits of a process share the account's quota, as far as they use the same client or session.

    Args:
        job_arn: The job's ARN.
        timeout: How long to wait, in seconds or as a `timedelta`; None for as long as it takes.
        on_update: Called with each look that showed something new. What it raises ends the wait.
        client: A boto3 client, or anything with its ``get_job``, to ask with instead.
        session: The boto3 session to build clients from.
        poll: How often to look.

    Returns:
        The job as the last look showed it.

    Raises:
        TypeError: If `job_arn` is neither text nor a `JobArn`, or if `client` and `session` come together.
        ValueError: If `timeout` isn't positive.
        WaitTimeoutError: If the job has not ended in time; it carries the last look.
        BraketJobsError: As `JobsClient.updates` lists.
    """
    with importing:
        from braket_jobs._watch.verbs import Verbs  # noqa: PLC0415  # lazy: not everybody waits

    verbs = Verbs(shared_callers(client, session), RetryPolicy.none())
    (outcome,) = verbs.run(verbs.wait_all([job_arn], timeout=timeout, on_update=on_update, poll=poll))
    return outcome.unwrap()
