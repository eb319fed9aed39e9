"""
Every sample, served over HTTP, parsed by real botocore and converted: each field is the document's.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import attrs
import pytest
from support.answers import a_client
from support.fault_server import FaultServer
from support.faults import answer
from support.outcomes import a_jobs_client
from support.samples import GET_JOB_SAMPLES, REAL_ARN, sample

from braket_jobs import Job, JobsClient


def attribute(name: str) -> str:
    """
    Return AWS's `name` in snake_case, made by a rule of the test's own.
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def differences(wire: object, ours: object, path: str = "") -> Iterator[str]:
    """
    Yield the paths at which `ours` is not what the document `wire` says.
    """
    if isinstance(wire, dict) and not isinstance(ours, Mapping):
        for name, part in wire.items():
            yield from differences(part, getattr(ours, attribute(name)), f"{path}.{name}")
    elif isinstance(wire, list):
        assert isinstance(ours, tuple)
        assert len(ours) == len(wire)
        for index, (part, our_part) in enumerate(zip(wire, ours, strict=True)):
            yield from differences(part, our_part, f"{path}[{index}]")
    elif isinstance(ours, datetime):
        assert ours.tzinfo is UTC
        if ours != datetime.fromisoformat(str(wire)):
            yield path
    elif ours != wire or not isinstance(ours, type(wire)):
        yield path


def over_http(name: str, *, is_passed: bool) -> Job:
    body = json.dumps(sample(name)).encode()
    with FaultServer(answer(200, body)) as server:
        if is_passed:
            return JobsClient(client=a_client(server.url)).get_job(REAL_ARN, with_queue_info=True)
        with a_jobs_client(server.url) as client:
            return client.get_job(REAL_ARN, with_queue_info=True)


@pytest.mark.parametrize("is_passed", [False, True], ids=["own client", "passed client"])
@pytest.mark.parametrize("name", GET_JOB_SAMPLES)
def test_every_field_is_the_documents(name: str, *, is_passed: bool) -> None:
    """
    And what the document leaves out is empty or None.
    """
    wire = sample(name)

    job = over_http(name, is_passed=is_passed)

    assert list(differences(wire, job)) == []
    left_out = {field.name for field in attrs.fields(Job)} - set(map(attribute, wire)) - {"request_id"}
    assert {name: value for name in left_out if (value := getattr(job, name))} == {}
