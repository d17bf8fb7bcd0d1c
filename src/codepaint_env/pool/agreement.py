"""How far two raters agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from codepaint_env.pool.ratings import SCALE

FEWEST = 10
"""Paintings that two raters must have in common before kappa is told: of fewer it says more of luck."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two raters agree on the paintings that both have rated.

    Attributes:
        both: How many these are.
        same: Share of them with the same rating.
        kappa: Cohen's kappa (Educational and Psychological Measurement 20, 1960): the agreement beyond chance. None
            where fewer than `FEWEST` are in common, or where both gave all of them one and the same rating.
        weighted: The same with squared distances as weights (Psychological Bulletin 70, 1968), which counts a 4
            against a 5 as less than a 1 against a 5.
    """

    both: int
    same: float
    kappa: float | None
    weighted: float | None

    def in_words(self) -> str:
        """Returns what to tell of it, such as `12 in common, 75% the same, Cohen's kappa 0.61, …`."""
        told = f"{self.both} in common, {self.same:.0%} the same"
        if self.kappa is None or self.weighted is None:
            why = f"needs {FEWEST} in common" if self.both < FEWEST else "needs more than one rating"
            return f"{told}; Cohen's kappa {why}"
        return f"{told}, Cohen's kappa {self.kappa:.2f}, with squared weights {self.weighted:.2f}"


def agreement(first: Mapping[str, int], second: Mapping[str, int]) -> Agreement | None:
    """Returns how far two raters agree; None where they have no painting in common."""
    both = sorted(first.keys() & second.keys())
    if not both:
        return None
    table = np.zeros((len(SCALE), len(SCALE)))
    for each in both:
        table[first[each] - 1, second[each] - 1] += 1
    table /= len(both)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    apart = np.subtract.outer(np.arange(len(SCALE)), np.arange(len(SCALE)))
    kappas: list[float | None] = []
    for cost in ((apart != 0).astype(float), apart.astype(float) ** 2):
        expected = float((cost * chance).sum())
        known = expected > 0 and len(both) >= FEWEST
        kappas.append(1 - float((cost * table).sum()) / expected if known else None)
    return Agreement(len(both), float(np.trace(table)), *kappas)
