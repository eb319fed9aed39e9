"""
Input that means harm: ARNs that must not become requests, answers that must not become time, memory or effects.
"""

import json
import time
import tracemalloc
from typing import Any

import pytest
from support.documents import parsed
from support.fault_server import FaultServer
from support.faults import answer
from support.outcomes import a_jobs_client, attempt
from support.samples import REAL_ARN, sample

from braket_jobs import BraketJobsError, InvalidJobArnError, InvalidResponseError, Job, JobArn
from braket_jobs._wire.structure import job_from_response
from braket_jobs.errors.asked import Asked

_JOB = "arn:aws:braket:us-east-1:123456789012:job/"
_ARNS = {
    "empty": "",
    "blank": " ",
    "a blank before": " " + REAL_ARN,
    "a blank after": REAL_ARN + " ",
    "a line end after": REAL_ARN + "\n",
    "a line end within": _JOB + "a\nb",
    "a carriage return": _JOB + "a\r\nHost: evil",
    "NUL": _JOB + "a\x00b",
    "no name": _JOB,
    "a dot": _JOB + ".",
    "two dots": "..",
    "two dots as a name": _JOB + "..",
    "two dots in the way": _JOB + "a/../../device",
    "a slash too many": _JOB + "a//b",
    "a slash at the end": _JOB + "a/",
    "a query": _JOB + "a?x=y",
    "a fragment": _JOB + "a#b",
    "an escape": _JOB + "a%2e%2e",
    "a backslash": _JOB + "a\\b",
    "a quote": _JOB + "a'b",
    "an emoji": _JOB + "\U0001f600",
    "a right-to-left override": _JOB + "a\u202eb",
    "unicode digits in the account": "arn:aws:braket:us-east-1:" + "\uff11" * 12 + ":job/a",
    "unicode letters in the name": _JOB + "\uff41",
    "a lone surrogate": _JOB + "\ud800",
    "a Kelvin sign": "arn:aws:bra\u212aet:us-east-1:123456789012:job/a",
    "10 kB": _JOB + "a" * 10_000,
    "10 MB": _JOB + "a/" * 5_000_000,
    "10 MB of colons": ":" * 10_000_000,
    "another service": "arn:aws:s3:::bucket/job/a",
    "a quantum task": "arn:aws:braket:us-east-1:123456789012:quantum-task/a",
    "a device": "arn:aws:braket:::device/quantum-simulator/amazon/sv1",
    "no region": "arn:aws:braket::123456789012:job/a",
    "a region with a dot": "arn:aws:braket:us-east-1.evil.example:123456789012:job/a",
    "a region with a slash": "arn:aws:braket:us-east-1/:123456789012:job/a",
    "a region with an at": "arn:aws:braket:x@evil.example:123456789012:job/a",
    "11 digits": "arn:aws:braket:us-east-1:12345678901:job/a",
    "no account": "arn:aws:braket:us-east-1::job/a",
    "a job's name": "my-job",
    "a URL": "https://evil.example/job/a",
}


@pytest.mark.parametrize("arn", _ARNS.values(), ids=_ARNS)
def test_a_hostile_arn_makes_no_request(arn: str) -> None:
    """
    What is no job's ARN is refused before anything is built, in bounded time and in one printable line.
    """
    started = time.perf_counter()
    with FaultServer(answer()) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(arn))

    assert type(error) is InvalidJobArnError
    assert server.connections == 0
    assert str(error).isprintable()
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("arn", [None, REAL_ARN.encode(), 5, ["a"], object(), {}], ids=lambda arn: type(arn).__name__)
def test_an_arn_that_is_no_text_is_a_type_error(arn: Any) -> None:  # what shouldn't be passed
    """
    A wrong type is a mistake in the program, not a wrong ARN.
    """
    with FaultServer(answer()) as server, a_jobs_client(server.url) as client, pytest.raises(TypeError):
        client.get_job(arn)

    assert server.connections == 0


@pytest.mark.parametrize("arn", [REAL_ARN, JobArn.parse(REAL_ARN)], ids=["text", "JobArn"])
def test_an_arn_is_one_label_of_the_path(arn: str | JobArn) -> None:
    """
    On the wire the whole ARN is one percent-encoded label after /job/.
    """
    with FaultServer(answer()) as server, a_jobs_client(server.url) as client:
        client.get_job(arn)
        client.get_job(arn, with_queue_info=True)
    label = REAL_ARN.replace(":", "%3A").replace("/", "%2F")

    assert [request.target for request in server.requests] == [
        f"/job/{label}",
        f"/job/{label}?additionalAttributeNames=QueueInfo",
    ]


def _answered(document: dict[str, Any]) -> Job | Exception:
    return _received(json.dumps(document).encode())


