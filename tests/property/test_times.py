"""
Times mean what they mean to botocore, or are left for the conversion to refuse.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from braket_jobs._wire.times import parse_utc

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.one_of(st.none(), ZONES))  # noqa: DTZ001
FORMS: list[Callable[[datetime], str]] = [
    lambda moment: moment.isoformat(),
    lambda moment: moment.isoformat(timespec="milliseconds"),
    lambda moment: moment.isoformat(" ", timespec="seconds"),
    lambda moment: moment.replace(tzinfo=None).isoformat() + "Z",
    lambda moment: moment.isoformat().replace(".", ","),
    lambda moment: moment.isoformat(timespec="minutes"),
    lambda moment: moment.date().isoformat(),
]


@pytest.fixture(params=["UTC", "Asia/Kolkata"], autouse=True, scope="module")
def machine_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """
    The zone of the machine, which must not matter.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def meant_by_botocore(value: object) -> datetime:
    moment: datetime = parse_timestamp(value)  # type: ignore[arg-type]  # numbers too, whatever the stubs say
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@given(moment=MOMENTS, form=st.sampled_from(FORMS))
def test_a_text_means_what_it_means_to_botocore(moment: datetime, form: Callable[[datetime], str]) -> None:
    """
    In each form of ISO 8601, with any zone or none.
    """
    text = form(moment)

    parsed = parse_utc(text)

    assert isinstance(parsed, datetime)
    assert parsed.tzinfo is UTC
    assert parsed == meant_by_botocore(text)


@given(st.integers(-(2**33), 2**36) | st.floats(-(2.0**33), 2.0**36))
def test_a_number_means_what_it_means_to_botocore(number: float) -> None:
    """
    Seconds since 1970.
    """
    assert parse_utc(number) == meant_by_botocore(number)


@given(st.text(max_size=30) | st.from_regex(r"[0-9TZ:+. -]{1,30}", fullmatch=True))
def test_any_text_means_the_same_or_nothing(text: str) -> None:
    """
    What is read is what botocore reads; the rest is left as it is.
    """
    parsed = parse_utc(text)

    assert parsed is text or parsed == meant_by_botocore(text)


@pytest.mark.parametrize(
    "value",
    [
        "Tuesday", "2025-05", "10:30", "May 2025", "05/06/2025", "20250516", "2025", "1747416098", "",
        "2025-05-16 17:21:38 EST", "2025-13-01T00:00:00Z", "0000-01-01", "9999-12-31T23:59:59-14:00",
        ". " * 500_000, True, None, 10**30, float("nan"), float("inf"), [], {},
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_what_names_no_moment_beyond_doubt_is_left_as_it_is(value: object) -> None:
    """
    Neither today's date nor the machine's zone fills a gap.
    """
    assert parse_utc(value) is value
