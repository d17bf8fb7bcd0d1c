"""Draws of pictures with replacement, as how often each picture is in a draw: what all intervals come from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.float32]

LEAST_DRAWN = 0.5  # of the draws that must have a figure, else there is no interval


def picture_counts(strata: NDArray[np.intp], draws: int, rng: np.random.Generator) -> Counts | None:
    """Draws pictures with replacement within each stratum, as many as it has (Efron 1979).

    Returns:
        `(draws, n)`, how often each picture was drawn; None where no stratum has two pictures.
    """
    counts = np.empty((draws, len(strata)), np.float32)
    widest = 0
    for stratum in np.unique(strata):
        members = np.flatnonzero(strata == stratum)
        widest = max(widest, len(members))
        counts[:, members] = rng.multinomial(
            len(members), np.full(len(members), 1 / len(members)), size=draws
        )
    return counts if widest > 1 else None


def kin_counts(
    kin: Sequence[str], draws: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], Counts | None]:
    """Draws whole kin with replacement.

    Returns:
        `(n,)` the number of each picture's kin, and `(draws, kin)`, how often each kin was drawn; None in its place
        where there is only one.
    """
    names, numbers = np.unique(np.asarray(kin, dtype=np.str_), return_inverse=True)
    if len(names) < 2:
        return numbers, None
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return numbers, drawn.astype(np.float32)


def ends(drawn: Numbers | None) -> tuple[float | None, float | None]:
    """Returns the ends of the percentile 95 % interval; draws without the figure are NaN and are left out."""
    if drawn is None or not len(drawn):
        return None, None
    finite = drawn[np.isfinite(drawn)]
    if len(finite) < LEAST_DRAWN * len(drawn):
        return None, None
    low, high = np.percentile(finite, [2.5, 97.5])
    return float(low), float(high)
