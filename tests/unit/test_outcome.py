"""
What became of a job: the job or the error.
"""

import pickle

import pytest
from support.samples import REAL_ARN
from support.watching import COMPLETED

from braket_jobs import JobNotFoundError, JobOutcome


def test_a_job_is_unwrapped() -> None:
    """
    The job comes out as it is.
    """
    assert JobOutcome(job_arn=REAL_ARN, job=COMPLETED).unwrap() is COMPLETED


def test_an_error_is_raised() -> None:
    """
    The very error, not a copy.
    """
    outcome = JobOutcome(job_arn=REAL_ARN, error=JobNotFoundError("No such job", REAL_ARN))

    with pytest.raises(JobNotFoundError) as caught:
        outcome.unwrap()

    assert caught.value is outcome.error


def test_an_outcome_is_one_of_the_two() -> None:
    """
    Both or neither can't be.
    """
    with pytest.raises(ValueError, match="either a job or an error"):
        JobOutcome(job_arn=REAL_ARN)
    with pytest.raises(ValueError, match="either a job or an error"):
        JobOutcome(job_arn=REAL_ARN, job=COMPLETED, error=JobNotFoundError())


def test_an_outcome_travels() -> None:
    """
    It can be sent to another process.
    """
    outcome = JobOutcome(job_arn=REAL_ARN, job=COMPLETED)

    assert pickle.loads(pickle.dumps(outcome)) == outcome
