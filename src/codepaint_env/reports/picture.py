"""Pictures as the reports hold them: lossy WebP in an address of its own, at the size at which they are looked at."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from rewards.errors import MachineError
from rewards.types import Rendering

QUALITY = 88  # of WebP: 20 to 100 kB a painting, with no difference to be seen
FACE_PX = 960  # width of the picture by which a page is known in a report of many


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a report holds it.

    Attributes:
        address: Holds its own data.
        width: Of the picture itself, in pixels; the data may be smaller.
        height: Likewise.
    """

    address: Markup
    width: int
    height: int


def face(rendering: Rendering) -> Picture | None:
    """Returns the picture by which a sample is known: a page as it opens, else what was painted; None for nothing."""
    page = picture(rendering.pictures.get("viewport"), FACE_PX)
    if page is not None or rendering.image is None:
        return page
    return _encoded(rendering.image, rendering.image.shape[1])


@lru_cache(maxsize=256)
def picture(png: bytes | None, widest_px: int) -> Picture | None:
    """Returns a PNG file as lossy WebP; None where there is none, or it cannot be read."""
    from rewards.pages.screenshots import pixels

    if png is None:
        return None
    try:
        levels = pixels(png)
    except MachineError:
        return None
    return _encoded(levels, widest_px)


def _encoded(levels: NDArray[np.uint8], widest_px: int) -> Picture:
    from PIL import Image

    height, width = levels.shape[:2]
    shown = Image.fromarray(np.ascontiguousarray(levels))
    if width > widest_px:
        shown = shown.resize((widest_px, max(1, round(height * widest_px / width))), Image.Resampling.BOX)
    file = io.BytesIO()
    shown.save(file, format="WEBP", quality=QUALITY)
    data = base64.b64encode(file.getvalue()).decode("ascii")
    return Picture(Markup("data:image/webp;base64," + data), width, height)
