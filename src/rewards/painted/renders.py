"""`renders`: whether a program painted at all."""

from __future__ import annotations

from collections.abc import Sequence

from rewards.painted.blank import is_constant
from rewards.types import Rendering, Sample, Score, Traits, version_of

CODE = 1  # rises when the same evidence would make another value


class Renders:
    """1 if the program painted, 0 if it did not, None where the machine failed."""

    name = "renders"
    needs = frozenset({"image"})
    traits = Traits(noise_floor=1.0, disclaims={"16": "two values by design", "18": "a gate is a step"})

    @property
    def version(self) -> str:
        """Hash of its code: there is nothing to configure."""
        return version_of("Renders", CODE)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample.rendering) for sample in samples]

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises nothing: there is nothing to configure, and a gate may give every sample the same value."""

    def _score(self, rendering: Rendering) -> Score:
        if rendering.status == "machine_error":
            return Score(None, reason=rendering.message)
        return Score(float(rendering.ok and not is_constant(rendering.image)), reason=rendering.message)
