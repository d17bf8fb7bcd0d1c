"""95 % intervals of shares and means."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Z = 1.959964  # of a normal distribution, 95 %
DRAWS = 2000


def interval(held: float, tried: int) -> tuple[float, float]:
    """Returns Wilson's 95 % interval of a share (Wilson 1927); what half held counts 0.5."""
    if not tried:
        return 0.0, 1.0
    share, pull = held / tried, Z**2 / tried
    middle = (share + pull / 2) / (1 + pull)
    half = Z / (1 + pull) * math.sqrt(share * (1 - share) / tried + pull / (4 * tried))
    return max(0.0, middle - half), min(1.0, middle + half)


def mean(values: Sequence[float]) -> str:
    """Tells a mean with its interval over 2,000 draws of the values, such as `0.12 (0.08 to 0.17)`."""
    if not values:
        return "nothing to average"
    drawn = np.random.default_rng(0).choice(np.asarray(values, np.float64), (DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{np.mean(values):.3f} ({low:.3f} to {high:.3f})"
