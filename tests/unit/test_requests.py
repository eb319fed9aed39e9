"""
How many requests a call made, and how many another one may make.
"""

from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
    SSLError,
)
from support.answers import KEY, KEY_ID, a_client, client_answering, failure_of
from support.samples import REAL_ARN, sample
from support.scripts import Answer, Script, document

from braket_jobs import ConnectionLostError, JobsClient, RetryPolicy, ThrottlingError
from braket_jobs._aws.clients import ClientPool
from braket_jobs._aws.protocols import ClientSettings
from braket_jobs._aws.requests import requests_made, requests_per_call, swap_count
from braket_jobs.errors.asked import Asked

FOUND = document(sample("real_completed_wire"))
STRANGER: Any = object()


def _response(**metadata: object) -> Any:
    return {"ResponseMetadata": metadata}


@pytest.mark.parametrize(
    ("outcome", "made"),
    [
        (_response(RetryAttempts=0), 1),
        (_response(RetryAttempts=2), 3),
        (ClientError(_response(RetryAttempts=4), "GetJob"), 5),
        (_response(RetryAttempts=999_999), 1_000_000),
    ],
)
def test_an_answer_tells_the_number_of_requests(outcome: Any, made: int) -> None:
    """
    Botocore counts its retries; another call may make as many requests as the client's settings say.
    """
    assert requests_made(outcome, a_client(attempts=3), 0) == (made, 3)


@pytest.mark.parametrize(
    "outcome",
    [
        _response(RetryAttempts=1_000_000),
        _response(RetryAttempts=-1),
        _response(RetryAttempts=10**30),
        _response(RetryAttempts="2"),
        _response(RetryAttempts=True),
        _response(),
        {"ResponseMetadata": "nothing"},
        {},
        None,
        [],
        "x",
        ClientError({}, "GetJob"),
        ValueError("no response"),
    ],
)
def test_who_does_not_tell_makes_one_request_a_call(outcome: Any) -> None:
    """
    A fake, a Stubber: `RetryAttempts` counts only if it is a plausible integer.
    """
    assert requests_made(outcome, a_client(attempts=3), 0) == (1, 1)


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="u"),
        ConnectTimeoutError(endpoint_url="u"),
        ConnectionClosedError(endpoint_url="u"),
        ReadTimeoutError(endpoint_url="u"),
        SSLError(endpoint_url="u", error=OSError()),
        HTTPClientError(error=OSError()),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_connection_that_fails_has_used_up_the_clients_own_attempts(error: Exception) -> None:
    """
    No answer came that could tell, so it is what the settings allow; one for what has no settings.
    """
    assert requests_made(error, a_client(attempts=3), 0) == (3, 3)
    assert requests_made(error, STRANGER, 0) == (1, 1)


@pytest.mark.parametrize(("attempts", "next_requests"), [(1, 1), (3, inf)])
def test_an_answer_that_cannot_be_read_was_asked_for_at_least_once(attempts: int, next_requests: float) -> None:
    """
    How often before can't be told, so a client that tries again by itself is not asked again.
    """
    client = client_answering(200, b"[]", attempts=attempts)

    assert requests_made(failure_of(client), client, 0) == (1, next_requests)


def test_what_fails_before_anything_is_sent_is_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without credentials there is no signature; with a port beyond all ports no host to sign for.
    """
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/at/all")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere/at/all")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    keyless = boto3.Session().client("braket", region_name="us-east-1")
    portless = boto3.Session(KEY_ID, KEY).client("braket", "us-east-1", endpoint_url="http://127.0.0.1:99999")

    assert type(failure_of(keyless)) is NoCredentialsError
    assert [requests_made(failure_of(client), client, 0)[0] for client in (keyless, portless)] == [0, 0]


def test_what_is_counted_needs_nobody_to_tell() -> None:
    """
    A client that is built here is counted where it sends, whatever becomes of it.
    """
    assert requests_made(ValueError("whatever"), STRANGER, 1) == (1, 1)


def test_each_thread_counts_what_it_sends() -> None:
    """
    Threads that share a client count apart.
    """
    client = ClientPool(ClientSettings(Script(FOUND).session)).client_for("us-east-1", Asked())

    def ask(times: int) -> int:
        swap_count(0)
        for _ in range(times):
            client.get_job(jobArn=REAL_ARN)
        return swap_count(0)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(ask, range(4)))

    assert counts == [0, 1, 2, 3]


def test_clients_that_are_not_built_here_are_not_counted() -> None:
    """
    Those of the same session neither.
    """
    script, _ = Script(FOUND), swap_count(0)
    ClientPool(ClientSettings(script.session)).client_for("us-east-1", Asked())

    script.client.get_job(jobArn=REAL_ARN)

    assert swap_count(0) == 0


def test_a_handler_of_the_sessions_owner_does_not_come_before_the_count() -> None:
    """
    A request that a handler ends is a request.
    """
    script = Script(Answer(error=ConnectionClosedError(endpoint_url="u")))
    client = JobsClient(session=script.session, sleep=lambda _: None, retry=RetryPolicy(max_attempts=3))

    with pytest.raises(ConnectionLostError) as caught:
        client.get_job(REAL_ARN)

    assert caught.value.attempts == len(script.requests) == 3


def test_a_client_whose_calls_are_patched_keeps_to_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nothing is sent then, and each call counts as one request all the same.
    """
    calls: list[str] = []

    def refuse(_: object, operation_name: str, __: object) -> None:
        calls.append(operation_name)
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, operation_name)

    client = JobsClient(session=boto3.Session(KEY_ID, KEY), sleep=lambda _: None)
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refuse)

    with pytest.raises(ThrottlingError) as caught:
        client.get_job(REAL_ARN)

    assert caught.value.attempts == len(calls) == 4


@pytest.mark.parametrize(
    ("retries", "requests"),
    [
        ({"total_max_attempts": 2}, 2),
        ({"max_attempts": 2}, 3),
        ({"mode": "legacy"}, 5),
        ({"mode": "standard"}, 3),
        ({"mode": "adaptive"}, 3),
    ],
)
def test_a_clients_settings_say_how_many_requests_a_call_makes(retries: Any, requests: int) -> None:
    """
    The number is explicit, or the mode's default.
    """
    client: Any = Script().session.client("braket", region_name="us-east-1", config=Config(retries=retries))

    assert requests_per_call(client) == requests


def test_what_is_no_boto3_client_makes_one_request_a_call() -> None:
    """
    Nothing is assumed of a stranger.
    """
    assert requests_per_call(STRANGER) == 1
