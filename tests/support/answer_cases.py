"""
The fault table, first part: what a server, or somebody before it, may answer.
"""

import gzip
import json

from braket_jobs import (
    AccessDeniedError,
    AuthenticationError,
    BraketJobsError,
    IncompleteResponseError,
    InternalServiceError,
    InvalidResponseError,
    JobNotFoundError,
    ServiceError,
    ServiceUnavailableError,
    ThrottlingError,
    ValidationError,
)
from support.faults import JOB, REQUEST_ID, answer, head, raw, refusal
from support.outcomes import STATUS_WHEN_CUT, WHEN_CUT, Case
from support.samples import sample

# What AWS says: code, status, our class, retried?
_CODES: list[tuple[str, int, type[BraketJobsError], bool]] = [
    ("ResourceNotFoundException", 404, JobNotFoundError, False),
    ("AccessDeniedException", 403, AccessDeniedError, False),
    ("AccessDenied", 403, AccessDeniedError, False),
    ("OptInRequired", 403, AccessDeniedError, False),
    ("SubscriptionRequiredException", 403, AccessDeniedError, False),
    ("ExpiredToken", 403, AuthenticationError, False),
    ("ExpiredTokenException", 403, AuthenticationError, False),
    ("UnrecognizedClientException", 403, AuthenticationError, False),
    ("InvalidSignatureException", 403, AuthenticationError, False),
    ("SignatureDoesNotMatch", 403, AuthenticationError, False),
    ("MissingAuthenticationTokenException", 403, AuthenticationError, False),
    ("IncompleteSignatureException", 400, AuthenticationError, False),
    ("InvalidClientTokenId", 403, AuthenticationError, False),
    ("RequestExpired", 400, AuthenticationError, False),
    ("RequestTimeTooSkewed", 403, AuthenticationError, False),
    ("ValidationException", 400, ValidationError, False),
    ("ThrottlingException", 429, ThrottlingError, True),
    ("ThrottlingException", 400, ThrottlingError, True),
    ("Throttling", 400, ThrottlingError, True),
    ("ThrottledException", 400, ThrottlingError, True),
    ("RequestThrottled", 400, ThrottlingError, True),
    ("RequestThrottledException", 400, ThrottlingError, True),
    ("TooManyRequestsException", 429, ThrottlingError, True),
    ("ProvisionedThroughputExceededException", 400, ThrottlingError, True),
    ("TransactionInProgressException", 400, ThrottlingError, True),
    ("RequestLimitExceeded", 503, ThrottlingError, True),
    ("BandwidthLimitExceeded", 509, ThrottlingError, True),
    ("LimitExceededException", 400, ThrottlingError, True),
    ("SlowDown", 503, ThrottlingError, True),
    ("PriorRequestNotComplete", 400, ThrottlingError, True),
    ("EC2ThrottledException", 400, ThrottlingError, True),
    ("InternalServiceException", 500, InternalServiceError, True),
    ("InternalFailure", 500, InternalServiceError, True),
    ("InternalServerError", 500, InternalServiceError, True),
    ("ServiceUnavailable", 503, ServiceUnavailableError, True),
    ("ServiceUnavailableException", 503, ServiceUnavailableError, True),
    ("RequestTimeout", 400, ServiceUnavailableError, True),
    ("RequestTimeoutException", 408, ServiceUnavailableError, True),
    ("ConflictException", 409, ServiceError, False),
    ("ServiceQuotaExceededException", 402, ServiceError, False),
    ("UnknownOperationException", 404, ServiceError, False),
    ("SomethingNewException", 400, ServiceError, False),
    ("SomethingNewException", 503, ServiceUnavailableError, True),
]

