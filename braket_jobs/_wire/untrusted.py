"""
Values of unknown shape, taken as what they should be or as nothing.

botocore validates no output, and a fake client returns what it likes; readers that start here never crash on it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast


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
