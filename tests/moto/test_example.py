"""
The first example of the issue.
"""

from braket_jobs import JobStatus, get_job
from braket_jobs.testing import JobsFactory, mock_braket


@mock_braket
def test_report_waits_for_the_job(braket_jobs_factory: JobsFactory) -> None:
    """
    The fixture and the decorator share one store.
    """
    arn = braket_jobs_factory.create(job_name="vqe", states=["QUEUED", "RUNNING", "COMPLETED"])

    assert get_job(arn).status is JobStatus.QUEUED
    assert get_job(arn).status is JobStatus.RUNNING
