"""
Whatever document the installed service model allows is a whole job, and one without a required member says which.
"""

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.documents import get_job_operation, parsed

from braket_jobs import InvalidResponseError, job_from_dict
from braket_jobs._wire.structure import job_from_response
from braket_jobs.testing.strategies import job_documents

SETTINGS = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)

Place = tuple[Any, str, str]  # a structure in a document, the name of a required member, and its path


@SETTINGS
@given(job_documents())
def test_any_document_is_a_value(document: dict[str, Any]) -> None:
    """
    It converts, as a client reads it and as saved data, hashes, and is equal to its copies.
    """
    job = job_from_response(parsed(document))
    copies = [job_from_dict(document), pickle.loads(pickle.dumps(job)), copy.copy(job), copy.deepcopy(job)]

    assert copies == [job] * 4
    assert {hash(each) for each in copies} == {hash(job)}


@SETTINGS
@given(job_documents(), st.data())
def test_a_required_member_that_is_missing_is_named(document: dict[str, Any], data: st.DataObject) -> None:
    """
    By its path, and nothing else is.
    """
    structure, member, path = data.draw(st.sampled_from(list(required(get_job_operation().output_shape, document))))
    del structure[member]

    with pytest.raises(InvalidResponseError) as caught:
        job_from_dict(document)

    assert caught.value.problems == (f"{path}: is missing",)


def required(shape: Any, value: Any, path: str = "") -> Iterator[Place]:
    """
    Yield the places of all required members in `value`, which is as `shape` says.
    """
    if shape.type_name == "list":
        for index, element in enumerate(value):
            yield from required(shape.member, element, f"{path}[{index}]")
    if shape.type_name == "structure":
        for name, part in value.items():
            inner = f"{path}.{name}".lstrip(".")
            if name in shape.required_members:
                yield value, name, inner
            yield from required(shape.members[name], part, inner)
