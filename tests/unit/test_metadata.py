"""
What a response tells about the exchange, and that it is not trusted.
"""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from support.answers import KEY, KEY_ID, SESSION, client_answering, failure_of

from braket_jobs._aws.exchange import requests_made
from braket_jobs._wire.metadata import request_id_of, retry_after_of, status_code_of


def _response(**metadata: object) -> Any:
    return {"ResponseMetadata": metadata}


@pytest.mark.parametrize(
    ("source", "requests"),
    [
        (_response(RetryAttempts=0), 1),
        (_response(RetryAttempts=2), 3),
        (ClientError(_response(RetryAttempts=4), "GetJob"), 5),
        (_response(RetryAttempts=999_999), 1_000_000),
        (_response(RetryAttempts=1_000_000), None),
        (_response(RetryAttempts=-1), None),
        (_response(RetryAttempts=10**30), None),
        (_response(RetryAttempts="2"), None),
        (_response(RetryAttempts=True), None),
        (_response(), None),
        ({"ResponseMetadata": "nothing"}, None),
        ({}, None),
        (None, None),
        ([], None),
        ("x", None),
        (ClientError({}, "GetJob"), None),
        (ValueError("no response"), None),
    ],
)
def test_the_number_of_requests_is_botocores_or_unknown(source: Any, requests: int | None) -> None:
    """
    `RetryAttempts` counts if it is a plausible integer; otherwise the number is unknown.
    """
    found = requests_made(source)

    assert found == requests


@pytest.mark.parametrize("attempts", [1, 3])
def test_a_crash_of_the_parser_still_tells_the_number_of_requests(attempts: int) -> None:
    """
    An exception without a response is asked by its traceback; botocore doesn't retry what it can't parse.
    """
    error = failure_of(client_answering(200, b"[]", attempts=attempts))

    assert requests_made(error) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, 200), (599, 599), (99, None), (1000, None), ("200", None), (True, None), (None, None)],
)
def test_a_status_has_three_digits(status: object, expected: int | None) -> None:
    """
    What is no HTTP status is none.
    """
    found = status_code_of(_response(HTTPStatusCode=status))

    assert found == expected


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"RequestId": "a-1"}, "a-1"),
        ({"HTTPHeaders": {"x-amzn-requestid": "b-2"}}, "b-2"),
        ({"RequestId": "a-1", "HTTPHeaders": {"x-amzn-requestid": "b-2"}}, "a-1"),
        ({"RequestId": 5, "HTTPHeaders": {"x-amzn-requestid": "b-2"}}, "b-2"),
        ({"RequestId": "two words"}, None),
        ({"RequestId": "11111111-2222-3333-4444-555555555555"}, "11111111-2222-3333-4444-555555555555"),
        ({"RequestId": "A1" * 26}, "A1" * 26),
        ({"RequestId": "x" * 39}, "x" * 39),
        ({"RequestId": "x" * 40}, None),
        ({"RequestId": KEY_ID}, None),
        ({"RequestId": KEY}, None),
        ({"RequestId": SESSION[:52]}, None),
        ({"RequestId": "line\nend"}, None),
        ({"HTTPHeaders": None}, None),
        ({}, None),
    ],
)
def test_a_request_id_comes_from_the_metadata_or_the_header(metadata: dict[str, object], expected: str | None) -> None:
    """
    The header stands in where botocore left the id out; only what looks like an id of AWS's is one, and no key does.
    """
    found = request_id_of(_response(**metadata))

    assert found == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-amz-retry-after": "1500"}, 1.5),
        ({"retry-after": "3"}, 3.0),
        ({"x-amz-retry-after": "1500", "retry-after": "3"}, 1.5),
        ({"x-amz-retry-after": "soon", "retry-after": "3"}, 3.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "999999999"}, 999999999.0),
        ({"retry-after": "9999999999"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": " 1"}, None),
        ({"retry-after": "1\n"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1, 2"}, None),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, None),
        ({"retry-after": 3}, None),
        ({}, None),
    ],
)
def test_a_hint_is_ascii_digits_or_ignored(headers: dict[str, object], expected: float | None) -> None:
    """
    Milliseconds count before seconds, and anything but a few ASCII digits is no hint.
    """
    found = retry_after_of(_response(HTTPHeaders=headers))

    assert found == expected


def test_a_failed_sign_in_is_no_request_of_getjob() -> None:
    """
    A call of another operation that ended in botocore's retry loop made none of ours.
    """
    sts = boto3.Session(KEY_ID, KEY).client("sts", region_name="us-east-1", endpoint_url="http://127.0.0.1:1")
    with pytest.raises(EndpointConnectionError) as caught:
        sts.get_caller_identity()

    assert requests_made(caught.value) == 0
