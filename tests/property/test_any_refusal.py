"""
Whatever a refusal looks like, it means what its code says, or else its status; nothing bare gets through.
"""

import json
from collections.abc import Callable
from typing import Any, cast

from botocore.awsrequest import AWSResponse
from hypothesis import given, settings
from hypothesis import strategies as st
from support.answers import a_client, failure_of, http_answer
from support.samples import REAL_ARN

from braket_jobs._aws.classes import kind_of_answer
from braket_jobs._aws.translate import translate
from braket_jobs.errors.asked import Asked

_NAMES = ["code", "Code", "__type", "message", "Message", "reason", "programSetValidationFailures"]
_CODES = ["ThrottlingException", "ValidationException", "a#b:c", ":", "#", ",", ""]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(_CODES),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*_NAMES, "programIndex"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_BODIES = st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=4) | _VALUES
_HEADERS = st.dictionaries(
    st.sampled_from(["x-amzn-errortype", "x-amzn-RequestId", "x-amzn-query-error", "Retry-After"]),
    st.sampled_from([*_CODES, "a, b", "\xe9", "x" * 300]),
    max_size=3,
)


class _Service:
    """
    Answers all requests of its client alike.
    """

    def __init__(self) -> None:
        self.answer: tuple[int, bytes, dict[str, str]] = (500, b"", {})
        self.client = a_client()
        self.client.meta.events.register("before-send.braket.GetJob", cast("Callable[..., None]", self._respond))

    def _respond(self, **_: object) -> AWSResponse:
        return http_answer(*self.answer)


_SERVICE = _Service()


@settings(deadline=None)
@given(st.sampled_from([301, 400, 401, 403, 404, 408, 429, 500, 502, 503, 599]), _BODIES, _HEADERS)
def test_any_refusal_is_a_service_error(status: int, body: Any, headers: dict[str, str]) -> None:
    """
    By real botocore's parser, whatever it makes of it.
    """
    _SERVICE.answer = (status, json.dumps(body).encode(), headers)

    error = translate(failure_of(_SERVICE.client), Asked(job_arn=REAL_ARN), client_region="us-east-1", attempts=1)

    assert error is not None
    assert type(error) is kind_of_answer(error.code, status)
    assert error.status_code == status
    assert str(error).isprintable()
