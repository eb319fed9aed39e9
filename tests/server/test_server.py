"""
The loopback server: real HTTP, real sockets, the same jobs as in process.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from support.fault_outcomes import OUTCOMES, SEARCH_OUTCOMES, search_outcome
from support.outcomes import WHEN_CUT
from support.requests import create_request
from support.samples import REAL_ARN, sample

from braket_jobs import JobNotFoundError, JobsClient, JobStatus, RetryPolicy
from braket_jobs.errors.tree import BraketJobsError, ConnectionLostError
from braket_jobs.testing import BraketServer, Fault, JobsFactory, faults
from braket_jobs.testing.demo import main
from braket_jobs.testing.faults import Manner
from braket_jobs.testing.isolation import clean_environment, isolated


def client_of(server: BraketServer) -> JobsClient:
    return JobsClient(endpoint_url=server.url, config=Config(read_timeout=8), retry=RetryPolicy.none())


def test_our_client_reads_a_job(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    State after state.
    """
    arn = braket_jobs_factory.create(states=["QUEUED", "RUNNING"])

    with client_of(braket_server) as client:
        seen = [client.get_job(arn).status for _ in range(2)]

    assert seen == [JobStatus.QUEUED, JobStatus.RUNNING]


def test_a_server_may_listen_on_ipv6() -> None:
    """
    Its URL has the address in brackets.
    """
    with isolated(), BraketServer(host="::1") as server, client_of(server) as client:
        arn = JobsFactory().create(states=["RUNNING"])
        found = client.get_job(arn)

    assert server.url.startswith("http://[::1]:")
    assert found.status == JobStatus.RUNNING


def test_our_client_is_told_that_there_is_no_job(braket_server: BraketServer) -> None:
    """
    By the service's own error.
    """
    with client_of(braket_server) as client, pytest.raises(JobNotFoundError):
        client.get_job(sample("real_completed_wire")["jobArn"])


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_fault_ends_in_its_error_here_too(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, name: str
) -> None:
    """
    The same error as in process, with a connection that is really cut, hung or dropped.
    """
    fault, expected = OUTCOMES[name]
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(fault)

    with client_of(braket_server) as client, pytest.raises(BraketJobsError) as caught:
        client.get_job(arn)

    assert type(caught.value) is (WHEN_CUT if fault is faults.CUT_BODY else expected)


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_search_fails_as_a_fault_wants_it_here_too(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, name: str
) -> None:
    """
    As in process, once; then the job is found. An older botocore notices itself that a body is cut.
    """
    fault, expected = OUTCOMES[name][0], SEARCH_OUTCOMES[name]
    if fault is faults.CUT_BODY and WHEN_CUT is ConnectionLostError:
        expected = "ConnectionClosedError"
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(fault, operation="SearchJobs")
    settings = Config(read_timeout=3, retries={"mode": "standard", "total_max_attempts": 1})
    client = boto3.client("braket", endpoint_url=braket_server.url, config=settings)

    seen = [search_outcome(client) for _ in range(2)]

    assert seen == [expected, [arn]]


