"""
What is converted has no problems, and what has problems isn't converted.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from support.documents import parsed
from support.mutations import broken_documents

from braket_jobs import Job
from braket_jobs._wire.converter import converter
from braket_jobs._wire.problems import problems
from braket_jobs._wire.times import read_times

_DOCUMENTS = int(os.environ.get("FUZZ_DOCUMENTS", "500"))


def _job(document: Mapping[str, object]) -> Job | None:
    try:
        job: Job = converter().get_structure_hook(Job)(document, Job)
    except Exception:  # noqa: BLE001  # of which class depends on the fault
        return None
    return job


def _as_it_is(document: Any) -> Any:
    read_times(document)
    return document


def _as_botocore_reads_it(document: Any) -> Any:
    try:
        return parsed(document)
    except Exception:  # noqa: BLE001  # its parser lets through what it stumbles over
        reject()


@settings(
    max_examples=_DOCUMENTS,
    deadline=None,
    derandomize="FUZZ_DOCUMENTS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(broken_documents().map(json.loads), st.sampled_from([_as_it_is, _as_botocore_reads_it]))
@pytest.mark.timeout(0)
def test_a_document_has_problems_exactly_if_it_is_no_job(document: Any, read: Any) -> None:
    """
    What the conversion refuses, the second look can explain; and it finds no fault with what is a job.
    """
    assume(isinstance(document, Mapping))
    answer = read(document)

    found = list(problems(answer, Job))

    assert (found == []) is (_job(answer) is not None)
    assert all(what for _, what in found)
