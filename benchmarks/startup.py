"""
What a fresh process pays: imports, and the first job.
"""

import json
import os
from collections.abc import Iterator

from benchmarks.document import ARN, full_document
from benchmarks.measure import Row, compared, fresh
from benchmarks.server import serving

_OURS = f"from braket_jobs import get_job\nget_job({ARN!r})"
_BOTO3 = f'import boto3\nboto3.client("braket", region_name="us-east-1").get_job(jobArn={ARN!r})'


def rows() -> Iterator[Row]:
    """
    Measure in fresh processes that take turns.
    """
    yield compared(
        "import braket_jobs",
        fresh("import braket_jobs"),
        "import boto3",
        fresh("import boto3"),
        target=0.30,
        turns=15,
    )
    with serving(json.dumps(full_document()).encode()) as url:
        os.environ |= {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        yield compared(
            "fresh process: import and first get_job",
            fresh(_OURS),
            "fresh process: import boto3, client, first call",
            fresh(_BOTO3),
            target=1.15,
            turns=15,
        )
