"""Where an adapter paints: the canvas by its name, and a renderer that the whole process shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codepaint_env import canvases
from codepaint_env.canvases.canvas import Canvas
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer


def studio(canvas: str, renderer: Mapping[str, Any] | Renderer | None) -> tuple[Canvas, Renderer]:
    """Returns canvas and renderer; starts no process.

    Args:
        canvas: Its name.
        renderer: Options as in `gym.make`, or a live renderer of your own.
    """
    place = canvases.get(canvas)
    if renderer is not None and not isinstance(renderer, Mapping):
        return place, renderer
    drawing = shared_renderer(place, dict(renderer or {}))
    drawing.hold()  # a training draws until its process ends, whatever environments come and go beside it
    return place, drawing
