"""What the values of a reward look like: their distribution, its extremes, and where two rewards disagree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item
from codepaint_env.study.figures.figures import Disagreement, Distribution
from codepaint_env.study.figures.picture_draws import Numbers
from rewards.measuring.ranks import ranks

BINS = 20
QUANTILES = (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)
SHOWN = 6  # pictures of each kind


def distribution_of(column: Column) -> Distribution | None:
    """Returns the distribution of the values over the reward's range; None if there are no values."""
    values: Numbers = column.values[np.isfinite(column.values)]
    if not len(values):
        return None
    low, high = column.range or (float(values.min()), float(values.max()))
    counts, edges = np.histogram(values.clip(low, high), BINS, (low, high))
    return Distribution(
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
        quantiles={f"{share:g}": float(np.quantile(values, share)) for share in QUANTILES},
        mean=float(values.mean()),
        sd=float(values.std()),
        distinct=len(np.unique(values)),
    )


def extremes(column: Column, items: Sequence[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the ids of the pictures of the highest and of the lowest values; ties by id."""
    told = [
        (float(value), item.id)
        for value, item in zip(column.values, items, strict=True)
        if np.isfinite(value)
    ]
    best = sorted(told, key=lambda each: (-each[0], each[1]))[:SHOWN]
    return tuple(name for _, name in best), tuple(name for _, name in sorted(told)[:SHOWN])


def disagreements(one: Column, other: Column, items: Sequence[Item]) -> tuple[Disagreement, ...]:
    """Returns the pictures that two rewards rank most differently, among those with both values; ties by id."""
    both = np.flatnonzero(np.isfinite(one.values) & np.isfinite(other.values))
    if len(both) < 2:
        return ()
    first, second = ((ranks(each.values[both]) - 0.5) / (len(both) - 1) for each in (one, other))
    told = [
        Disagreement(items[place].id, float(a), float(b))
        for place, a, b in zip(both.tolist(), first, second, strict=True)
    ]
    apart = sorted(told, key=lambda each: (-round(abs(each.one - each.other), 9), each.id))
    return tuple(each for each in apart[:SHOWN] if each.one != each.other)
