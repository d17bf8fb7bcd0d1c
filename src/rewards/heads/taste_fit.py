"""Fits a taste to ratings, and tells how well it does on what it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.heads.folds import INNER, OUTER, folds, groups_of
from rewards.heads.guard import bounds, fit_guard, noise_rows
from rewards.heads.head import Head
from rewards.heads.looks import THUMBNAIL, Looks
from rewards.heads.ridge import Parts, best_of, choices, normal_scores, parts_of, ridge
from rewards.measuring.ranks import Figure, bootstrap, pair_accuracy, spearman, within

Rows = NDArray[np.float64]
Show = Callable[[int, int], None]

FEWEST = 20  # rated pictures
STEPS = 200  # of the ladder
MANY = 10  # rated pictures for each that shows nothing


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """What there is to fit on.

    Attributes:
        rows: What the head sees of each picture, `(n, d)`.
        sources: Study and composition of each, such as `study:iris/a single stem`.
        ratings: Of each rater by place of the picture.
        nothing: Of pictures that show nothing, `(m, d)`: they are taken as rated like the worst; None for none.
    """

    rows: Rows
    sources: Sequence[str]
    ratings: Mapping[str, Mapping[int, float]]
    nothing: Rows | None = None


def fit_ratings(rated: Rated, looks: Looks, told: Mapping[str, Any], show: Show = lambda *_: None) -> Head:
    """Fits a ridge to the ratings of one or several raters.

    The ratings of each rater are replaced by normal scores, so that only their order counts, and averaged over the
    raters of a picture. How much of the variance the thumbnail has beside the feature, and the strength of the ridge,
    are chosen by Spearman's correlation on inner folds. What the head is said to do is measured on outer folds, for
    which all of that was chosen anew; no group of pictures is in two folds.

    Args:
        rated: Pictures and ratings.
        looks: What made the rows.
        told: What else the file is to say.
        show: Is told how many of how many folds are done.

    Raises:
        SpecError: Too few pictures are rated, or all alike.
    """
    wanted, heard = targets(rated.ratings, len(rated.rows))
    seen = [int(place) for place in np.flatnonzero(heard)]
    by, groups = groups_of([rated.sources[place] for place in seen])
    rows, goal = rated.rows[seen], wanted[seen]
    apart = Crossed(rows, goal, groups, rated.nothing, show)
    parts = parts_of(rows)
    share, strength = chosen(parts, rows, goal, groups)
    weights, bias = fitted(parts, *worst_added(rows, goal, rated.nothing), share, strength)
    guard = fit_guard(rows)
    guard = guard.bounded(*bounds(apart.strange, guard.strangeness(noise_rows(looks))))
    return Head(
        "taste",
        looks.recipe,
        looks.version,
        weights[:, np.newaxis],
        np.array([bias]),
        ladder(apart.unseen),
        guard,
        (),
        {
            **told,
            "raters": {name: len(its) for name, its in rated.ratings.items()},
            "rated": len(seen),
            "folds": by,
            "groups": len(set(groups)),
            "thumbnail_share": share,
            "strength": strength,
            "unseen": figures(apart, goal, groups)
            | {"floored": round(float((apart.strange >= guard.far).mean()), 4)},
        },
    )


def targets(ratings: Mapping[str, Mapping[int, float]], count: int) -> tuple[Rows, NDArray[np.bool_]]:
    """Returns what the head is fitted to, `(count,)`, and which pictures anybody rated.

    Raises:
        SpecError: Too few are rated, or each rater gave all one and the same rating.
    """
    sums, heard = np.zeros(count), np.zeros(count)
    for its in ratings.values():
        for place, score in normal_scores({str(key): value for key, value in its.items()}).items():
            sums[int(place)] += score
            heard[int(place)] += 1
    if (heard > 0).sum() < FEWEST:
        raise SpecError(
            f"{int((heard > 0).sum())} pictures are rated; a taste needs at least {FEWEST} (120 to be of use). "
            "Rate more of them: codepaint pool rate"
        )
    wanted = sums / np.maximum(heard, 1)
    if np.ptp(wanted[heard > 0]) == 0:
        raise SpecError(
            "All ratings are equal, so there is no taste to fit. Give a higher rating to what you like better."
        )
    return wanted, heard > 0


class Crossed:
    """What heads say of pictures that they have not seen, and those that look at the thumbnail alone.

    Attributes:
        unseen: Of the head, `(n,)`.
        small: Of the thumbnail alone.
        strange: The strangeness.
    """

    def __init__(
        self, rows: Rows, goal: Rows, groups: Sequence[str], nothing: Rows | None, show: Show
    ) -> None:
        self.unseen, self.small, self.strange = (np.zeros(len(rows)) for _ in range(3))
        outer = list(folds(groups, OUTER))
        for done, (fit_on, try_on) in enumerate(outer):
            show(done, len(outer))
            own = [groups[place] for place in fit_on]
            for name, wide in (("unseen", rows.shape[1]), ("small", THUMBNAIL)):
                view = rows[:, -wide:]
                empty = None if nothing is None else nothing[:, -wide:]
                parts = parts_of(view[fit_on])
                share, strength = chosen(parts, view[fit_on], goal[fit_on], own)
                known = worst_added(view[fit_on], goal[fit_on], empty)
                weights, bias = fitted(parts, *known, share, strength)
                getattr(self, name)[try_on] = view[try_on] @ weights + bias
            self.strange[try_on] = fit_guard(rows[fit_on]).strangeness(rows[try_on])
        show(len(outer), len(outer))


def chosen(parts: Parts, rows: Rows, goal: Rows, groups: Sequence[str]) -> tuple[float, float]:
    """Returns the thumbnail's share and the ridge's strength that do best on inner folds."""
    unseen = {pair: np.zeros(len(rows)) for pair in choices(parts)}
    for fit_on, try_on in folds(groups, INNER):
        for share in parts.shares:
            along = (rows - parts.middle) @ parts.axes(share)
            strengths = [strength for each, strength in unseen if each == share]
            middle, mean = along[fit_on].mean(axis=0), goal[fit_on].mean()
            for strength, weights in zip(
                strengths, ridge(along[fit_on] - middle, goal[fit_on] - mean, strengths), strict=True
            ):
                unseen[share, strength][try_on] = (along[try_on] - middle) @ weights + mean
    return best_of({pair: spearman(values, goal) for pair, values in unseen.items()})


def worst_added(rows: Rows, goal: Rows, nothing: Rows | None) -> tuple[Rows, Rows]:
    """Returns rows and goals with pictures that show nothing beside them, which have the lowest goal.

    At most a tenth as many as were rated, evenly chosen: more of them cost more of the order of real paintings than
    they take from the fakes.
    """
    if nothing is None:
        return rows, goal
    some = nothing[:: -(-len(nothing) * MANY // len(rows)) or 1]
    return np.vstack([rows, some]), np.concatenate([goal, np.full(len(some), goal.min())])


def fitted(parts: Parts, rows: Rows, goal: Rows, share: float, strength: float) -> tuple[Rows, float]:
    """Returns weights on whole rows, `(d,)`, and what is added."""
    axes = parts.axes(share)
    along = (rows - parts.middle) @ axes
    [weights] = ridge(along - along.mean(axis=0), goal - goal.mean(), [strength])
    whole = axes @ weights
    return whole, float(goal.mean() - rows.mean(axis=0) @ whole)


def ladder(unseen: Rows) -> Rows:
    """Returns the raw values that take equal steps of the scale: quantiles of what was said of unseen pictures."""
    return np.quantile(unseen, np.linspace(0, 1, STEPS + 1))


def figures(apart: Crossed, goal: Rows, groups: Sequence[str]) -> dict[str, Any]:
    """Returns the figures of unseen pictures, each with its interval over draws of whole groups."""
    _, group = np.unique(np.asarray(groups), return_inverse=True)

    def of(figure: Callable[[Rows, Rows], float], values: Rows) -> Figure:
        return bootstrap(lambda places: figure(values[places], goal[places]), group)

    return {
        "spearman": of(spearman, apart.unseen).told(),
        "spearman_thumbnail": of(spearman, apart.small).told(),
        "spearman_gain": bootstrap(
            lambda places: (
                spearman(apart.unseen[places], goal[places]) - spearman(apart.small[places], goal[places])
            ),
            group,
        ).told(),
        "spearman_within": bootstrap(
            lambda places: within(apart.unseen[places], goal[places], group[places]), group
        ).told(),
        "pairs": of(pair_accuracy, apart.unseen).told(),
    }
