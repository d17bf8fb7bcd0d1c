"""Pictures as a judge is shown them: one size, one small loss, letters blurred, nothing but pixels in a PNG file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, features

from rewards.types import version_of

CODE = 1  # rises when the same picture would make another file
QUALITY, EFFORT = 85, 6  # of WebP, as a pool's pictures are kept
PAPER = (255, 255, 255)  # beside pictures that are not square
MARGIN = 0.3  # of a text box's shorter side, blurred all round it
LINE, LINE_SHARE = (
    1.25,
    0.1,
)  # of that side, at most of the square: as far above and below, over lines not found
SOFTNESS = 0.5  # standard deviation of the blur over the shorter side
LEAST_PX = 8  # of that side, so that a thin box is blurred as well

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom lie just outside."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture under the hash of its pixels, so that equal ones are equal.

    Attributes:
        sha256: Hash of the array's bytes, as `PoolEntry.pixels_sha256`.
        shape: Height, width and 3.
        image: `(height, width, 3)` uint8 sRGB.
    """

    sha256: str
    shape: tuple[int, ...]
    image: NDArray[np.uint8] = field(compare=False, repr=False)

    @classmethod
    def of(cls, image: NDArray[np.uint8]) -> Picture:
        """Hashes a picture, however its pixels lie in memory."""
        image = np.ascontiguousarray(image)
        return cls(hashlib.sha256(image.data).hexdigest(), image.shape, image)


@lru_cache(maxsize=32)
def shown(picture: Picture, boxes: Sequence[Box] = (), *, size_px: int = 512, kept: bool = False) -> bytes:
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
    _blurred(square, places).save(file, "PNG", compress_level=3)
    return file.getvalue()


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


def inside(box: Box, shape: Sequence[int]) -> Box | None:
    """Returns the part of a box that lies in a picture `(height, width, ...)`; None if there is none."""
    height, width = shape[:2]
    left, right = (min(max(edge, 0), width) for edge in (box[0], box[2]))
    top, bottom = (min(max(edge, 0), height) for edge in (box[1], box[3]))
    return (left, top, right, bottom) if left < right and top < bottom else None


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


def _blurred(picture: Image.Image, boxes: Sequence[tuple[float, float, float, float]]) -> Image.Image:
    """Blurs areas so much that nothing can be read in them; their colours stay, and no edge shows.

    The lines next to one that was found are blurred with it: where letters stand, a detector may miss some.
    """
    for left, top, right, bottom in boxes:
        width, height = right - left, bottom - top
        side = max(min(width, height), LEAST_PX)
        margin = MARGIN * side
        line = max(margin, min(LINE * side, LINE_SHARE * picture.width))
        x = margin if width >= 1.5 * height else line
        y = margin if height >= 1.5 * width else line
        area = (left - x, top - y, right + x, bottom + y)
        # The mask fades within the margin, the picture is blurred with what lies around the area.
        mask = Image.new("L", picture.size)
        ImageDraw.Draw(mask).rectangle(area, fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(margin / 3))
        soft = picture.filter(ImageFilter.GaussianBlur(SOFTNESS * side))
        picture = Image.composite(soft, picture, mask)
    return picture
