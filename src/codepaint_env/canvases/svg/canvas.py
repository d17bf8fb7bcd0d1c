"""The svg canvas: SVG documents, found in a completion and drawn by resvg in a confined process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from codepaint_env.canvases.completion import Extraction
from codepaint_env.canvases.svg.gate.frame import SIZE_PX
from codepaint_env.canvases.svg.limits import SvgLimits
from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, BackendFactory
from rewards.types import Task


class SVG:
    """SVG 1.1 documents without scripts, letters or anything that lies outside of them."""

    name = "svg"
    env_id = "codepaint/SVG-v0"
    suffix = ".svg"
    size_px = (SIZE_PX, SIZE_PX)
    max_chars = 200_000
    default_tasks = "riders"
    default_reward = "gated(coverage, gate=renders)"
    stages = frozenset({"source", "image"})
    on_request = picture_stages.STAGES

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas: how to answer, and what is drawn."""
        return _prompt()

    @property
    def drawings(self) -> Path:
        """A folder of documents, each named after the task that it answers; in `broken`, some that fail."""
        return Path(str(files(__package__) / "drawings"))

    def extract(self, completion: str) -> Extraction:
        """Finds the document: the last fenced block with an `<svg`, else what stands from `<svg` to `</svg>`."""
        from codepaint_env.canvases.svg.extract import extract

        return extract(completion, self.max_chars)

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small document in random colours."""
        from codepaint_env.canvases.svg.sample import sample

        return sample(rng)

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        """Returns whether letters are drawn: only where the task allows them."""
        return {"letters": task is not None and task.letters}

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        """Returns the version of the text detector where it is asked for."""
        return picture_stages.versions(stages)

    def backends(self) -> Mapping[str, BackendFactory]:
        """Returns `resvg`, the one way to draw."""
        return {"resvg": BackendFactory(_resvg, SvgLimits)}


def _resvg(workers: int, limits: SvgLimits, options: Mapping[str, object]) -> Backend:
    from codepaint_env.canvases.svg.backend import ResvgBackend

    return ResvgBackend(workers, limits)


@cache
def _prompt() -> str:
    return (files(__package__) / "system_prompt.md").read_text(encoding="utf-8")
