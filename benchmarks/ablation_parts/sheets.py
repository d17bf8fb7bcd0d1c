"""Small pictures whose ink, saturation and written area vary by themselves, for judges and rewards that go by those."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 16  # pixels


def inked_sheets(count: int, seed: int = 0, *, with_ink: float = 0.0) -> list[bytes]:
    """Returns PNG files, each a sheet of one colour with some black pixels on it and a little noise.

    Args:
        count: How many.
        seed: Of all chance.
        with_ink: How far colour goes with ink, [0, 1].
    """
    rng = np.random.default_rng(seed)
    sheets = []
    for _ in range(count):
        level, chance, black = rng.uniform(100, 240), rng.uniform(0, 1), int(rng.integers(0, 60))
        colour = 60 * ((1 - with_ink) * chance + with_ink * (240 - level) / 140)
        sheet = np.full((SIDE, SIDE, 3), level) + rng.permutation([-colour, 0, colour]) / 2
        sheet = (sheet + rng.integers(-3, 4, sheet.shape)).clip(40, 255)
        sheet.reshape(-1, 3)[rng.permutation(SIDE * SIDE)[:black]] = 0
        sheets.append(_png(sheet))
    return sheets


def saturated_sheets(count: int, seed: int = 0) -> list[bytes]:
    """Returns PNG files, each a sheet of one loud colour with hardly any ink."""
    rng = np.random.default_rng(seed)
    sheets = []
    for _ in range(count):
        sheet = np.full((SIDE, SIDE, 3), rng.permutation([255.0, 255.0, rng.uniform(90, 150)]))
        sheets.append(_png((sheet + rng.integers(-3, 4, sheet.shape)).clip(40, 255)))
    return sheets


def _png(sheet: NDArray[np.floating]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(sheet.astype(np.uint8)).save(file, "PNG")
    return file.getvalue()
