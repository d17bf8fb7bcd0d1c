"""Findings drawn on the picture of a page: a numbered box for each, in the colour of its kind."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from rewards.types import Finding

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "contrast": "#8e24aa",
        "tiny_text": "#00796b",
        "clipped": "#c2410c",
        "overlap": "#c62828",
        "overflow": "#ad1457",
        "misaligned": "#1565c0",
        "unstyled": "#5d4037",
        "white_space": "#546e7a",
        "blank_area": "#546e7a",
        "axe": "#2e7d32",
    }
)
"""Of the kinds that the auditor of pages finds, each dark enough for white digits."""

OTHER = "#37474f"
EDGE_PX, DIGITS_PX, PADDING_PX = 3, 18, 4
LEAST_PX = 10  # side of a box, which grows to it
TINTED = 0.3  # of the picture, up to which a box is tinted
TINT = 0.12  # of the colour, that lies over the inside of a box

_Area = tuple[int, int, int, int]


def colour_of(kind: str) -> str:
    """Returns the colour in which findings of a kind are drawn, such as `#c62828`; for legends."""
    return COLOURS.get(kind, OTHER)


def mark_findings(png: bytes, findings: Sequence[Finding]) -> bytes:
    """Returns a picture with a box round, and a number for each finding that has a box.

    Numbers count all findings from 1, so that a list beside the picture has the same ones. A finding without a box on
    the picture is left out. Labels keep clear of each other where there is room.

    Args:
        png: The full picture of a page.
        findings: With boxes in its pixels.

    Returns:
        A PNG file of the same size.
    """
    from PIL import Image, ImageColor, ImageDraw, ImageFont

    with Image.open(io.BytesIO(png)) as read:
        picture = read.convert("RGB")
    placed = [
        (number, each.kind, box)
        for number, each in enumerate(findings, 1)
        if (box := _inside(each.box, picture.size)) is not None
    ]
    # Large ones first, so that small ones lie on top.
    placed.sort(key=lambda told: (-_size(told[2]), told[0]))
    for _, kind, box in placed:
        if _size(box) <= TINTED * picture.width * picture.height:
            _tint(picture, box, ImageColor.getrgb(colour_of(kind))[:3])
    drawing, font = ImageDraw.Draw(picture), ImageFont.load_default(DIGITS_PX)
    for _, kind, box in placed:
        for grown, colour in ((EDGE_PX + 1, "white"), (EDGE_PX, colour_of(kind))):
            right, bottom = picture.width - 1, picture.height - 1
            edge = (
                max(box[0] - grown, 0),
                max(box[1] - grown, 0),
                min(box[2] + grown, right),
                min(box[3] + grown, bottom),
            )
            drawing.rectangle(edge, outline=colour, width=grown)
    taken: list[_Area] = []
    for number, kind, box in sorted(placed):
        _label(drawing, font, str(number), colour_of(kind), box, picture.size, taken)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _tint(picture: Image.Image, box: _Area, colour: tuple[int, ...]) -> None:
    from PIL import Image

    inside = picture.crop(box)
    picture.paste(Image.blend(inside, Image.new("RGB", inside.size, colour), TINT), box[:2])


def _label(
    drawing: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    text: str,
    colour: str,
    box: _Area,
    size: tuple[int, int],
    taken: list[_Area],
) -> None:
    """Writes a number at a corner of a box where no other number stands; the last corner serves if all are taken."""
    width = round(drawing.textlength(text, font=font)) + 2 * PADDING_PX
    height = DIGITS_PX + 2 * PADDING_PX
    left, top, right, bottom = box
    corners = [
        (left, top - height),
        (left, top),
        (right - width, top - height),
        (right - width, top),
        (left, bottom),
        (right - width, bottom),
        *((left + step * (width + 2), top) for step in range(1, 6)),
    ]
    label = (0, 0, 0, 0)
    for x, y in corners:
        x, y = min(max(x, 0), size[0] - width), min(max(y, 0), size[1] - height)
        label = (x, y, x + width, y + height)
        if not any(_share(label, other) for other in taken):
            break
    taken.append(label)
    drawing.rounded_rectangle(label, radius=4, fill=colour, outline="white", width=1)
    drawing.text(
        ((label[0] + label[2]) / 2, (label[1] + label[3]) / 2), text, fill="white", font=font, anchor="mm"
    )


def _inside(box: _Area | None, size: tuple[int, int]) -> _Area | None:
    """Returns the part of a box that lies on the picture, at least `LEAST_PX` wide and high; None if there is none."""
    if box is None:
        return None
    left, top, right, bottom = box
    if right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1]:
        return None
    (left, right), (top, bottom) = _grown(left, right, size[0]), _grown(top, bottom, size[1])
    return left, top, right, bottom


def _grown(first: int, last: int, side: int) -> tuple[int, int]:
    missing = max(0, LEAST_PX - (last - first))
    return max(0, first - missing // 2), min(side - 1, last + missing - missing // 2)


def _size(box: _Area) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _share(one: _Area, other: _Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
