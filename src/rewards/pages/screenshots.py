"""The screenshots of a page as a judge is shown them: what opens, and the whole page where that is more."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from rewards.errors import MachineError
from rewards.types import Rendering, version_of

CODE = 1  # rises when the same page would be shown in another way
LONGEST_PX = 2048  # either side of a picture, to which models scale what is larger by themselves

_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def screenshots(rendering: Rendering) -> tuple[bytes, ...]:
    """Returns one or two PNG files of pixels alone: the viewport, and the full page if it is another picture.

    A canvas that records neither is shown by its image.

    Args:
        rendering: Of a page that painted.

    Raises:
        MachineError: There is no picture, or one cannot be read.
    """
    shown = [_shown(rendering.pictures[name]) for name in ("viewport", "full") if name in rendering.pictures]
    if not shown and rendering.image is not None and rendering.image.size:
        shown = [_encoded(Image.fromarray(np.ascontiguousarray(rendering.image)))]
    if not shown:
        raise MachineError("The rendering has no picture of the page.")
    return tuple(dict.fromkeys(shown))


def treatment() -> str:
    """Returns a hash of all that decides how a page is shown."""
    return version_of("screenshots", [CODE, LONGEST_PX])


@lru_cache(maxsize=64)
def _shown(png: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as read:
            return _encoded(read.convert("RGB"))
    except _BROKEN as error:
        raise MachineError(f"A picture of the page cannot be read ({error}).") from None


def _encoded(picture: Image.Image) -> bytes:
    longest = max(picture.size)
    if longest > LONGEST_PX:
        width, height = (max(1, round(side * LONGEST_PX / longest)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Returns the `(height, width, 3)` levels of a PNG file.

    Raises:
        MachineError: It cannot be read.
    """
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as read:
            return np.asarray(read.convert("RGB"))
    except _BROKEN as error:
        raise MachineError(f"A picture of the page cannot be read ({error}).") from None
