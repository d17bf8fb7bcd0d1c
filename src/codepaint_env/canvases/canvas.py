"""Defines a canvas: a kind of program that paints, how to find it in a completion, and what can draw it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.render.backend import Drawable


@runtime_checkable
class Canvas(Drawable, Protocol):
    """A kind of program that paints; plain attributes can replace the properties.

    Nothing here runs a program: `backends` names what does. docs/canvases.md explains how to write a canvas.
    """

    @property
    def env_id(self) -> str:
        """Id of its environment, such as `codepaint/SVG-v0`."""
        ...

    @property
    def suffix(self) -> str:
        """Ending of a file that holds a program, such as `.svg`."""
        ...

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of every picture, in pixels."""
        ...

    @property
    def default_tasks(self) -> str:
        """Name of the default task set."""
        ...

    @property
    def default_reward(self) -> str:
        """Spec of the default reward."""
        ...

    @property
    def system_prompt(self) -> str:
        """What a policy reads about the canvas before its first prompt."""
        ...

    def extract(self, completion: str) -> Extraction:
        """Finds the program in a completion; never raises."""
        ...

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small valid program that paints."""
        ...
