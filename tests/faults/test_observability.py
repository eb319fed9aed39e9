"""
What an operator sees: log records, the hook, and the spans of botocore's own instrumentation.
"""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import boto3
import pytest
from opentelemetry.instrumentation.botocore import BotocoreInstrumentor
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from support.answers import KEY, KEY_ID, a_client
from support.fault_server import FaultServer
from support.faults import JOB, answer, refusal
from support.outcomes import a_jobs_client, attempt
from support.samples import REAL_ARN, sample

from braket_jobs import Job, JobsClient

_RETRY = ["braket_attempts", "braket_delay", "braket_elapsed", "braket_error", "braket_job_arn"]
_CALL = ["braket_attempts", "braket_duration", "braket_job_arn"]
_DOWN = refusal(500, "InternalServiceException", "sorry, no luck")


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """
    Collect the spans that opentelemetry's instrumentation of botocore makes.
    """
    instrumentor = cast("Any", BotocoreInstrumentor)()
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


def _status(span: ReadableSpan) -> object:
    return (span.attributes or {}).get("http.status_code")


def test_a_trace_has_one_span_for_each_request(spans: InMemorySpanExporter) -> None:
    """
    A call that was tried three times is three spans of GetJob: retries don't hide in one.
    """
    with FaultServer(_DOWN, _DOWN, answer()) as server, a_jobs_client(server.url) as client:
        client.get_job(REAL_ARN)

    assert [span.name for span in spans.get_finished_spans()] == ["Braket.GetJob"] * 3
    assert [_status(span) for span in spans.get_finished_spans()] == [500, 500, 200]


def test_instrumentation_changes_no_outcome(spans: InMemorySpanExporter) -> None:
    """
    With botocore instrumented, calls are retried and counted as without.
    """
    with FaultServer(_DOWN) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert not isinstance(error, Job)
    assert getattr(error, "attempts", None) == server.hits == len(spans.get_finished_spans())


def test_a_log_tells_the_whole_story(caplog: pytest.LogCaptureFixture) -> None:
    """
    A warning for each retry, one line of DEBUG for the call; ARN, attempts, delay and duration as fields.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")
    with FaultServer(_DOWN, _DOWN, answer()) as server, a_jobs_client(server.url) as client:
        client.get_job(REAL_ARN)

    ours = [record for record in caplog.records if record.name == "braket_jobs"]
    fields = [vars(record) for record in ours]

    assert [record.levelname for record in ours] == ["WARNING", "WARNING", "DEBUG"]
    assert [field["braket_attempts"] for field in fields] == [1, 2, 3]
    assert {field["braket_job_arn"] for field in fields} == {REAL_ARN}
    assert [sorted(name for name in field if name.startswith("braket_")) for field in fields] == [_RETRY, _RETRY, _CALL]


def test_nothing_is_formatted_that_nobody_reads(caplog: pytest.LogCaptureFixture) -> None:
    """
    Messages are formatted by whoever handles them; the arguments stay arguments.
    """
    with FaultServer(_DOWN, answer()) as server, a_jobs_client(server.url) as client:
        client.get_job(REAL_ARN)

    assert [record.msg for record in caplog.records] == ["%s is tried again in %.2f s: %s"]
    assert [len(record.args or ()) for record in caplog.records] == [3]


def test_a_hostile_status_does_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """
    The log shows a hundred characters of a status, and none that moves a terminal's cursor.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")
    body = json.dumps(sample("real_completed_wire") | {"status": "\x1b[2J" + "X" * 10_000}).encode()
    with FaultServer(answer(200, body)) as server, a_jobs_client(server.url) as client:
        client.get_job(REAL_ARN)

    message = next(record.getMessage() for record in caplog.records if record.name == "braket_jobs")

    assert re.fullmatch(rf"GetJob for {REAL_ARN}: \\x1b\[2JX{{96}}… after 1 request in \d+\.\d{{3}} s", message)


def test_no_handler_is_installed() -> None:
    """
    Whether and where our log goes is the application's choice: the one handler there writes nothing.
    """
    logger = logging.getLogger("braket_jobs")

    assert [type(handler) for handler in logger.handlers] == [logging.NullHandler]
    assert logger.level == logging.NOTSET
    assert logger.propagate


_UNTOLD = """
import sys
from braket_jobs import BraketJobsError
from support.outcomes import a_jobs_client
try:
    a_jobs_client("http://127.0.0.1:1").get_job(sys.argv[1])
except BraketJobsError as error:
    print(error.attempts)
"""


def test_who_has_set_up_no_logging_sees_none() -> None:
    """
    Without a handler of anybody's, Python writes warnings on standard error: not those of our retries.
    """
    process = subprocess.run(
        [sys.executable, "-c", _UNTOLD, REAL_ARN],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert (process.stdout.strip(), process.stderr) == ("3", "")


def test_botocores_own_log_shows_what_was_answered(caplog: pytest.LogCaptureFixture) -> None:
    """
    What people are asked to send when something is wrong is there, though botocore doesn't read it for us.
    """
    caplog.set_level(logging.DEBUG, "botocore.parsers")
    with FaultServer(answer()) as server, a_jobs_client(server.url) as client:
        client.get_job(REAL_ARN)

    assert f"Response body:\n{JOB!r}" in [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("event", ["before-parse.braket.GetJob", "before-parse.braket", "before-parse"])
def test_other_handlers_read_what_was_answered(event: str) -> None:
    """
    Those of the caller's session, whether they are called before ours or after.
    """
    seen: list[bytes] = []

    def look(*, response_dict: dict[str, bytes], **_: object) -> None:
        seen.append(bytes(response_dict["body"]))

    session = boto3.Session(KEY_ID, KEY)
    session.events.register_last(event, cast("Callable[..., None]", look))
    with FaultServer(answer()) as server, JobsClient(session=session, endpoint_url=server.url) as client:
        client.get_job(REAL_ARN)

    assert seen == [JOB]


def test_an_interrupted_call_is_logged_as_such(caplog: pytest.LogCaptureFixture) -> None:
    """
    A call that Ctrl-C ended has its record too, with the time it took.
    """
    caplog.set_level(logging.DEBUG, "braket_jobs")

    def nap(_: float) -> None:
        raise KeyboardInterrupt

    with FaultServer(_DOWN) as server, pytest.raises(KeyboardInterrupt):
        JobsClient(client=a_client(server.url), sleep=nap).get_job(REAL_ARN)

    record = next(
        record for record in caplog.records if record.levelno == logging.DEBUG and record.name == "braket_jobs"
    )

    assert ": interrupted after 1 request in " in record.getMessage()
    assert 0 <= vars(record)["braket_duration"] < 60
