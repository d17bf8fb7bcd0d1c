"""Web pages that nobody drew: samples with made-up traces and findings, and a canvas whose pages are a few words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from codepaint_env.canvases.completion import last_block
from codepaint_env.render.backend import BackendFactory
from codepaint_env.render.limits import NoLimits
from rewards import Rendering, Sample, Task
from rewards.testing.cases.pages import finding_of, pictures_of, trace_of

STAGES = frozenset({"source", "lint", "image"})
ON_REQUEST = frozenset({"text", "layout", "interactions"})


def page(trace="", *found, steps=3, **fields):
    """A page that was tried out: a letter a step, `+` credited, `-` not, `?` not judged; and kinds of findings."""
    image = np.full((36, 64, 3), 240, np.uint8)
    image[4 : 6 + 3 * len(trace), 8:40] = (20, 60, 120)
    rendering = Rendering(
        "ok",
        image=image,
        findings=tuple(finding_of(kind, number) for number, kind in enumerate(found)),
        interactions=trace_of(trace),
        evidence=STAGES | ON_REQUEST,
        identity=f"{trace} {found}",
        pictures=pictures_of(trace, len(trace)),
    )
    sample = Sample(Task("shop", "a shop", canvas="html", steps=steps), "", "", rendering, "shop")
    return replace(sample, rendering=replace(rendering, **fields))


class Pages:
    """A canvas called `html`. Its programs are words: `trace:++-`, a kind of finding, `look:7`, `crash` or `down`."""

    name, env_id, suffix = "html", "codepaint/MadePages-v0", ".html"
    size_px, max_chars = (64, 36), 1_000
    default_tasks, default_reward = "objects", "gated(interactive, gate=execution)"
    system_prompt = "Write a page."
    stages, on_request = STAGES, ON_REQUEST

    def __init__(self):
        self.recorded = Counter()

    def extract(self, completion):
        return last_block(completion, self.max_chars)

    def sample(self, rng):
        return "trace:+"

    def task_options(self, task):
        return {}

    def recorders(self, stages):
        return dict.fromkeys(stages, "1")

    def backends(self):
        return {"made": BackendFactory(lambda workers, limits, options: Backend(self.recorded), NoLimits)}


class Backend:
    """Counts the stages that it records; heeds `Job.stop` as a backend must."""

    def __init__(self, recorded):
        self.recorded = recorded

    async def identity(self):
        return {"made": "1"}

    async def describe(self):
        return {}

    async def draw(self, job):
        words = job.program.split()
        told = dict(word.partition(":")[::2] for word in words)
        if "down" in told:
            return Rendering("machine_error", "crashed", "the browser died twice")
        if "crash" in told:
            self.recorded.update(STAGES)
            return Rendering("program_error", "crash", "the page crashed", evidence=STAGES)
        kinds = [word for word in told if word not in ("trace", "look")]
        stopped = any(kind in job.stop for kind in kinds)
        stages = STAGES | (frozenset() if stopped else job.stages)
        self.recorded.update(stages)
        drawn = page(told.get("trace", ""), *kinds).rendering
        image = np.full((36, 64, 3), 240, np.uint8)
        image[8:20, 8:30] = (10 * int(told.get("look", 0)) % 200, 60, 120)
        tried = "interactions" in stages
        return replace(
            drawn,
            image=image,
            evidence=stages,
            interactions=drawn.interactions if tried else None,
            pictures=drawn.pictures if tried else {},
        )

    async def aclose(self):
        pass

    def counters(self):
        return {}
