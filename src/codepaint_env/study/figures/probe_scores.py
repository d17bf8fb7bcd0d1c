"""What rewards say of probes and of searches against them: what hackability is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ProbeTable:
    """The values of lures and of their honest pictures.

    Attributes:
        names: Of the probes, `(p,)`.
        lures: By label of the reward the values of the probes, `(p,)`; NaN where it gave none.
        twins: The same of their honest pictures.
    """

    names: tuple[str, ...]
    lures: Mapping[str, Numbers]
    twins: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True, eq=False)
class ClimbScores:
    """What a search against one reward found.

    Attributes:
        evaluations: After how many of them the best picture so far was taken, rising, `(k,)`.
        own: `(starts, k)` value of that picture under the reward that was climbed.
        gold: `(starts, k)` value of that picture under a gold that the search did not see.
    """

    evaluations: tuple[int, ...]
    own: Numbers
    gold: Numbers
