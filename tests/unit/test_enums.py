"""
Enumerations keep what they don't know.
"""

import copy
import json
import pickle
from typing import Any

import pytest

from braket_jobs import InstanceType, JobStatus

UNKNOWN = JobStatus("PAUSED")
TERMINAL = {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}


def test_a_known_value_is_its_member() -> None:
    """
    A known string gives the member itself.
    """
    status = JobStatus("QUEUED")

    assert status is JobStatus.QUEUED
    assert status.is_known


def test_an_unknown_value_is_kept() -> None:
    """
    An unknown string is equal to its value, with its hash, its text and its name.
    """
    assert UNKNOWN == "PAUSED"
    assert hash(UNKNOWN) == hash("PAUSED")
    assert (str(UNKNOWN), UNKNOWN.name, UNKNOWN.value) == ("PAUSED",) * 3
    assert not UNKNOWN.is_known


def test_an_unknown_value_is_not_listed() -> None:
    """
    Meeting an unknown value doesn't make it a member.
    """
    assert UNKNOWN not in list(JobStatus)
    assert len(JobStatus) == 6


def test_a_members_name_is_no_value() -> None:
    """
    The name of a member is as unknown a value as any other.
    """
    assert not InstanceType("ML_M5_LARGE").is_known


@pytest.mark.parametrize("status", [JobStatus.FAILED, UNKNOWN])
def test_values_travel(status: JobStatus) -> None:
    """
    Pickle, copy and JSON give an equal value of the same class.
    """
    travelled = [pickle.loads(pickle.dumps(status)), copy.copy(status), copy.deepcopy(status)]

    assert travelled == [status] * 3
    assert {type(value) for value in travelled} == {JobStatus}
    assert json.loads(json.dumps(status)) == status


def test_a_known_value_stays_identical_when_it_travels() -> None:
    """
    A member comes back from pickle as itself.
    """
    assert pickle.loads(pickle.dumps(JobStatus.FAILED)) is JobStatus.FAILED


def test_repr_tells_known_from_unknown() -> None:
    """
    The repr of an unknown value escapes what is in it.
    """
    assert repr(JobStatus.FAILED) == "<JobStatus.FAILED: 'FAILED'>"
    assert repr(JobStatus("a\x1b")) == r"JobStatus('a\x1b')"


@pytest.mark.parametrize("value", [5, None, b"QUEUED", ["QUEUED"], True])
def test_what_is_no_string_is_refused(value: Any) -> None:
    """
    Only strings are values.
    """
    with pytest.raises(ValueError, match="is not a valid JobStatus"):
        JobStatus(value)


@pytest.mark.parametrize("status", [*JobStatus, UNKNOWN])
def test_a_job_has_ended_when_completed_failed_or_cancelled(status: JobStatus) -> None:
    """
    Three statuses are terminal; an unknown one is not.
    """
    assert status.is_terminal is (status in TERMINAL)
