"""Lures that are made from a finished picture: its pixels in another order, other colours, or as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from rewards.measuring.damages import blur, shortcuts
from rewards.pictures import shipped

Pixels = NDArray[np.uint8]

GREY = np.array([0.299, 0.587, 0.114])  # share of each channel in the lightness, ITU-R BT.601
CELLS = 64  # of a pasted picture, along each side
PASTED = """// A finished picture as numbers, one colour a square.
const CELLS = [
%s
];

function setup() {
  createCanvas(512, 512, WEBGL);
  background("#ffffff");
  noStroke();
  CELLS.forEach((row, y) =>
    row.forEach((cell, x) => {
      fill(cell);
      rect(x * %d - 256, y * %d - 256, %d, %d);
    }),
  );
}

function draw() {
  noLoop();
}
"""


def saturated(image: Pixels) -> Pixels:
    """Draws every colour away from grey, to 8 times its distance."""
    grey = (image @ GREY)[..., None]
    return _rounded(grey + 8 * (image - grey))


def faded(image: Pixels) -> Pixels:
    """Leaves 15 % of the contrast with white."""
    return _rounded(255 - 0.15 * (255.0 - image))


def mud(image: Pixels) -> Pixels:
    """Keeps light and dark, at half the contrast, in one brown grey."""
    light = 60 + 0.45 * (image @ GREY)[..., None]
    return _rounded(light * np.array([1.04, 0.98, 0.9]))


def hue_turned(image: Pixels) -> Pixels:
    """Exchanges the channels for each other: yellow turns to cyan, green to blue."""
    return np.ascontiguousarray(np.roll(image, 1, axis=-1))


def negative(image: Pixels) -> Pixels:
    """Exchanges light and dark."""
    return 255 - image


def mirrored(image: Pixels) -> Pixels:
    """Exchanges left and right."""
    return np.ascontiguousarray(image[:, ::-1])


def upside_down(image: Pixels) -> Pixels:
    """Turns the picture by 180 degrees."""
    return np.ascontiguousarray(image[::-1, ::-1])


def kaleidoscope(image: Pixels) -> Pixels:
    """Mirrors the upper left quarter into the other three."""
    height, width = (side // 2 for side in image.shape[:2])
    upper = np.concatenate([image[:height, :width], image[:height, :width][:, ::-1]], axis=1)
    return np.ascontiguousarray(np.concatenate([upper, upper[::-1]]))


def cropped(image: Pixels) -> Pixels:
    """Cuts 3 % off each side and scales what is left up again."""
    height, width = image.shape[:2]
    margin = round(0.03 * width)
    return _resized(image[margin : height - margin, margin : width - margin], width, height)


def thumbnail(image: Pixels) -> Pixels:
    """Puts the picture, an eighth as wide, into the middle of a sheet of its own paper colour."""
    height, width = image.shape[:2]
    small = _resized(image, width // 8, height // 8)
    sheet = np.broadcast_to(image[2, 2], image.shape).copy()
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    sheet[top : top + small.shape[0], left : left + small.shape[1]] = small
    return sheet


def _shuffled(image: Pixels) -> Pixels:
    return np.ascontiguousarray(shortcuts(image)["shuffled"])


def _static(image: Pixels) -> Pixels:
    return shortcuts(image)["static"]


def _blurred(image: Pixels) -> Pixels:
    return blur(image, 1.0)


MADE: Mapping[str, Callable[[Pixels], Pixels]] = {
    "blurred": _blurred,
    "cropped": cropped,
    "faded": faded,
    "hue_turned": hue_turned,
    "kaleidoscope": kaleidoscope,
    "mirrored": mirrored,
    "mud": mud,
    "negative": negative,
    "saturated": saturated,
    "shuffled": _shuffled,
    "static": _static,
    "thumbnail": thumbnail,
    "upside_down": upside_down,
}
"""By name, each from `(height, width, 3)` uint8 sRGB to the same; the same picture gives the same bytes."""


def make(made: str, honest: Pixels) -> Pixels:
    """Returns the picture of a lure.

    Args:
        made: A name of `MADE`, which changes the honest picture; with an id of `rewards.pictures` behind it, it
            changes that picture instead, such as `mirrored tulip-trio`.
        honest: What the honest twin painted.
    """
    how, _, reference = made.partition(" ")
    return MADE[how](shipped()[reference] if reference else honest)


def pasted_program(reference: str) -> str:
    """Returns a sketch that holds a picture of `rewards.pictures` as 4,096 colours and paints it as squares."""
    cells = _resized(shipped()[reference], CELLS, CELLS)
    rows = (", ".join('"#%02x%02x%02x"' % tuple(cell) for cell in row.tolist()) for row in cells)  # noqa: UP031
    side = 512 // CELLS
    return PASTED % ("\n".join(f"  [{row}]," for row in rows), side, side, side, side)


def _resized(image: Pixels, width: int, height: int) -> Pixels:
    from PIL import Image

    return np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.LANCZOS))


def _rounded(image: NDArray[np.floating]) -> Pixels:
    return np.clip(np.round(image), 0, 255).astype(np.uint8)
