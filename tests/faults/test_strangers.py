"""
Whoever stands between here and AWS may answer in its place: then neither policies, keys nor the quota are to blame.
"""

import pytest
from support.fault_server import FaultServer
from support.faults import raw, refusal
from support.outcomes import a_jobs_client, attempt
from support.samples import REAL_ARN

from braket_jobs import AccessDeniedError, AuthenticationError, BraketJobsError, ServiceError, ThrottlingError

_PAGES = {
    "a page": b"<html><head><title>Blocked by policy</title></head><body>Category: quantum</body></html>",
    "text": b"Access denied by the web gateway",
    "JSON of its own": b'{"error": "blocked", "message": "blocked"}',
    "nothing": b"",
}
_MARKS = ["x-amzn-RequestId: r-1", "X-Amz-Cf-Id: r-1", "x-amz-request-id: r-1"]


def _said(status: int, body: bytes, *headers: str) -> BraketJobsError:
    lines = [f"HTTP/1.1 {status} No", "Server: a-proxy", f"Content-Length: {len(body)}", *headers]
    head = "\r\n".join([*lines, "", ""]).encode()
    with FaultServer(raw(head + body, keep=True)) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))
    assert isinstance(error, BraketJobsError)
    return error


@pytest.mark.parametrize("body", _PAGES.values(), ids=_PAGES)
@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, ServiceError), (401, AuthenticationError), (403, AccessDeniedError), (429, ThrottlingError)],
)
def test_a_stranger_is_called_one(status: int, kind: type[BraketJobsError], body: bytes) -> None:
    """
    The class is what the status says; the advice is to look for who has answered.
    """
    error = _said(status, body)

    assert type(error) is kind
    assert "no mark of AWS: check the proxy" in str(error)
    assert "braket:GetJob" not in str(error)
    assert "Renew the credentials" not in str(error)
    assert "quota" not in str(error)


def test_a_stranger_in_another_region_is_called_one_too() -> None:
    """
    Asking in the job's region would help as little.
    """
    elsewhere = REAL_ARN.replace("us-east-1", "eu-west-2")
    with FaultServer(raw(b"HTTP/1.1 403 No\r\nServer: a-proxy\r\n\r\n")) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(elsewhere))

    assert "no mark of AWS" in str(error)


@pytest.mark.parametrize("mark", _MARKS)
def test_aws_is_no_stranger(mark: str) -> None:
    """
    Any of the headers that its services and its edges send is a mark.
    """
    assert "no mark of AWS" not in str(_said(403, b"{}", mark))


@pytest.mark.parametrize(("status", "advice"), [(404, "Check the endpoint"), (407, "The proxy wants credentials")])
def test_what_a_status_says_by_itself_is_said(status: int, advice: str) -> None:
    """
    A status that tells more than who answered keeps its advice.
    """
    assert advice in str(_said(status, b""))


def test_a_code_is_a_mark() -> None:
    """
    An imitation of AWS that says what is wrong is taken at its word.
    """
    imitation = refusal(403, "AccessDeniedException", headers={"x-amzn-RequestId": ""})
    with FaultServer(imitation) as server, a_jobs_client(server.url) as client:
        error = attempt(lambda: client.get_job(REAL_ARN))

    assert "braket:GetJob" in str(error)
