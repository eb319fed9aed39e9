"""
How our names and AWS's correspond, and which members are times.
"""

from functools import cache

TIME_MEMBERS = ("createdAt", "startedAt", "endedAt")
EVENT_TIME_MEMBER = "timeOfEvent"


@cache
def wire_name(name: str) -> str:
    """
    Return AWS's name of the attribute `name`: ``volume_size_in_gb`` is ``volumeSizeInGb``.
    """
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))
