"""Whether a picture is one flat colour, or there is none; and what a sample scores then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rewards.types import Sample, Score


def is_constant(image: NDArray[np.uint8] | None) -> bool:
    """Tells whether largest and smallest level of each channel differ by at most 2, or nothing is there."""
    if image is None or image.size == 0:
        return True
    # A few pixels are enough to tell most pictures from a flat colour.
    if np.ptp(image[::37, ::37], axis=(0, 1)).max() > 2:
        return False
    # Rows first: reducing both axes at once is a hundred times slower.
    largest, smallest = image.max(axis=0).max(axis=0), image.min(axis=0).min(axis=0)
    return bool((largest - smallest).max() <= 2)


def without_looking(sample: Sample, components: Sequence[str] = ()) -> Score | None:
    """Returns the score of a sample that need not be looked at; None for one that must be.

    Nothing for a machine error; 0, with components of 0, where the program failed or its picture is constant.
    """
    rendering = sample.rendering
    if rendering.status == "machine_error":
        return Score(None, reason=rendering.message)
    if not rendering.ok or is_constant(rendering.image):
        return Score(0.0, dict.fromkeys(components, 0.0), reason=rendering.message or "nothing was painted")
    return None


def image_of(sample: Sample) -> NDArray[np.uint8]:
    """Returns the picture of a sample of which `without_looking` says nothing."""
    assert sample.rendering.image is not None
    return sample.rendering.image
