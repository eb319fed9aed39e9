"""
Tags and hyperparameters cannot be changed, and travel.
"""

import copy
import json
import pickle
from collections.abc import Callable

import pytest

from braket_jobs.model.frozendict import FrozenDict, frozen

TAGS = FrozenDict({"project": "vqe", "team": "q"})


@pytest.mark.parametrize(
    "change",
    [
        lambda tags: tags.__setitem__("a", "b"),
        lambda tags: tags.__delitem__("project"),
        lambda tags: tags.__ior__({"a": "b"}),
        lambda tags: tags.clear(),
        lambda tags: tags.pop("project"),
        lambda tags: tags.popitem(),
        lambda tags: tags.setdefault("a", "b"),
        lambda tags: tags.update(a="b"),
    ],
)
def test_every_change_is_refused(change: Callable[[FrozenDict], object]) -> None:
    """
    Each of dict's ways to change raises, and changes nothing.
    """
    tags = FrozenDict(TAGS)

    with pytest.raises(TypeError, match="cannot be changed"):
        change(tags)

    assert tags == TAGS


def test_equal_items_make_equal_hashes() -> None:
    """
    Order doesn't count.
    """
    other = FrozenDict({"team": "q", "project": "vqe"})

    assert other == TAGS
    assert hash(other) == hash(TAGS)


def test_it_travels() -> None:
    """
    Pickle, copies and JSON keep the items, and the first three the class.
    """
    travelled = [pickle.loads(pickle.dumps(TAGS)), copy.copy(TAGS), copy.deepcopy(TAGS)]

    assert travelled == [TAGS] * 3
    assert {type(tags) for tags in travelled} == {FrozenDict}
    assert json.loads(json.dumps(TAGS)) == TAGS


def test_a_union_is_a_plain_dict() -> None:
    """
    What is made of it may be changed.
    """
    union = TAGS | {"a": "b"}

    assert type(union) is dict


def test_freezing_what_is_frozen_gives_it_back() -> None:
    """
    Nothing is copied twice.
    """
    assert frozen(TAGS) is TAGS
    assert frozen({"a": "b"}) == {"a": "b"}


def test_repr_says_what_it_is() -> None:
    """
    The repr can be read back.
    """
    assert repr(FrozenDict(a="b")) == "FrozenDict({'a': 'b'})"
