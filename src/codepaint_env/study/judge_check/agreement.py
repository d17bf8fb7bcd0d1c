"""How far a judge agrees with a known order, or two ways of asking with each other, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from codepaint_env.study.judge_check.sign import Sign

DRAWS = 2000  # of the bootstrap

Interval = tuple[float | None, float | None, float | None]
"""A figure, and the lower and upper end of its 95 % interval; all None where there is nothing to tell."""


def agreement_of(rated: Sequence[tuple[str, str, float]], *, draws: int = DRAWS, seed: int = 0) -> Interval:
    """Returns accuracy with ties, and its 95 % interval by bootstrap over pictures within their tiers.

    Over pairs the interval would be far too narrow, because each picture is in many.

    Args:
        rated: The better picture, the worse one, and what the judge's verdict for the better one is worth: 1 for a win,
            0.5 for a tie, 0 for a loss.
        draws: Of the bootstrap.
        seed: Of the draws.
    """
    if not rated:
        return None, None, None
    better, worse = (sorted({pair[side] for pair in rated}) for side in (0, 1))
    rows = np.array([better.index(str(pair[0])) for pair in rated])
    columns = np.array([worse.index(str(pair[1])) for pair in rated])
    values = np.array([pair[2] for pair in rated])
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        left = np.bincount(chance.integers(len(better), size=len(better)), minlength=len(better))
        right = np.bincount(chance.integers(len(worse), size=len(worse)), minlength=len(worse))
        weights = left[rows] * right[columns]
        if weights.any():
            found.append(float(weights @ values / weights.sum()))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


def agreement_sign(agreement: Interval, *, over: str, more: str) -> Iterator[Sign]:
    """Tells whether a judge agrees with the pool's ratings better than a coin.

    Args:
        agreement: By `agreement_of`.
        over: What the ratings are of, such as `48 pairs of a loved and a middling painting`.
        more: The option that asks about more.
    """
    share, low, high = agreement
    if share is None or low is None or high is None:
        return
    value = f"{share:.2f} [{low:.2f}, {high:.2f}]"
    ratings = (
        f"the pool's ratings, which are a model's and no person's, on {over}; 95 % interval over pictures."
    )
    if high < 0.5:
        yield Sign("agreement", "unfit", value, f"It contradicts {ratings} Take another model.")
    elif low <= 0.5:
        told = f"It agrees no better than a coin, which has 0.5, with {ratings} Try more {more}, or a stronger model."
        yield Sign("agreement", "note", value, told)
    else:
        yield Sign("agreement", "good", value, f"It agrees with {ratings}")


def resampled(figure: Callable[[Sequence[int]], float], size: int, *, draws: int = DRAWS) -> Interval:
    """Returns a figure of some items, and its 95 % interval by bootstrap over them (Efron 1979).

    Args:
        figure: Of the items at these places, with repetitions.
        size: How many items there are.
        draws: Of the bootstrap.
    """
    if not size:
        return None, None, None
    drawn = np.random.default_rng(0).integers(size, size=(draws, size))
    low, high = np.percentile([figure(places) for places in drawn.tolist()], [2.5, 97.5])
    return figure(range(size)), float(low), float(high)
