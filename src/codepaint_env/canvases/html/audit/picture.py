"""The full-page picture as numbers: what can be seen in a place, and where nothing is."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.html.audit.snapshot import Box

CELL_PX = 20  # side of the cells in which emptiness is counted
FLAT = 10  # levels between the darkest and the lightest of a cell in which nothing is
MOST_PIXELS = 16_000  # of one text that are looked at
SEEN = 14  # levels by which something must differ from what is round it to be seen

Levels = NDArray[np.uint8]


class FullPicture:
    """The picture of a whole page, from its top left corner; what lies beyond its edges was not drawn.

    Attributes:
        levels: `(height, width, 3)` uint8 sRGB.
        busy: `(rows, columns)`, whether something is in each cell of `CELL_PX` pixels.
    """

    def __init__(self, png: bytes) -> None:
        from PIL import Image

        with Image.open(io.BytesIO(png), formats=("PNG",)) as read:
            self.levels: Levels = np.asarray(read.convert("RGB"))
        self.busy = _busy(self.levels)

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.levels.shape[1])

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.levels.shape[0])

    @property
    def edges(self) -> Box:
        """The box of all of it."""
        return 0.0, 0.0, float(self.width), float(self.height)

    def crop(self, box: Box) -> Levels:
        """Returns the pixels of a box, as far as they were drawn; of a large box every second one, or third."""
        left, top, right, bottom = whole(box)
        found = self.levels[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        step = max(1, int((found.shape[0] * found.shape[1] / MOST_PIXELS) ** 0.5))
        return found[::step, ::step]

    def cells(self, box: Box) -> tuple[slice, slice]:
        """Returns the rows and columns of the cells that a box touches."""
        left, top, right, bottom = whole(box)
        rows, columns = self.busy.shape
        return (
            slice(max(0, top // CELL_PX), min(rows, -(-bottom // CELL_PX))),
            slice(max(0, left // CELL_PX), min(columns, -(-right // CELL_PX))),
        )


def whole(box: Box) -> tuple[int, int, int, int]:
    """Returns the pixels that a box touches."""
    left, top, right, bottom = box
    return int(np.floor(left)), int(np.floor(top)), int(np.ceil(right)), int(np.ceil(bottom))


def ground(crop: Levels) -> NDArray[np.float64]:
    """Returns the colour on which something stands: the median of each channel, as letters cover less than half."""
    middle: NDArray[np.float64] = np.median(crop.reshape(-1, 3), axis=0)
    return middle


def stands_out(crop: Levels) -> bool:
    """Tells whether anything can be seen in a place, in colour or in light."""
    if crop.size == 0:
        return False
    apart = np.abs(crop.astype(np.int16) - ground(crop).astype(np.int16)).max(axis=2)
    # A few stray pixels are the corner of something else.
    return int(np.count_nonzero(apart >= SEEN)) >= max(2, int(apart.size) // 200)


def ratio(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Returns the contrast of two sRGB colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: NDArray[np.float64]) -> float:
    """Returns the relative luminance of an sRGB colour of levels 0 to 255 (WCAG 2.2)."""
    return float(_linear()[np.clip(np.round(colour), 0, 255).astype(int)] @ (0.2126, 0.7152, 0.0722))


@cache
def _linear() -> NDArray[np.float64]:
    share = np.arange(256) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _busy(levels: Levels) -> NDArray[np.bool_]:
    """Returns for each cell whether its levels differ by more than `FLAT` in some channel; parts at the end count."""
    height, width, _ = levels.shape
    rows, columns = np.arange(0, height, CELL_PX), np.arange(0, width, CELL_PX)
    if not rows.size or not columns.size:
        return np.zeros((0, 0), np.bool_)
    most = np.maximum.reduceat(np.maximum.reduceat(levels, rows, axis=0), columns, axis=1)
    least = np.minimum.reduceat(np.minimum.reduceat(levels, rows, axis=0), columns, axis=1)
    return np.asarray((most.astype(np.int16) - least).max(axis=2) > FLAT)
