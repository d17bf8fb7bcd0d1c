"""An example for `function`: how colourful a picture is, by a formula of two lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

VIVID = 109.0  # "extremely colourful" on the scale of the source


def colourful(image: NDArray[np.uint8]) -> float:
    """Returns the colourfulness of a picture over that of an extremely colourful one, [0, 1].

    With rg = R - G and yb = (R + G) / 2 - B: the standard deviation of both together plus 0.3 times the length of their
    mean, which is M3 of Hasler and Suesstrunk 2003, *Measuring colourfulness in natural images*; capped at 109.
    """
    red, green, blue = np.moveaxis(image.astype(np.float64), -1, 0)
    rg, yb = red - green, (red + green) / 2 - blue
    spread, mean = np.hypot(rg.std(), yb.std()), np.hypot(rg.mean(), yb.mean())
    return float(min(1.0, (spread + 0.3 * mean) / VIVID))
