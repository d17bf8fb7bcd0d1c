"""Damages that make a painting worse by degrees, and shortcuts that should not pass for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

MILD, STRONG = 0.3, 1.0
PATCHES = 8  # along each side, for the shortcuts


def blur(image: Pixels, strength: float) -> Pixels:
    """Blurs, by up to 3 % of the shorter side."""
    from PIL import Image, ImageFilter

    radius = 0.03 * strength * min(image.shape[:2])
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(radius)))


def noise(image: Pixels, strength: float) -> Pixels:
    """Adds Gaussian noise of up to 80 levels to each channel."""
    return _rounded(image + np.random.default_rng(0).normal(0, 80 * strength, image.shape))


def posterise(image: Pixels, strength: float) -> Pixels:
    """Leaves few levels of each channel, 2 at the least."""
    steps = round(1 + 7 * (1 - strength))
    return _rounded(np.round(image / 255 * steps) / steps * 255)


def occlusion(image: Pixels, strength: float) -> Pixels:
    """Covers up to half of the picture with a rectangle of its mean colour."""
    height, width, _ = image.shape
    side = (0.5 * strength) ** 0.5
    rows, columns = round(height * side), round(width * side)
    top, left = (height - rows) // 2, (width - columns) // 2
    covered = image.copy()
    covered[top : top + rows, left : left + columns] = np.round(image.mean(axis=(0, 1)))
    return covered


def palette(image: Pixels, strength: float) -> Pixels:
    """Exchanges the channels for each other, so that the light stays and the colours are wrong."""
    return _rounded((1 - strength) * image + strength * np.roll(image, 1, axis=-1).astype(np.float64))


DAMAGES: Mapping[str, Callable[[Pixels, float], Pixels]] = {
    "blur": blur,
    "noise": noise,
    "posterise": posterise,
    "occlusion": occlusion,
    "palette": palette,
}
"""By name, as in `Traits.monotone`; a strength is in [0, 1]."""


def shortcuts(image: Pixels) -> dict[str, Pixels]:
    """Returns what only looks like a picture to features that are read carelessly.

    Returns:
        `solid`, its mean colour; `tiled`, one patch of 64 all over; `shuffled`, its 64 patches in another order;
        `static`, noise of its mean and spread.
    """
    rng = np.random.default_rng(0)
    height, width = (side // PATCHES * PATCHES for side in image.shape[:2])
    whole = image[:height, :width]
    rows, columns = height // PATCHES, width // PATCHES
    patches = whole.reshape(PATCHES, rows, PATCHES, columns, 3).swapaxes(1, 2).reshape(-1, rows, columns, 3)
    busiest = int(patches.std(axis=(1, 2, 3)).argmax())
    mixed = patches[rng.permutation(len(patches))].reshape(PATCHES, PATCHES, rows, columns, 3)
    centre, spread = image.mean(axis=(0, 1)), image.std(axis=(0, 1))
    return {
        "solid": np.broadcast_to(_rounded(centre), image.shape).copy(),
        "tiled": np.tile(patches[busiest], (PATCHES, PATCHES, 1)),
        "shuffled": mixed.swapaxes(1, 2).reshape(height, width, 3),
        "static": _rounded(rng.normal(centre, spread, image.shape)),
    }


def _rounded(image: NDArray[np.floating]) -> Pixels:
    return np.clip(np.round(image), 0, 255).astype(np.uint8)
