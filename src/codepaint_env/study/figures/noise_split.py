"""How much of a reward's spread is chance, and what is left of it within groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from codepaint_env.study.ablation.score_table import Column, Item
from codepaint_env.study.figures.figures import Noise, Spread
from codepaint_env.study.figures.picture_draws import Numbers
from rewards.groups import diagnostics


def noise_of(column: Column) -> Noise | None:
    """Splits the variance of a reward's values over draws into pictures, draws and the rest.

    A two-way random-effects analysis of variance with one value a cell; the share of pictures is ICC(2,1) (Shrout
    and Fleiss 1979). With M for mean squares, d draws and n pictures: pictures (M_pictures - M_rest) / d, draws
    (M_draws - M_rest) / n, the rest M_rest; negative estimates count as 0.

    Returns:
        None unless two pictures have values in at least two draws. The column's own values are one draw.
    """
    own = column.values[np.newaxis]
    repeated = any(np.array_equal(row, column.values, equal_nan=True) for row in column.draws)
    cells = column.draws if repeated else np.concatenate([own, column.draws])
    cells = cells[:, np.isfinite(cells).all(axis=0)]
    draws, pictures = cells.shape
    if draws < 2 or pictures < 2:
        return None
    grand, by_picture, by_draw = float(cells.mean()), cells.mean(axis=0), cells.mean(axis=1)
    rest = float(((cells - by_picture - by_draw[:, np.newaxis] + grand) ** 2).sum()) / (
        (draws - 1) * (pictures - 1)
    )
    of_picture = max(draws * float(by_picture.var(ddof=1)) - rest, 0) / draws
    of_draw = max(pictures * float(by_draw.var(ddof=1)) - rest, 0) / pictures
    total = of_picture + of_draw + rest
    varies = total > 1e-24 * grand**2  # rounding of a constant reward is no variance
    return Noise(
        draws=draws,
        pictures=pictures,
        sample=of_picture / total if varies else None,
        draw=of_draw / total if varies else None,
        rest=rest / total if varies else None,
        floor=float(np.sqrt(cells.var(axis=0, ddof=1).mean())),
        group_floor=float(np.sqrt(rest)),
    )


def spread_of(column: Column, items: Sequence[Item], noise: Noise | None) -> Spread:
    """Tells how far apart the values of a group's pictures lie, by the rules of `rewards.groups`."""
    _, of, sizes = np.unique(
        np.asarray([item.group for item in items], dtype=np.str_), return_inverse=True, return_counts=True
    )
    grouped = sizes[of] > 1
    groups = of[grouped].tolist()
    if not groups:
        return Spread(0, None, None, None, None)
    values = [float(value) if np.isfinite(value) else None for value in column.values[grouped]]
    told = diagnostics(values, groups)
    noisy = None if noise is None else diagnostics(values, groups, min_spread=noise.group_floor)["no_spread"]
    return Spread(
        groups=int((sizes > 1).sum()),
        mean_sd=told["spread"],
        of_range=told["spread"] / width if (width := width_of(column)) else None,
        none=told["no_spread"],
        in_noise=noisy,
    )


def width_of(column: Column) -> float | None:
    """Returns the width of a reward's range, or of its values where it claims none; None if that is nothing."""
    if column.range is not None:
        return column.range[1] - column.range[0] or None
    finite: Numbers = column.values[np.isfinite(column.values)]
    return float(np.ptp(finite)) or None if len(finite) else None
