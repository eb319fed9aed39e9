"""
A place in a queue, read from the text that the service gives for it.
"""

import re
from typing import Self

import attrs

# Eighteen digits are more than any queue holds, and few enough for int() whatever the text.
_FORM = re.compile(r"\s*(?P<beyond>>?)\s*(?P<number>[0-9]{1,18})\s*")


@attrs.frozen(kw_only=True)
class QueuePosition:
    """
    A place in a queue, roughly: AWS calls the position approximate.

    A job keeps status QUEUED and position 1 while its instance starts.

    Attributes:
        value: The number in the text: 2 for ``2``, 15 for ``>15``; None if there is none, as in ``None``, which the
            service writes for a job that isn't queued.
        is_at_least: Whether the true position lies beyond `value`, as in ``>15``.
        raw: The text as it came.
    """

    value: int | None = None
    is_at_least: bool = False
    raw: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read `text`, ``position`` of a job's queue info, as a position; any text at all gives one.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            return cls(raw=text)
        return cls(value=int(found["number"]), is_at_least=bool(found["beyond"]), raw=text)
