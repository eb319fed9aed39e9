"""
What a fresh process pays: imports, and the first job.
"""

import compileall
import json
from collections.abc import Iterator
from pathlib import Path

import braket_jobs
from benchmarks.document import ARN, full_document
from benchmarks.measure import Row, compared, fresh
from benchmarks.server import serving

_OURS = f"from braket_jobs import get_job\nprint(get_job({ARN!r}).status)"
_BOTO3 = f'import boto3\nprint(boto3.client("braket", region_name="us-east-1").get_job(jobArn={ARN!r})["status"])'
# so that it asks where we ask, it gets a client of its own making; by itself it would ask for the account's bucket too
_SDK = f"""
import boto3
from braket.aws import AwsQuantumJob, AwsSession
session = AwsSession(boto_session=boto3.Session(region_name="us-east-1"))
print(AwsQuantumJob({ARN!r}, aws_session=session).state())
"""


def rows() -> Iterator[Row]:
    """
    Measure in fresh processes that take turns, the package compiled as pip compiles what it installs.
    """
    compileall.compile_dir(Path(braket_jobs.__file__).parent, quiet=1)
    yield compared(
        "import braket_jobs",
        fresh("import braket_jobs"),
        "import boto3",
        fresh("import boto3"),
        target=0.45,
        turns=15,
    )
    with serving(json.dumps(full_document()).encode()) as url:
        account = {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        yield compared(
            "fresh process until a status is printed",
            fresh(_OURS, **account),
            "import boto3, client, get_job",
            fresh(_BOTO3, **account),
            target=1.10,
            turns=25,
        )
        yield compared(
            "fresh process until a status is printed",
            fresh(_OURS, **account),
            "amazon-braket-sdk's AwsQuantumJob",
            fresh(_SDK, **account),
            target=0.25,
            turns=7,
        )
