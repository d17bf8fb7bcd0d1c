"""The p5brush canvas: p5.js sketches that paint with p5.brush, found in a completion and drawn in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from codepaint_env.canvases.completion import Extraction, last_block
from codepaint_env.canvases.p5brush.js import script
from codepaint_env.canvases.p5brush.limits import EngineLimits, PageLimits
from codepaint_env.canvases.p5brush.verdict import SIZE_PX, STAGES
from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, BackendFactory
from rewards.painted.pasted import embedded
from rewards.types import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codepaint_env.canvases.examination import Line


class P5Brush:
    """p5.js 2.x sketches that paint with p5.brush 2.x on a WEBGL canvas.

    Args:
        frames: How often `draw` runs before the picture is taken.
    """

    name = "p5brush"
    env_id = "codepaint/P5Brush-v0"
    suffix = ".js"
    size_px = (SIZE_PX, SIZE_PX)
    max_chars = 100_000
    default_tasks = "flowers"
    default_reward = "gated(coverage, gate=renders)"
    stages = STAGES
    on_request = picture_stages.STAGES

    def __init__(self, *, frames: int = 1) -> None:
        self.frames = frames

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas: how to paint and with which methods."""
        return script("system_prompt.md")

    def extract(self, completion: str) -> Extraction:
        """Finds the sketch: the last fenced block, or all of a completion that has none."""
        found = last_block(completion, self.max_chars)
        return replace(found, findings=found.findings + embedded(found.program))

    def sample(self, rng: np.random.Generator) -> str:
        """Writes a small valid sketch: a loose flower in random colours."""
        from codepaint_env.canvases.p5brush.sample import sample

        return sample(rng)

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        """Returns nothing: a sketch paints the same whatever was asked."""
        return {}

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        """Returns the version of the text detector where it is asked for."""
        return picture_stages.versions(stages)

    def backends(self) -> Mapping[str, BackendFactory]:
        """Returns `engine`, which needs no browser, and `page`, a whole p5 page in a sealed Chromium."""
        phases = ("queue", "record", "geometry", "raster")
        isolation = {"isolation": ("worker", "process")}
        return {
            "engine": BackendFactory(partial(_engine, self.frames), EngineLimits, isolation, phases),
            "page": BackendFactory(partial(_page, self.frames), PageLimits),
        }

    def examine(self) -> Iterator[Line]:
        """Looks at what draws sketches on this machine, for `codepaint doctor`."""
        from codepaint_env.canvases.p5brush.examine import examine

        return examine(self)


def _engine(frames: int, workers: int, limits: EngineLimits, options: Mapping[str, object]) -> Backend:
    from codepaint_env.canvases.p5brush.engine.backend import EngineBackend

    return EngineBackend(frames, workers, limits, fresh_process=options["isolation"] == "process")


def _page(frames: int, workers: int, limits: PageLimits, options: Mapping[str, object]) -> Backend:
    from codepaint_env.canvases.p5brush.page.backend import PageBackend

    return PageBackend(frames, workers, limits)
