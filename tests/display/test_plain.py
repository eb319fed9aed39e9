"""
Plain lines: everything there is to show, a label and a value a line.
"""

from datetime import UTC, datetime

import pytest
from support.samples import GET_JOB_SAMPLES
from support.shown import the

from braket_jobs.display.plain import job_lines

FAILED = """\
run-ghz-hybrid FAILED
  us-east-1, created 2025-05-16 17:21:38 UTC, 43 s to start, 1 min 19 s run time, 1 min 20 s billed
  AlgorithmError, exit code 1: FileNotFoundError: [Errno 2] No such file or directory: 'fake_file'
  Timeline:     queue 1.5 s
  Timeline:     provisioning 41 s
  Timeline:     loading 41 s
  Timeline:     running 38 s
  Instance:     ml.m5.large, 30 GB
"""


def test_plain_lines_as_they_look() -> None:
    """
    The head, the trouble, the times, and the rows.
    """
    assert job_lines(the("composed_failed")).startswith(FAILED)


@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_no_value_is_cut_or_wrapped(name: str) -> None:
    """
    Addresses stand whole on their lines, details included.
    """
    job = the(name)
    lines = job_lines(job).splitlines()

    assert f"  ARN:          {job.job_arn}" in lines
    assert f"  Role:         {job.role_arn}" in lines


def test_with_a_time_now_what_lasts_is_counted() -> None:
    """
    Up to now, "so far".
    """
    now = datetime(2025, 5, 16, 17, 24, 2, 940000, UTC)

    assert "  Timeline:     running 1 min so far\n" in job_lines(the("composed_running"), now)
