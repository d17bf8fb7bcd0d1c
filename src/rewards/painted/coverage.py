"""`coverage`: how much of the sheet is painted, and how clearly paint stands out from paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.painted.blank import is_constant
from rewards.types import Rendering, Sample, Score, Traits, version_of

CODE = 2  # rises when the same picture would get another value
CELLS = 32  # of the coarse grid, along each side
CELL_PX = 16  # at least, so that the noise of 256 pixels averages out
EDGE = 2 / 32  # of the grid, on each side, that is not looked at: a frame is no painting
FAINT = 4.0  # levels apart that are no contrast yet, so that constant pictures score 0 without a step
DEEP = 104.0  # levels apart that are full strength; 100 above FAINT at least, see `Coverage`
CONTENT = 0.7  # from which on there is nothing to criticise


class Coverage:
    """How much of the sheet is painted, and how clearly paint stands out from paper.

    The picture is averaged over a grid of at most 32 x 32 cells, so noise is not paint. The outermost two cells on each
    side are left out, so a frame is not paint. Five measures sort the other cells: red, green, blue, the least of the
    three and the greatest. Paint is at one end and paper at the other. The better of the two directions counts, so the
    ground may be light or dark, or a land under a sky. The score is the largest v for which in some measure

    - the outermost `v * low` of the sheet at the end of the paint and
    - the outermost `v * (1 - high)` of the sheet at the end of the paper

    are apart by strength v. Strength rises from 0 at 4 levels to 1 at 104.

    So the score of strong paint rises linearly to 1 at a share of `low`, stays 1 up to `high` and falls linearly to 0
    at full cover. Pale paint earns less, because of law 18. If each pixel changes by one level, each measure of a cell
    changes by at most one level, a distance by at most 2, and the score by at most 0.02. A score that rises faster than
    0.01 per level of contrast breaks the law, however cover is measured.

    Measured on 512 px renderings: the 585 pictures of the reference pool score 0.06 (a few bluebells on a bare sheet)
    to 1.00, one in twenty below 0.65, half at least 0.997. Two flat colours 104 levels apart with the horizon anywhere
    from 20 to 80 %: 1.00. A frame of 31 px: 0.00. A dot of 14 px: 0.01 to 0.05. A line of 4 px across: 0.36. The
    cheapest pictures that score 1.00: one square of 144 px, or spots that ink 3.6 % of the sheet, 11 px in each of 79
    cells.

    Range [0, 1], higher is better. Component `share`: the share of the sheet that is not of its commonest colour,
    [0, 1]. A cell starts to count at a distance of 8 levels, and counts fully from 24.
    """

    name = "coverage"
    needs = frozenset({"image"})
    traits = Traits(components=("share",))

    def __init__(self, *, low: float = 0.1, high: float = 0.9) -> None:
        if not (isinstance(low, int | float) and isinstance(high, int | float) and 0 < low <= high < 1):
            raise SpecError(f"'coverage' got low={low!r} and high={high!r}; take 0 < low <= high < 1.")
        self.low, self.high = float(low), float(high)
        self.version = version_of("Coverage", [CODE, self.low, self.high])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample.rendering) for sample in samples]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises `NoSpread` if all samples, or without samples all shipped pictures, get the same value."""
        from rewards.preflight import check_spread

        check_spread(self, samples)

    def _score(self, rendering: Rendering) -> Score:
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        image = rendering.image
        if not rendering.ok or image is None or is_constant(image):
            return Score(0.0, {"share": 0.0}, reason=rendering.message or "nothing was painted")
        cells = _cells(image)
        share = _share(cells)
        return Score(self._value(cells), {"share": share}, reason=f"paint on {share:.0%} of the sheet")

    def critique(self, sample: Sample, /) -> str:
        """Tells a painter, without figures, what lowers the score; `""` if nothing does or nothing was painted."""
        image = sample.rendering.image
        if not sample.rendering.ok or image is None or is_constant(image):
            return ""
        cells = _cells(image)
        if self._value(cells) >= CONTENT:
            return ""
        share = _share(cells)
        if share < self.low:
            return "Most of the sheet is bare, or of one colour: paint larger, or paint more."
        if share > self.high:
            return "Hardly any bare paper is left: let some of it show."
        return "The paint is pale: use stronger or darker colours."

    def _value(self, cells: NDArray[np.float64]) -> float:
        levels = cells.reshape(-1, 3)
        count, bare = len(levels), 1 - self.high
        wanted = np.append(_steps(count, self.low), _steps(count, bare))
        paint, paper = _needed(count, wanted * self.low), _needed(count, wanted * bare)
        measures = np.sort([*levels.T, levels.min(axis=1), levels.max(axis=1)], axis=1)
        apart = np.maximum(
            measures[:, count - paint] - measures[:, paper - 1],  # light paint on a dark ground
            measures[:, count - paper] - measures[:, paint - 1],  # and the other way round
        )
        strength = ((apart - FAINT) / (DEEP - FAINT)).clip(0, 1)
        return float(np.minimum(strength, wanted).max())


def _steps(count: int, share: float) -> NDArray[np.float64]:
    """Returns those parts of a share of the cells, up to 1, at which one cell more is needed."""
    return np.append(np.arange(1, int(share * count) + 1) / (share * count), 1.0)


def _needed(count: int, share: NDArray[np.float64]) -> NDArray[np.intp]:
    """Returns how many of the cells make up at least a share; what is a whole number but for rounding is that."""
    return np.ceil(share * count - 1e-9).astype(np.intp).clip(1, count)


def _share(cells: NDArray[np.float64]) -> float:
    """Returns the share of the cells that is not of the colour that covers most, [0, 1]."""
    # A colour that covers most is at every third cell too; to try all would take ten times as long.
    some, every = cells[::3, ::3].reshape(-1, 3).T, cells.reshape(-1, 3).T
    apart = np.maximum.reduce([abs(np.subtract.outer(*levels)) for levels in zip(some, every, strict=True)])
    return float(((apart - 8) / 16).clip(0, 1).mean(axis=1).min())


def _cells(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Returns the mean colours of the grid without its edge, in levels, `(rows, columns, 3)`."""
    height, width, _ = image.shape
    rows, columns = _starts(height), _starts(width)
    # Sums of integers: the same to the last bit for every memory layout.
    ends = np.append(rows[1:], height)
    bands = [image[a:b].sum(axis=0, dtype=np.uint32) for a, b in zip(rows, ends, strict=True)]
    sums = np.add.reduceat(np.stack(bands), columns, axis=1)
    pixels = np.outer(np.diff(rows, append=height), np.diff(columns, append=width))
    y, x = (round(EDGE * len(starts)) for starts in (rows, columns))
    return (sums / pixels[..., np.newaxis])[y : len(rows) - y, x : len(columns) - x]  # type: ignore[no-any-return]


def _starts(side_px: int) -> NDArray[np.intp]:
    cells = min(CELLS, max(1, side_px // CELL_PX))
    return np.arange(cells) * side_px // cells
