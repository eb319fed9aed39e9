"""
A call against a server that misbehaves, and all that came of it.
"""

import inspect
import logging
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

import attrs
import boto3
from botocore.config import Config
from botocore.httpsession import URLLib3Session

from braket_jobs import (
    BraketJobsError,
    ConnectionLostError,
    IncompleteResponseError,
    Job,
    JobsClient,
    RetryPolicy,
)
from braket_jobs._aws.sessions import LightSession
from support.answers import KEY, KEY_ID, SESSION
from support.fault_server import Action, FaultServer
from support.samples import REAL_ARN

ATTEMPTS = 3
# Whether a body that is shorter than its Content-Length is noticed depends on botocore: 1.35.99 does, 1.44.5 doesn't.
_NOTICES_A_CUT = "enforce_content_length=False" not in inspect.getsource(URLLib3Session)
WHEN_CUT = ConnectionLostError if _NOTICES_A_CUT else IncompleteResponseError
STATUS_WHEN_CUT = None if _NOTICES_A_CUT else 200
PATIENT = Config(connect_timeout=5, read_timeout=5)
HASTY = Config(connect_timeout=0.2, read_timeout=0.2)
PASSWORD = "hunter2-is-no-password"  # noqa: S105  # made up
SECRETS = (KEY_ID, KEY, SESSION, SESSION[:40], PASSWORD)


@attrs.frozen
class Case:
    """
    One row of the fault table.

    Attributes:
        name: What goes wrong.
        script: What the server does.
        kind: The class of the error.
        retryable: Whether it is retried, and so how many requests are made: `ATTEMPTS`, or one.
        code: The code on the error.
        status: The HTTP status on the error.
        tls: The server's side of TLS, if it speaks that.
        bundle: The certificates that the client trusts.
        endpoint: Where the client turns to, if not to the server.
        config: The client's settings.
        proxy: Whether the server is the client's proxy, with a password.
        reached: Whether the server sees the requests.
        attempts: How many requests the error tells of, if it isn't retried.
    """

    name: str
    script: Sequence[Action]
    kind: type[BraketJobsError]
    retryable: bool = False
    code: str | None = None
    status: int | None = None
    tls: ssl.SSLContext | None = None
    bundle: Path | None = None
    endpoint: str | None = None
    config: Config = PATIENT
    proxy: bool = False
    reached: bool = True
    attempts: int = 1


@attrs.frozen
class Outcome:
    """
    Attributes:
        result: The job, or the error.
        hits: How often the server was tried.
        log: All that was logged by us, as text.
        naps: How long the call would have slept, in seconds.
    """

    result: Job | Exception
    hits: int
    log: str
    naps: Sequence[float]

    @property
    def error(self) -> BraketJobsError:
        assert isinstance(self.result, BraketJobsError), repr(self.result)
        return self.result


def a_jobs_client(
    endpoint_url: str, *, naps: list[float] | None = None, config: Config = PATIENT, bundle: Path | None = None
) -> JobsClient:
    """
    Return a client of ours with made-up credentials that sleeps only on paper.
    """
    return JobsClient(
        session=_session(bundle),
        endpoint_url=endpoint_url,
        config=config,
        retry=RetryPolicy(max_attempts=ATTEMPTS),
        sleep=_no_nap if naps is None else naps.append,
    )


def _no_nap(_: float) -> None:
    """
    Forget the delay, so that a long test keeps nothing of it.
    """


@cache
def _session(bundle: Path | None) -> boto3.Session:
    # The session that a client of ours builds by itself; kept, because a second client is built from it fast.
    session = LightSession()
    session.core.set_credentials(KEY_ID, KEY, SESSION)
    session.core.set_config_variable("ca_bundle", bundle and str(bundle))
    return cast("boto3.Session", session)


def outcome_of(case: Case) -> Outcome:
    """
    Ask for a job in the way of `case`.
    """
    naps: list[float] = []
    with FaultServer(*case.script, tls=case.tls) as server, recorded_log() as log:
        endpoint = server.url if case.endpoint is None else case.endpoint.format(address=server.address)
        with a_jobs_client(endpoint, naps=naps, config=_config(case, server.address), bundle=case.bundle) as client:
            result = attempt(lambda: client.get_job(REAL_ARN))
    return Outcome(result, server.hits, "\n".join(log), naps)


def _config(case: Case, address: str) -> Config:
    if not case.proxy:
        return case.config
    return case.config.merge(Config(proxies=dict.fromkeys(["http", "https"], f"http://me:{PASSWORD}@{address}")))


def attempt(call: Callable[[], Job]) -> Job | Exception:
    """
    Return what `call` returns or raises.
    """
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # whatever it is
        return error


@contextmanager
def recorded_log() -> Iterator[list[str]]:
    """
    Collect what our logger says, from DEBUG up, as formatted lines with their tracebacks and extras.
    """
    lines: list[str] = []
    handler, logger = _Recorder(lines), logging.getLogger("braket_jobs")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Recorder(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{self.format(record)} {vars(record)!r}")
