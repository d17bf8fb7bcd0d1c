"""Fits a taste to preferences: which of two paintings somebody liked better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MissingPart, SpecError
from rewards.heads.folds import Places, folds, groups_of
from rewards.heads.guard import bounds, fit_guard, noise_rows
from rewards.heads.head import Head
from rewards.heads.looks import Looks
from rewards.heads.ridge import Parts, parts_of
from rewards.heads.taste_fit import ladder
from rewards.measuring.intervals import interval

Rows = NDArray[np.float64]
Show = Callable[[int, int], None]

FEWEST = 20  # pairs
OUTER, INNER = 3, 3  # folds: a pair is tried only where neither of its paintings was fitted
STRENGTHS = (0.003, 0.03, 0.3, 3.0)  # scikit-learn's C


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What there is to fit on.

    Attributes:
        rows: What the head sees of each picture, `(n, d)`.
        sources: Study and composition of each.
        left: Place of the left picture of each pair.
        right: Of the right one.
        won: 1 where the left one was preferred, 0 where the right one was, 1/2 where neither.
        raters: How many pairs each rater compared.
    """

    rows: Rows
    sources: Sequence[str]
    left: Places
    right: Places
    won: Rows
    raters: Mapping[str, int]


def fit_preferences(
    compared: Compared, looks: Looks, told: Mapping[str, Any], show: Show = lambda *_: None
) -> Head:
    """Fits a model of Bradley and Terry (1952) on looks: P(left is preferred) = sigmoid(w . (x_left - x_right)).

    A pair in which neither was preferred counts half each way. Share of the thumbnail and strength are chosen by the
    log loss on inner folds, and the figures are of pairs of which a head had seen neither painting.

    Raises:
        MissingPart: scikit-learn is not installed.
        SpecError: Too few pairs were compared, or none was preferred.
    """
    if len(compared.won) < FEWEST:
        raise SpecError(
            f"{len(compared.won)} pairs were compared; a taste needs at least {FEWEST} (200 to be of use). Compare "
            "more of them: codepaint pool rate"
        )
    if (compared.won == 0.5).all():
        raise SpecError(
            "No pair has a preferred painting, so there is no taste to fit. Compare more of them."
        )
    by, groups = groups_of(compared.sources)
    unseen, strange = np.full(len(compared.rows), np.nan), np.zeros(len(compared.rows))
    met: list[tuple[float, float]] = []
    outer = list(folds(groups, OUTER))
    for done, (fit_on, try_on) in enumerate(outer):
        show(done, len(outer))
        parts = parts_of(compared.rows[fit_on])
        inside = np.isin(np.arange(len(compared.rows)), fit_on)
        share, strength = _chosen(parts, compared, inside, groups)
        weights = _fitted(parts, compared, inside, share, strength)
        unseen[try_on] = (compared.rows[try_on] - parts.middle) @ weights
        strange[try_on] = fit_guard(compared.rows[fit_on]).strangeness(compared.rows[try_on])
        tried = ~inside[compared.left] & ~inside[compared.right]
        apart = unseen[compared.left[tried]] - unseen[compared.right[tried]]
        met += zip(apart, compared.won[tried], strict=True)
    show(len(outer), len(outer))
    parts = parts_of(compared.rows)
    everywhere = np.ones(len(compared.rows), bool)
    share, strength = _chosen(parts, compared, everywhere, groups)
    weights = _fitted(parts, compared, everywhere, share, strength)
    guard = fit_guard(compared.rows)
    guard = guard.bounded(*bounds(strange, guard.strangeness(noise_rows(looks))))
    decided = [(apart, won) for apart, won in met if won != 0.5]
    right = sum((apart > 0) == (won > 0.5) for apart, won in decided)
    low, high = interval(right, len(decided))
    return Head(
        "taste",
        looks.recipe,
        looks.version,
        weights[:, np.newaxis],
        np.array([-float(parts.middle @ weights)]),
        ladder(unseen),
        guard,
        (),
        {
            **told,
            "raters": dict(compared.raters),
            "compared": len(compared.won),
            "folds": by,
            "groups": len(set(groups)),
            "thumbnail_share": share,
            "strength": strength,
            "unseen": {
                "floored": round(float((strange >= guard.far).mean()), 4),
                "pairs_tried": len(decided),
                "pairs": [round(each, 4) for each in (right / len(decided) if decided else 0.5, low, high)],
            },
        },
    )


def _chosen(
    parts: Parts, compared: Compared, inside: NDArray[np.bool_], groups: Sequence[str]
) -> tuple[float, float]:
    """Returns share and strength with the least log loss on pairs whose two paintings inner heads had not seen."""
    places = [int(place) for place in np.flatnonzero(inside)]
    loss = {(share, strength): 0.0 for share in parts.shares for strength in STRENGTHS}
    for fit_on, _ in folds([groups[place] for place in places], INNER):
        known = np.zeros(len(inside), bool)
        known[[places[place] for place in fit_on]] = True
        fresh = inside & ~known
        tried = fresh[compared.left] & fresh[compared.right]
        fit = known[compared.left] & known[compared.right]
        if not tried.any() or len(set(compared.won[fit]) - {0.5}) < 2:
            continue
        for share, strength in loss:
            weights = _fitted(parts, compared, known, share, strength)
            apart = (compared.rows[compared.left[tried]] - compared.rows[compared.right[tried]]) @ weights
            won = compared.won[tried]
            loss[share, strength] += float(
                (won * np.logaddexp(0, -apart) + (1 - won) * np.logaddexp(0, apart)).sum()
            )
    return min(loss, key=lambda pair: (loss[pair], pair[1]))


def _fitted(
    parts: Parts, compared: Compared, known: NDArray[np.bool_], share: float, strength: float
) -> Rows:
    """Returns weights on whole rows, `(d,)`, from the pairs of which both paintings are known."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        raise MissingPart(
            "scikit-learn, which fits preferences, is not installed: pip install 'codepaint-env[models]'"
        ) from None
    fit = np.flatnonzero(known[compared.left] & known[compared.right])
    axes = parts.axes(share)
    apart = (compared.rows[compared.left[fit]] - compared.rows[compared.right[fit]]) @ axes
    won = compared.won[fit]
    if len(set(won) - {0.5}) < 2:  # all on one side: mirrored, they say the same
        apart, won = np.vstack([apart, -apart]), np.concatenate([won, 1 - won])
    rows, sides = np.vstack([apart, apart]), np.repeat([1, 0], len(won))
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=1000)
    model.fit(rows, sides, sample_weight=np.concatenate([won, 1 - won]))
    return np.asarray(axes @ model.coef_[0])
