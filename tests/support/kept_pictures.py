"""Renderings for a cache to keep, and whether what comes back is the same."""

from __future__ import annotations

import numpy as np

from rewards.types import Rendering

STAGES = frozenset({"source", "image"})


def painting(identity: str, seed: int = 0, size_px: int = 512) -> Rendering:
    """A picture that compresses like watercolour: broad washes with a little grain."""
    rng = np.random.default_rng(seed)
    wash = np.kron(rng.integers(90, 240, (8, 8, 3)), np.ones((size_px // 8, size_px // 8, 1)))
    image = (wash + rng.normal(0, 2, (size_px, size_px, 1))).clip(0, 255).astype(np.uint8)
    return Rendering("ok", image=image, evidence=STAGES, identity=identity)


def same(one: Rendering, other: Rendering) -> bool:
    assert one.image is not None
    assert other.image is not None
    return told_of(one) == told_of(other) and np.array_equal(one.image, other.image)


def told_of(rendering: Rendering) -> list[object]:
    return [getattr(rendering, name) for name in Rendering.__slots__ if name != "image"]
