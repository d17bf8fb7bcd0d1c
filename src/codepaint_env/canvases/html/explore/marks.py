"""Numbered marks on the picture of a page, by which a model tells what it means; the page itself is not touched."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from codepaint_env.canvases.html.explore.candidate import Candidate

COLOURS = ("#d7263d", "#1b6ca8", "#2e7d32", "#8e24aa", "#c25b00")
MOST_MARKS = 40
LABEL_PX = 13


def marked(picture: bytes, candidates: Sequence[Candidate]) -> bytes:
    """Draws a numbered frame around each candidate.

    Args:
        picture: PNG of the viewport.
        candidates: Inside the viewport; the first is number 1.

    Returns:
        A PNG of the same size.
    """
    from PIL import Image, ImageDraw, ImageFont

    with Image.open(BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=LABEL_PX)
    for number, candidate in enumerate(candidates, 1):
        colour = COLOURS[number % len(COLOURS)]
        left, top, right, bottom = candidate.box
        draw.rectangle((left, top, right, bottom), outline=colour, width=2)
        width = 4 + round(draw.textlength(str(number), font=font))
        x, y = max(0, min(left, image.width - width)), max(0, top - LABEL_PX - 3)
        draw.rectangle((x, y, x + width, y + LABEL_PX + 3), fill=colour)
        draw.text((x + 2, y), str(number), fill="white", font=font)
    file = BytesIO()
    image.save(file, "png")
    return file.getvalue()


def listed(candidates: Sequence[Candidate]) -> str:
    """Returns a line for each candidate: `[3] button "Add to cart"`."""
    return "\n".join(f'[{number}] {each.role} "{each.name}"' for number, each in enumerate(candidates, 1))
