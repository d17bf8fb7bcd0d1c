"""How well an order agrees with another one, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rewards.measuring.intervals import DRAWS

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95 % interval.

    Attributes:
        value: What was found.
        low: Lower end.
        high: Upper end.
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"

    def told(self) -> list[float]:
        """Returns value, lower and upper end, rounded, for a file."""
        return [round(each, 4) for each in (self.value, self.low, self.high)]


def ranks(values: Numbers) -> Numbers:
    """Returns the rank of each value, from 0.5 on; equal ones share their mean rank."""
    ordered = np.sort(values)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2


def spearman(one: Numbers, other: Numbers) -> float:
    """Returns Spearman's rank correlation (1904), in [-1, 1]; 0 where one of the two is constant."""
    x, y = (ranks(each) - len(each) / 2 for each in (one, other))
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size else 0.0


def within(one: Numbers, other: Numbers, groups: NDArray[np.intp], least: int = 5) -> float:
    """Returns the mean of Spearman's correlations inside the groups, weighted by size; groups under `least` are out."""
    told = []
    for group in np.unique(groups):
        own = groups == group
        if own.sum() >= least and len(np.unique(other[own])) > 1:
            told.append((own.sum(), spearman(one[own], other[own])))
    return float(np.average([each for _, each in told], weights=[size for size, _ in told])) if told else 0.0


def pair_accuracy(values: Numbers, truth: Numbers) -> float:
    """Returns the share of pairs with unequal truth that values order as it does, where equal values count half."""
    levels = [np.sort(values[truth == level]) for level in np.unique(truth)]
    won, pairs = 0.0, 0
    for worse, better in combinations(levels, 2):
        below, up_to = (np.searchsorted(worse, better, side).sum() for side in ("left", "right"))
        won += (below + up_to) / 2
        pairs += len(worse) * len(better)
    return won / pairs if pairs else 0.5


def bootstrap(
    figure: Callable[[NDArray[np.intp]], float],
    groups: Sequence[object] | NDArray[np.intp],
    draws: int = DRAWS,
) -> Figure:
    """Returns a figure with the percentile interval over draws of whole groups with replacement (Efron 1979).

    Pictures of one group are alike, so that to draw single pictures would make the interval too narrow.

    Args:
        figure: Of the pictures at these places.
        groups: The group of each picture.
        draws: How many.
    """
    _, group = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(group == each) for each in range(group.max() + 1)]
    rng = np.random.default_rng(0)
    drawn = [
        figure(np.concatenate([members[each] for each in rng.integers(0, len(members), len(members))]))
        for _ in range(draws)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(figure(np.arange(len(group))), float(low), float(high))
