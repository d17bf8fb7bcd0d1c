"""Pictures as a scorer is sent them: as they were painted, letters blurred, nothing but pixels in a PNG file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

from PIL import Image

from rewards.painted.lettering import Box, Picture, blur_version, blurred
from rewards.types import version_of

CODE = 1  # rises when the same picture would make another file
MOST_PX = 1024  # of the longer side


@lru_cache(maxsize=32)
def sent(picture: Picture, boxes: Sequence[Box] = ()) -> bytes:
    """Returns the PNG file of a picture for a scorer, without alpha and metadata.

    Most scorers see some 224 to 448 px, so that one with a side of more than 1024 px is made smaller.

    Args:
        picture: Of any size.
        boxes: Areas to be blurred, in pixels of the picture.
    """
    image = blurred(Image.fromarray(picture.image), boxes)
    scale = MOST_PX / max(image.size)
    if scale < 1:
        width, height = (max(1, round(side * scale)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=3)
    return file.getvalue()


def treatment() -> str:
    """Returns a hash of all that decides how a picture is sent."""
    return version_of("sent", [CODE, MOST_PX, blur_version()])
