"""
What tests let another process do; importable there, unlike the tests themselves.
"""

import os

from braket_jobs import Job, JobArn, JobsClient, RetryPolicy
from support.outcomes import attempt


def ask_elsewhere(url: str, policy: RetryPolicy, arn: JobArn) -> tuple[JobArn, Job | Exception, int]:
    """
    Return the ARN, what became of asking for it, and the process that asked.
    """
    client = JobsClient(endpoint_url=url, retry=policy, sleep=lambda _: None)
    return arn, attempt(lambda: client.get_job(arn)), os.getpid()
