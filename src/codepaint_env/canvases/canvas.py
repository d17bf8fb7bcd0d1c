"""What a canvas is: a kind of program that paints, how it is found in a completion, and what can draw it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.render.backend import BackendFactory
from rewards.types import Task


@runtime_checkable
class Canvas(Protocol):
    """A kind of program that paints; plain attributes serve for the properties.

    Nothing here runs a program: `backends` says what does. docs/canvases.md tells how to write one.
    """

    @property
    def name(self) -> str:
        """Lower case, such as `svg`: the name of its entry point without capitals."""
        ...

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
    def max_chars(self) -> int:
        """Longest completion that is read, in characters."""
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

    @property
    def stages(self) -> frozenset[str]:
        """Stages of evidence that every rendering has, such as `{"source", "image"}`."""
        ...

    @property
    def on_request(self) -> frozenset[str]:
        """Stages that are recorded where a reward needs them, such as `{"text"}`."""
        ...

    def extract(self, completion: str) -> Extraction:
        """Finds the program in a completion; never raises."""
        ...

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small valid program that paints."""
        ...

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        """Returns what of a task decides the evidence, JSON-able: part of a rendering's identity. Mostly nothing."""
        ...

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        """Returns the version of what records each of these stages of `on_request`: part of a rendering's identity.

        Raises:
            MissingPart: An extra that a stage takes is not installed.
        """
        ...

    def backends(self) -> Mapping[str, BackendFactory]:
        """Returns the ways to draw by name, in the order in which `path="auto"` tries them; starts nothing."""
        ...
