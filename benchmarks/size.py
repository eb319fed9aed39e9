"""
What installing the package adds to an installed boto3.
"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

from benchmarks.measure import Row, figure

_MEGABYTE = 1_000_000


def rows() -> Iterator[Row]:
    """
    Add up the files, as pip has recorded them.
    """
    beyond = _needed_by("braket-jobs") - _needed_by("boto3") - {"boto3", "braket-jobs"}
    what = f"installed size of our dependencies beyond boto3's ({', '.join(sorted(beyond))})"
    yield figure(what, sum(map(_size, beyond)) / _MEGABYTE, target=3.0, unit="MB")


def _needed_by(name: str) -> set[str]:
    """
    Return the names of all distributions that installing `name` brings, without extras.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        required = map(Requirement, distribution(waiting.pop()).requires or ())
        new = {_normal(each.name) for each in required if each.marker is None or each.marker.evaluate({"extra": ""})}
        waiting += new - found
        found |= new
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _size(name: str) -> int:
    found: Distribution = distribution(name)
    return sum(file.size or 0 for file in found.files or ())
