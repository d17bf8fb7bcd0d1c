"""Simulated studies: rated pictures, and two rewards of which one is more accurate by a known amount, or none.

A picture has a quality: half of its variance lies between the studies that painted it, half within them. Its rating
is that quality on a scale of 1 to 5 with a rater's noise, in halves. A reward is the quality with noise of its own,
part of which it has for all pictures of a study.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth
from codepaint_env.study.figures.figures import Comparison
from codepaint_env.study.figures.told_apart import compared
from codepaint_env.study.figures.truth_agreement import against

Numbers = NDArray[np.float64]

GAP = 1.0  # of two mean ratings, from which on they are a pair of the truth
RATER = 0.3  # standard deviation of a mean rating's noise, in points
EQUAL = (0.70, 0.70)
BETTER = (0.75, 0.60)  # by 0.15


@dataclass(frozen=True, slots=True)
class Design:
    """The size of a study.

    Attributes:
        name: For the table.
        pictures: How many.
        studies: That painted them.
        tiers: Two tiers of the same size in place of ratings.
        shared: Share of a reward's noise variance that all pictures of a study have in common.
    """

    name: str
    pictures: int
    studies: int
    tiers: bool = False
    shared: float = 0.0


OURS = Design("500 pictures of 31 studies, rated 1 to 5", 500, 31)
ALIKE = Design("the same, a quarter of the rewards' noise shared within a study", 500, 31, shared=0.25)
SMALL = Design("40 loved pictures against 40 middling ones", 80, 80, tiers=True)


def simulated(design: Design, accuracies: Sequence[float], seed: int) -> ScoreTable:
    """Returns a study with one reward for each accuracy that is asked for."""
    rng = np.random.default_rng([seed, design.pictures])
    study = np.arange(design.pictures) % design.studies
    quality, rating = _rated(design, study, rng)
    better, worse = np.nonzero(rating[:, None] - rating[None] >= GAP)
    strata = np.unique(np.round(rating), return_inverse=True)[1]
    truth = Truth("ratings", np.stack([better, worse], axis=1), strata, "Simulated ratings.")
    columns = {}
    for place, accuracy in enumerate(accuracies):
        label = "ABCDEFG"[place]
        values = quality + noise_for(design, accuracy) * _noise(design, study, rng)
        columns[label] = Column(label, "simulated", "1", None, values, np.zeros((0, design.pictures)))
    items = tuple(
        Item(f"p{place:03}", "simulated", f"study {each}", f"g{place // 8}", "", "")
        for place, each in enumerate(study)
    )
    return ScoreTable(items, columns, (truth,))


def comparison(design: Design, accuracies: tuple[float, float], *, seed: int, draws: int) -> Comparison:
    """Simulates one study of two rewards A and B and applies the rule."""
    table = simulated(design, accuracies, seed)
    _, differences = against(table, table.truths[0], draws=draws, seed=seed)
    [(pair, (count, difference))] = differences.items()
    return compared(pair, count, difference)


@lru_cache(maxsize=64)
def noise_for(design: Design, accuracy: float) -> float:
    """Returns the standard deviation of a reward's noise at which it is as accurate as asked, by bisection."""
    rng = np.random.default_rng(0)
    studies = [np.arange(design.pictures) % design.studies for _ in range(max(4, 4000 // design.pictures))]
    gaps = []  # of quality and of noise, of each pair
    for study in studies:
        (quality, rating), noise = _rated(design, study, rng), _noise(design, study, rng)
        better, worse = np.nonzero(rating[:, None] - rating[None] >= GAP)
        gaps.append((quality[better] - quality[worse], noise[better] - noise[worse]))
    of_quality, of_noise = (np.concatenate(side) for side in zip(*gaps, strict=True))
    low, high = 0.0, 20.0
    for _ in range(20):
        middle = (low + high) / 2
        found = float((of_quality + middle * of_noise > 0).mean())
        low, high = (middle, high) if found > accuracy else (low, middle)
    return (low + high) / 2


def _rated(design: Design, study: NDArray[np.intp], rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Returns the pictures' qualities, of standard deviation 1, and their ratings."""
    quality = np.sqrt(0.5) * (rng.normal(size=design.studies)[study] + rng.normal(size=len(study)))
    if design.tiers:
        loved = np.arange(len(study)) % 2
        return quality + loved, 3.0 + loved
    points = 3 + 0.9 * quality + RATER * rng.normal(size=len(study))
    return quality, np.clip(np.round(2 * points) / 2, 1, 5)


def _noise(design: Design, study: NDArray[np.intp], rng: np.random.Generator) -> Numbers:
    own, common = rng.normal(size=len(study)), rng.normal(size=design.studies)[study]
    noise: Numbers = np.sqrt(1 - design.shared) * own + np.sqrt(design.shared) * common
    return noise
