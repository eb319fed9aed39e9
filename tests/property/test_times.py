"""
Times mean what they mean to botocore, or are refused.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from botocore.utils import parse_timestamp
from hypothesis import given
from hypothesis import strategies as st

from braket_jobs._boto.times import parse_utc

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.one_of(st.none(), ZONES))  # noqa: DTZ001
FORMS: list[Callable[[datetime], str]] = [
    lambda moment: moment.isoformat(),
    lambda moment: moment.isoformat(timespec="milliseconds"),
    lambda moment: moment.isoformat(" ", timespec="seconds"),
    lambda moment: moment.replace(tzinfo=None).isoformat() + "Z",
    lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT"),
    lambda moment: moment.strftime("%Y%m%dT%H%M%SZ"),
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
    In each form that AWS is known to use, with any zone or none.
    """
    text = form(moment)

    parsed = parse_utc(text)

    assert parsed == meant_by_botocore(text)
    assert parsed.tzinfo is UTC


@given(st.integers(-(2**33), 2**36) | st.floats(-(2.0**33), 2.0**36))
def test_a_number_means_what_it_means_to_botocore(number: float) -> None:
    """
    As a number and as text.
    """
    assert parse_utc(number) == meant_by_botocore(number)
    assert parse_utc(str(number)) == meant_by_botocore(str(number))


@given(st.text(max_size=30) | st.from_regex(r"[0-9TZ:+. -]{1,30}", fullmatch=True))
def test_what_botocore_refuses_is_refused(text: str) -> None:
    """
    Any text means the same to both, or is refused by both, or leaves the date open.
    """
    theirs, ours = outcome(meant_by_botocore, text), outcome(parse_utc, text)

    assert ours == theirs or (ours is ValueError and isinstance(theirs, datetime))


def outcome(parse: Callable[[object], datetime], text: str) -> datetime | type[Exception]:
    try:
        return parse(text)
    except Exception as error:  # noqa: BLE001  # botocore lets several through
        return type(error)


@pytest.mark.parametrize("text", ["Tuesday", "2025-05", "10:30", "May 2025", "17:21:38Z"])
def test_a_date_that_is_left_open_is_refused(text: str) -> None:
    """
    What botocore completes from today's date is no moment.
    """
    assert isinstance(parse_timestamp(text), datetime)
    with pytest.raises(ValueError, match="leaves part of the date open"):
        parse_utc(text)
