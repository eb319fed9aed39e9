"""
Prints the table of all measurements: ``python -m benchmarks.run [--json]``.
"""

import argparse
import json
import platform
from importlib.metadata import version
from itertools import chain

import attrs

from benchmarks import backend, calls, conversion, searching, size, startup
from benchmarks.measure import Row

_MODULES = (calls, conversion, searching, startup, size, backend)
_VERSIONS = (
    *("braket-jobs", "boto3", "botocore", "urllib3", "attrs", "cattrs", "tenacity"),
    *("pydantic", "amazon-braket-sdk", "moto"),
)


def main() -> None:
    """
    Measure everything and print it.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    versions = {name: version(name) for name in _VERSIONS} | {"python": platform.python_version()}
    rows = chain.from_iterable(module.rows() for module in _MODULES)
    if options.json:
        print(json.dumps({"versions": versions, "rows": [attrs.asdict(row) | {"is_met": row.is_met} for row in rows]}))
        return
    print(", ".join(f"{name} {number}" for name, number in versions.items()), end="\n\n")
    for row in rows:
        print(_line(row), flush=True)


def _line(row: Row) -> str:
    result = "met" if row.is_met else "MISSED"
    sign = "≥" if row.is_more_better else "≤"
    if row.unit:
        return f"{row.ratio:6.3f} {row.unit:16}  {sign} {row.target:.2f} {result:6}  {row.what}"
    spread = f"({row.low:.3f} to {row.high:.3f})"
    compared = f"{row.what} / {row.against}  [{row.detail}]"
    return f"{row.ratio:6.3f} {spread}  {sign} {row.target:.2f} {result:6}  {compared}"


if __name__ == "__main__":
    main()
