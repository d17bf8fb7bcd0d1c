"""One sheet that shows what encoders took for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from encoder_parts.measures import Miss

SIDE_PX, GAP_PX, LINE_PX = 120, 8, 16
COLUMNS = 3  # misses in a row


def draw_sheet(path: Path, misses: Mapping[str, Sequence[Miss]]) -> None:
    """Draws each miss as three pictures: what was asked, the right answer, and what was taken for it.

    Args:
        path: Of the PNG file.
        misses: By heading; a heading without misses says so.
    """
    block = 3 * (SIDE_PX + GAP_PX) + 2 * GAP_PX
    heights = [
        LINE_PX + GAP_PX + -(-len(each) // COLUMNS) * (SIDE_PX + LINE_PX + GAP_PX) for each in misses.values()
    ]
    sheet = Image.new("RGB", (COLUMNS * block + GAP_PX, sum(heights) + GAP_PX), "white")
    ink = ImageDraw.Draw(sheet)
    top = GAP_PX
    for (heading, missed), height in zip(misses.items(), heights, strict=True):
        ink.text((GAP_PX, top), heading if missed else f"{heading}: none", fill="black")
        for number, (name, *pictures) in enumerate(missed):
            row, column = divmod(number, COLUMNS)
            x, y = GAP_PX + column * block, top + LINE_PX + row * (SIDE_PX + LINE_PX + GAP_PX)
            for place, picture in enumerate(pictures):
                small = Image.fromarray(picture).resize((SIDE_PX, SIDE_PX))
                sheet.paste(small, (x + place * (SIDE_PX + GAP_PX), y))
            ink.text((x, y + SIDE_PX + 2), name, fill="black")
        top += height
    sheet.save(path)
