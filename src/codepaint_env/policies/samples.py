"""The samples of a canvas as a policy: random small programs that paint."""

from __future__ import annotations

import numpy as np

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.policies.fences import fenced
from rewards.types import Task


class SamplePolicy:
    """Answers with a sample of the canvas, another for each episode.

    Args:
        canvas: What it writes for.
    """

    name = "samples"

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def __call__(self, task: Task, system_prompt: str, episode: int, /) -> str:
        """Returns a sample, fenced."""
        return fenced(self._canvas.sample(np.random.default_rng(episode)), self._canvas.suffix)
