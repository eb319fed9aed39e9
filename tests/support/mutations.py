"""
Wire documents as Hypothesis breaks them: the samples with members of any depth replaced, dropped or made up.
"""

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from support.samples import GET_JOB_SAMPLES, sample

Path = tuple[str | int, ...]

# Numbers and texts that have broken somebody's parser.
_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        2**63,
        -(10**30),
        10**300,
        1e308,
        -0.0,
        float("nan"),
        float("inf"),
        float("-inf"),
        "",
        "null",
        "None",
        "1",
        "NaN",
        "\x00",
        "\x1b[2J",
        "\u202e",
        "\ud800",
        "a" * 2000,
        "0000-00-00T00:00:00Z",
        "9999-12-31T23:59:59.999999-23:59",
        "2025-02-30T00:00:00Z",
        "2025-05-16",
        "12:00",
        "Tuesday",
        [],
        {},
        [None],
        {"": None},
        {"__class__": {}},
    ]
)
_VALUES = st.recursive(
    _ODD | st.text(max_size=20) | st.integers() | st.floats() | st.dates().map(str) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """
    Yield the path of every value within `value`, its own first.
    """
    yield here
    members: Sequence[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    for key, member in members:
        yield from paths(member, (*here, key))


@st.composite
def broken_documents(draw: st.DrawFn) -> bytes:
    """
    Draw the body of an answer: a sample with one to five changes.
    """
    document: Any = sample(draw(st.sampled_from(GET_JOB_SAMPLES)))
    for _ in range(draw(st.integers(1, 5))):
        document = draw(st.sampled_from([_replaced, _dropped, _added, _multiplied]))(draw, document)
    return json.dumps(document).encode()


def _replaced(draw: st.DrawFn, document: Any) -> Any:  # any JSON
    *way, key = ("", *draw(st.sampled_from(list(paths(document)))))
    whole = {"": copy.deepcopy(document)}
    _follow(whole, way)[key] = draw(_VALUES)
    return whole[""]


def _dropped(draw: st.DrawFn, document: Any) -> Any:  # any JSON
    *way, key = ("", *draw(st.sampled_from(list(paths(document)))))
    whole = {"": copy.deepcopy(document)}
    if way:
        del _follow(whole, way)[key]
    return whole[""]


def _added(draw: st.DrawFn, document: Any) -> Any:  # any JSON
    whole = copy.deepcopy(document)
    place = _follow(whole, draw(st.sampled_from(list(paths(document)))))
    if isinstance(place, dict):
        place[draw(st.text(max_size=10))] = draw(_VALUES)
    return whole


def _multiplied(draw: st.DrawFn, document: Any) -> Any:  # any JSON
    whole = copy.deepcopy(document)
    place = _follow(whole, draw(st.sampled_from(list(paths(document)))))
    if isinstance(place, list):
        place *= draw(st.integers(0, 50))
    return whole


def _follow(value: Any, way: Sequence[str | int]) -> Any:  # any JSON
    for key in way:
        value = value[key]
    return value
