"""
Sessions of our own read times in their own way, and nobody else's do.
"""

from datetime import UTC, datetime

import boto3
import pytest
from support.answers import KEY, KEY_ID, http_answer
from support.samples import REAL_ARN, sample
from support.scripts import document

from braket_jobs._boto import times


def created_at(session: boto3.Session, text: str) -> datetime:
    """
    Return how a client of `session` reads a job's `createdAt`.
    """
    answer = document({**sample("real_completed_wire"), "createdAt": text})
    client = session.client("braket", "us-east-1", aws_access_key_id=KEY_ID, aws_secret_access_key=KEY)
    reply = http_answer(answer.status, answer.body, answer.headers)
    client.meta.events.register("before-send.braket.GetJob", lambda **_: reply)  # type: ignore[arg-type]  # it may answer
    return client.get_job(jobArn=REAL_ARN)["createdAt"]


def test_a_session_of_ours_reads_utc() -> None:
    """
    Its clients give aware UTC, whatever the wire said.
    """
    read = created_at(times.session(), "2025-05-16T17:21:38+02:00")

    assert read == datetime(2025, 5, 16, 15, 21, 38, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_other_sessions_read_as_before() -> None:
    """
    Nothing global is touched, before or after.
    """
    before, after = boto3.Session(), times.session()

    texts = [created_at(session, "2025-05-16T17:21:38") for session in (before, after, boto3.Session())]

    assert [text.tzinfo for text in texts] == [None, UTC, None]


def test_a_guess_is_an_error() -> None:
    """
    A job isn't created on "Tuesday".
    """
    with pytest.raises(ValueError, match="leaves part of the date open"):
        created_at(times.session(), "Tuesday")
