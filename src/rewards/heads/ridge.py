"""Ridge regression of ratings on rows, and its choice of strength: everything that needs numpy alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from rewards.heads.guard import main_axes
from rewards.heads.looks import THUMBNAIL

Rows = NDArray[np.float64]

AXES = {"feature": 256, "thumbnail": 96}  # of each part that are looked along
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # of the variance that the thumbnail may have beside the feature
STRENGTHS = tuple(
    float(each) for each in np.logspace(-3, 2, 11)
)  # of the ridge, in units of the mean variance


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Rows along the main axes of their two parts, the feature and the thumbnail, each with a mean square of 1.

    Attributes:
        middle: Mean of the rows, `(d,)`.
        feature: Axes of the feature, `(d, k)`; None where the rows are thumbnails alone.
        thumbnail: Axes of the thumbnail, `(d, k)`.
    """

    middle: Rows
    feature: Rows | None
    thumbnail: Rows

    def axes(self, share: float) -> Rows:
        """Returns axes, `(d, k)`, of which the thumbnail's have so much of the variance, in [0, 1]."""
        if self.feature is None:
            return self.thumbnail
        told = [(1 - share, self.feature), (share, self.thumbnail)]
        return np.hstack([np.sqrt(part) * axes for part, axes in told if part > 0])

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares that there are to choose from."""
        return (1.0,) if self.feature is None else SHARES


def parts_of(rows: Rows) -> Parts:
    """Finds the main axes of rows, `(n, d)`; no rating has a part in it."""
    middle = rows.mean(axis=0)
    edge = rows.shape[1] - THUMBNAIL
    feature = None if edge == 0 else _axes(rows - middle, slice(0, edge), AXES["feature"])
    return Parts(middle, feature, _axes(rows - middle, slice(edge, None), AXES["thumbnail"]))


def _axes(centred: Rows, part: slice, count: int) -> Rows:
    values, vectors = main_axes(centred[:, part], count)
    whole = np.zeros((centred.shape[1], len(values)))
    whole[part] = vectors / np.sqrt((centred[:, part] ** 2).sum(axis=1).mean())
    return whole


def ridge(rows: Rows, wanted: Rows, strengths: Sequence[float]) -> list[Rows]:
    """Fits centred rows, `(n, k)`, to centred numbers, `(n,)`, by least squares with each of several penalties.

    Minimises |wanted - rows w|^2 + n s |w|^2 (Hoerl and Kennard 1970).

    Returns:
        `(k,)` for each strength s.
    """
    left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    along = left.T @ wanted
    return [right.T @ (sizes / (sizes**2 + len(rows) * strength) * along) for strength in strengths]


def best_of(
    errors: Mapping[tuple[float, float], float],
) -> tuple[float, float]:
    """Returns the share and strength with the highest figure; of equals the stronger penalty."""
    return max(errors, key=lambda pair: (errors[pair], pair[1]))


def choices(parts: Parts) -> Iterable[tuple[float, float]]:
    """Yields every share and strength."""
    return product(parts.shares, STRENGTHS)


def normal_scores(ratings: Mapping[str, float]) -> dict[str, float]:
    """Returns what takes the place of one rater's ratings: only their order counts, and not how the scale is used.

    Each becomes the normal quantile of (m - 1/2) / n, where m is the mean rank of those that are equal to it (Blom 1958
    reviews such scores).
    """
    values = np.array(sorted(ratings.values()))
    first, after = (np.searchsorted(values, list(ratings.values()), side=side) for side in ("left", "right"))
    shares = (first + after) / 2 / len(values)
    return {name: NormalDist().inv_cdf(float(share)) for name, share in zip(ratings, shares, strict=True)}
