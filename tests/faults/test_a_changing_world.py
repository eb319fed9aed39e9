"""
The world outside changes while a process runs: what is asked next is asked as the world is then.
"""

import json
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from botocore.credentials import CredentialProvider, Credentials
from botocore.session import get_session
from support.answers import KEY
from support.credentials import sts_keys, take_role_from
from support.fault_server import Action, FaultServer, Request
from support.faults import answer, refusal
from support.outcomes import attempt
from support.samples import REAL_ARN, sample

from braket_jobs import (
    AuthenticationError,
    ConfigurationError,
    CredentialsError,
    Job,
    JobsClient,
    PollPolicy,
    get_job,
    wait_for_job,
)
from braket_jobs._aws.clients import ClientPool
from braket_jobs._aws.protocols import ClientSettings
from braket_jobs._watch.shared import shared_engine
from braket_jobs.errors.asked import Asked
from braket_jobs.model.arn import JobArn
from braket_jobs.testing import BraketServer, JobsFactory

_VARIABLES = (
    "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE"
    " AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_ENDPOINT_URL"
)
_CREDENTIALS = "[{profile}]\naws_access_key_id = {key}\naws_secret_access_key = a-secret\n"


@pytest.fixture(autouse=True)
def a_new_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """
    As if this process had just begun, on a machine without credentials.
    """
    for name in _VARIABLES.split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    shared_engine(None, None).close()
    yield
    shared_engine(None, None).close()


def _write_keys(folder: Path, **keys: str) -> None:
    text = "".join(_CREDENTIALS.format(profile=profile, key=key) for profile, key in keys.items())
    (folder / "credentials").write_text(text)


def _accepting(*keys: str, code: str = "ExpiredTokenException") -> FaultServer:
    def choose(request: Request) -> Action:
        return answer() if any(f"={key}/" in request.headers["authorization"] for key in keys) else refusal(403, code)

    return FaultServer(choose=choose)


def _signers(server: FaultServer) -> list[str]:
    return [request.headers["authorization"].partition("=")[2].partition("/")[0] for request in server.requests]


def test_credentials_that_come_later_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without credentials a call fails; with them, set up as its error advises, the next one does not.
    """
    with FaultServer(answer()) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        client = JobsClient()
        first = attempt(lambda: get_job(REAL_ARN)), attempt(lambda: client.get_job(REAL_ARN))
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "an-id")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
        then = get_job(REAL_ARN), client.get_job(REAL_ARN)

    assert [type(error) for error in first] == [CredentialsError, CredentialsError]
    assert then[0].job_arn == then[1].job_arn == REAL_ARN


@pytest.mark.parametrize("is_passed", [False, True])
def test_credentials_that_come_into_a_file_are_found(tmp_path: Path, is_passed: bool) -> None:
    """
    The session is looked through again, be it ours or the caller's.
    """
    with FaultServer(answer()) as server:
        client = JobsClient(session=boto3.Session() if is_passed else None, endpoint_url=server.url)
        first = attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, default="an-id")
        then = client.get_job(REAL_ARN)

    assert type(first) is CredentialsError
    assert then.job_arn == REAL_ARN


def test_one_failure_of_the_machines_metadata_is_no_answer_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A role's credentials that could not be had at first are asked for again.
    """
    keys = {"AccessKeyId": "an-id", "SecretAccessKey": KEY, "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}
    role = [answer(200, b"a-token"), answer(200, b"a-role"), answer(200, json.dumps(keys).encode())]
    down = [answer(503, b"")] * 2
    with FaultServer(answer()) as braket, FaultServer(*down, *role) as metadata:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url)
        client = JobsClient(endpoint_url=braket.url)
        first = attempt(lambda: client.get_job(REAL_ARN))
        then = client.get_job(REAL_ARN)

    assert type(first) is CredentialsError
    assert then.job_arn == REAL_ARN


def test_renewed_credentials_are_read_within_the_call(tmp_path: Path) -> None:
    """
    Keys that have expired are looked up again, and if there are others, these are tried at once.
    """
    _write_keys(tmp_path, default="old")
    with _accepting("old") as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)
    with _accepting("new") as server, JobsClient(endpoint_url=server.url) as client:
        first = attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, default="new")
        then = client.get_job(REAL_ARN)

    assert type(first) is AuthenticationError
    assert (first.attempts, first.retryable) == (1, False)
    assert then.job_arn == REAL_ARN
    assert _signers(server) == ["old", "new"]


