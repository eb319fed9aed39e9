"""
An immutable mapping of text to text, for tags and hyperparameters.

It is a `dict`, so that `json.dumps`, `pickle`, `copy` and `==` treat it as one, and it refuses every change, so
that it can be hashed and shared between threads.
"""

from collections.abc import Iterable, Mapping
from typing import Never, Self


class FrozenDict(dict[str, str]):
    """
    A dictionary of text that cannot be changed.

    Equal to any `dict` with the same items; ``|`` gives a plain, changeable `dict`. Every method that would
    change it raises `TypeError`.
    """

    __slots__ = ()

    # dict says that it has no hash, since it can be changed; this one can't
    def __hash__(self) -> int:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({super().__repr__()})"

    def __reduce__(self) -> tuple[type[Self], tuple[dict[str, str]]]:
        return type(self), (dict(self),)


def _refuse(self: FrozenDict, *_args: object, **_kwargs: object) -> Never:
    raise TypeError(f"{type(self).__name__} cannot be changed; make a dict of it first")


# Set here and not in the class, where type checkers would compare each with dict's own signature. They need no
# telling: whoever holds one of these holds it as a Mapping.
for _name in ("__setitem__", "__delitem__", "__ior__", "clear", "pop", "popitem", "setdefault", "update"):
    setattr(FrozenDict, _name, _refuse)


def frozen(items: Mapping[str, str] | Iterable[tuple[str, str]]) -> FrozenDict:
    """
    Return `items` as a `FrozenDict`; one that is frozen already comes back itself.
    """
    return items if isinstance(items, FrozenDict) else FrozenDict(items)
