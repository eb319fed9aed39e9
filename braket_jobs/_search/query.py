"""
What is searched for: checked, and as SearchJobs takes it.

The names of filters and their operators are those that botocore documents since 1.44.6. There is none for the status.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Self, cast

import attrs

from braket_jobs._wire.times import iso_text
from braket_jobs.model.enums import JobStatus
from braket_jobs.policies import checked

_STATUS = re.compile("[A-Z_]+")


@attrs.frozen(kw_only=True)
class Query:
    """
    What is searched for.

    Attributes:
        filters: What the service filters by.
        statuses: The statuses that are wanted; None for all.
        regions: Where to search, one after the other; an empty name is the configured region.
        limit: How many summaries at most; None for all.
        subject: What is searched for, in words, without the region.
    """

    filters: tuple[Mapping[str, Any], ...]
    statuses: frozenset[str] | None
    regions: tuple[str, ...]
    limit: int | None
    subject: str

    @classmethod
    def of(
        cls,
        *,
        name: str | None = None,
        name_contains: str | None = None,
        device: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        status: JobStatus | Iterable[JobStatus] | None = None,
        regions: Iterable[str] | None = None,
        limit: int | None = None,
    ) -> Self:
        """
        Return what `JobsClient.search_jobs` is to search for, given its arguments.

        Raises:
            TypeError: If one is of another type, or both `name` and `name_contains` are given.
            ValueError: If one is of no use: an empty text, a time without a zone, a negative limit.
        """
        if name is not None and name_contains is not None:
            raise TypeError("give name or name_contains, not both")
        after, before = (
            None if time is None else _checked_time(time, argument)
            for time, argument in ((created_after, "created_after"), (created_before, "created_before"))
        )
        if after is not None and before is not None and after > before:
            raise ValueError(f"created_after comes after created_before: {after}, {before}")
        texts = (
            ("jobName", "EQUAL", name, "name", "the name '{}'"),
            ("jobName", "CONTAINS", name_contains, "name_contains", "names with '{}'"),
            ("deviceArn", "EQUAL", device, "device", "the device '{}'"),
        )
        given = [
            (_filter(member, operator, [_checked_text(text, argument)]), words.format(text))
            for member, operator, text, argument, words in texts
            if text is not None
        ]
        given += _times(after, before)
        return cls(
            filters=tuple(asked for asked, _ in given),
            statuses=None if status is None else frozenset(_statuses(status)),
            regions=("",) if regions is None else tuple(dict.fromkeys(_regions(regions))),
            limit=None if limit is None else _checked_limit(limit),
            subject=", ".join(words for _, words in given) or "all jobs",
        )

    def subject_in(self, region: str) -> str:
        """
        Return what is searched for in `region`, as the end of a sentence.
        """
        return f"{self.subject} in {region}" if region else self.subject


def _filter(name: str, operator: str, values: list[str]) -> dict[str, Any]:
    return {"name": name, "operator": operator, "values": values}


def _times(after: datetime | None, before: datetime | None) -> Iterator[tuple[dict[str, Any], str]]:
    values = [iso_text(time) for time in (after, before) if time is not None]
    if len(values) > 1:
        yield _filter("createdAt", "BETWEEN", values), "times of creation from {} to {}".format(*values)
    elif values:
        operator, words = ("LTE", "up to") if after is None else ("GTE", "from")
        yield _filter("createdAt", operator, values), f"times of creation {words} {values[0]}"


def _statuses(status: JobStatus | Iterable[JobStatus]) -> Iterator[str]:
    for each in _elements(status, "status") if not isinstance(status, str) else (status,):
        if not _STATUS.fullmatch(text := _checked_text(each, "status")):
            raise ValueError(f"a status is written in capitals, such as {JobStatus.RUNNING}: {text!r}")
        yield str(text)


def _regions(regions: Iterable[str]) -> Iterator[str]:
    if isinstance(regions, str):
        raise TypeError("regions is one text; put it in a list")
    for region in _elements(regions, "regions"):
        yield _checked_text(region, "a region")


def _elements(values: object, name: str) -> Iterable[object]:
    if not isinstance(values, Iterable):
        raise TypeError(f"{name} is no iterable, but {type(values).__name__}")
    return cast("Iterable[object]", values)


def _checked_text(value: object, name: str) -> str:
    text = checked(value, str, name)
    if not text:
        raise ValueError(f"{name} is empty")
    return text


def _checked_time(value: object, name: str) -> datetime:
    time = checked(value, datetime, name)
    if time.utcoffset() is None:
        raise ValueError(f"{name} has no time zone; for UTC give it tzinfo=UTC: {time}")
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{name} is beyond the times that UTC has: {time}") from None


def _checked_limit(limit: object) -> int:
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise TypeError(f"limit is an integer, not {type(limit).__name__}")
    if limit < 0:
        raise ValueError(f"limit must be at least 0: {limit}")
    return limit
