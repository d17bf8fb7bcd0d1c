"""Scores as the laws read them: asked for with care, compared with a tolerance, told in a few words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rewards.testing.law import Broken
from rewards.types import Reward, Sample, Score


def scored(reward: Reward, samples: Sequence[Sample]) -> list[Score]:
    """Scores samples; anything but as many `Score` breaks the law at hand."""
    return whole(reward(samples), samples)


def whole(scores: object, samples: Sequence[Sample]) -> list[Score]:
    """Returns what a reward gave, if it is a list of one `Score` a sample."""
    if not isinstance(scores, list):
        raise Broken(f"it returned a {type(scores).__name__} for {len(samples)} samples, not a list")
    if len(scores) != len(samples):
        raise Broken(f"it returned {len(scores)} scores for {len(samples)} samples")
    for score in scores:
        if not isinstance(score, Score):
            raise Broken(f"it returned {score!r:.60}, which is no Score")
    return scores


def difference(one: Score, other: Score, tolerance: float) -> str | None:
    """Says how two scores differ by more than the tolerance, as in `scores 0.4 and 0.1`; None if they do not."""
    if not _near(one.value, other.value, tolerance):
        return f"scores {value(one, other)} and {value(other, one)}"
    if one.components.keys() != other.components.keys():
        return f"has the components {sorted(one.components)} and {sorted(other.components)}"
    for key, part in one.components.items():
        if not _near(part, other.components[key], tolerance):
            return f"has the component {key!r} {part:.6g} and {other.components[key]:.6g}"
    return None


def value(score: Score, beside: Score | None = None) -> str:
    """Returns a value in as few digits as tell it from the other one."""
    if score.value is None:
        return "None"
    for digits in (3, 6, 9):
        told = f"{score.value:.{digits}g}"
        if beside is None or beside.value is None or told != f"{beside.value:.{digits}g}":
            return told
    return repr(score.value)


def shuffled(count: int, seed: int) -> list[int]:
    """Returns a permutation of `range(count)`; seed 0 turns it round."""
    if seed == 0:
        return list(range(count))[::-1]
    return [int(index) for index in np.random.default_rng(seed).permutation(count)]


def _near(one: float | None, other: float | None, tolerance: float) -> bool:
    if one is None or other is None:
        return one is other
    # Two NaN agree here: law 02 forbids them.
    return one == other or abs(one - other) <= tolerance or (one != one and other != other)
