"""What a canvas is: a kind of program that paints, how it is found in a completion, and what can draw it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.render.backend import Drawable


@runtime_checkable
class Canvas(Drawable, Protocol):
    """A kind of program that paints; plain attributes serve for the properties.

    Nothing here runs a program: `backends` says what does. docs/canvases.md tells how to write one.
    """

    @property
    def env_id(self) -> str:
        """Id of its environment, such as `codepaint/SVG-v0`."""
        ...

    @property
    def suffix(self) -> str:
        """Of a file that holds a program, such as `.svg`."""
        ...

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of every picture."""
        ...

    @property
    def default_tasks(self) -> str:
        """Name of the task set that is asked where none is named."""
        ...

    @property
    def default_reward(self) -> str:
        """Spec of the reward that judges where none is named."""
        ...

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas before its first prompt."""
        ...

    def extract(self, completion: str) -> Extraction:
        """Finds the program in a completion; never raises."""
        ...

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small valid program that paints."""
        ...
