"""
What passes by itself is not seen by who asked: a trouble, then a job.
"""

import pytest
from support.fault_server import Action, FaultServer
from support.faults import JOB, answer, drip, hang_up, head, raw, refusal, reset
from support.outcomes import a_jobs_client, attempt
from support.samples import REAL_ARN, sample

from braket_jobs import Job, JobStatus, ServiceError

_TROUBLES = {
    "throttled": refusal(429, "ThrottlingException"),
    "an internal error": refusal(500, "InternalServiceException"),
    "a gateway's page": answer(503, b"<html><title>Down</title>"),
    "a gateway's list": answer(502, b"[]"),
    "a hang-up": hang_up(),
    "a reset in the body": reset(head(200, len(JOB)) + JOB[:100]),
    "a cut body": raw(head(200, len(JOB)) + JOB[:100]),
    "a cut character": raw(head(200, 500) + '{"jobName": "é'.encode()[:-1]),
    "nothing": answer(200, b""),
    "a login page": answer(200, b"<html><title>Wi-Fi</title>"),
    "garbage": raw(b"\x00\x01\x02\r\n"),
}


@pytest.mark.parametrize("troubles", [1, 2])
@pytest.mark.parametrize("trouble", _TROUBLES.values(), ids=_TROUBLES)
def test_after_a_trouble_comes_the_job(trouble: Action, troubles: int) -> None:
    """
    What may pass is asked again, and the job is the one the server sent at last.
    """
    with FaultServer(*[trouble] * troubles, answer()) as server, a_jobs_client(server.url) as client:
        job = client.get_job(REAL_ARN)

    assert job.job_name == sample("real_completed_wire")["jobName"]
    assert server.hits == troubles + 1


def test_a_connection_that_went_stale_is_replaced() -> None:
    """
    A server that hangs up between two calls costs a retry at most, not a failure.
    """
    naps: list[float] = []
    stale = raw(head(200, len(JOB), {"Connection": "keep-alive"}) + JOB)
    with FaultServer(stale) as server, a_jobs_client(server.url, naps=naps) as client:
        jobs = [client.get_job(REAL_ARN) for _ in range(3)]

    assert [job.status for job in jobs] == [JobStatus.COMPLETED] * 3
    assert server.connections == 3
    assert len(naps) <= 2


def test_a_connection_is_kept_and_used_again() -> None:
    """
    Calls to a server that keeps its word go over one connection.
    """
    with FaultServer(answer()) as server, a_jobs_client(server.url) as client:
        jobs = [client.get_job(REAL_ARN) for _ in range(5)]

    assert len(set(jobs)) == 1
    assert (server.hits, server.connections) == (5, 1)


def test_a_redirect_is_not_followed() -> None:
    """
    Where a redirect points, nobody asks; the signature was made for the first host.
    """
    target = FaultServer(answer())
    redirect = answer(307, b"", {"Location": f"{target.url}/job/elsewhere"})
    with target, FaultServer(redirect) as server, a_jobs_client(server.url) as client, pytest.raises(ServiceError):
        client.get_job(REAL_ARN)

    assert (server.hits, target.hits) == (1, 0)


def test_a_body_that_drips_is_waited_for() -> None:
    """
    An answer that comes byte by byte, each in time, is an answer: `read_timeout` bounds a silence, not a call.
    """
    with FaultServer(drip(head(404, 16) + b'{"message":"no"}')) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert isinstance(error, ServiceError)
    assert error.message == "no"


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry-After": "2"}, 2.0, 6.0),
        ({"x-amz-retry-after": "1500"}, 1.5, 6.0),
        ({"x-amz-retry-after": "1500", "Retry-After": "60"}, 1.5, 6.0),
        ({"Retry-After": "3600"}, 5.0, 6.0),
        ({"Retry-After": "999999999"}, 5.0, 6.0),
        ({"Retry-After": "-5"}, 0.0, 1.0),
        ({"Retry-After": "1e9"}, 0.0, 1.0),
        ({"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"}, 0.0, 1.0),
        ({"Retry-After": "9" * 400}, 0.0, 1.0),
    ],
)
def test_a_servers_hint_is_heard_within_bounds(headers: dict[str, str], least: float, most: float) -> None:
    """
    The delay is at least the hint and at most 5 s more than our own (here up to 1 s); a malformed hint is none.
    """
    naps: list[float] = []
    throttled = refusal(429, "ThrottlingException", headers=headers)
    with FaultServer(throttled, answer()) as server, a_jobs_client(server.url, naps=naps) as client:
        job = client.get_job(REAL_ARN)

    assert isinstance(job, Job)
    assert least <= naps[0] <= most
