"""
Whatever JSON stands where a job should be: a `Job` comes out, or `InvalidResponseError`, and nothing else ever.

A few hundred documents with every run; `make fuzz` tries 100 000.
"""

import datetime as dt
import os
import pickle
from collections.abc import Callable
from typing import cast

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.answers import KEY, KEY_ID, http_answer
from support.mutations import broken_documents
from support.samples import REAL_ARN

from braket_jobs import InvalidResponseError, Job, JobsClient, RetryPolicy

_DOCUMENTS = int(os.environ.get("FUZZ_DOCUMENTS", "300"))
_body = bytearray()


def _answer(**_: object) -> AWSResponse:
    return http_answer(200, bytes(_body), {})


def _session() -> boto3.Session:
    session = boto3.Session(KEY_ID, KEY)
    session.events.register("before-send.braket.GetJob", cast("Callable[..., None]", _answer))
    return session


# botocore's way of reading an answer, and ours
_CLIENTS = [
    JobsClient(client=_session().client("braket", region_name="us-east-1"), retry=RetryPolicy.none()),
    JobsClient(session=_session(), retry=RetryPolicy.none()),
]


def _outcome(client: JobsClient, body: bytes) -> Job | InvalidResponseError:
    _body[:] = body
    try:
        return client.get_job(REAL_ARN)
    except InvalidResponseError as error:
        return error


@settings(
    max_examples=_DOCUMENTS,
    deadline=None,
    derandomize="FUZZ_DOCUMENTS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.sampled_from(_CLIENTS), broken_documents())
@pytest.mark.timeout(0)
def test_a_broken_document_is_a_job_or_an_invalid_response(client: JobsClient, body: bytes) -> None:
    """
    No other exception comes out; a job is whole, and an error can be shown.
    """
    outcome = _outcome(client, body)

    if isinstance(outcome, Job):
        assert outcome.created_at.tzinfo is dt.UTC
        assert pickle.loads(pickle.dumps(outcome)) == outcome
    else:
        assert str(outcome).isprintable()
        assert len(str(outcome)) < 2000


@settings(max_examples=_DOCUMENTS // 3, deadline=None, derandomize="FUZZ_DOCUMENTS" not in os.environ)
@given(st.sampled_from(_CLIENTS), st.binary(max_size=200))
@pytest.mark.timeout(0)
def test_any_bytes_are_an_invalid_response(client: JobsClient, body: bytes) -> None:
    """
    What is no JSON, or no object, is never a job and never a crash.
    """
    outcome = _outcome(client, body)

    assert isinstance(outcome, InvalidResponseError)
