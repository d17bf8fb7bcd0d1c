"""The last steps to the smallest case, in the order in which a person wants them.

Hypothesis shrinks choices as a whole; a picture may stay larger than it need be because the kinds next to it in
the order do not break the law. Here each sample and picture is tried by itself: fewer samples, fewer distinct
statuses, smaller pictures, simpler kinds, smaller seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rewards.testing.cases.described import KINDS, Painted, Picture
from rewards.testing.law import Case

SMALLEST = 8  # pixels a side; what is smaller already is left alone
SIDES = (8, 12, 16, 24, 40)

_Change = Callable[[Any], Iterator[Any]]


def shrunk(case: Case, breaks: Callable[[Case], bool]) -> Case:
    """Returns the smallest case found that still breaks the law; `breaks` says no once its budget is spent."""
    while True:
        smaller = next((other for other in _simpler(case) if other != case and breaks(other)), None)
        if smaller is None:
            return case
        case = smaller


def _simpler(case: Case) -> Iterator[Case]:
    for change in (_fewer, _plain_status, _smaller, _simpler_kind, _smaller_seed, _plain_words):
        yield from _everywhere(dict(case), change)


def _everywhere(part: Any, change: _Change) -> Iterator[Any]:
    """Yields a part with one thing in it changed, for each thing."""
    yield from change(part)
    if isinstance(part, Painted):
        if part.picture is not None:
            for picture in change(part.picture):
                yield replace(part, picture=picture)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            for other in _everywhere(value, change):
                yield {**part, key: other}
    elif isinstance(part, list | tuple):
        for index, value in enumerate(part):
            for other in _everywhere(value, change):
                yield [*part[:index], other, *part[index + 1 :]]


def _fewer(part: Any) -> Iterator[Any]:
    if isinstance(part, list | tuple) and all(isinstance(one, Painted) for one in part):
        for index in range(len(part)):
            yield [*part[:index], *part[index + 1 :]]


def _plain_status(part: Any) -> Iterator[Any]:
    if isinstance(part, Painted) and part.status != "ok" and part.picture is not None:
        yield replace(part, status="ok")


def _smaller(part: Any) -> Iterator[Any]:
    if isinstance(part, Picture) and part.kind != "shipped" and part.height * part.width > SMALLEST**2:
        for side in SIDES:
            if side * side < part.height * part.width:
                yield replace(part, height=side, width=side)


def _simpler_kind(part: Any) -> Iterator[Any]:
    if isinstance(part, Picture) and part.kind in KINDS:
        for kind in KINDS[: KINDS.index(part.kind)]:
            yield replace(part, kind=kind)


def _smaller_seed(part: Any) -> Iterator[Any]:
    if isinstance(part, Picture) and part.kind != "shipped":
        for seed in (0, 1, 2, part.seed // 2):
            if seed < part.seed:
                yield replace(part, seed=seed)


def _plain_words(part: Any) -> Iterator[Any]:
    if isinstance(part, Painted) and (part.words or part.group):
        yield replace(part, words=0, group=0)
        yield replace(part, words=0)
        yield replace(part, group=0)
