"""
What a response tells about the exchange itself: status, request id, when to come back.

Nothing here trusts what it reads. A response may be a fake's or a proxy's, so each fact is either of the right type
and within its bounds or it is None. Headers arrive with lower-case names (botocore's parser sees to that).
"""

import re
from collections.abc import Mapping

from braket_jobs._wire.untrusted import mapping, whole_number

# A UUID, fifty-two capitals, or any short name, as AWS's services and their imitations have them; but no key's id, and
# nothing as long as keys and tokens are, which a header may echo.
_REQUEST_ID = re.compile(r"(?!AKIA|ASIA|ABIA|ACCA)[A-Za-z0-9._:-]{1,39}|[0-9A-Z]{52}")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_HINTS = (("x-amz-retry-after", 0.001), ("retry-after", 1.0))
_STATUSES = range(100, 1000)


def status_code_of(response: Mapping[str, object]) -> int | None:
    status = whole_number(mapping(response.get("ResponseMetadata")).get("HTTPStatusCode"))
    return status if status in _STATUSES else None


def request_id_of(response: Mapping[str, object]) -> str | None:
    """
    Return AWS's id of the request, or None.

    botocore leaves it out of answers with an empty or HTML body, so the header is asked too.
    """
    metadata = mapping(response.get("ResponseMetadata"))
    given = (metadata.get("RequestId"), mapping(metadata.get("HTTPHeaders")).get("x-amzn-requestid"))
    return next((text for text in given if isinstance(text, str) and _REQUEST_ID.fullmatch(text)), None)


def retry_after_of(response: Mapping[str, object]) -> float | None:
    """
    Return the service's hint when to come back, in seconds, or None.

    `x-amz-retry-after` (milliseconds) counts before `Retry-After` (whole seconds). Only ASCII digits are a hint:
    dates, signs and fractions are ignored. Nothing is waited for here; the retry policy bounds it.
    """
    headers = mapping(mapping(response.get("ResponseMetadata")).get("HTTPHeaders"))
    for name, unit in _HINTS:
        text = headers.get(name)
        if isinstance(text, str) and _WHOLE_NUMBER.fullmatch(text):
            return int(text) * unit
    return None
