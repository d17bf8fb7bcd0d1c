"""`coverage`: how much of the sheet is painted, and how clearly paint stands out from paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.painted.blank import is_constant
from rewards.types import Rendering, Sample, Score, Traits, version_of

CODE = 1  # rises when the same picture would make another value
CELLS = 32  # of the coarse grid, along each side
CELL_PX = 16  # at least, so that the noise of 256 pixels averages out
FRAME = 0.06  # of the grid, all round: there the paper is looked for
FAINT = 2.0  # levels from the paper that are no paint yet, so that constant pictures score 0 without a step
DEEP = 104.0  # levels from the paper that are full strength; 100 above FAINT at least, see `Coverage`
CONTENT = 0.7  # from which on there is nothing to criticise


class Coverage:
    """How near the painted share of the sheet is to a band, and how clearly paint stands out from paper.

    The picture is averaged over a grid of at most 32 x 32 cells, so that noise is not paint. The paper is the
    median colour of the grid's outer frame, so that light and dark grounds serve alike. A cell's strength
    rises from 0 at 2 levels of distance from the paper (in the channel that differs most) to 1 at 104. The
    score is the lower of
    - the largest v such that `v * low` of the sheet has at least strength v, and
    - 1 - v for the largest v such that `high + v * (1 - high)` of the sheet has at least strength v.

    So the score of strong paint rises linearly to 1 at a share of `low`, stays 1 up to `high` and falls
    linearly to 0 at full cover. Pale paint earns less, as it must: if one level a pixel is to move the score
    by at most 0.02, the score cannot rise faster than 0.01 a level of contrast, however cover is measured.

    Measured on 512 px renderings (share; score): six small sketches 0.13 to 0.32; 0.29 to 1.00. The
    first 17 programs of the reference pool 0.27 to 0.91 (most in full-bleed scenes); 0.66 to 1.00. A dot of
    14 px, a line, a single leaf 0.00 to 0.02; 0.04 to 0.16. Forty discs that leave no paper 0.95; 0.82.

    Range [0, 1], higher is better. Component `share`: the share of the sheet that carries paint, [0, 1],
    where a cell counts from 8 levels of distance and fully from 24.
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
        """Raises `NoSpread` if it gives all samples, or those pictures that ship, the same value."""
        from rewards.preflight import check_spread

        check_spread(self, samples)

    def _score(self, rendering: Rendering) -> Score:
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        image = rendering.image
        if not rendering.ok or image is None or is_constant(image):
            return Score(0.0, {"share": 0.0}, reason=rendering.message or "nothing was painted")
        contrast = _contrast(image)
        share = float(np.clip((contrast - 8) / 16, 0, 1).mean())
        return Score(self._value(contrast), {"share": share}, reason=f"paint on {share:.0%} of the sheet")

    def critique(self, sample: Sample, /) -> str:
        """Tells a painter, without a figure, what keeps the score down; `""` where nothing does or nothing is there."""
        image = sample.rendering.image
        if not sample.rendering.ok or image is None or is_constant(image):
            return ""
        contrast = _contrast(image)
        risen, dry = self._sides(contrast)
        if min(risen, dry) >= CONTENT:
            return ""
        if dry < risen:
            return "Hardly any bare paper is left: let some of it show."
        if (contrast > 2 * FAINT).mean() < self.low:
            return "Most of the paper is bare: paint larger, or paint more."
        return "The paint is pale: use stronger or darker colours."

    def _value(self, contrast: NDArray[np.float64]) -> float:
        return min(self._sides(contrast))

    def _sides(self, contrast: NDArray[np.float64]) -> tuple[float, float]:
        """Returns how far the paint rises to `low`, and how far it stays from a flood, both [0, 1]."""
        strength = np.sort(((contrast - FAINT) / (DEEP - FAINT)).clip(0, 1))[::-1]
        share = np.arange(1, len(strength) + 1) / len(strength)  # of the sheet, at least as strong
        risen = np.minimum(strength, share / self.low).max()
        flooded = np.minimum(strength, (share - self.high) / (1 - self.high)).max()
        return float(risen), float(1 - max(flooded, 0))


def _contrast(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Returns the distance of each cell of the grid from the paper, in levels, `(cells,)`."""
    height, width, _ = image.shape
    rows, columns = _starts(height), _starts(width)
    # Sums of integers: the same to the last bit for every memory layout.
    ends = np.append(rows[1:], height)
    bands = [image[a:b].sum(axis=0, dtype=np.uint32) for a, b in zip(rows, ends, strict=True)]
    sums = np.add.reduceat(np.stack(bands), columns, axis=1)
    pixels = np.outer(np.diff(rows, append=height), np.diff(columns, append=width))
    cells = sums / pixels[..., np.newaxis]
    framed = np.ones(pixels.shape, dtype=bool)
    y, x = (max(1, round(FRAME * len(starts))) for starts in (rows, columns))
    framed[y:-y, x:-x] = False
    paper = np.median(cells[framed], axis=0)
    return np.abs(cells - paper).max(axis=-1).ravel()  # type: ignore[no-any-return]


def _starts(side_px: int) -> NDArray[np.intp]:
    cells = min(CELLS, max(1, side_px // CELL_PX))
    return np.arange(cells) * side_px // cells
