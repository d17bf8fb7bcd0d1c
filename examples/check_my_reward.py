"""A custom reward, and a test of every law that applies to it.

    pip install 'codepaint-env[testing]' pytest
    pytest examples/check_my_reward.py
    cd examples && codepaint check-reward check_my_reward:Redness

There is one test per law. A test that fails shows the smallest case that breaks the law, and saves its pictures in
`check/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rewards import Sample, Score, Traits
from rewards.painted.blank import is_constant
from rewards.testing import check_reward, laws_for


class Redness:
    """Twice the mean excess of red over green and blue, [0, 1]; a sheet without a painting is worth 0."""

    traits = Traits(range=(0, 1), size_free=True)

    def __call__(self, samples: Sequence[Sample]) -> list[Score]:
        return [self._score(sample) for sample in samples]

    def _score(self, sample: Sample) -> Score:
        rendering = sample.rendering
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)  # nobody's fault but ours: no value
        if not rendering.ok or rendering.image is None or is_constant(rendering.image):
            return Score(0.0, reason=rendering.message)  # the program's fault: the lowest value
        red, green, blue = np.moveaxis(rendering.image / 255.0, -1, 0)
        return Score(float(min(1.0, 2 * (red - np.maximum(green, blue)).clip(0).mean())))


@pytest.mark.parametrize("law", laws_for(Redness))
def test_redness_keeps_the_law(law: str) -> None:
    check_reward(Redness, laws=[law], save=Path("check")).raise_if_failed()
