"""
What a response tells about the exchange, and that it is not trusted.
"""

from typing import Any

import pytest
from support.answers import KEY, KEY_ID, SESSION

from braket_jobs._wire.metadata import request_id_of, retry_after_of, status_code_of


def _response(**metadata: object) -> Any:
    return {"ResponseMetadata": metadata}


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
