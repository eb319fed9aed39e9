"""
Sessions of our own read times in their own way, and nobody else's do.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

import boto3
import pytest
from support.answers import KEY, KEY_ID, http_answer
from support.samples import REAL_ARN, sample
from support.scripts import document

from braket_jobs import InvalidResponseError, JobsClient
from braket_jobs._boto import times


def answering(wire: object) -> Callable[..., None]:
    answer = document(wire)
    return cast("Callable[..., None]", lambda **_: http_answer(answer.status, answer.body, answer.headers))


def created_at(session: boto3.Session, text: str) -> datetime:
    """
    Return how a client of `session` reads a job's `createdAt`.
    """
    client = session.client("braket", "us-east-1", aws_access_key_id=KEY_ID, aws_secret_access_key=KEY)
    client.meta.events.register(
        "before-send.braket.GetJob", answering({**sample("real_completed_wire"), "createdAt": text})
    )
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


@pytest.mark.parametrize(
    "value", ["Tuesday", "20250516", True, [], "a " * 2_500_000], ids=lambda value: repr(value)[:20]
)
def test_what_is_no_time_is_named_by_its_path(value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A client of our own refuses it where it stands.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    wire = sample("real_completed_wire")
    wire["events"][3]["timeOfEvent"] = value
    session = times.session()
    session.events.register("before-send.braket.GetJob", answering(wire))

    with pytest.raises(InvalidResponseError) as caught:
        JobsClient(session=session).get_job(REAL_ARN)

    assert caught.value.path == "events[3].timeOfEvent"
