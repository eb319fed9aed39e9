"""
One line of a log says which job, how it stands, since when.
"""

import pytest
from support.shown import the, unknown_job

ID = "acc51817-2b7a-48ed-8dee-fffc87703b10"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("composed_queued", "QUEUED, queue position 1, created 2025-05-16T17:21:38Z"),
        ("composed_queued_gt15", "QUEUED, queue position >15, created 2025-05-16T17:21:38Z"),
        ("composed_running", "RUNNING, started 2025-05-16T17:22:21Z"),
        ("composed_cancelling", "CANCELLING, stage RUNNING, started 2025-05-16T17:22:21Z"),
        ("real_completed_wire", "COMPLETED, ended 2025-05-16T17:23:41Z"),
        ("composed_max_runtime", "FAILED, stage MAX_RUNTIME_EXCEEDED, ended 2025-05-16T17:23:41Z"),
        ("composed_minimal_required", "COMPLETED, created 2025-05-16T17:21:38Z"),
    ],
)
def test_the_text_of_a_job_is_one_line(name: str, line: str) -> None:
    """
    Name, status, stage or queue position where they say more than the status, the latest time, and the id.
    """
    assert str(the(name)) == f"run-ghz-hybrid {line}, job {ID}"


def test_a_status_that_nobody_knows_is_told() -> None:
    """
    With the stage that nobody knows.
    """
    assert str(unknown_job()) == (f"run-ghz-hybrid PAUSED, stage HIBERNATING, started 2025-05-16T17:22:21Z, job {ID}")


def test_a_stage_without_a_type_is_left_out() -> None:
    """
    An event may have a message only.
    """
    assert "stage" not in str(the("composed_running", events=[{"message": "hello"}]))


def test_an_arn_of_another_form_is_told_whole() -> None:
    """
    A job built by hand may have any text for its ARN.
    """
    assert str(the("composed_running", jobArn="mine")).endswith(", job mine")


def test_the_repr_stays_that_of_attrs() -> None:
    """
    For debugging there is the whole value.
    """
    assert repr(the("composed_running")).startswith("Job(job_arn='arn:aws:braket:")
