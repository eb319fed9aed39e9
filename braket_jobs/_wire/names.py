"""
How our names and AWS's correspond.
"""

from functools import cache


@cache
def wire_name(name: str) -> str:
    """
    Return AWS's name of the attribute `name`: ``volume_size_in_gb`` is ``volumeSizeInGb``.
    """
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))
