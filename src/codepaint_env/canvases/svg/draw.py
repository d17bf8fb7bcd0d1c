"""The drawing of a document by resvg; only ever called in the worker process that is confined for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.svg.gate.frame import SIZE_PX
from codepaint_env.canvases.svg.gate.gate import gate
from codepaint_env.canvases.svg.limits import SvgLimits
from codepaint_env.render.drawn import Drawn

FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSansMono.ttf",
)


def draw(document: str, limits: SvgLimits, *, letters: bool, fonts: Path) -> Drawn:
    """Draws a document on white, fitted to 512 x 512.

    Args:
        document: The program, as it was extracted.
        limits: What it may ask for.
        letters: Whether text is drawn.
        fonts: A folder with the five files of `FONTS`.

    Returns:
        What came of it, its outcome `done`, `error` or the kind of a refusal.
    """
    gated = gate(document, limits, letters=letters)
    if gated.refusal is not None:
        kind, message = gated.refusal
        return Drawn(kind, message, findings=list(gated.findings))
    try:
        rgb = _laid(_png(gated.svg, [str(fonts / name) for name in FONTS] if letters else []))
    except ValueError as error:
        return Drawn("error", f"The document cannot be drawn: {error}", findings=list(gated.findings))
    except BaseException as error:  # a panic of resvg derives from nothing narrower
        if type(error).__name__ != "PanicException":
            raise
        message = "The drawing code fails on this document; most often by absurd numbers."
        return Drawn("crash", message, findings=list(gated.findings))
    return Drawn("done", rgb=rgb, size=(SIZE_PX, SIZE_PX), findings=list(gated.findings))


def _png(svg: str, fonts: Sequence[str]) -> bytes:
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        dpi=96,
        skip_system_fonts=True,
        font_files=list(fonts),
        font_size=16.0,
        languages=["en"],
        shape_rendering="geometric_precision",
        text_rendering="optimize_legibility",
        image_rendering="optimize_quality",
        font_family="DejaVu Sans",
        serif_family="DejaVu Serif",
        sans_serif_family="DejaVu Sans",
        cursive_family="DejaVu Serif",
        fantasy_family="DejaVu Sans",
        monospace_family="DejaVu Sans Mono",
    )


def _laid(png: bytes) -> NDArray[np.uint8]:
    """Lays a picture in the middle of a white sheet.

    Args:
        png: RGBA with straight alpha.

    Returns:
        `(512, 512, 3)` uint8.
    """
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    sheet = Image.new("RGBA", (SIZE_PX, SIZE_PX), "white")
    sheet.alpha_composite(picture, ((SIZE_PX - picture.width) // 2, (SIZE_PX - picture.height) // 2))
    return np.asarray(sheet.convert("RGB")).copy()
