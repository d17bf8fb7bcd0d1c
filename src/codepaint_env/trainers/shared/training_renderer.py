"""The renderer of a training: by its options one that the whole process shares, or a live one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codepaint_env import canvases
from codepaint_env.render.renderer import Renderer
from codepaint_env.render.shared_renderer import shared_renderer


def training_renderer(canvas: str, renderer: Mapping[str, Any] | Renderer | None) -> Renderer:
    """Returns what draws in a training; starts no process.

    Args:
        canvas: Name of the canvas.
        renderer: Options as in `gym.make`, or a live renderer of your own.
    """
    if renderer is not None and not isinstance(renderer, Mapping):
        return renderer
    shared = shared_renderer(canvases.get(canvas), dict(renderer or {}))
    shared.hold()  # a training draws until its process ends, whatever environments come and go beside it
    return shared
