"""
Values of unknown shape, taken as what they should be or as nothing.

botocore validates no output, and a fake client returns what it likes; readers that start here never crash on it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

# What numbers and dates are made of, and nothing that could be a key, a token or anybody's secret.
_NUMBERS = re.compile(r"[-+:.,/ 0-9]*", re.ASCII)
_WORDS = re.compile(
    r"(?i)(?<![a-z])(?:t|z|utc|gmt|am|pm|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?)(?![a-z])"
)
_SHOWN_LIMIT = 60
_LARGE = 10**18  # Python refuses to write integers of thousands of digits


def mapping(value: object) -> Mapping[str, Any]:
    # dict is a Mapping; asking for it first is faster
    return cast("Mapping[str, Any]", value) if isinstance(value, (dict, Mapping)) else {}


def sequence(value: object) -> Sequence[object]:
    return cast("list[object]", value) if isinstance(value, list) else ()


def whole_number(value: object) -> int | None:
    """
    Return `value` if it is an integer (True and False are none), else None.
    """
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def shown(value: object) -> str:
    """
    Return how `value`, which should be a number or a time, is shown: itself if it is made up of what those are made of
    and not long, else only its type, since whatever else stands there might be a secret.
    """
    if value is None:
        return "null"
    text = repr(value) if isinstance(value, str | float) or (isinstance(value, int) and abs(value) < _LARGE) else ""
    is_plain = 0 < len(text) <= _SHOWN_LIMIT and (not isinstance(value, str) or _is_dated(value))
    return text if is_plain else type(value).__name__


def _is_dated(text: str) -> bool:
    return _NUMBERS.fullmatch(_WORDS.sub("", text)) is not None
