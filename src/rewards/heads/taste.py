"""`taste`: what somebody would rate a painting, learned from the ratings that they gave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rewards.heads.headed import Headed
from rewards.types import Sample, Score, Traits

TAIL = 0.05  # of the scale, at each end, for what lies beyond all that was rated

COMPONENTS = ("taste_guard",)
_FAINT = (
    "a step of one level near black moves the thumbnail's OKLab by 0.07: the eye sees that step, and ratings of dark "
    "pictures hang on it"
)


class Taste(Headed):
    """How a rater would rank a painting among those they rated, by a head on frozen features.

    value = scale(w . x + b) * guard(x), where x is the feature of an encoder beside a 16 x 16 thumbnail in OKLab, and w
    is a ridge regression fitted to the ratings (`codepaint taste fit`). scale maps to [0, 1] by rank: its steps are the
    quantiles of the head's outputs for paintings that it had not seen, so 0.5 is better than half of them. The ends,
    0.05 wide each, continue as exponentials, so the value still rises below the worst and above the best. guard falls
    from 1 to 0 for pictures unlike all rated ones, because the ratings say nothing about those.

    Range [0, 1], higher is better. Component `taste_guard`: the value of guard, 1 if it takes nothing away.

    Args:
        file: File of the head; None takes the one that ships, fitted on the rated candidates of the shipped pool.
        device: Device of the encoder, as torch names it; None takes a GPU if there is one.

    Raises:
        MissingPart: There is no such file, or the extra `models` is not installed.
        SpecError: The file is damaged, no taste, or fitted on features that this encoder does not give.
    """

    def __init__(self, *, file: str | Path | None = None, device: str | None = None) -> None:
        traits = Traits(tolerance=1e-4, components=COMPONENTS, disclaims={"18": _FAINT})
        super().__init__("taste", file, device, traits)

    def scored(self, sample: Sample, row: NDArray[np.float64]) -> Score:
        """Returns the score of a painted sample from its row, `(1, d)`."""
        raw, left = float(self.head.raw(row)[0, 0]), float(self.head.guard.left(row)[0])
        share = on_ladder(raw, self.head.ladder)
        reason = f"ranks above {share:.0%} of unseen paintings" + (
            " and is unlike what was rated" if left < 1 else ""
        )
        return Score(share * left, {COMPONENTS[0]: left}, reason=reason)


def on_ladder(raw: float, ladder: NDArray[np.float64]) -> float:
    """Returns the place of a raw value on a ladder, (0, 1): linear between rungs, exponential beyond the ends."""
    spread = max(float(ladder[-1] - ladder[0]), np.finfo(float).tiny)
    if raw < ladder[0]:
        return TAIL * float(np.exp((raw - ladder[0]) / (TAIL * spread)))
    if raw > ladder[-1]:
        return 1 - TAIL * float(np.exp((ladder[-1] - raw) / (TAIL * spread)))
    rungs = np.linspace(TAIL, 1 - TAIL, len(ladder))
    return float(np.interp(raw, ladder, rungs))
