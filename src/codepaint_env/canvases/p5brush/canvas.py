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
from codepaint_env.canvases.p5brush.prelude import Prelude, read_prelude
from codepaint_env.canvases.p5brush.verdict import SIZE_PX, STAGES
from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, BackendFactory
from rewards.errors import SpecError
from rewards.painted.pasted import embedded
from rewards.spec import expression
from rewards.types import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codepaint_env.canvases.examination import Line


class P5Brush:
    """p5.js 2.x sketches that paint with p5.brush 2.x on a WEBGL canvas.

    Args:
        frames: How often `draw` runs before the picture is taken.
        prelude: JavaScript that is evaluated before every program, such as a vocabulary of painting functions:
            `garden`, which ships, or the path of a file, taken from the working directory.

    Raises:
        SpecError: There is no such prelude, or it cannot be one.
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

    def __init__(self, *, frames: int = 1, prelude: str | None = None) -> None:
        if isinstance(frames, bool) or not isinstance(frames, int) or frames < 1:
            raise SpecError(f"frames is {frames!r}; it must be a whole number above 0.")
        self.frames = frames
        self.prelude = None if prelude is None else read_prelude(prelude)

    @property
    def system_prompt(self) -> str:
        """What a policy is told about the canvas: how to paint, with which methods, and the prelude's functions."""
        told = script("system_prompt.md")
        section = self.prelude.section if self.prelude else ""
        return f"{told.rstrip()}\n\n{section}" if section else told

    @property
    def spec(self) -> str:
        """What `canvases.get` makes this canvas of."""
        given = {"frames": self.frames} if self.frames != 1 else {}
        return expression(
            {"name": self.name, **given, **({"prelude": self.prelude.name} if self.prelude else {})}
        )

    @property
    def made_of(self) -> Mapping[str, str]:
        """What tells two canvases of this kind apart: frames, and the hash of the prelude."""
        prelude = {"prelude": self.prelude.sha256} if self.prelude else {}
        return {"frames": str(self.frames), **prelude}

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
            "engine": BackendFactory(
                partial(_engine, self.frames, self.prelude), EngineLimits, isolation, phases
            ),
            "page": BackendFactory(partial(_page, self.frames, self.prelude), PageLimits),
        }

    def examine(self) -> Iterator[Line]:
        """Looks at what draws sketches on this machine, for `codepaint doctor`."""
        from codepaint_env.canvases.p5brush.examine import examine

        return examine(self)


def _engine(
    frames: int, prelude: Prelude | None, workers: int, limits: EngineLimits, options: Mapping[str, object]
) -> Backend:
    from codepaint_env.canvases.p5brush.engine.backend import EngineBackend

    fresh = options["isolation"] == "process"
    return EngineBackend(frames, workers, limits, prelude=prelude, fresh_process=fresh)


def _page(
    frames: int, prelude: Prelude | None, workers: int, limits: PageLimits, options: Mapping[str, object]
) -> Backend:
    from codepaint_env.canvases.p5brush.page.backend import PageBackend

    return PageBackend(frames, workers, limits, prelude=prelude)
