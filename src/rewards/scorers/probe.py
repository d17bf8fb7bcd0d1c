"""What a scorer is asked before a run: about two little pictures that nobody could score alike."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from rewards.scorers.wire import Item

SIDE_PX = 96
PROMPT = "a dark red dot"


def probe_items(sends: Sequence[str]) -> list[Item]:
    """Returns two items that hold what a scorer is sent: a dot in two colours, or two programs."""
    found = []
    for colour in ("darkred", "steelblue"):
        program = (
            f'<svg xmlns="http://www.w3.org/2000/svg"><circle cx="48" cy="48" r="24" fill="{colour}"/></svg>'
        )
        told = {
            "image": _dot(colour),
            "prompt": PROMPT,
            "program": program,
            "completion": f"```svg\n{program}\n```",
            "canvas": "svg",
        }
        found.append(Item(**{name: value for name, value in told.items() if name in sends}))  # type: ignore[arg-type]
    return found if found[0] != found[1] else found[:1]


def _dot(colour: str) -> bytes:
    picture = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    ImageDraw.Draw(picture).ellipse(
        (SIDE_PX // 4, SIDE_PX // 4, SIDE_PX * 3 // 4, SIDE_PX * 3 // 4), fill=colour
    )
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
