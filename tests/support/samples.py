"""
The sample documents of GetJob; `tests/samples/SOURCES.md` says where each comes from.
"""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "samples"

REAL_ARN = "arn:aws:braket:us-east-1:123456789012:job/acc51817-2b7a-48ed-8dee-fffc87703b10"
GET_JOB_SAMPLES = sorted(
    path.stem
    for path in _FOLDER.glob("*.json")
    if not path.stem.endswith(("search_jobs_cli", "eventbridge_job_state_change"))
)


def sample(name: str) -> dict[str, Any]:
    """
    Return a fresh copy of the sample called `name`, as the JSON says it.
    """
    document: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text())
    return document
