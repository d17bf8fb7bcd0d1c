"""What a scripted judge sees in a picture, read from the bytes of the file that it was sent."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

GLYPH = 32  # levels: what is at most that dark in each channel counts as written


@dataclass(frozen=True, slots=True)
class Latent:
    """A picture in three numbers, each in [0, 1].

    Attributes:
        quality: 1 - mean level / 255: the more ink, the better.
        saturation: Mean of (largest - smallest channel) / 255.
        text: Share of the pixels that are as dark as writing.
    """

    quality: float
    saturation: float
    text: float


@lru_cache(maxsize=512)
def read_latent(png: bytes) -> Latent:
    """Reads the latent from the bytes of a PNG file."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        image = np.asarray(picture.convert("RGB"))
    largest, smallest = image.max(axis=-1), image.min(axis=-1)
    return Latent(
        quality=1 - float(image.mean()) / 255,
        saturation=float((largest - smallest).mean()) / 255,
        text=float((largest <= GLYPH).mean()),
    )
