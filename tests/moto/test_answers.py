"""
Every answer of the backend is what the service model says.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.stub import Stubber
from support.documents import service_model
from support.requests import braket_client, create_request

from braket_jobs import JobStatus
from braket_jobs.testing import JobsFactory, faults
from braket_jobs.testing.braket import exceptions
from braket_jobs.testing.braket.exceptions import BraketClientError
from braket_jobs.testing.faults import Fault

if TYPE_CHECKING:
    from mypy_boto3_braket import BraketClient


def answers() -> "Iterator[tuple[str, dict[str, Any]]]":
    """
    Yield an operation's name and answer, for each operation and each status of a job.
    """
    client = cast("Any", braket_client())
    arn = client.create_job(**create_request(tags={"team": "vqe"}))["jobArn"]
    running = JobsFactory().create(states=["RUNNING"])
    yield "create_job", client.create_job(**create_request())
    for status in JobStatus:
        asked = {"jobArn": JobsFactory().create(states=[status])}
        yield "get_job", client.get_job(**asked)
        yield "get_job", client.get_job(**asked, additionalAttributeNames=["QueueInfo"])
    yield "search_jobs", client.search_jobs(filters=[], maxResults=2)
    yield "search_jobs", client.search_jobs(filters=[])
    yield "cancel_job", client.cancel_job(jobArn=running)
    yield "tag_resource", client.tag_resource(resourceArn=arn, tags={"a": "b"})
    yield "list_tags_for_resource", client.list_tags_for_resource(resourceArn=arn)
    yield "untag_resource", client.untag_resource(resourceArn=arn, tagKeys=["a"])


def stubbed() -> "BraketClient":
    return boto3.client("braket", region_name="us-east-1")


@pytest.mark.usefixtures("braket")
def test_every_answer_passes_botocores_stubber() -> None:
    """
    The stubber refuses what the output shapes forbid.
    """
    stubber = Stubber(stubbed())
    names: set[str] = set()

    for name, answer in answers():
        stubber.add_response(name, answer)
        names.add(name)

    assert len(names) == 7


def test_errors_have_the_models_codes_and_statuses() -> None:
    """
    But for two, which are not Braket's own.
    """
    kinds = [
        kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, BraketClientError)
    ]
    ours = {kind.__name__: kind.code for kind in kinds if kind is not BraketClientError}

    invented = ours.keys() - modelled_statuses().keys()

    assert invented == {"NotImplementedException", "SerializationException"}
    assert ours.items() - modelled_statuses().items() == {(name, ours[name]) for name in invented}


def modelled_statuses() -> dict[str, int]:
    return {shape.name: shape.metadata["error"]["httpStatusCode"] for shape in service_model().error_shapes}


@pytest.mark.parametrize(
    "fault", [faults.THROTTLING, faults.INTERNAL, faults.ACCESS_DENIED, faults.NOT_FOUND, faults.INVALID]
)
def test_a_ready_made_fault_has_the_models_status(fault: Fault) -> None:
    """
    Of its code.
    """
    assert modelled_statuses()[fault.headers["X-Amzn-ErrorType"]] == fault.status
