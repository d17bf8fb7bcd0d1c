"""Laws 20 to 22 and 24: what a reward that compares pictures with references must keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from numpy.typing import NDArray

from rewards.measuring.damages import DAMAGES, MILD, STRONG
from rewards.painted.blank import is_constant
from rewards.pictures import files, shipped
from rewards.testing.cases.described import Painted, Picture, with_picture
from rewards.testing.cases.strategies import pictures, seeds
from rewards.testing.law import Broken, Subject, law
from rewards.testing.scoring import scored

Pixels = NDArray[np.uint8]

SINGLE, HALF = 1e-6, 2e-3  # of the range: single and half precision
KEPT = 0.95  # share of the paintings on which a declared ladder must be kept

_paintings = pictures(kinds=("gradient", "painting", "saturated", "noise"))


def compared(subject: Subject, images: Sequence[Pixels], references: Sequence[Pixels]) -> list[float]:
    """Returns the value of each image against one set of references, by the reward's own `compare`."""
    compare: Any = getattr(subject.reward, "compare", None)
    if compare is None:
        raise Broken(
            "it is of kind 'similarity' and has no compare(images, references), which gives the value of each image "
            "against these references"
        )
    values = np.asarray(compare(list(images), list(references)), np.float64)
    if values.shape != (len(images),) or not np.isfinite(values).all():
        raise Broken(f"compare gave {values.tolist()!s:.80} for {len(images)} images")
    return [float(value) for value in values]


def precision(subject: Subject) -> float:
    """Returns how near equal values must be: 1e-6 of the range, 2e-3 for what claims no better."""
    return (SINGLE if subject.traits.tolerance < HALF * subject.span else HALF) * subject.span


def _similarity(subject: Subject) -> bool:
    return subject.traits.kind == "similarity"


def _pairs(subject: Subject) -> Mapping[str, SearchStrategy[Any]]:
    return {"one": _paintings, "other": _paintings}


@law("20 identity", "features that are not normalised, or random crops", draws=_pairs, applies=_similarity)
def identity(subject: Subject, one: Picture, other: Picture) -> bool:
    """Compared with itself, a picture has the highest value, and no other picture scores more against it."""
    x, y = one.pixels(), other.pixels()
    if is_constant(x):
        return False
    itself, another = compared(subject, [x, y], [x])
    near = precision(subject)
    if subject.traits.range is not None and abs(itself - subject.traits.range[1]) > near:
        raise Broken(f"a picture against itself has {itself:.9g}, not {subject.traits.range[1]:g}")
    if another > itself + near:
        raise Broken(f"another picture has {another:.9g}, the same picture {itself:.9g}")
    return not is_constant(y)


@law(
    "21 symmetry",
    "best matches of one picture's patches alone",
    draws=_pairs,
    applies=lambda subject: _similarity(subject) and subject.traits.symmetric,
    trait="symmetric",
)
def symmetry(subject: Subject, one: Picture, other: Picture) -> bool:
    """Exchanging candidate and reference changes nothing."""
    x, y = one.pixels(), other.pixels()
    if is_constant(x) or is_constant(y):
        return False  # a constant candidate has the floor by rule
    [forth], [back] = compared(subject, [x], [y]), compared(subject, [y], [x])
    if abs(forth - back) > precision(subject):
        raise Broken(f"f(x, y) = {forth:.9g} and f(y, x) = {back:.9g}")
    return one != other


@law(
    "22 references",
    "the first reference, or a sum, in place of the nearest or the mean",
    draws=lambda subject: {
        "image": _paintings,
        "references": st.lists(_paintings, min_size=1, max_size=4),
        "turn": seeds(),
        "added": _paintings,
    },
    applies=_similarity,
)
def references(
    subject: Subject, image: Picture, references: Sequence[Picture], turn: int, added: Picture
) -> bool:
    """Reference order is irrelevant, doubling all changes nothing, and the nearest of more is no farther away."""
    x, given = [image.pixels()], [picture.pixels() for picture in references]
    near = precision(subject)
    [value] = compared(subject, x, given)
    start = turn % len(given)
    [turned] = compared(subject, x, given[start:] + given[:start])
    [reversed_] = compared(subject, x, given[::-1])
    [doubled] = compared(subject, x, given * 2)
    for how, other in (("in another order", turned), ("in reverse", reversed_), ("twice", doubled)):
        if abs(value - other) > near:
            raise Broken(f"{len(given)} references give {value:.9g}, and {other:.9g} {how}")
    if getattr(subject.reward, "aggregate", None) == "nearest":
        [more] = compared(subject, x, [*given, added.pixels()])
        if more < value - near:
            raise Broken(
                f"the nearest of {len(given)} gives {value:.9g}; with one more it fell to {more:.9g}"
            )
    return len(set(references)) > 1 and not is_constant(x[0])


@law(
    "24 ladder",
    "features that do not see the damage, or a claim that nobody measured",
    fixed=lambda subject: [{"damage": name} for name in sorted(subject.traits.monotone)],
    applies=lambda subject: bool(subject.traits.monotone),
    trait="monotone",
)
def ladder(subject: Subject, damage: str) -> bool:
    """Each declared damage lowers the value from clean to mild to strong, on 95 % of the paintings that ship."""
    if damage not in DAMAGES:
        raise Broken(f"{damage!r} is declared; the damages that can be tried are {', '.join(DAMAGES)}")
    kept = [_falls(subject, number, DAMAGES[damage]) for number in range(len(shipped()))]
    if sum(kept) < KEPT * len(kept):
        raise Broken(
            f"{sum(kept)} of {len(kept)} paintings lose value by each step of {damage}, under {KEPT:.0%}"
        )
    return True


def _falls(subject: Subject, number: int, damage: Callable[[Pixels, float], Pixels]) -> bool:
    """Tells whether a painting that ships falls by each step; it is its own reference."""
    clean = list(shipped().values())[number]
    rungs = [clean, damage(clean, MILD), damage(clean, STRONG)]
    if _similarity(subject):
        values: list[float | None] = list(compared(subject, rungs, [clean]))
    else:
        sample = Painted("ok", Picture("shipped", number)).sample(subject.reward.needs)
        own = replace(sample.task, reference=files()[number] if sample.task.reference else None)
        samples = [with_picture(replace(sample, task=own), rung) for rung in rungs]
        values = [score.value for score in scored(subject.reward, samples)]
    first, second, third = values
    if first is None or second is None or third is None:
        raise Broken(f"one of clean, mild and strong has no value: {values}")
    return first > second > third
