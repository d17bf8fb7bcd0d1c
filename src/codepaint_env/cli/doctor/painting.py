"""Looks at what draws each canvas on this machine: in the canvas's own words, or by a sample of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from codepaint_env import canvases
from codepaint_env.canvases.examination import Examined, Line
from codepaint_env.render.backend import Job
from codepaint_env.render.places import LOCAL
from codepaint_env.render.renderer import Renderer
from rewards.errors import CodepaintError


def every_canvas() -> Iterator[Line]:
    """Yields what draws the canvases that are installed, the default one first."""
    for name in canvases.available():
        yield from _one(name)


def _one(name: str) -> Iterator[Line]:
    try:
        canvas = canvases.get(name)
        if isinstance(canvas, Examined):
            yield from canvas.examine()
            return
        renderer = Renderer(canvas, workers=1, backend=LOCAL, cache=0)
        try:
            made_of = ", ".join(f"{part} {version}" for part, version in renderer.identity().items())
            [drawn] = renderer.render([Job(canvas.sample(np.random.default_rng(0)), 1)])
        finally:
            renderer.close()
    except CodepaintError as error:
        yield Line(name, "missing", str(error))
        return
    if drawn.ok:
        yield Line(name, "ok", f"paints its sample ({made_of})")
    else:
        yield Line(name, "missing", f"its sample was not painted: {drawn.kind}: {drawn.message}")