def _received(body: bytes) -> Job | Exception:
    with FaultServer(answer(200, body)) as server, a_jobs_client(server.url) as client:
        return attempt(lambda: client.get_job(REAL_ARN))


def _tenth(value: Any) -> object:  # any of the below
    if isinstance(value, dict):
        return dict(list(value.items())[: len(value) // 10])
    return value[: len(value) // 10]


_EVENT = {"eventType": "RUNNING", "timeOfEvent": "2025-05-16T14:00:00Z", "message": "x"}
_BIG: dict[str, tuple[str, object]] = {
    "a name of 10 MB": ("jobName", "x" * 10_000_000),
    "a reason of 2 MB of escapes": ("failureReason", "\x1b" * 2_000_000),
    "100 000 events": ("events", [_EVENT] * 100_000),
    "100 000 tags": ("tags", {str(number): "x" for number in range(100_000)}),
    "2 500 000 inputs that are none": ("inputDataConfig", [{}] * 2_500_000),
    "700 000 tags that are none": ("tags", {str(number): 1 for number in range(700_000)}),
    "a status of 10 MB": ("status", "X" * 10_000_000),
    "an unknown member of 10 MB": ("news", ["x" * 1000] * 10_000),
}


@pytest.mark.parametrize(("member", "value"), _BIG.values(), ids=_BIG)
def test_a_big_answer_costs_bounded_time(member: str, value: object) -> None:
    """
    Ten megabytes of anything are converted or refused in seconds, however many faults are in them.
    """
    body = json.dumps(sample("real_completed_wire") | {member: value}).encode()
    started = time.process_time()
    outcome = _received(body)
    elapsed = time.process_time() - started

    assert isinstance(outcome, Job | InvalidResponseError)
    assert elapsed < 10


@pytest.mark.parametrize(("member", "value"), _BIG.values(), ids=_BIG)
def test_a_big_answer_costs_bounded_memory(member: str, value: object) -> None:
    """
    A tenth of that takes tens of megabytes at most.
    """
    part = _tenth(value)
    response = parsed(sample("real_completed_wire") | {member: part})
    tracemalloc.start()
    outcome = attempt(lambda: job_from_response(response, Asked(job_arn=REAL_ARN), attempts=1))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert isinstance(outcome, Job | InvalidResponseError)
    assert peak < 50_000_000


@pytest.mark.parametrize(
    "text", ["\x1b[2J\x1b[H", "\x07", "\r\nERROR forged line", "\u202e", "\x00", "\u2028", "\x9b31m"], ids=repr
)
@pytest.mark.parametrize("member", ["jobName", "failureReason", "status", "roleArn"])
def test_control_characters_arrive_as_they_are_and_are_shown_harmless(member: str, text: str) -> None:
    """
    A text is the service's, unchanged; in the repr of a job it has no effect on a terminal or a log.
    """
    job = _answered(sample("real_completed_wire") | {member: text})

    assert isinstance(job, Job)
    assert text in {str(job.job_name), str(job.failure_reason), str(job.status), str(job.role_arn)}
    assert repr(job).isprintable()


def test_of_a_member_given_twice_the_last_counts() -> None:
    """
    Duplicate keys are what JSON leaves open; Python's reader takes the last.
    """
    body = json.dumps(sample("real_completed_wire")).encode()[:-1] + b', "jobName": "second"}'

    job = _received(body)

    assert isinstance(job, Job)
    assert job.job_name == "second"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
@pytest.mark.parametrize("member", ["createdAt", "billableDuration"])
def test_a_number_that_is_none_is_refused(member: str, number: str) -> None:
    """
    What JSON doesn't know as a number, or no double can hold, is no time and no duration.
    """
    body = json.dumps(sample("real_completed_wire") | {member: "HERE"}).replace('"HERE"', number).encode()

    error = _received(body)

    assert type(error) is InvalidResponseError


@pytest.mark.parametrize("time_text", ["0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2025-13-01T00:00:00Z", "1e18"])
def test_a_date_out_of_range_is_refused(time_text: str) -> None:
    """
    A time that no calendar has is no time.
    """
    error = _answered(sample("real_completed_wire") | {"createdAt": time_text})

    assert type(error) is InvalidResponseError


def test_a_forged_error_message_stays_in_its_line() -> None:
    """
    A message with line ends and escapes can't forge a log entry.
    """
    body = json.dumps({"__type": "AccessDeniedException", "message": "no\n2030 ERROR root: hacked \x1b[31m"}).encode()
    with FaultServer(answer(403, body)) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, BraketJobsError)
    assert str(error).isprintable()
    assert r"no\n2030 ERROR" in str(error)
