"""Whether a picture visibly changed from one turn to the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOVED_LEVELS = 8  # in any channel; a pixel that moved by no more looks the same
CHANGED_SHARE = 0.005  # of the pixels that must have moved


def moved_share(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Returns the share of pixels that moved by more than 8 levels in any channel, [0, 1].

    Args:
        before: `(height, width, 3)` uint8, sRGB.
        after: The same shape; pictures of different sizes have moved altogether.
    """
    if before.shape != after.shape:
        return 1.0
    moved = np.maximum(before, after) - np.minimum(before, after) > MOVED_LEVELS
    return float((moved[..., 0] | moved[..., 1] | moved[..., 2]).mean())


def visibly_changed(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> bool:
    """True if at least 0.5 % of the pixels moved by more than 8 levels.

    Source: ours. The same program paints the same bytes again, so the threshold is there for edits that nobody
    sees, such as a dot of up to 40 pixels across on a sheet of 512 x 512.
    """
    return moved_share(before, after) >= CHANGED_SHARE
