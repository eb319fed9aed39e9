"""
Generated documents and jobs.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.documents import service_model

from braket_jobs import Job, JobStatus
from braket_jobs.testing.life import Document
from braket_jobs.testing.strategies import job_documents, jobs
from braket_jobs.testing.validation import problems

QUICK = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@QUICK
@given(job_documents())
def test_a_generated_document_is_what_the_model_allows(document: Document) -> None:
    """
    Every one.
    """
    assert list(problems(service_model().shape_for("GetJobResponse"), document, closed=True)) == []


@QUICK
@given(jobs())
def test_a_generated_job_is_a_job(job: Job) -> None:
    """
    With aware times and a status that is known.
    """
    assert job.status.is_known
    assert job.created_at.utcoffset() is not None


@QUICK
@given(jobs(status=st.just("RUNNING"), jobName=st.sampled_from(["a", "b"])))
def test_a_member_may_have_a_strategy_of_its_own(job: Job) -> None:
    """
    By AWS's name.
    """
    assert job.status is JobStatus.RUNNING
    assert job.job_name in {"a", "b"}
