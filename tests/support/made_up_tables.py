"""Score tables that tests make up: pictures with a known truth, and columns of values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable, Truth


def items_of(kin: Sequence[str], group_size: int = 4) -> tuple[Item, ...]:
    """Returns pictures p000, p001, … of these kin, in groups of some size."""
    return tuple(
        Item(f"p{place:03}", "made up", each, f"g{place // group_size}", "paint", "")
        for place, each in enumerate(kin)
    )


def column(label: str, values, draws=None, value_range=None) -> Column:
    """Returns a column; values of None are missing."""
    told = np.array([np.nan if each is None else each for each in values], float)
    drawn = np.zeros((0, len(told))) if draws is None else np.array(draws, float)
    return Column(label, f"spec of {label}", "1", value_range, told, drawn)


def truth_of(ratings, *, apart: float = 1, strata=None, name: str = "ratings") -> Truth:
    """Returns all pairs of pictures whose ratings lie that far apart; the strata are the ratings."""
    told = np.asarray(ratings, float)
    better, worse = np.nonzero(told[:, None] - told[None] >= apart)
    tiers = np.unique(told, return_inverse=True)[1] if strata is None else np.asarray(strata, int)
    return Truth(name, np.stack([better, worse], axis=1), tiers, "Made up.")


def table_of(
    columns: Sequence[Column], truths: Sequence[Truth] = (), kin=None, group_size: int = 4
) -> ScoreTable:
    """Returns a table; without kin all pictures are of one."""
    count = len(columns[0].values)
    return ScoreTable(
        items_of(kin or ["a"] * count, group_size), {each.label: each for each in columns}, tuple(truths)
    )