# What gateways and strangers say: a status and nothing of AWS's.
_STATUSES: list[tuple[int, type[BraketJobsError], bool]] = [
    (300, ServiceError, False),
    (301, ServiceError, False),
    (302, ServiceError, False),
    (304, ServiceError, False),
    (307, ServiceError, False),
    (308, ServiceError, False),
    (400, ServiceError, False),
    (401, AuthenticationError, False),
    (403, AccessDeniedError, False),
    (404, ServiceError, False),
    (405, ServiceError, False),
    (407, ServiceError, False),
    (408, ServiceUnavailableError, True),
    (410, ServiceError, False),
    (413, ServiceError, False),
    (418, ServiceError, False),
    (429, ThrottlingError, True),
    (451, ServiceError, False),
    (500, InternalServiceError, True),
    (501, ServiceError, False),
    (502, ServiceUnavailableError, True),
    (503, ServiceUnavailableError, True),
    (504, ServiceUnavailableError, True),
    (505, ServiceError, False),
    (509, ServiceUnavailableError, True),
    (520, ServiceUnavailableError, True),
    (599, ServiceUnavailableError, True),
]

# Refusals whose bodies and headers have odd shapes: the status says what they are.
_ODD_BODIES: dict[str, object] = {
    "a code that is a list": {"code": ["Throttled"]},
    "a code that is an object": {"Code": {"a": 1}},
    "a code that is a list in an object": {"code": {"code": [[]]}},
    "a code that is null": {"code": None, "message": "no"},
    "a code that is a fraction": {"code": 5.5},
    "a code that is true": {"code": True},
    "a type that is a list": {"__type": ["ThrottlingException"]},
    "a type that is an object": {"__type": {}},
    "a type that is null": {"__type": None},
    "a type and a code that are lists": {"__type": [1], "code": [1]},
    "a message that is null": {"message": None},
    "a message that is a list": {"message": ["no"], "Message": "no"},
    "a message that is an object": {"Message": {"code": [1]}},
    "a list": [{"code": 1}],
    "a list of lists": [[[]]],
    "text": "code",
}
_ODD_STATUSES: list[tuple[int, type[BraketJobsError], bool]] = [
    (400, ServiceError, False),
    (403, AccessDeniedError, False),
    (429, ThrottlingError, True),
    (503, ServiceUnavailableError, True),
]
_ODD_TYPES = {"": None, " ": None, ":": None, "#": None, ":#": None, "a b": "a b", ",": None, "\xe9": "\xe9"}
_TWICE = "ThrottlingException\r\nx-amzn-ErrorType: ThrottlingException"

_PAGE = b"<!DOCTYPE html><html><head><title>Sign in to Wi-Fi</title></head><body>" + b"x" * 5000 + b"</body></html>"
_REDIRECT = {"Location": "http://127.0.0.1:9/elsewhere"}

