"""
Endpoints and proxies whose addresses hold a user and a password: no piece of them is shown, however they are mistyped.
"""

import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from support.answers import KEY, KEY_ID
from support.credentials import take_credentials_away
from support.fault_server import FaultServer
from support.faults import answer
from support.outcomes import PATIENT, a_jobs_client, attempt, recorded_log
from support.samples import REAL_ARN

from braket_jobs import BraketJobsError, ConnectError, CredentialsError, Job, JobsClient, RetryPolicy

# What should have been escaped in a password ends the address, or a part of it, for whoever takes it apart.
_LOGINS = [
    "jane:hunter2",
    "jane:hun@ter2/ooh@aah",
    "jane:hun/ter2",
    "jane:123/hunter2",
    "jane:Hu[cd1234ef]",
    "jane:[cd1234ef",
    "jane:cd1234ef]",
    "jane:hun[cd]ter2/ooh",
    "jane:hun:ter2/ooh",
    "jane:hun#ter2",
    "jane:hun?ter2",
    "jane:hun ter2",
    "jane:hun\\ter2",
    "jane:hun%ter2",
    "jane:hun%zzter2",
    "jane:hun\u2100ter2",
    "jane:hun\uff0fter2",
    "jane:hun'ter2\"ooh",
    "jane@corp:hun@ter2",
    "hun@ter2",
    "jane:hun\tter2",
]
_SHAPES = ["http://{}@127.0.0.1:1", "https://{}@127.0.0.1:1", "//{}@127.0.0.1:1", "{}@127.0.0.1:1"]
_SHAPES += ["http:/{}@127.0.0.1:1", "http:{}@127.0.0.1:1", "http//{}@127.0.0.1:1", "http://{}@nothing.invalid"]
_ADDRESSES = [(login, shape.format(login)) for login in _LOGINS for shape in _SHAPES]
_BRAKET = "https://braket.us-east-1.amazonaws.com"
_WAYS = ["endpoint", "proxy of an https endpoint", "proxy of an http endpoint"]


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Take away whatever credentials this machine has.
    """
    take_credentials_away(monkeypatch, tmp_path)
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Know no host by its name: a piece of a password is nobody's to look up.
    """
    look_up = socket.getaddrinfo

    def getaddrinfo(host: str, *details: Any, **more: Any) -> Any:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *details, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _pieces(login: str) -> list[str]:
    return [piece for piece in re.split(r"[^A-Za-z0-9]+", login) if len(piece) > 2 and not piece.isdigit()]


def _shown(error: Job | Exception, log: Sequence[str]) -> str:
    """
    Return all that anybody may see of `error`, but for its cause.
    """
    assert isinstance(error, BraketJobsError), repr(error)
    texts = (str(error), repr(error), error.message, error.hint or "", *getattr(error, "__notes__", ()), *log)
    return "\n".join(texts).replace(REAL_ARN, "")


@pytest.mark.parametrize(("login", "address"), _ADDRESSES, ids=[address for _, address in _ADDRESSES])
@pytest.mark.parametrize("way", _WAYS)
def test_no_piece_of_a_login_is_shown(way: str, login: str, address: str) -> None:
    """
    Neither in the error, its hint and its notes, nor in the log of its retries.
    """
    proxies = PATIENT.merge(Config(proxies=dict.fromkeys(["http", "https"], address)))
    endpoint = {"endpoint": address, "proxy of an http endpoint": "http://braket.example"}.get(way, _BRAKET)
    with recorded_log() as log, a_jobs_client(endpoint, config=PATIENT if way == "endpoint" else proxies) as client:
        shown = _shown(attempt(lambda: client.get_job(REAL_ARN)), log)

    assert [piece for piece in _pieces(login) if piece in shown] == []


@pytest.mark.parametrize(
    "variable",
    ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BRAKET"],
)
@pytest.mark.parametrize("login", _LOGINS)
def test_no_piece_of_a_login_in_a_variable_is_shown(monkeypatch: pytest.MonkeyPatch, variable: str, login: str) -> None:
    """
    The environment's addresses are taken apart by the same functions, and by some more.
    """
    monkeypatch.setenv(variable, f"http://{login}@127.0.0.1:1")
    if variable.upper().endswith("PROXY"):
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://nothing.invalid")
    session = boto3.Session(KEY_ID, KEY)
    with recorded_log() as log, JobsClient(session=session, sleep=lambda _: None) as client:
        shown = _shown(attempt(lambda: client.get_job(REAL_ARN)), log)

    assert [piece for piece in _pieces(login) if piece in shown] == []


@pytest.mark.parametrize("variable", ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ENDPOINT_URL_STS"])
@pytest.mark.parametrize("login", _LOGINS)
def test_no_piece_of_a_login_where_credentials_come_from_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, login: str
) -> None:
    """
    Whoever gives them out has an address too.
    """
    (tmp_path / "token").write_text("a-web-identity")
    if variable.endswith("STS"):
        monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x")
        monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv(variable, f"http://{login}@127.0.0.1:1")
    with (
        recorded_log() as log,
        FaultServer(answer()) as server,
        JobsClient(endpoint_url=server.url, retry=RetryPolicy(max_attempts=2), sleep=lambda _: None) as client,
    ):
        shown = _shown(attempt(lambda: client.get_job(REAL_ARN)), log)

    assert [piece for piece in _pieces(login) if piece in shown] == []


def test_what_failed_is_said_all_the_same() -> None:
    """
    By the exception's name, and by what the system said.
    """
    with a_jobs_client("http://jane:hunter2@127.0.0.1:1") as client:
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert type(error) is ConnectError
    assert error.message == "EndpointConnectionError: Connection refused (an address with a login is not shown)"
    assert isinstance(error.__cause__, EndpointConnectionError)


def test_what_a_proxy_answered_is_said_by_its_number() -> None:
    """
    Its own words might quote the login.
    """
    with FaultServer(answer(407, b"jane:hunter2")) as proxy:
        config = PATIENT.merge(Config(proxies={"https": f"http://jane:hunter2@{proxy.address}"}))
        with a_jobs_client(_BRAKET, config=config) as client:
            error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, ConnectError)
    assert error.message == "ProxyConnectionError: the proxy answered 407 (an address with a login is not shown)"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh -c 'echo ask jane@example.org >&2; exit 1'", "ask jane@example.org"),
        ("/nowhere/python@3.11/keys", "/nowhere/python@3.11/keys"),
    ],
)
def test_an_at_sign_elsewhere_hides_nothing(tmp_path: Path, command: str, words: str) -> None:
    """
    A program may name whom to ask, and folders have such names too.
    """
    (tmp_path / "config").write_text(f"[default]\ncredential_process = {command}\n")

    error = attempt(lambda: JobsClient().get_job(REAL_ARN))

    assert isinstance(error, CredentialsError)
    assert words in error.message
