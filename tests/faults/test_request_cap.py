"""
One budget of HTTP requests, whoever retries: what a client that was passed in does by itself counts.
"""

import time
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from support.answers import KEY, KEY_ID, SESSION
from support.fault_server import Action, FaultServer
from support.faults import answer, hang_up, raw, refusal
from support.outcomes import attempt
from support.samples import REAL_ARN

from braket_jobs import BraketJobsError, JobsClient, RetryPolicy, ServiceUnavailableError

_TROUBLES = {
    "throttled": refusal(429, "ThrottlingException"),
    "internal": refusal(500, "InternalServiceException"),
    "hang-up": hang_up(),
    "an unreadable 503": answer(503, b"[]"),
    "nothing": answer(200, b"{}"),
    "garbage": raw(b"\x00\x01\r\n"),
}


_SESSION = boto3.Session(KEY_ID, KEY, SESSION)


@pytest.fixture(autouse=True)
def no_naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let botocore's own retries sleep on paper.
    """
    monkeypatch.setattr(time, "sleep", lambda _: None)


def _client(url: str, retries: Any) -> Any:  # boto3's
    return _SESSION.client("braket", region_name="us-east-1", endpoint_url=url, config=Config(retries=retries))


def _requests(trouble: Action, retries: object, max_attempts: int) -> tuple[int, int]:
    naps: list[float] = []
    with FaultServer(trouble) as server:
        policy = RetryPolicy(max_attempts=max_attempts)
        client = JobsClient(client=_client(server.url, retries), retry=policy, sleep=naps.append)
        error = attempt(lambda: client.get_job(REAL_ARN))
    assert isinstance(error, BraketJobsError)
    return server.hits, error.attempts


@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
@pytest.mark.parametrize("mode", ["standard", "legacy"])
@pytest.mark.parametrize("own", [1, 2, 3, 4])
def test_a_passed_clients_requests_never_exceed_the_cap(trouble: Action, mode: str, own: int) -> None:
    """
    However often botocore tries within a call, four requests are four, and the error tells how many there were.
    """
    hits, told = _requests(trouble, {"mode": mode, "total_max_attempts": own}, 4)

    assert hits <= 4
    assert told == hits


@pytest.mark.parametrize("mode", ["standard", "legacy"])
@pytest.mark.parametrize("own", [2, 3, 4])
def test_requests_before_an_unreadable_answer_are_within_the_cap(mode: str, own: int) -> None:
    """
    Botocore doesn't tell how often it had tried when an answer crashes its parser, so there is no second call.
    """
    script = [refusal(503, "ServiceUnavailable")] * (own - 1)
    with FaultServer(*script, answer(503, b"[]")) as server:
        retries = {"mode": mode, "total_max_attempts": own}
        client = JobsClient(client=_client(server.url, retries), sleep=lambda _: None)
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, ServiceUnavailableError)
    assert server.hits == own


@pytest.mark.parametrize(("trouble", "requests"), [("nothing", 4), ("internal", 4), ("hang-up", 4)])
def test_a_client_that_does_not_retry_is_retried(trouble: str, requests: int) -> None:
    """
    With botocore's retries off all four requests are ours.
    """
    hits, _ = _requests(_TROUBLES[trouble], {"mode": "standard", "total_max_attempts": 1}, 4)

    assert hits == requests


def test_one_call_of_a_client_may_exceed_the_cap_but_is_not_repeated() -> None:
    """
    What botocore does within one call can't be stopped from here; there is no second call after it.
    """
    hits, told = _requests(_TROUBLES["internal"], {"mode": "legacy", "total_max_attempts": 6}, 4)

    assert (hits, told) == (6, 6)


def test_a_default_client_is_called_once() -> None:
    """
    Botocore's default of 3 requests (5 in legacy mode) leaves no room for another call within four.
    """
    hits, _ = _requests(_TROUBLES["internal"], None, 4)

    assert hits in {3, 5}


def test_a_cap_of_one_is_one_request() -> None:
    """
    `RetryPolicy.none()` makes one request with a client that was built here.
    """
    with FaultServer(_TROUBLES["internal"]) as server:
        client = JobsClient(session=boto3.Session(KEY_ID, KEY), endpoint_url=server.url, retry=RetryPolicy.none())
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, BraketJobsError)
    assert server.hits == 1


class Wrapper:
    """
    What people put around a client, to count calls or to log them.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def get_job(self, **arguments: Any) -> Any:
        return self._client.get_job(**arguments)


@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
@pytest.mark.parametrize("mode", ["standard", "legacy"])
def test_a_wrapped_clients_requests_never_exceed_the_cap(trouble: Action, mode: str) -> None:
    """
    The object that was passed in tells nothing of its retries; botocore's answers and tracebacks do.
    """
    with FaultServer(trouble) as server:
        client = JobsClient(client=Wrapper(_client(server.url, {"mode": mode})), sleep=lambda _: None)
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, BraketJobsError)
    assert server.hits <= (4 if mode == "standard" else 5)  # the mode's own 5 are made within one call


def test_attempts_are_bounded_that_send_nothing() -> None:
    """
    A handler that fails before the request is signed is run as often as a request would be sent.
    """
    session, failures = boto3.Session(KEY_ID, KEY, SESSION), []

    def fail(**_: object) -> None:
        failures.append("before-sign")
        raise EndpointConnectionError(endpoint_url="https://vault.example")

    session.events.register("before-sign.braket.GetJob", fail)
    error = attempt(lambda: JobsClient(session=session, sleep=lambda _: None).get_job(REAL_ARN))

    assert isinstance(error, BraketJobsError)
    assert len(failures) == 4


def test_what_a_handler_asks_for_is_another_call() -> None:
    """
    A handler that reads a job by itself, in the middle of a call, takes nothing from it.
    """
    session = boto3.Session(KEY_ID, KEY, SESSION)
    with FaultServer(refusal(500, "InternalServiceException")) as server, FaultServer(answer()) as other:
        asking = JobsClient(session=boto3.Session(KEY_ID, KEY, SESSION), endpoint_url=other.url)

        def ask(**_: object) -> None:
            asking.get_job(REAL_ARN)

        session.events.register("before-sign.braket.GetJob", ask)
        client = JobsClient(session=session, endpoint_url=server.url, sleep=lambda _: None)
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, BraketJobsError)
    assert error.attempts == server.hits == other.hits == 4
