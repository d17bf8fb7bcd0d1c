"""Runs as the tests write them: their meta, an episode of one, and a folder of several."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from codepaint_env.evaluate import Evaluated
from codepaint_env.runs.meta import RunMeta
from codepaint_env.runs.writer import RunWriter
from rewards.types import Rendering, Sample, Score, Task

META = RunMeta(
    name="evening",
    created="2026-01-02T03:04:05+00:00",
    version="0.1.0",
    env="codepaint/P5Brush-v0",
    canvas="p5brush",
    tasks="flowers",
    reward={
        "spec": {"gate": {"name": "renders"}, "of": {"name": "coverage"}},
        "name": "gated",
        "version": "abc",
        "range": [0.0, 1.0],
    },
    renderer={"path": "page", "browser": "153.0", "pinned": "yes"},
    policy="pool",
    seed=0,
)


def evaluated(
    index: int = 0,
    *,
    value: float | None = 0.5,
    rendering: Rendering | None = None,
    completion: str | None = None,
    program: str = "function setup() {}\r\n\tpaint()",
    prompt: str = "a rose",
) -> Evaluated:
    image = np.random.default_rng(index).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    rendering = rendering or Rendering(
        "ok", image=image, evidence=frozenset({"source", "image"}), identity="id"
    )
    completion = f"```js\n{program}\n```" if completion is None else completion
    task = Task(f"task-{index}", prompt)
    components = {} if value is None else {"renders": 1.0, "coverage": 1 / 3}
    return Evaluated(Sample(task, completion, program, rendering, f"group-{index}"), Score(value, components))


def written(folder: Path, *samples: Evaluated) -> Path:
    with RunWriter(folder, META, suffix=".js") as writer:
        for each in samples:
            writer.append(each)
    return folder
