"""Which pictures a head is fitted on and which it is tried on: what is alike stays together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

OUTER, INNER = 10, 5  # folds


def groups_of(sources: Sequence[str]) -> tuple[str, list[str]]:
    """Returns by what the pictures of some sources are kept together, in a word, and the group of each.

    A source names study and composition, such as `study:iris/a single stem`. Folds by study need three of them; below
    that, folds are by composition, and below three of those each picture stands alone.
    """
    studies = [source.partition("/")[0] for source in sources]
    alone = [f"{number}" for number in range(len(sources))]
    for word, groups in (("study", studies), ("composition", list(sources)), ("picture", alone)):
        if len(set(groups)) >= 3 or word == "picture":
            return word, groups
    raise AssertionError


def folds(groups: Sequence[str], count: int) -> Iterator[tuple[Places, Places]]:
    """Yields the places to fit on and the places to try on; no group is in both.

    The largest groups are dealt first, each to the smallest fold so far; equal ones in the order of a hash of their
    names.
    """
    names, sizes = np.unique(np.asarray(groups), return_counts=True)
    order = sorted(
        zip(names, sizes, strict=True),
        key=lambda each: (-each[1], hashlib.sha256(str(each[0]).encode()).digest()),
    )
    dealt: list[list[str]] = [[] for _ in range(min(count, len(order)))]
    held = [0] * len(dealt)
    for name, size in order:
        least = held.index(min(held))
        dealt[least].append(name)
        held[least] += int(size)
    group = np.asarray(groups)
    for names_of in dealt:
        tried = np.isin(group, names_of)
        yield np.flatnonzero(~tried), np.flatnonzero(tried)
