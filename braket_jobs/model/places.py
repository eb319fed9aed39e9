"""
Where a job's things are: region, logs, results.

Log names follow what the Braket SDK does and what real jobs show; AWS documents only the group. Results are where the
service writes them below the job's own output path, which is never rebuilt from the job's name.
"""

import re

from braket_jobs.errors.tree import InvalidJobArnError
from braket_jobs.model.arn import JobArn

LOG_GROUP = "/aws/braket/jobs"
_RESULTS = "output/model.tar.gz"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def arn_of(job_arn: str) -> JobArn | None:
    """
    Return `job_arn` taken apart, or None if it is not a job's ARN.
    """
    try:
        return JobArn.parse(job_arn)
    except InvalidJobArnError:
        return None


def log_stream_prefix(job_arn: str, job_name: str) -> str | None:
    """
    Return what the names of a job's log streams begin with, or None if its ARN is of neither known form.

    ``<name>/<uuid>`` when the ARN ends in a UUID (since about February 2024), ``<name>`` when it ends in the name
    (before).
    """
    arn = arn_of(job_arn)
    if arn is None:
        return None
    if arn.job_id == job_name:
        return job_name
    return f"{job_name}/{arn.job_id}" if _UUID.fullmatch(arn.job_id) else None


def results(s3_path: str) -> str | None:
    """
    Return the address of the results archive below the output path `s3_path`, or None if that is empty.
    """
    path = s3_path.rstrip("/")
    return f"{path}/{_RESULTS}" if path else None
