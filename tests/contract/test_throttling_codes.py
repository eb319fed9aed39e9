"""
Our table of codes against botocore's own lists.
"""

import pytest
from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker

from braket_jobs._aws.classes import RETRYABLE, kind_of_answer
from braket_jobs.errors.tree import ThrottlingError


@pytest.mark.parametrize("code", vars(ThrottledRetryableChecker)["_THROTTLED_ERROR_CODES"])
def test_what_botocore_calls_throttling_is_throttling(code: str) -> None:
    """
    Every code of botocore's list means `ThrottlingError`, with or without an HTTP status that says so.
    """
    kind = kind_of_answer(code, 400)

    assert kind is ThrottlingError


@pytest.mark.parametrize("code", vars(TransientRetryableChecker)["_TRANSIENT_ERROR_CODES"])
def test_what_botocore_calls_transient_is_retried(code: str) -> None:
    """
    Every transient code of botocore's list means an error that is retried.
    """
    kind = kind_of_answer(code, 400)

    assert issubclass(kind, RETRYABLE)


@pytest.mark.parametrize("status", vars(TransientRetryableChecker)["_TRANSIENT_STATUS_CODES"])
def test_the_statuses_that_botocore_retries_are_retried(status: int) -> None:
    """
    Every transient status of botocore's list means an error that is retried, even without a code.
    """
    kind = kind_of_answer(None, status)

    assert issubclass(kind, RETRYABLE)
