"""
The ARN of a hybrid job.

botocore sends whatever it is given, an empty path included, so the check stands here, before any request. The
pattern is that of the service model, made tighter where a wider one could only be a mistake: the region is a host
label (a client's host name is made of it), the account is ASCII digits, and the length is bounded.
"""

import re
from typing import Self

import attrs

from braket_jobs.errors.tree import InvalidJobArnError

_LIMIT = 1024
_SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_PATTERN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*)"
    r":braket"
    r":(?P<region>[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)"
    r":(?P<account_id>[0-9]{12})"
    rf":job/(?P<job_id>{_SEGMENT}(?:/{_SEGMENT})*)"
)
_LOOKS_LIKE_AN_ARN = re.compile(r"arn:[^:]*:(?P<service>[^:]*):[^:]*:[^:]*:(?P<kind>[^/:]*)", re.DOTALL)
_OTHER_KINDS = {
    "quantum-task": "a quantum task",
    "device": "a device",
    "reservation": "a reservation",
    "spending-limit": "a spending limit",
}


@attrs.frozen(kw_only=True)
class JobArn:
    """
    The ARN of a hybrid job, checked and taken apart; `str` puts it together again.

    Attributes:
        partition: ``aws``, or another AWS partition.
        region: The region the job runs in, such as ``us-east-1``.
        account_id: The account that owns the job, 12 digits.
        job_id: What follows ``job/``. Opaque: a UUID today, the job's name until about February 2024.

    Raises:
        InvalidJobArnError: If the parts do not make a hybrid job's ARN.
        TypeError: If one of them isn't text.
    """

    partition: str = "aws"
    region: str
    account_id: str
    job_id: str

    def __attrs_post_init__(self) -> None:
        if not all(isinstance(part, str) for part in attrs.astuple(self)):
            raise TypeError("the parts of an ARN are text")
        _parts(str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Return `text` as an ARN, checked and taken apart.

        Args:
            text: An ARN such as ``arn:aws:braket:us-east-1:123456789012:job/acc51817-…``.

        Raises:
            InvalidJobArnError: If it isn't the ARN of a hybrid job; the error says what it is where that shows.
            TypeError: If it isn't a string.
        """
        return cls(**_parts(text))

    def __str__(self) -> str:
        return f"arn:{self.partition}:braket:{self.region}:{self.account_id}:job/{self.job_id}"


def _parts(text: object) -> dict[str, str]:
    if not isinstance(text, str):
        raise TypeError(f"an ARN is text, not {type(text).__name__}")
    match = _PATTERN.fullmatch(text) if len(text) <= _LIMIT else None
    if match is None:
        raise InvalidJobArnError(_what_it_is(text), text[:_LIMIT])
    return match.groupdict()


def _what_it_is(text: str) -> str:
    if not text:
        return "it is empty"
    if len(text) > _LIMIT:
        return f"it is longer than {_LIMIT} characters"
    arn = _LOOKS_LIKE_AN_ARN.match(text)
    if arn is None:
        return "it isn't an ARN"
    if arn["service"] != "braket":
        return "it is an ARN of another service"
    if arn["kind"] != "job":
        return f"it is the ARN of {_OTHER_KINDS.get(arn['kind'], 'something else in Braket')}"
    return "partition, region, account or job id is malformed"
