"""What a page shows at one moment: its visible elements as they look, and its pictures as pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Element:
    """One element that can be seen.

    Attributes:
        tag: Its name, such as `button`.
        box: Left, top, width, height; in pixels of the page, of the viewport where it is fixed there.
        text: What stands in it directly, not in its children.
        looks: Colours, opacity and the like, one after the other.
        state: ARIA attributes, `disabled`, `open`, `checked`, `value`, `scroll`.
        pixels: `""`, or what kind of picture it is; two names of the same kind are compared by their pixels.
        shown: Left, top, right, bottom of what no ancestor clips, in pixels of the viewport.
        role: Its `role` attribute.
        own: Whether it was acted on: `""`, `self`, `within` (a part of it), `label` (of it), `edited` (what the browser
            itself changes: a text that is typed into, what a summary unfolds) or `peer` (a field of the same form, a
            radio button of the same group).
    """

    tag: str
    box: Box
    text: str = ""
    looks: str = ""
    state: Mapping[str, str] = field(default_factory=dict)
    pixels: str = ""
    shown: Box = (0, 0, 0, 0)
    role: str = ""
    own: str = ""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A page at one moment.

    Attributes:
        elements: What can be seen, by selector, in document order.
        scroll: Left and top of what the viewport shows of the page, pixels.
        height: Of the page, pixels.
        picture: The viewport as a PNG file; None where none was taken.
        fragment: What stands behind `#` in the address.
    """

    elements: Mapping[str, Element]
    scroll: tuple[int, int] = (0, 0)
    height: int = 0
    picture: bytes | None = None
    fragment: str = ""

    @cached_property
    def pixels(self) -> NDArray[np.int16] | None:
        """`(height, width, 3)` int16 of the viewport, or None."""
        if self.picture is None:
            return None
        from PIL import Image

        with Image.open(BytesIO(self.picture)) as image:
            return np.asarray(image.convert("RGB"), dtype=np.int16)

    @property
    def paints(self) -> bool:
        """True if it shows a canvas or another picture, whose pixels alone tell what it shows."""
        return any(element.pixels for element in self.elements.values())


def snapshot_of(told: Mapping[str, Any], picture: bytes | None = None) -> Snapshot:
    """Reads what `observe.js` returned."""
    elements: dict[str, Element] = {}
    for selector, tag, left, top, width, height, text, looks, state, pixels, shown, role, own in told[
        "elements"
    ]:
        box = (int(left), int(top), int(width), int(height))
        elements[selector] = Element(tag, box, text, looks, dict(state), pixels, _box(shown), role, own)
    return Snapshot(
        elements, (int(told["scroll"][0]), int(told["scroll"][1])), int(told["height"]), picture, told["hash"]
    )


def _box(told: Sequence[float]) -> Box:
    left, top, right, bottom = (int(each) for each in told)
    return left, top, right, bottom
