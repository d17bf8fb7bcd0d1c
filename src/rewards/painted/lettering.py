"""What is done about letters in a picture: where they stand, and how they are made unreadable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from rewards.errors import MissingPart
from rewards.types import Rendering, version_of

CODE = 1  # rises when the same areas would be blurred otherwise
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


def boxes_of(rendering: Rendering, picture: Picture) -> tuple[Box, ...]:
    """Returns where letters stand in a rendering's picture: as was recorded, else as is found now.

    Raises:
        MissingPart: Nothing was recorded, and the extra `text` is not installed.
        MachineError: The detector failed.
    """
    if "text" not in rendering.evidence:
        return letters_in(picture)
    found = [each.box for each in rendering.findings if each.kind == "text" and each.box is not None]
    clipped = (inside(box, picture.shape) for box in found)
    return tuple(box for box in clipped if box is not None)


@lru_cache(maxsize=32)
def letters_in(picture: Picture) -> tuple[Box, ...]:
    """Returns where letters stand in a picture, as `text_areas` finds them."""
    from rewards.painted.letters import text_areas

    return tuple(area.box for area in text_areas(picture.image))


@cache
def detector_of(reward: str) -> str:
    """Returns the version of what finds letters, for a reward that blurs them.

    Args:
        reward: Its name, for the message.

    Raises:
        MissingPart: The extra `text` is not installed.
    """
    from rewards.painted.letters import fingerprint

    try:
        return fingerprint()
    except MissingPart as error:
        raise MissingPart(f"{reward}: {error} Or leave letters as they are with text='keep'.") from None


def inside(box: Box, shape: Sequence[int]) -> Box | None:
    """Returns the part of a box that lies in a picture `(height, width, ...)`; None if there is none."""
    height, width = shape[:2]
    left, right = (min(max(edge, 0), width) for edge in (box[0], box[2]))
    top, bottom = (min(max(edge, 0), height) for edge in (box[1], box[3]))
    return (left, top, right, bottom) if left < right and top < bottom else None


def blurred(picture: Image.Image, boxes: Sequence[tuple[float, float, float, float]]) -> Image.Image:
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


def blurred_pixels(image: NDArray[np.uint8], boxes: Sequence[Box]) -> NDArray[np.uint8]:
    """Returns a picture, `(height, width, 3)` uint8, of which areas are blurred."""
    return np.asarray(blurred(Image.fromarray(np.ascontiguousarray(image)), boxes))


def blur_version() -> str:
    """Returns a hash of all that decides what `blurred_pixels` makes of a picture."""
    return version_of("blurred", [CODE, MARGIN, LINE, LINE_SHARE, SOFTNESS, LEAST_PX])