def test_a_wait_goes_on_with_renewed_credentials(tmp_path: Path) -> None:
    """
    A tool writes new keys before the old ones expire, and no wait ends for that.
    """
    _write_keys(tmp_path, default="old")
    answers = [answer(200, json.dumps(sample("composed_running")).encode()), answer()]

    def choose(request: Request) -> Action:
        if "=old/" not in request.headers["authorization"]:
            return answers[1]
        if (tmp_path / "renewed").exists():
            return refusal(403, "ExpiredTokenException")
        _write_keys(tmp_path, default="new")
        (tmp_path / "renewed").touch()
        return answers[0]

    with FaultServer(choose=choose) as server, JobsClient(endpoint_url=server.url) as client:
        job = client.wait(REAL_ARN, timeout=30, poll=PollPolicy(wait_initial=0.01))

    assert job.is_terminal
    assert _signers(server) == ["old", "old", "new"]


def test_many_threads_that_meet_renewed_credentials_go_on(tmp_path: Path) -> None:
    """
    The first to be refused looks the keys up, and the others use what it has found.
    """
    _write_keys(tmp_path, default="old")
    with _accepting("old", "new") as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)
    outcomes: list[object] = []
    with _accepting("new") as server, JobsClient(endpoint_url=server.url) as client:
        attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, default="new")
        threads = [
            threading.Thread(target=lambda: outcomes.append(attempt(lambda: client.get_job(REAL_ARN))))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [type(outcome) for outcome in outcomes] == [Job] * 8


@pytest.mark.parametrize("code", ["ExpiredTokenException", "InvalidSignatureException"])
def test_the_same_credentials_are_not_tried_again(tmp_path: Path, code: str) -> None:
    """
    What was refused is refused again, so nothing is sent in vain.
    """
    _write_keys(tmp_path, default="old")
    with _accepting("new", code=code) as server, JobsClient(endpoint_url=server.url) as client:
        errors = [attempt(lambda: client.get_job(REAL_ARN)) for _ in range(2)]

    assert [type(error) for error in errors] == [AuthenticationError] * 2
    assert server.hits == 2


def test_a_passed_client_keeps_its_credentials(tmp_path: Path) -> None:
    """
    Its keys are its owner's, who alone can change them.
    """
    _write_keys(tmp_path, default="old")
    with _accepting("new") as server:
        passed = boto3.Session().client("braket", region_name="us-east-1", endpoint_url=server.url)
        _write_keys(tmp_path, default="new")
        errors = [attempt(lambda: get_job(REAL_ARN, client=passed)) for _ in range(2)]

    assert [type(error) for error in errors] == [AuthenticationError] * 2
    assert _signers(server) == ["old", "old"]


def test_close_forgets_all_that_was_built(tmp_path: Path) -> None:
    """
    Keys, endpoint and profile are read anew, also where nothing was wrong with them.
    """
    _write_keys(tmp_path, default="old")
    with _accepting("old", "new") as server:
        client = JobsClient(endpoint_url=server.url)
        client.get_job(REAL_ARN)
        _write_keys(tmp_path, default="new")
        client.get_job(REAL_ARN)
        client.close()
        client.get_job(REAL_ARN)

    assert _signers(server) == ["old", "old", "new"]


def test_the_second_server_is_asked_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Two tests, each with a server and its environment: each asks its own.
    """
    for name in ("first", "second"):
        with BraketServer() as server, monkeypatch.context() as patch:
            for variable, value in server.environment().items():
                patch.setenv(variable, value)
            arn = JobsFactory().create(job_name=name)
            assert get_job(arn).job_name == name


def test_another_profile_signs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    AWS_PROFILE is looked at with each call, and a profile that isn't there is looked for again.
    """
    _write_keys(tmp_path, default="an-id", jane="janes")
    with FaultServer(answer()) as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)
        monkeypatch.setenv("AWS_PROFILE", "jane")
        client.get_job(REAL_ARN)
        monkeypatch.setenv("AWS_PROFILE", "joe")
        error = attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, joe="joes")
        client.get_job(REAL_ARN)

    assert type(error) is ConfigurationError
    assert _signers(server) == ["an-id", "janes", "joes"]


def test_boto3s_default_session_is_the_one(tmp_path: Path) -> None:
    """
    Whoever sets it up signs with it, also if that comes later, in calls, clients and waits.
    """
    _write_keys(tmp_path, default="an-id", jane="janes", joe="joes")
    with FaultServer(answer()) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", server.url)
        get_job(REAL_ARN)
        boto3.setup_default_session(profile_name="jane")
        get_job(REAL_ARN)
        JobsClient().get_job(REAL_ARN)
        boto3.setup_default_session(profile_name="joe")
        wait_for_job(REAL_ARN, timeout=30)

    assert _signers(server) == ["an-id", "janes", "janes", "joes"]


