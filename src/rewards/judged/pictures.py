"""Pictures as a judge is shown them: one size, one small loss, letters blurred, nothing but pixels in a PNG file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, features

from rewards.errors import SpecError
from rewards.painted.lettering import (
    LEAST_PX,
    LINE,
    LINE_SHARE,
    MARGIN,
    SOFTNESS,
    Box,
    Picture,
    blurred,
)
from rewards.types import version_of

CODE = 1  # rises when the same picture would make another file
QUALITY, EFFORT = 85, 6  # of WebP, as a pool's pictures are kept
SIDE_PX, LEAST_SIDE_PX = 512, 16  # of the square, where nothing else is said
PAPER = (255, 255, 255)  # beside pictures that are not square


@lru_cache(maxsize=32)
def shown(
    picture: Picture, boxes: Sequence[Box] = (), *, size_px: int = SIDE_PX, kept: bool = False
) -> bytes:
    """Returns the PNG file of a picture for a judge: a square without alpha and metadata.

    The pool keeps its pictures as WebP of quality 85, which moves a pixel by 1.4 levels on average: a judge might tell
    them from lossless candidates, and a policy might find out. So a candidate is kept in the same way before it is
    shown. A program of the pool, painted again, gives exactly the bytes of its reference.

    Areas with letters are blurred after that. Only a picture's own areas are: if those of one were blurred in both,
    a policy could write over the places where its references are strong.

    Args:
        picture: A candidate or a reference.
        boxes: Areas to be blurred, in pixels of the picture.
        size_px: Side of the square; what is not square stands in its middle, on white.
        kept: It comes from such a WebP file already.
    """
    square, scale, (x, y) = _fitted(picture.image, size_px)
    if not kept or scale != 1:
        square = _as_kept(square)
    places = [
        (x + left * scale, y + top * scale, x + right * scale, y + bottom * scale)
        for left, top, right, bottom in boxes
    ]
    file = io.BytesIO()
    blurred(square, places).save(file, "PNG", compress_level=3)
    return file.getvalue()


def checked_side(size_px: int) -> int:
    """Returns the side of the square in which a judge is shown pictures, if it can be one.

    Raises:
        SpecError: It is no whole number of at least 16.
    """
    if type(size_px) is not int or size_px < LEAST_SIDE_PX:
        raise SpecError(f"size_px is {size_px!r}; it is a whole number of pixels, at least {LEAST_SIDE_PX}.")
    return size_px


def treatment() -> str:
    """Returns a hash of all that decides how a picture is shown."""
    told = [
        CODE,
        QUALITY,
        EFFORT,
        PAPER,
        MARGIN,
        LINE,
        LINE_SHARE,
        SOFTNESS,
        LEAST_PX,
        features.version("webp"),
    ]
    return version_of("shown", told)


def share_of(boxes: Iterable[Box], shape: Sequence[int]) -> float:
    """Returns which share of a picture `(height, width, ...)` lies in boxes, [0, 1]."""
    covered = np.zeros(shape[:2], bool)
    for left, top, right, bottom in boxes:
        covered[top:bottom, left:right] = True
    return float(covered.mean()) if covered.size else 0.0


def _fitted(image: NDArray[np.uint8], size_px: int) -> tuple[Image.Image, float, tuple[int, int]]:
    """Returns a picture in the middle of the square, how much larger it became, and where it begins."""
    picture = Image.fromarray(image)
    scale = size_px / max(picture.size)
    if picture.size == (size_px, size_px):
        return picture, 1.0, (0, 0)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    at = (size_px - width) // 2, (size_px - height) // 2
    square = Image.new("RGB", (size_px, size_px), PAPER)
    square.paste(picture.resize((width, height), Image.Resampling.LANCZOS), at)
    return square, scale, at


def _as_kept(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=EFFORT)
    with Image.open(file) as read:
        return read.convert("RGB")
