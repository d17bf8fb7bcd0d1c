"""Renderings of pages as a browser would record them, made up: coloured sheets, a trace of three steps, findings."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
from PIL import Image

from rewards.types import Finding, Interaction, Rendering

WIDTH, HEIGHT = 320, 180
ADD = Interaction(
    1,
    "click",
    "button",
    "Add",
    "#add",
    (20, 30, 80, 60),
    "It adds something.",
    'The text of "#count" changed from "0" to "1".',
    True,
    "step-1-after",
)
SEND = Interaction(
    2, "click", "button", "Send", "form > button", (20, 90, 80, 120), "It sends.", "", False, "step-2-after"
)
LINK = Interaction(
    3, "click", "link", "", "a", None, "It leads on.", "It leads away.", None, "It was not done."
)
FINDINGS = (
    Finding("lint", "Line 3: the tag h1 is not closed."),
    Finding("console", "TypeError at line 9."),
    Finding("contrast", "Text has a contrast of 2.1.", 0.2, (10, 200, 90, 220), "p.pale"),
    Finding("overlap", "Two texts lie on each other.", 0.3, (10, 40, 90, 60), "h2"),
    Finding("truncated", "The document has no end."),
)


def sheet(
    red: int,
    width: int = WIDTH,
    height: int = HEIGHT,
    spot: tuple[int, int] | None = None,
    dot: tuple[int, int] | None = None,
) -> bytes:
    """A PNG file of one colour, with a dark block of 40 x 20 pixels where `spot` is, and one of 8 x 8 at `dot`."""
    levels = np.full((height, width, 3), (red, 200, 180), np.uint8)
    if spot is not None:
        left, top = spot
        levels[top : top + 20, left : left + 40] = 20
    if dot is not None:
        left, top = dot
        levels[top : top + 8, left : left + 8] = 60
    file = io.BytesIO()
    Image.fromarray(levels).save(file, format="PNG")
    return file.getvalue()


def tried_page(**changes: object) -> Rendering:
    """A page of which three controls were tried: the second had scrolled to where the page showed something else."""
    home = sheet(240, spot=(30, 35))
    rendering = Rendering(
        "ok",
        image=np.full((64, 64, 3), 200, np.uint8),
        findings=FINDINGS,
        interactions=(ADD, SEND, LINK),
        evidence=frozenset({"source", "lint", "image", "layout", "interactions"}),
        pictures={
            "viewport": home,
            "full": sheet(240, height=400),
            "step-1-before": home,
            "step-1-after": sheet(120),
            "step-2-before": sheet(200),
            "step-2-after": sheet(200),
        },
    )
    return replace(rendering, **changes)