@pytest.mark.parametrize("profile", [None, "jane"])
def test_boto3s_default_session_does_not_keep_old_keys(tmp_path: Path, profile: str | None) -> None:
    """
    boto3 reads keys once; when they are refused we read them again, of the same profile.
    """
    _write_keys(tmp_path, **{profile or "default": "old"})
    boto3.setup_default_session(profile_name=profile)
    with _accepting("new") as server, JobsClient(endpoint_url=server.url) as client:
        attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, **{"default": "somebody", profile or "default": "new"})
        job = client.get_job(REAL_ARN)

    assert job.job_arn == REAL_ARN
    assert _signers(server)[-1] == "new"


def test_keys_that_were_given_to_boto3s_default_session_stay(tmp_path: Path) -> None:
    """
    There is nowhere to read them again, and nobody else signs in their place.
    """
    _write_keys(tmp_path, default="somebody")
    boto3.setup_default_session(aws_access_key_id="old", aws_secret_access_key=KEY)
    with _accepting("somebody") as server, JobsClient(endpoint_url=server.url) as client:
        errors = [attempt(lambda: client.get_job(REAL_ARN)) for _ in range(2)]

    assert [type(error) for error in errors] == [AuthenticationError] * 2
    assert _signers(server) == ["old", "old"]


def test_no_more_clients_are_kept_than_there_are_regions() -> None:
    """
    Regions out of mistyped ARNs don't keep sockets for ever; those that are asked most lately stay.
    """
    pool = ClientPool(ClientSettings())
    arns = [JobArn.parse(REAL_ARN.replace("us-east-1", f"us-east-{number}")) for number in range(34)]
    first, second = (pool.client_for(arn.region, Asked()) for arn in arns[:2])
    for arn in arns:
        pool.client_for(arn.region, Asked())
        pool.client_for(arns[0].region, Asked())

    assert pool.client_for(arns[0].region, Asked()) is first
    assert pool.client_for(arns[1].region, Asked()) is not second


def test_a_dead_region_does_not_end_retries_elsewhere() -> None:
    """
    Each region has a budget of its own.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    script = [refusal(500, "InternalServiceException"), answer()]
    with FaultServer(*script) as server:
        session = boto3.Session("an-id", "a-secret")
        session.events.register(
            "before-sign.braket.GetJob",
            lambda request, **_: setattr(
                request, "url", request.url.replace("https://braket.us-east-1.amazonaws.com", server.url)
            ),
        )
        session.events.register(
            "before-sign.braket.GetJob",
            lambda request, **_: setattr(
                request, "url", request.url.replace("https://braket.eu-west-2.amazonaws.com", nobody)
            ),
        )
        client = JobsClient(session=session, sleep=lambda _: None)
        dead = [attempt(lambda: client.get_job(REAL_ARN.replace("us-east-1", "eu-west-2"))) for _ in range(15)]
        job = client.get_job(REAL_ARN)

    assert [getattr(error, "attempts", 0) for error in dead[-1:]] == [1]
    assert job.job_arn == REAL_ARN
    assert server.hits == 2


def test_nothing_of_the_environment_is_read_before_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A client that is made at import is made for the world as it is at its first call.
    """
    with FaultServer(answer()) as server:
        client = JobsClient()
        monkeypatch.setitem(os.environ, "AWS_ENDPOINT_URL", server.url)
        monkeypatch.setitem(os.environ, "AWS_ACCESS_KEY_ID", "an-id")
        monkeypatch.setitem(os.environ, "AWS_SECRET_ACCESS_KEY", "a-secret")
        assert client.get_job(REAL_ARN).job_arn == REAL_ARN


def test_who_comes_late_uses_what_another_has_found(tmp_path: Path) -> None:
    """
    Of two threads that were refused with the same client the second one drops nothing.
    """
    pool, arn = ClientPool(ClientSettings()), JobArn.parse(REAL_ARN)
    _write_keys(tmp_path, default="old")
    old = pool.client_for(arn.region, Asked())
    _write_keys(tmp_path, default="new")

    assert pool.finds_other_keys(old)
    new = pool.client_for(arn.region, Asked())
    assert pool.finds_other_keys(old)
    pool.forget_keys(old)

    assert new is not old
    assert pool.client_for(arn.region, Asked()) is new


