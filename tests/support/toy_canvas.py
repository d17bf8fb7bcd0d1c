"""A whole canvas: eight lines of text become a picture, with a block of colour for each letter."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from codepaint_env.canvases.completion import Extraction, last_block
from codepaint_env.render.backend import BackendFactory, Job
from codepaint_env.render.limits import NoLimits
from rewards.types import Rendering, Task

SIDE = 8  # lines, and letters in each
STAGES = frozenset({"source", "image"})


class Toy:
    name, env_id, suffix = "toy", "codepaint/Toy-v0", ".toy"
    size_px, max_chars = (256, 256), 1_000
    default_tasks, default_reward = "objects", "gated(coverage, gate=renders)"
    system_prompt = f"Write {SIDE} lines of {SIDE} letters. A letter is a block of colour, a space is white."
    stages, on_request = STAGES, frozenset[str]()

    def extract(self, completion: str) -> Extraction:
        return last_block(completion, self.max_chars)

    def sample(self, rng: np.random.Generator) -> str:
        return "\n".join("".join(rng.choice(list("rose tulip"), SIDE)) for _ in range(SIDE))

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        return {}

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        return {}

    def backends(self) -> Mapping[str, BackendFactory]:
        return {"blocks": BackendFactory(lambda workers, limits, options: Blocks(), NoLimits)}


class Blocks:
    async def identity(self) -> Mapping[str, str]:
        return {"blocks": "1"}  # raise it whenever a picture changes

    async def describe(self) -> Mapping[str, str]:
        return {}

    async def draw(self, job: Job) -> Rendering:
        lines = [line.ljust(SIDE) for line in job.program.splitlines()]
        if len(lines) > SIDE or max(map(len, lines)) > SIDE:
            error = f"There are over {SIDE} lines, or over {SIDE} letters in a line."
            return Rendering("program_error", "too_large", error, evidence=STAGES)
        codes = np.array([[[ord(letter)] for letter in line] for line in lines + [" " * SIDE] * SIDE])
        blocks = np.where(codes == ord(" "), 255, codes * (37, 91, 143) % 256).astype(np.uint8)[:SIDE]
        return Rendering("ok", image=blocks.repeat(32, axis=0).repeat(32, axis=1), evidence=STAGES)

    async def aclose(self) -> None: ...

    def counters(self) -> Mapping[str, float]:
        return {}
