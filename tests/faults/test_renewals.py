"""
Whoever gives out credentials may fail for a moment, as any service may: then they are asked for again.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from botocore.credentials import RefreshableCredentials
from support.credentials import (
    container_keys,
    credential_process,
    expiring,
    session_with,
    sign_in,
    sts_keys,
    sts_refusal,
    take_credentials_away,
    take_role_from,
)
from support.fault_server import Action, FaultServer
from support.faults import answer, hang_up, raw, refusal
from support.outcomes import attempt
from support.samples import REAL_ARN, sample

from braket_jobs import CredentialsError, Job, JobsClient, JobStatus, PollPolicy, RetryPolicy

_LATE = timedelta(hours=-1)
_PATIENT = RetryPolicy()
_OFTEN = PollPolicy(wait_initial=0.01, wait_max=0.01)
_DOWN = sts_refusal(503, "ServiceUnavailable")
_PASSING = {
    "unavailable": _DOWN,
    "internal": sts_refusal(500, "InternalFailure"),
    "throttled": sts_refusal(400, "Throttling"),
    "too many requests": answer(429, b""),
    "an empty 503": answer(503, b""),
    "a 502 that is no XML": answer(502, b"{]"),
    "an identity provider it can't reach": sts_refusal(400, "IDPCommunicationError"),
    "garbage": raw(b"\x00\x01\r\n"),
    "hang-up": hang_up(),
}


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Take away whatever credentials this machine has.
    """
    take_credentials_away(monkeypatch, tmp_path)
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[FaultServer], None]:
    """
    Return what makes a server the one that gives a role.
    """
    return lambda sts: take_role_from(sts.url, monkeypatch, tmp_path)


def _outcome(session: boto3.Session | None = None, retry: RetryPolicy = _PATIENT) -> Job | Exception:
    """
    Ask a server that answers, sleeping only on paper.
    """
    with (
        FaultServer(answer()) as server,
        JobsClient(session=session, endpoint_url=server.url, retry=retry, sleep=lambda _: None) as client,
    ):
        return attempt(lambda: client.get_job(REAL_ARN))


def _credentials_error(outcome: Job | Exception) -> CredentialsError:
    assert type(outcome) is CredentialsError, repr(outcome)
    assert outcome.attempts == 0
    return outcome


@pytest.mark.parametrize("trouble", _PASSING.values(), ids=_PASSING)
def test_a_role_is_asked_for_again(role: Callable[[FaultServer], None], trouble: Action) -> None:
    """
    After a moment's trouble of STS comes the job.
    """
    with FaultServer(trouble, sts_keys()) as sts:
        role(sts)
        outcome = _outcome()

    assert isinstance(outcome, Job)
    assert sts.hits >= 2


@pytest.mark.parametrize("trouble", _PASSING.values(), ids=_PASSING)
def test_a_role_is_asked_for_no_more_often_than_a_job(role: Callable[[FaultServer], None], trouble: Action) -> None:
    """
    An attempt that ended without a request counts like one; the error tells that it may pass, and to try again.
    """
    with FaultServer(trouble) as sts:
        role(sts)
        error = _credentials_error(_outcome(retry=RetryPolicy(max_attempts=3)))
        once = _credentials_error(_outcome(retry=RetryPolicy.none()))

    assert error.retryable
    assert once.retryable
    assert sts.hits == 4
    assert str(error).count("Try again") == 1
    assert "3 requests" in error.__notes__[0]


def test_a_wait_outlives_a_moment_without_keys(role: Callable[[FaultServer], None]) -> None:
    """
    The role's keys have to be renewed at every poll, and STS doesn't answer some of them.
    """
    running = answer(200, json.dumps(sample("composed_running")).encode())
    with (
        FaultServer(*[sts_keys()] * 2, _DOWN, hang_up(), sts_refusal(400, "Throttling"), sts_keys()) as sts,
        FaultServer(running, running, answer()) as server,
    ):
        role(sts)
        with JobsClient(endpoint_url=server.url, retry=RetryPolicy.none()) as client:
            job = client.wait(REAL_ARN, timeout=30, poll=_OFTEN)

    assert job.status == JobStatus.COMPLETED
    assert sts.hits >= 6


@pytest.mark.parametrize(
    ("trouble", "retryable"),
    [
        (answer(500, b""), True),
        (answer(429, b""), True),
        (answer(200, b"no json"), True),
        (hang_up(), True),
        (answer(403, b"no"), False),
        (answer(404, b"{}"), False),
        (answer(200, b"{}"), False),
    ],
    ids=["internal", "throttled", "no JSON", "hang-up", "refused", "not found", "no keys"],
)
def test_a_container(monkeypatch: pytest.MonkeyPatch, trouble: Action, *, retryable: bool) -> None:
    """
    Its endpoint may fail for a moment too; what it refuses it goes on to refuse.
    """
    with FaultServer(*[trouble] * 3, container_keys()) as container:  # botocore asks three times
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url)
        outcome = _outcome()

    if retryable:
        assert isinstance(outcome, Job)
    else:
        assert not _credentials_error(outcome).retryable