def test_a_job_may_have_been_created_before(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    Both operations tell when.
    """
    created_at = datetime(2025, 5, 16, 17, 21, 38, 893000, UTC)
    arn = braket_jobs_factory.create(created_at=created_at)
    client = boto3.client("braket", endpoint_url=braket_server.url)

    (found,) = client.search_jobs(filters=[])["jobs"]

    assert found["createdAt"] == client.get_job(jobArn=arn)["createdAt"] == created_at


def raw_answer(server: BraketServer, arn: str) -> bytes:
    """
    Return the bytes that the server sends to a GetJob, until it closes.
    """
    host, port = server.url.removeprefix("http://").split(":")
    scope = "Credential=testing/20250516/us-east-1/braket/aws4_request"
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"GET /job/{arn} HTTP/1.1\r\nHost: {host}\r\nAuthorization: AWS4-HMAC-SHA256 {scope}\r\n\r\n".encode()
        )
        return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize(("made", "status"), [(True, b"HTTP/1.1 200 OK"), (False, b"HTTP/1.1 404 Not Found")])
def test_a_body_is_really_cut(
    braket_server: BraketServer, braket_jobs_factory: JobsFactory, *, made: bool, status: bytes
) -> None:
    """
    The head promises the whole, half of it comes, and the connection closes; a refusal is cut like a job.
    """
    arn = braket_jobs_factory.create(states=["RUNNING"]) if made else REAL_ARN
    whole = raw_answer(braket_server, arn).partition(b"\r\n\r\n")[2]
    braket_jobs_factory.fail(faults.CUT_BODY, job_arn=arn)

    head, _, body = raw_answer(braket_server, arn).partition(b"\r\n\r\n")

    assert head.startswith(status)
    assert f"\r\nContent-Length: {len(whole)}\r\n".encode() in head
    assert body == whole[: len(whole) // 2]


def test_a_hanging_server_closes_in_the_end(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    After the fault's own time, without an answer.
    """
    arn = braket_jobs_factory.create()
    braket_jobs_factory.fail(Fault(manner=Manner.HANG, seconds=0))

    answer = raw_answer(braket_server, arn)

    assert answer == b""


def test_every_operation_works_over_http(braket_server: BraketServer) -> None:
    """
    Paths, queries and bodies arrive as they do in process.
    """
    client = boto3.client("braket", endpoint_url=braket_server.url)

    arn = client.create_job(**create_request(tags={"team": "vqe"}))["jobArn"]
    client.tag_resource(resourceArn=arn, tags={"a b/c": "%2F"})
    client.untag_resource(resourceArn=arn, tagKeys=["team"])

    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"a b/c": "%2F"}
    assert client.cancel_job(jobArn=arn)["cancellationStatus"] == "CANCELLING"
    assert [job["jobArn"] for job in client.search_jobs(filters=[])["jobs"]] == [arn]


def test_a_server_leaves_nothing_to_the_next() -> None:
    """
    Outside of mocks the last one to end takes jobs and faults with it; inside, they are the mock's.
    """
    with clean_environment():
        with BraketServer():
            with BraketServer() as server:
                arn = JobsFactory().create(states=["RUNNING"])
            JobsFactory().fail(faults.ACCESS_DENIED)
            looks = JobsFactory().looks(arn)
        with BraketServer() as server, client_of(server) as client, pytest.raises(JobNotFoundError):
            client.get_job(arn)
    with isolated():
        with BraketServer():
            kept = JobsFactory().create()
        found = JobsFactory().looks(kept)

    assert (looks, found) == (0, 0)


def test_a_server_that_never_runs_leaves_its_address() -> None:
    """
    When it is forgotten, and without a warning.
    """
    port = int(BraketServer().url.rpartition(":")[2])
    gc.collect()

    with BraketServer(port=port) as server:
        assert server.url.endswith(f":{port}")


def test_reset_empties_the_server(braket_server: BraketServer, braket_jobs_factory: JobsFactory) -> None:
    """
    As for all of moto's services: by POST to /moto-api/reset.
    """
    arn = braket_jobs_factory.create()

    connection = HTTPConnection(braket_server.url.removeprefix("http://"))
    connection.request("POST", "/moto-api/reset")
    status = connection.getresponse().status
    connection.close()

    assert status == 200
    with client_of(braket_server) as client, pytest.raises(JobNotFoundError):
        client.get_job(arn)


@pytest.mark.parametrize("arn", ["", "..", "a/b"])
def test_what_is_no_arn_is_invalid_over_http_too(braket_server: BraketServer, arn: str) -> None:
    """
    Odd paths reach the operation.
    """
    client = boto3.client("braket", endpoint_url=braket_server.url, config=Config(parameter_validation=False))

    with pytest.raises(ClientError, match="ValidationException"):
        client.get_job(jobArn=arn)


def test_an_operation_that_is_left_out_says_so_over_http_too(braket_server: BraketServer) -> None:
    """
    With the same error.
    """
    client = boto3.client("braket", endpoint_url=braket_server.url)

    with pytest.raises(ClientError, match="NotImplementedException"):
        client.get_device(deviceArn="arn:aws:braket:::device/quantum-simulator/amazon/sv1")


