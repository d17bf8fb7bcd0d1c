"""Fakes: discs, washes and rings in twelve colours, painted by p5.brush, that no head was fitted on."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer

COLOURS = (
    *("#c8323c", "#e0702c", "#e8b830", "#8cb040", "#2e8b57", "#2a9d8f"),
    *("#3a86c8", "#3c4fa0", "#7a4aa0", "#c2478f", "#7a5238", "#3a3a40"),
)
_OPEN = 'function setup() { createCanvas(512, 512, WEBGL); randomSeed(3); background("#fbf7ef"); brush.noStroke();'
_PAINT = 'brush.fill("{colour}", 180); brush.fillBleed(0.2, "out"); brush.fillTexture(0.5, 0.5);'
_KINDS = {
    "disc": "brush.circle({x}, {y}, {size});",
    "wash": "brush.rect(-256, -256, 512, {size} + 200);",
    "ring": "brush.beginShape(0.5); for (const [inner, from] of [[0, 0], [22, 48]]) for (let i = 0; i <= 48; i++) {{ "
    "const turn = (Math.abs(from - i) * Math.PI) / 24; "
    "brush.vertex({x} + ({size} - inner) * Math.cos(turn), {y} + ({size} - inner) * Math.sin(turn)); }} "
    "brush.endShape();",
}


def fake_programs() -> dict[str, str]:
    """Returns 36 programs by name, such as `disc #c8323c`."""
    made = {}
    for number, colour in enumerate(COLOURS):
        places = {"x": 20 * (number % 5) - 40, "y": 25 * (number % 4) - 40, "size": 90 + 8 * number}
        for kind, drawn in _KINDS.items():
            made[f"{kind} {colour}"] = f"{_OPEN} {_PAINT.format(colour=colour)} {drawn.format(**places)} }}"
    return made


def painted(programs: dict[str, str], renderer: Renderer) -> dict[str, NDArray[np.uint8]]:
    """Paints programs; those that paint nothing are left out."""
    drawn = renderer.render([Job(program, 1) for program in programs.values()])
    return {
        name: each.image
        for name, each in zip(programs, drawn, strict=True)
        if each.image is not None and each.ok
    }


def gallery_of(page: Path) -> list[NDArray[np.uint8]]:
    """Returns the pictures of a gallery that holds them as data URLs."""
    found = re.findall(r"data:image/\w+;base64,([A-Za-z0-9+/=]+)", page.read_text(encoding="utf-8"))
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(each))).convert("RGB")) for each in found]
