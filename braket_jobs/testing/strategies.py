"""
Hypothesis strategies for jobs: whatever the service model of the installed botocore allows.

The only hypothesis in the package, so that nobody else needs it. Members relate to each other in no way: a job may
have ended before it began, and be QUEUED all the same. Sizes stay small, since long values only cost time.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from braket_jobs.model.job import Job
from braket_jobs.testing._service_model import service_model
from braket_jobs.testing.builders import job_of
from braket_jobs.testing.life import Document, wire_time
from braket_jobs.testing.validation import pattern_of

_MOST_CHARACTERS = 100
_MOST_ELEMENTS = 5
_INTEGERS = 2**31 - 1  # the model's `integer` has 32 bits
_FIRST, _LAST = map(datetime.fromisoformat, ("1970-01-01", "2200-01-01"))  # hypothesis wants no zone


def job_documents(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """
    Generate wire documents of GetJob that the service model allows: JSON types, times as text.

    Args:
        members: Strategies by AWS's name of the member, instead of the model's.

    Returns:
        The strategy.
    """
    documents: st.SearchStrategy[Document] = _values("GetJobResponse")
    return st.tuples(documents, st.fixed_dictionaries(members)).map(_merged)


def jobs(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[Job]:
    """
    Generate `Job` values, made of `job_documents` by botocore's parser and our conversion.

    Args:
        members: As for `job_documents`: AWS's names, values of the wire.

    Returns:
        The strategy.
    """
    return job_documents(**members).map(job_of)


def _merged(both: tuple[Document, Document]) -> Document:
    document, chosen = both
    return document | chosen


@cache
def _values(name: str) -> st.SearchStrategy[Any]:
    shape = service_model().shape_for(name)
    return _BY_TYPE[shape.type_name](shape)


def _sizes(shape: Any, most: int) -> tuple[int, int]:
    least: int = shape.metadata.get("min", 0)
    return least, max(least, min(most, shape.metadata.get("max", most)))


def _texts(shape: Any) -> st.SearchStrategy[str]:
    enum, pattern = shape.metadata.get("enum"), pattern_of(shape)
    if enum:
        return st.sampled_from(enum)
    least, most = _sizes(shape, _MOST_CHARACTERS)
    if pattern is None:
        return st.text(min_size=least, max_size=most)
    return st.from_regex(pattern, fullmatch=True).filter(lambda text: least <= len(text) <= most)


def _structures(shape: Any) -> st.SearchStrategy[Any]:
    members = {name: _values(member.name) for name, member in shape.members.items()}
    required = {name: members.pop(name) for name in shape.required_members}
    return st.fixed_dictionaries(required, optional=members)


def _maps(shape: Any) -> st.SearchStrategy[Any]:
    least, most = _sizes(shape, _MOST_ELEMENTS)
    return st.dictionaries(_values(shape.key.name), _values(shape.value.name), min_size=least, max_size=most)


def _lists(shape: Any) -> st.SearchStrategy[Any]:
    least, most = _sizes(shape, _MOST_ELEMENTS)
    return st.lists(_values(shape.member.name), min_size=least, max_size=most)


def _integers(shape: Any) -> st.SearchStrategy[int]:
    return st.integers(shape.metadata.get("min", -_INTEGERS), shape.metadata.get("max", _INTEGERS))


def _times(_shape: Any) -> st.SearchStrategy[str]:
    return st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)).map(wire_time)


_BY_TYPE: dict[str, Callable[[Any], st.SearchStrategy[Any]]] = {
    "integer": _integers,
    "list": _lists,
    "map": _maps,
    "string": _texts,
    "structure": _structures,
    "timestamp": _times,
}
