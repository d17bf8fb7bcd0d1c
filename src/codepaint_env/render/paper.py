"""Lays a picture on white paper, and fits it to a canvas's size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rewards.types import Finding


def on_white(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lays a picture of `(height, width, 4)` uint8 with premultiplied alpha on white: `(height, width, 3)` uint8."""
    rgb = np.empty((*rgba.shape[:2], 3), np.uint8)
    for channel in range(3):  # ten times as fast as all at once
        rgb[..., channel] = rgba[..., channel]
    if rgba[..., 3].min() < 255:
        rgb += np.minimum(255 - rgba[..., 3:], 255 - rgb)
    return rgb


def fit(rgb: NDArray[np.uint8], size_px: tuple[int, int]) -> tuple[NDArray[np.uint8], list[Finding]]:
    """Fits a picture into the middle of white paper.

    Args:
        rgb: `(height, width, 3)` uint8.
        size_px: Width and height of the paper.

    Returns:
        `(height, width, 3)` uint8 of the paper and, if the picture's size was another, the finding `rescaled`.
    """
    from PIL import Image

    height, width = rgb.shape[:2]
    if (width, height) == size_px:
        return rgb, []
    scale = min(size_px[0] / width, size_px[1] / height)
    fitted = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(rgb).resize(fitted, Image.Resampling.BOX)
    paper = Image.new("RGB", size_px, "white")
    paper.paste(small, ((size_px[0] - fitted[0]) // 2, (size_px[1] - fitted[1]) // 2))
    note = Finding(
        "rescaled", f"The canvas was {width} x {height} and is shown at {fitted[0]} x {fitted[1]}."
    )
    return np.asarray(paper).copy(), [note]