def test_a_half_written_file_ends_no_other_jobs_wait(tmp_path: Path) -> None:
    """
    Whoever renews keys may be in the middle of it when they are looked up; that is no error of another kind.
    """
    _write_keys(tmp_path, default="old")

    def choose(_: Request) -> Action:
        (tmp_path / "credentials").write_text("[default\n")
        return refusal(403, "ExpiredTokenException")

    with FaultServer(choose=choose) as server, JobsClient(endpoint_url=server.url) as client:
        first = attempt(lambda: client.get_job(REAL_ARN))
        then = attempt(lambda: client.get_job(REAL_ARN))
        outcomes = list(client.wait_all([REAL_ARN, REAL_ARN[:-1] + "a"], timeout=30))

    assert type(first) is AuthenticationError
    assert type(then) is ConfigurationError
    assert [type(outcome.error) for outcome in outcomes] == [ConfigurationError] * 2


def test_new_keys_that_are_refused_too_are_not_exchanged_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Who gives out new ones each time is asked once until the service accepts some, in calls and in waits.
    """
    keys = (f"{number}" for number in range(100))

    def give(_: Request) -> Action:
        return sts_keys(timedelta(hours=1), key_id=next(keys))

    with FaultServer(choose=give) as sts, _accepting() as server, JobsClient(endpoint_url=server.url) as client:
        take_role_from(sts.url, monkeypatch, tmp_path)
        once = attempt(lambda: client.get_job(REAL_ARN))
        hits = [server.hits]
        again = attempt(lambda: client.get_job(REAL_ARN))
        hits.append(server.hits)
        waited = attempt(lambda: client.wait(REAL_ARN, timeout=30))
        hits.append(server.hits)

    assert [type(error) for error in (once, again, waited)] == [AuthenticationError] * 3
    assert hits == [2, 3, 4]


def test_keys_that_many_threads_were_refused_with_are_looked_up_once(tmp_path: Path) -> None:
    """
    Looking them up may take a second, and others wait for that.
    """
    lookups = tmp_path / "lookups"
    program = tmp_path / "program"
    program.write_text(
        f"#!/bin/sh\necho >> {lookups}\n"
        'echo \'{"Version": 1, "AccessKeyId": "old", "SecretAccessKey": "s", "SessionToken": "t"}\'\n'
    )
    program.chmod(0o700)
    (tmp_path / "config").write_text(f"[default]\ncredential_process = {program}\n")
    pool = ClientPool(ClientSettings())
    old = pool.client_for("us-east-1", Asked())

    with ThreadPoolExecutor(8) as threads:
        has_found = list(threads.map(lambda _: pool.finds_other_keys(old), range(8)))

    assert has_found == [False] * 8
    assert len(lookups.read_text()) == 2


@pytest.mark.parametrize("is_passed", [False, True])
def test_what_boto3s_default_session_has_not_found_is_looked_for_again(tmp_path: Path, is_passed: bool) -> None:
    """
    boto3 keeps the files as it has read them first; we read them anew, of the same profile.
    """
    profile = "jane" if is_passed else None
    (tmp_path / "config").write_text("[profile jane]\n")
    boto3.setup_default_session(profile_name=profile)
    boto3.client("sts", region_name="us-east-1")
    with FaultServer(answer()) as server, JobsClient(endpoint_url=server.url) as client:
        first = attempt(lambda: client.get_job(REAL_ARN))
        _write_keys(tmp_path, **{"default": "somebody", profile or "default": "an-id"})
        client.get_job(REAL_ARN)

    assert type(first) is CredentialsError
    assert _signers(server) == ["an-id"]


def test_a_provider_of_somebodys_in_the_default_session_signs(tmp_path: Path) -> None:
    """
    Nobody but that session knows where its credentials come from.
    """

    class Provider(CredentialProvider):
        METHOD = "vault"

        def load(self) -> Credentials:
            return Credentials("from-a-vault", KEY, method=self.METHOD)

    _write_keys(tmp_path, default="somebody")
    core = get_session()
    core.get_component("credential_provider").insert_before("env", Provider())
    boto3.setup_default_session(botocore_session=core)
    with FaultServer(answer()) as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)

    assert _signers(server) == ["from-a-vault"]


def test_a_variable_counts_beside_a_default_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What the environment says now is what counts, and not what it said when boto3 first looked.
    """
    _write_keys(tmp_path, jane="janes", joe="joes")
    monkeypatch.setenv("AWS_PROFILE", "jane")
    boto3.client("sts", region_name="us-east-1")
    with FaultServer(answer()) as server, JobsClient(endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)
        monkeypatch.setenv("AWS_PROFILE", "joe")
        client.get_job(REAL_ARN)

    assert _signers(server) == ["janes", "joes"]
