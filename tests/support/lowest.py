"""
Prints pip constraints for the lowest versions that `pyproject.toml` allows its users.

Run as a script: ``python lowest.py pyproject.toml``.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def lowest(project: Mapping[str, Any]) -> Iterator[str]:
    """
    Yield ``name==version`` for the lower bound of each dependency, extras included.

    Args:
        project: The table ``[project]``.
    """
    extras = project.get("optional-dependencies", {}).values()
    for requirement in [*project["dependencies"], *(each for extra in extras for each in extra)]:
        bound = re.match(r"([A-Za-z0-9._-]+)(?:\[.*?\])?>=([0-9.]+)", requirement)
        if bound is None:
            message = f"{requirement!r} has no lower bound"
            raise ValueError(message)
        yield f"{bound[1]}=={bound[2]}"


if __name__ == "__main__":
    print(*sorted(set(lowest(tomllib.loads(Path(sys.argv[1]).read_text())["project"]))), sep="\n")  # noqa: T201  # a script
