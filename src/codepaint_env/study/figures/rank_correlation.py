"""Spearman's rank correlation of rewards, with intervals by draws of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.ablation.score_table import Item
from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.picture_draws import Counts, Numbers, ends, kin_counts, picture_counts

CELLS = 1_000_000  # weights that are held at a time, of 8 bytes

Pair = tuple[str, str]


def correlations(
    values: Mapping[str, Numbers], pairs: Iterable[Pair], items: Sequence[Item], *, draws: int, seed: int
) -> dict[Pair, Estimate]:
    """Returns Spearman's rank correlation (1904) of pairs of rewards over the pictures that have both values.

    Intervals are by draws of pictures without strata, and of whole kin. None where one of the two is constant.
    """
    pairs = list(pairs)
    rng = np.random.default_rng(seed)
    pictures = picture_counts(np.zeros(len(items), np.intp), draws, rng) if items else None
    kin_of, kin = kin_counts([item.kin for item in items], draws, rng)
    whole = _drawn(values, pairs, np.ones((1, len(items)), np.float32))
    by_picture = None if pictures is None else _drawn(values, pairs, pictures)
    by_kin = None if kin is None else _drawn(values, pairs, kin, kin_of)
    told = {}
    for number, pair in enumerate(pairs):
        value = float(whole[0, number])
        own = None if by_picture is None else by_picture[:, number]
        related = None if by_kin is None else by_kin[:, number]
        told[pair] = Estimate(value, *ends(own), *ends(related)) if np.isfinite(value) else Estimate(None)
    return told


def _drawn(
    values: Mapping[str, Numbers],
    pairs: Sequence[Pair],
    counts: Counts,
    kin_of: NDArray[np.intp] | None = None,
) -> Numbers:
    """Returns the correlations in each draw, `(draws, pairs)`."""
    told = np.full((len(counts), len(pairs)), np.nan)
    step = max(1, CELLS // max(len(next(iter(values.values()), ())), 1))
    for start in range(0, len(counts), step):
        some = counts[start : start + step]
        weights = (some if kin_of is None else some[:, kin_of]).astype(np.float64)
        ranks: dict[tuple[str, bytes], Numbers] = {}  # pairs with the same pictures share them
        for number, (one, other) in enumerate(pairs):
            both = np.isfinite(values[one]) & np.isfinite(values[other])
            own = weights[:, both]
            for label in (one, other):
                if (label, both.tobytes()) not in ranks:
                    ranks[label, both.tobytes()] = weighted_ranks(values[label][both], own)
            x, y = ranks[one, both.tobytes()], ranks[other, both.tobytes()]
            told[start : start + step, number] = _correlation(x, y, own)
    return told


def weighted_ranks(values: Numbers, weights: Numbers) -> Numbers:
    """Returns the rank of each value in each draw, less the mean rank; equal values share their mean rank.

    Args:
        values: `(n,)`, finite.
        weights: `(draws, n)`, how often each is there.
    """
    if not len(values):
        return np.zeros_like(weights)
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(values[order]) != 0])
    level = np.empty(len(values), np.intp)
    level[order] = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(values)]))
    sizes = np.add.reduceat(weights[:, order], starts, axis=1)
    middles = np.cumsum(sizes, axis=1) - sizes / 2
    ranks: Numbers = middles[:, level] - weights.sum(axis=1, keepdims=True) / 2
    return ranks


def _correlation(x: Numbers, y: Numbers, weights: Numbers) -> Numbers:
    heavy = weights * x
    products = np.einsum("dn,dn->d", heavy, y)
    size = np.sqrt(np.einsum("dn,dn->d", heavy, x) * np.einsum("dn,dn,dn->d", weights, y, y))
    correlation: Numbers = products / np.where(size > 0, size, np.nan)
    return correlation.clip(-1, 1)  # but for rounding it lies there