def test_an_instance_whose_metadata_do_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where only the second version of them will do and gives no token, that may pass.
    """
    with FaultServer(answer(503, b"")) as metadata:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
        monkeypatch.setenv("AWS_EC2_METADATA_V1_DISABLED", "true")
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url)
        error = _credentials_error(_outcome())

    assert error.retryable


def test_an_instance_that_may_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Metadata that aren't there at all are what every machine elsewhere has: no credentials, and nothing to wait for.
    """
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1")

    assert not _credentials_error(_outcome()).retryable


@pytest.mark.parametrize(
    ("trouble", "retryable"),
    [
        (refusal(503, "ServiceUnavailable"), True),
        (refusal(429, "TooManyRequestsException"), True),
        (hang_up(), True),
        (refusal(403, "ForbiddenException"), False),
        (refusal(401, "UnauthorizedException"), False),
    ],
    ids=["unavailable", "throttled", "hang-up", "forbidden", "unauthorized"],
)
def test_single_sign_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, trouble: Action, *, retryable: bool) -> None:
    """
    Its service may be down; a refusal is final, and says to sign in where that would help.
    """
    sign_in(monkeypatch, tmp_path, expires="2999-01-01T00:00:00UTC")
    with FaultServer(trouble) as sso:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", sso.url)
        error = _credentials_error(_outcome())

    assert error.retryable is retryable
    assert sso.hits == (4 if retryable else 1)


_TROUBLES = {
    "exit": "sys.exit('sorry')",
    "no JSON": "sys.exit(print('Please log in'))",
    "no keys": "sys.exit(print('{}'))",
}


@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
def test_a_program_that_fails_once_at_a_renewal(tmp_path: Path, trouble: str) -> None:
    """
    It gave keys that are still good, so it is asked again.
    """
    credential_process(tmp_path, trouble, range(1, 2), expiring())

    assert isinstance(_outcome(), Job)
    assert (tmp_path / "calls").stat().st_size == 3


@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
def test_a_program_that_goes_on_failing_at_renewals(tmp_path: Path, trouble: str) -> None:
    """
    It is given up in the end; the error tells that it may pass.
    """
    credential_process(tmp_path, trouble, range(1, 99), expiring())

    assert _credentials_error(_outcome()).retryable
    assert (tmp_path / "calls").stat().st_size == 5


@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
@pytest.mark.parametrize(("failing", "left"), [(range(1), None), (range(1, 99), _LATE)], ids=["first", "expired"])
def test_a_program_that_fails_without_good_keys(
    tmp_path: Path, trouble: str, failing: range, left: timedelta | None
) -> None:
    """
    One that has never worked, or not in time, is asked once.
    """
    credential_process(tmp_path, trouble, failing, expiring(left) if left else expiring())

    assert not _credentials_error(_outcome()).retryable
    assert (tmp_path / "calls").stat().st_size == len(failing[:1]) + (left is not None)


def _renewing(refresh: Callable[[], dict[str, str]]) -> boto3.Session:
    """
    Return a session whose keys are still good for a while, and renewed by `refresh`.
    """
    keys = {"access_key": "a", "secret_key": "b", "token": "c", "expiry_time": expiring()}
    return session_with(RefreshableCredentials.create_from_metadata(keys, refresh, "test"))


def _closed() -> dict[str, str]:
    raise RuntimeError("the vault is closed")


@pytest.mark.parametrize("refresh", [_closed, dict], ids=["an exception", "nothing"])
def test_a_renewal_of_good_keys_that_fails(refresh: Callable[[], dict[str, str]]) -> None:
    """
    What worked before may work again: a program's own vault, or metadata of an instance that have nothing to say.
    """
    assert _credentials_error(_outcome(_renewing(refresh))).retryable


def test_a_renewal_of_good_keys_that_is_refused(role: Callable[[FaultServer], None]) -> None:
    """
    Who is refused a role goes on being refused it, whatever keys are left.
    """
    with (
        FaultServer(sts_keys(), sts_refusal(403, "AccessDenied")) as sts,
        FaultServer(answer()) as server,
    ):
        role(sts)
        with JobsClient(endpoint_url=server.url) as client:
            first, second = [attempt(lambda: client.get_job(REAL_ARN)) for _ in range(2)]

    assert isinstance(first, Job)
    error = _credentials_error(second)
    assert (error.retryable, error.code) == (False, "AccessDenied")
    assert sts.hits == 2