# Answers that look like a success and hold no job: retried.
_CUT = {
    "200 and the connection cut in the middle": raw(head(200, len(JOB)) + JOB[: len(JOB) // 2]),
    "200 and the connection cut after the headers": raw(head(200, len(JOB))),
    "200 and the connection cut inside a character": raw(head(200, 500) + '{"jobName": "é'.encode()[:-1]),
}
_HOLLOW = {
    "200 with an empty body": answer(200, b""),
    "204": raw(head(204, None), keep=True),
    "200 with an empty object": answer(200, b"{}"),
    "200 with a stranger's object": answer(200, b'{"hello": "world"}'),
    "200 with only nulls": answer(200, b'{"status": null, "jobArn": null}'),
    "200 with text": answer(200, b"OK"),
    "200 with a login page": answer(200, _PAGE, {"Content-Type": "text/html"}),
    "200 with XML": answer(200, b"<?xml version='1.0'?><Job/>"),
    "200 cut inside a character": answer(200, '{"jobName": "é'.encode()[:-1]),
    "200 cut by its own Content-Length": answer(200, JOB[:-2]),
    "200 with an integer of 5000 digits": answer(200, b'{"billableDuration": ' + b"9" * 5000 + b"}"),
    "200 after half the headers": raw(b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: " + REQUEST_ID.encode() + b"\r\nCon"),
    "200 with a negative length": answer(200, b"", {"Content-Length": "-5"}),
    "201 with an empty object": answer(201, b"{}"),
    "206 with a part": answer(206, JOB[:100]),
}

# Answers that claim to be a job and are none: not retried.
_WRONG = {
    "a list": b"[]",
    "a string": b'"COMPLETED"',
    "a number": b"5",
    "null": b"null",
    "true": b"true",
    "no UTF-8": b"\xff\xfe{}",
    "UTF-16": JOB.decode().encode("utf-16"),
    "nesting without end": b"[" * 100_000,
    "an object nested without end": b'{"a":' * 100_000,
    "gzip that nobody asked for": gzip.compress(JOB),
}
_MEMBERS: dict[str, tuple[str, object]] = {
    "a status that is a number": ("status", 5),
    "a status that is null": ("status", None),
    "a status that is an object": ("status", {"a": 1}),
    "a name that is a list": ("jobName", ["x"]),
    "a name that is true": ("jobName", True),
    "a time in words": ("createdAt", "Blursday"),
    "a time that is an object": ("createdAt", {}),
    "a time beyond all calendars": ("createdAt", 1e300),
    "a time that is infinite": ("createdAt", float("inf")),
    "a time that is not a number": ("startedAt", float("nan")),
    "a time that is a list": ("endedAt", [1]),
    "a duration in words": ("billableDuration", "long"),
    "a duration that is infinite": ("billableDuration", float("inf")),
    "events that are a number": ("events", 5),
    "events that are text": ("events", "none"),
    "events of numbers": ("events", [1, 2]),
    "an event whose time is in words": ("events", [{"timeOfEvent": "Blursday"}]),
    "tags that are a list": ("tags", ["a"]),
    "tags that are text": ("tags", "a"),
    "tags of numbers": ("tags", {"a": 5}),
    "parameters of null": ("hyperParameters", {"a": None}),
    "an instance that is text": ("instanceConfig", "ml.m5.large"),
    "an instance without its type": ("instanceConfig", {"volumeSizeInGb": 30}),
    "a volume in words": ("instanceConfig", {"instanceType": "ml.m5.large", "volumeSizeInGb": "large"}),
    "an output without its path": ("outputDataConfig", {}),
    "an input without its source": ("inputDataConfig", [{"channelName": "a"}]),
    "an algorithm that is a list": ("algorithmSpecification", []),
    "a device that is a number": ("deviceConfig", {"device": 5}),
    "associations without their type": ("associations", [{"arn": "a"}]),
    "a queue position that is a number": ("queueInfo", {"queue": "JOBS_QUEUE", "position": 1}),
}


def _with(member: str, value: object) -> bytes:
    return json.dumps(sample("real_completed_wire") | {member: value}).encode()


def _without(member: str) -> bytes:
    document = sample("real_completed_wire")
    del document[member]
    return json.dumps(document).encode()


_REQUIRED = "status jobArn roleArn jobName createdAt algorithmSpecification instanceConfig outputDataConfig"

ANSWERS = [
    *(
        Case(f"{code} {status}", [refusal(status, code)], kind, retried, code, status)
        for code, status, kind, retried in _CODES
    ),
    *(
        Case(f"{status}, empty", [raw(head(status, 0, _REDIRECT), keep=True)], kind, retried, None, status)
        for status, kind, retried in _STATUSES
    ),
    *(
        Case(f"{status}, a page", [answer(status, _PAGE, _REDIRECT)], kind, retried, None, status)
        for status, kind, retried in _STATUSES
        if status not in {300, 304}  # botocore parses a 300 as a success, and a 304 has no body
    ),
    *(
        Case(f"{status} with {name}", [answer(status, json.dumps(body).encode())], kind, retried, None, status)
        for name, body in _ODD_BODIES.items()
        for status, kind, retried in _ODD_STATUSES
    ),
    *(
        Case(f"503 of the type {kind!r}", [refusal(503, kind)], ServiceUnavailableError, True, code, 503)
        for kind, code in _ODD_TYPES.items()
    ),
    Case("400 with a type twice", [refusal(400, _TWICE)], ThrottlingError, True, "ThrottlingException", 400),
    *(Case(name, [action], IncompleteResponseError, True, None, int(name[:3])) for name, action in _HOLLOW.items()),
    *(Case(name, [action], WHEN_CUT, True, None, STATUS_WHEN_CUT) for name, action in _CUT.items()),
    *(Case(name, [answer(200, body)], InvalidResponseError, status=200) for name, body in _WRONG.items()),
    *(Case(name, [answer(200, _with(*change))], InvalidResponseError, status=200) for name, change in _MEMBERS.items()),
    *(
        Case(f"no {name}", [answer(200, _without(name))], InvalidResponseError, status=200)
        for name in _REQUIRED.split()
    ),
]
