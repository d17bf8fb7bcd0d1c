"""How far all rewards of a study agree with a truth, and by how much each two of them differ in that."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from codepaint_env.study.ablation.score_table import ScoreTable, Truth
from codepaint_env.study.figures.figures import Agreement, Estimate, TruthFigures
from codepaint_env.study.figures.pair_sums import PairSums, common, outcomes_of, rates, tau_b
from codepaint_env.study.figures.picture_draws import Numbers

Pair = tuple[str, str]


def against(
    table: ScoreTable, truth: Truth, *, draws: int, seed: int
) -> tuple[dict[str, Agreement], dict[Pair, tuple[int, Estimate]]]:
    """Compares the rewards of a study with a truth.

    Returns:
        The agreement of each reward, and for each two of them on how many pairs both have all values, and the
        accuracy of the first less that of the second on those, by the same draws for both.
    """
    sums = PairSums(truth, table.items, draws, seed)
    outcomes = {label: outcomes_of(column.values, truth) for label, column in table.columns.items()}
    single = {label: [sums.add(each) for each in (o.told, o.won, o.tied)] for label, o in outcomes.items()}
    double = {
        pair: [sums.add(each) for each in common(outcomes[pair[0]], outcomes[pair[1]])]
        for pair in combinations(outcomes, 2)
    }
    if not outcomes:
        return {}, {}
    sums.sum_up()
    agreements = {}
    for label, (told, won, tied) in single.items():
        pairs = int(outcomes[label].told.sum(dtype=np.float64))
        agreements[label] = Agreement(
            pairs=pairs,
            left_out=len(truth.pairs) - pairs,
            accuracy=sums.estimate(rates, (won, told)),
            ties=sums.estimate(rates, (tied, told)),
            tau=sums.estimate(tau_b, (told, won, tied)),
        )
    differences = {}
    for (one, other), (told, first, second) in double.items():
        count = int((outcomes[one].told * outcomes[other].told).sum(dtype=np.float64))
        differences[one, other] = count, sums.estimate(_apart, (first, told, second))
    return agreements, differences


def truth_figures(table: ScoreTable, truth: Truth) -> TruthFigures:
    """Counts what a truth consists of."""
    used = np.unique(truth.pairs)
    return TruthFigures(
        name=truth.name,
        said=truth.said,
        pairs=len(truth.pairs),
        pictures=len(used),
        strata=len(np.unique(truth.strata[used])),
        kin=len({table.items[place].kin for place in used}),
    )


def _apart(sums: Numbers) -> Numbers:
    first, told, second = sums.T
    shares: Numbers = (first - second) / np.where(told > 0, told, np.nan)
    return shares