def test_the_rest_of_moto_is_there(braket_server: BraketServer) -> None:
    """
    A bucket beside the jobs.
    """
    client = boto3.client("s3", endpoint_url=braket_server.url)

    client.create_bucket(Bucket="amazon-braket-results")

    assert [bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["amazon-braket-results"]


def test_the_server_listens_on_this_machine_only(braket_server: BraketServer) -> None:
    """
    Unless told otherwise.
    """
    assert braket_server.url.startswith("http://127.0.0.1:")


def test_an_address_in_use_is_an_ordinary_error(braket_server: BraketServer) -> None:
    """
    The process lives on.
    """
    port = int(braket_server.url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        BraketServer(port=port)


def test_the_environment_leads_clients_here(braket_server: BraketServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Any client that reads AWS's variables, with no word of code.
    """
    for name, value in braket_server.environment().items():
        monkeypatch.setenv(name, value)

    found = boto3.client("braket").search_jobs(filters=[])

    assert found["jobs"] == []


@contextmanager
def running(*arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """
    Run the server as a command.
    """
    command = [sys.executable, "-m", "braket_jobs.testing.server", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_interrupted(number: signal.Signals) -> None:
    """
    It says what to export, serves who does, and ends with 0 and without a traceback.
    """
    with running("--port", "0") as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        exported = dict(process.stdout.readline().removeprefix("export ").strip().split("=", 1) for _ in range(4))
        client = boto3.Session("testing", "testing").client(
            "braket", region_name=exported["AWS_DEFAULT_REGION"], endpoint_url=exported["AWS_ENDPOINT_URL"]
        )
        arn = client.create_job(**create_request())["jobArn"]
        process.send_signal(number)
        status = process.wait(timeout=30)
        errors = process.stderr.read()

    assert first.startswith("Braket is at http://127.0.0.1:")
    assert arn.startswith("arn:aws:braket:us-east-1:")
    assert status == 0
    assert "Traceback" not in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_well_as_soon_as_it_has_said_a_word(number: signal.Signals) -> None:
    """
    A signal right after the first line is one like any other.
    """
    with running("--port", "0") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.send_signal(number)
        status = process.wait(timeout=30)
        errors = process.stderr.read()

    assert status == 0
    assert "Traceback" not in errors


def test_the_command_says_that_its_port_is_taken() -> None:
    """
    In one line, with status 1.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken, running("--port", str(taken.getsockname()[1])) as process:
        _, errors = process.communicate(timeout=30)

    assert process.returncode == 1
    assert errors.startswith("braket-jobs-server: ")
    assert "in use" in errors


def test_without_flask_it_says_what_to_install() -> None:
    """
    The extra that brings it.
    """
    code = "import sys; sys.modules['flask'] = None; from braket_jobs.testing.server import main; main(['--port', '0'])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ)

    assert done.returncode == 1
    assert "pip install 'braket-jobs[server]'" in done.stderr


def test_the_demo_shows_four_jobs_and_an_error() -> None:
    """
    Over HTTP, through the public face, and it ends well.
    """
    done = subprocess.run(
        [sys.executable, "-m", "braket_jobs.testing.demo"], capture_output=True, text=True, check=True
    )

    places = [done.stdout.find(name) for name in ("run-ghz-hybrid", "waiting", "busy", "broken", "JobNotFoundError: ")]

    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "misleading",
    [
        {"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"},
        {"AWS_ENDPOINT_URL_BRAKET": "http://127.0.0.1:1"},
        {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "HTTPS_PROXY": "http://127.0.0.1:1"},
        {"AWS_PROFILE": "absent"},
    ],
    ids=lambda misleading: next(iter(misleading)),
)
def test_the_demo_shows_the_same_on_every_machine(misleading: dict[str, str]) -> None:
    """
    What the machine sets for AWS's clients does not reach it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "braket_jobs.testing.demo"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **misleading},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "JobNotFoundError: " in done.stdout


def test_the_demo_leaves_the_environment_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Who calls it in their own process goes on asking whom they asked before.
    """
    before = dict(os.environ)

    with isolated():
        inside = dict(os.environ)
        status = main()
        after = dict(os.environ)

    assert (status, after) == (0, inside)
    assert dict(os.environ) == before
    assert "JobNotFoundError: " in capsys.readouterr().out


def test_the_demo_fails_if_a_job_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """
    By its status, so that a check that runs it can fail.
    """
    with isolated():
        JobsFactory().fail(faults.ACCESS_DENIED)
        status = main()

    assert status == 1
    assert "AccessDeniedError: " in capsys.readouterr().out
