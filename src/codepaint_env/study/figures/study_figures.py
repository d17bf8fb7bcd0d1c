"""From the scores of a study to its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item, ScoreTable
from codepaint_env.study.figures.figures import (
    Agreement,
    Comparison,
    Figures,
    PairFigures,
    RewardFigures,
)
from codepaint_env.study.figures.hackability import beaten_difference, climb_of, hackability_of
from codepaint_env.study.figures.noise_split import noise_of, spread_of, width_of
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from codepaint_env.study.figures.rank_correlation import correlations
from codepaint_env.study.figures.told_apart import compared
from codepaint_env.study.figures.truth_agreement import against, truth_figures
from codepaint_env.study.figures.value_spread import disagreements, distribution_of, extremes
from rewards.errors import SpecError

DRAWS = 2000  # of the bootstrap


def figures_of(
    table: ScoreTable,
    *,
    probes: ProbeTable | None = None,
    climbs: Mapping[str, ClimbScores] | None = None,
    laws: Mapping[str, bool | None] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Figures:
    """Computes all figures of a study.

    Intervals are percentile 95 % intervals by draws of pictures with replacement, within the strata of a truth
    (Efron 1979). Over pairs they would be far too narrow, because each picture is in many. Pictures of one kin are
    alike; the second interval, by draws of whole kin, allows for that.

    Args:
        table: The scores.
        probes: What each reward says of lures and honest pictures.
        climbs: Searches against rewards, by label.
        laws: By label whether the universal laws pass; what is missing or None was not checked.
        draws: Of the bootstrap.
        seed: Of the draws.
    """
    if draws < 1:
        raise SpecError(f"draws={draws}: at least one is needed; 2000 is usual.")
    climbs, laws = climbs or {}, laws or {}
    _check(table)
    labels = list(table.columns)
    both = list(combinations(labels, 2))
    beaten = {
        pair: None if probes is None else beaten_difference(probes, pair, draws=draws, seed=seed)
        for pair in both
    }
    agreements: dict[str, dict[str, Agreement]] = {label: {} for label in labels}
    comparisons: dict[tuple[str, str], dict[str, Comparison]] = {pair: {} for pair in both}
    for truth in table.truths:
        agree, apart = against(table, truth, draws=draws, seed=seed)
        for label, agreement in agree.items():
            agreements[label][truth.name] = agreement
        for pair, (count, difference) in apart.items():
            passed = laws.get(pair[0]), laws.get(pair[1])
            comparisons[pair][truth.name] = compared(
                pair, count, difference, beaten=beaten[pair], laws=passed
            )
    values = {label: column.values for label, column in table.columns.items()}
    spearman = correlations(values, both, table.items, draws=draws, seed=seed)
    return Figures(
        pictures=len(table.items),
        draws=draws,
        seed=seed,
        truths=tuple(truth_figures(table, truth) for truth in table.truths),
        rewards={
            label: replace(
                _alone(column, table.items),
                truths=agreements[label],
                laws=laws.get(label),
                hackability=None if probes is None else hackability_of(probes, label),
                climb=climb_of(climbs[label], width_of(column)) if label in climbs else None,
            )
            for label, column in table.columns.items()
        },
        pairs=tuple(
            PairFigures(
                one=pair[0],
                other=pair[1],
                pictures=int((np.isfinite(values[pair[0]]) & np.isfinite(values[pair[1]])).sum()),
                spearman=spearman[pair],
                truths=comparisons[pair],
                beaten=beaten[pair],
                disagreements=disagreements(table.columns[pair[0]], table.columns[pair[1]], table.items),
            )
            for pair in both
        ),
    )


def _alone(column: Column, items: Sequence[Item]) -> RewardFigures:
    """Returns what one column says without truths, probes and searches."""
    noise = noise_of(column)
    best, worst = extremes(column, items)
    valued = int(np.isfinite(column.values).sum())
    return RewardFigures(
        label=column.label,
        spec=column.spec,
        version=column.version,
        note=column.note,
        range=column.range,
        pictures=valued,
        missing=len(items) - valued,
        distribution=distribution_of(column),
        truths={},
        spread=spread_of(column, items, noise),
        best=best,
        worst=worst,
        cost=dict(column.cost),
        noise=noise,
    )


def _check(table: ScoreTable) -> None:
    count = len(table.items)
    for label, column in table.columns.items():
        if column.values.shape != (count,) or column.draws.ndim != 2 or column.draws.shape[1] != count:
            raise SpecError(
                f"There are {count} pictures, and {label!r} has values of shape {column.values.shape} and draws of "
                f"shape {column.draws.shape}; give one value a picture, and draws of shape (d, {count})."
            )
    for truth in table.truths:
        pairs = truth.pairs
        if pairs.ndim != 2 or pairs.shape[1] != 2 or truth.strata.shape != (count,):
            raise SpecError(
                f"The truth {truth.name!r} has pairs of shape {pairs.shape} and strata of shape {truth.strata.shape}; "
                f"give (m, 2) and ({count},)."
            )
        if pairs.size and not 0 <= pairs.min() <= pairs.max() < count:
            raise SpecError(
                f"The truth {truth.name!r} names places {pairs.min()} to {pairs.max()} of {count} pictures; "
                f"give 0 to {count - 1}."
            )
