"""The guard: how unlike all that a head was fitted on a picture is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rewards.errors import MachineError
from rewards.features.embeddings import Picture
from rewards.heads.looks import Looks

Rows = NDArray[np.float64]

AXES = 128  # along which pictures may differ; with fewer, noise is no stranger than a new study
NEAR, FAR = (
    0.95,
    1.5,
)  # quantile of the strangeness of unseen paintings that is near, and how many times that is far
SHARP = 0.8  # near is at most so much of far


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """Tells how strange a picture is, and what is left of its score.

    The strangeness of a row is the mean of its squares along the main axes of the rows that were fitted, and of the
    square of what the axes leave over, each in units of its mean over those rows: a Mahalanobis distance (1936) where
    all small axes share one scale. It is about 1 for a picture like those.

    Attributes:
        middle: Mean of the fitted rows, `(d,)`.
        axes: Main axes, `(d, k)`; along each the fitted rows have the mean square 1.
        rest: Mean square of what the axes leave over, as one number.
        near: Strangeness up to which nothing is taken from the score.
        far: Strangeness from which on nothing of the score is left.
    """

    middle: Rows
    axes: Rows
    rest: float
    near: float
    far: float

    def strangeness(self, rows: Rows) -> Rows:
        """Returns how strange rows are, `(n,)`, from `(n, d)`."""
        apart = rows - self.middle
        along = apart @ self.axes
        lengths = (self.axes**2).sum(axis=0)
        left = (apart**2).sum(axis=1) - (along**2 / lengths).sum(axis=1)
        return np.asarray(((along**2).mean(axis=1) + left.clip(0) / self.rest) / 2)

    def left(self, rows: Rows) -> Rows:
        """Returns what is left of the scores of rows, `(n,)` in [0, 1]: 1 up to `near`, 0 from `far` on."""
        strange = self.strangeness(rows)
        return np.asarray(((self.far - strange) / (self.far - self.near)).clip(0, 1))

    def bounded(self, near: float, far: float) -> Guard:
        """Returns the guard with other bounds."""
        return replace(self, near=near, far=far)


def fit_guard(rows: Rows) -> Guard:
    """Fits a guard to rows, `(n, d)`; its bounds are to be chosen on rows that it has not seen."""
    middle = rows.mean(axis=0)
    values, vectors = main_axes(rows - middle, AXES)
    total = float(((rows - middle) ** 2).sum(axis=1).mean())
    rest = max(total - float(values.sum()), 1e-6 * total, np.finfo(float).tiny)
    return Guard(middle, vectors / np.sqrt(values), rest, near=0.0, far=1.0)


def bounds(unseen: Rows, noise: Rows | None = None) -> tuple[float, float]:
    """Returns near and far of a guard: it lets unseen paintings pass, and no noise.

    Args:
        unseen: Strangeness of paintings that guards had not seen, `(n,)`.
        noise: Strangeness of noise, `(m,)`; None where something else tells it from paintings.
    """
    near = float(np.quantile(unseen, NEAR))
    far = min([FAR * near, *(() if noise is None else noise)])
    return min(near, SHARP * far), far


def noise_rows(looks: Looks) -> Rows:
    """Returns what looks see of noise, `(24, d)`: uniform and normal, fine and coarse.

    Raises:
        MachineError: The encoder failed.
    """
    sheets = []
    for number in range(12):
        rng = np.random.default_rng([5, number])
        side = (8, 16, 64, 256)[number % 4]
        sheets.append(rng.integers(0, 256, (side, side, 3), dtype=np.uint8))
        middle, spread = rng.integers(64, 192, 3), rng.integers(20, 60)
        sheets.append(rng.normal(middle, spread, (side, side, 3)).clip(0, 255).astype(np.uint8))
    pictures = [Picture.of_pixels(sheet) for sheet in sheets]
    seen = looks.at(pictures)
    if failed := next((each for each in seen.values() if isinstance(each, MachineError)), None):
        raise failed
    return np.stack([np.asarray(seen[picture.key]) for picture in pictures])


def main_axes(centred: Rows, count: int) -> tuple[Rows, Rows]:
    """Returns the variances, `(k,)`, and unit axes, `(d, k)`, of rows less their mean; at most `count` and n - 1."""
    n, d = centred.shape
    if n <= d:  # by the smaller of the two matrices of products
        values, vectors = np.linalg.eigh(centred @ centred.T / n)
    else:
        values, vectors = np.linalg.eigh(centred.T @ centred / n)
    values, vectors = values[::-1], vectors[:, ::-1]
    most = max(float(values[0]), np.finfo(float).tiny)
    kept = slice(min(count, int((values > 1e-9 * most).sum())))
    values, vectors = values[kept], vectors[:, kept]
    if n <= d:
        vectors = centred.T @ vectors / np.sqrt(n * values)
    return values, vectors
