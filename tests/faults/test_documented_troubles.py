"""
The table "In particular" of the page on failures: each of its rows, as it happens.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from support.answers import KEY, KEY_ID
from support.certificates import certificate, server_side
from support.credentials import (
    credential_process,
    expiring,
    sign_in,
    sts_refusal,
    take_credentials_away,
    take_role_from,
)
from support.fault_server import Action, FaultServer
from support.faults import answer, hang_up, raw, refusal
from support.outcomes import attempt
from support.samples import REAL_ARN, sample
from support.tables import rows

from braket_jobs import Job, JobsClient

_PAGE = (Path(__file__).parent.parent.parent / "docs" / "when-it-fails.md").read_text()
_GONE = "/nowhere/at/all.pem"


@attrs.frozen
class Place:
    """
    Where a trouble happens: the environment, and a folder.
    """

    monkeypatch: pytest.MonkeyPatch
    folder: Path

    @contextmanager
    def serving(self, variable: str, action: Action) -> Iterator[None]:
        """
        Have a server that does `action` at the address in `variable`.
        """
        with FaultServer(action) as server:
            self.monkeypatch.setenv(variable, server.url)
            yield


Happened = tuple[Job | Exception, int]  # the outcome, and how often the call was tried again


def _asked(
    action: Action | None = None,
    *,
    session: boto3.Session | None = None,
    config: Config | None = None,
    is_encrypted: bool = False,
) -> Happened:
    naps: list[float] = []
    tls = server_side(certificate()) if is_encrypted else None
    with (
        FaultServer(action or answer(), tls=tls) as server,
        JobsClient(session=session, endpoint_url=server.url, config=config, sleep=naps.append) as client,
    ):
        return attempt(lambda: client.get_job(REAL_ARN)), len(naps)


def _role(action: Action) -> Callable[[Place], Happened]:
    def happen(place: Place) -> Happened:
        with FaultServer(action) as sts:
            take_role_from(sts.url, place.monkeypatch, place.folder)
            return _asked()

    return happen


def _single_sign_on(expires: str, action: Action) -> Callable[[Place], Happened]:
    def happen(place: Place) -> Happened:
        sign_in(place.monkeypatch, place.folder, expires=expires)
        with place.serving("AWS_ENDPOINT_URL_SSO", action):
            return _asked()

    return happen


def _container(action: Action) -> Callable[[Place], Happened]:
    def happen(place: Place) -> Happened:
        with place.serving("AWS_CONTAINER_CREDENTIALS_FULL_URI", action):
            return _asked()

    return happen


def _process(failing: range) -> Callable[[Place], Happened]:
    def happen(place: Place) -> Happened:
        credential_process(place.folder, "sys.exit('sorry')", failing, expiring())
        return _asked()

    return happen


def _keys() -> boto3.Session:
    return boto3.Session(KEY_ID, KEY)


def _bundle(place: Place) -> Happened:
    place.monkeypatch.setenv("AWS_CA_BUNDLE", _GONE)
    return _asked(session=_keys(), is_encrypted=True)


def _certificate(_: Place) -> Happened:
    return _asked(session=_keys(), config=Config(client_cert=_GONE), is_encrypted=True)


def _strangers(status: int) -> Callable[[Place], Happened]:
    page = b"<html><title>Blocked</title></html>"
    head = f"HTTP/1.1 {status} No\r\nContent-Length: {len(page)}\r\n\r\n".encode()
    return lambda _: _asked(raw(head + page, keep=True), session=_keys())


def _odd(status: int, code: object) -> Callable[[Place], Happened]:
    return lambda _: _asked(answer(status, json.dumps({"code": code}).encode()), session=_keys())


def _changed(**members: object) -> Callable[[Place], Happened]:
    body = json.dumps(sample("real_completed_wire") | members).encode()
    return lambda _: _asked(answer(200, body), session=_keys())


def _handler(_: Place) -> Happened:
    session = _keys()

    def fail(**_: object) -> None:
        raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")

    session.events.register("before-sign.braket.GetJob", fail)
    return _asked(session=session)


_HAPPENINGS: dict[str, Callable[[Place], Happened]] = {
    "STS is down for a moment": _role(sts_refusal(503, "ServiceUnavailable")),
    "STS throttles": _role(sts_refusal(400, "Throttling")),
    "STS drops the connection": _role(hang_up()),
    "STS refuses the role": _role(sts_refusal(403, "AccessDenied")),
    "the portal of single sign-on is down": _single_sign_on(
        "2999-01-01T00:00:00UTC", refusal(503, "ServiceUnavailable")
    ),
    "the session of single sign-on has ended": _single_sign_on(
        "2000-01-01T00:00:00UTC", refusal(401, "UnauthorizedException")
    ),
    "a container's endpoint fails": _container(answer(500, b"")),
    "a container's endpoint refuses": _container(answer(403, b"")),
    "a credential_process fails that worked before, and its last keys are still good": _process(range(1, 99)),
    "a credential_process fails the first time": _process(range(99)),
    "client_cert isn't there": _certificate,
    "AWS_CA_BUNDLE isn't there": _bundle,
    "a proxy's page says 403": _strangers(403),
    "a proxy's page says 401": _strangers(401),
    "a proxy's page says 429": _strangers(429),
    "a 503 with the code [1]": _odd(503, [1]),
    'a 429 with the code ["Throttled"]': _odd(429, ["Throttled"]),
    'a 403 with the code {"a": 1}': _odd(403, {"a": 1}),
    "a handler of yours is refused a secret": _handler,
    "a null among the events": _changed(events=[None, *sample("real_completed_wire")["events"], None]),
    "a time without its separators": _changed(createdAt="20250516T172222Z"),
    "a time in milliseconds": _changed(createdAt=1747416142000),
}


@pytest.mark.parametrize(("what", "kind", "retried", "advice"), rows(_PAGE, "what happens"))
def test_it_happens_as_the_page_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str, kind: str, retried: str, advice: str
) -> None:
    """
    The class, whether the call is tried again, and what the error says to do.
    """
    take_credentials_away(monkeypatch, tmp_path)
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)

    outcome, retries = _HAPPENINGS[what](Place(monkeypatch, tmp_path))

    assert type(outcome).__name__ == kind
    assert retries == (3 if retried == "yes" else 0)
    assert getattr(outcome, "retryable", False) is (retried == "yes")
    assert advice in str(outcome)


def test_all_that_can_happen_is_on_the_page() -> None:
    """
    No row was forgotten.
    """
    assert [row[0] for row in rows(_PAGE, "what happens")] == list(_HAPPENINGS)
