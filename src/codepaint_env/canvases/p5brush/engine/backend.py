"""The engine as a backend: sketches are drawn by confined worker processes, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.limits import EngineLimits
from codepaint_env.canvases.p5brush.prelude import PRELUDE, Prelude
from codepaint_env.canvases.p5brush.verdict import SIZE_PX, record
from codepaint_env.render.backend import Job
from codepaint_env.render.confine.fleet import Fleet
from codepaint_env.render.confine.worker_kind import Bounds, WorkerKind
from rewards.types import Rendering

RENDERS = 500  # a worker is replaced after so many, or when it has grown
GROWN_MB = 600
# What a worker counts, its own code and what earlier programs left stay below so many times a program's memory, and so
# many megabytes: resident size depends on more than the program, and is looked at only in case the counts fail.
BACKSTOP, BACKSTOP_MB = 4, 1024


class EngineBackend:
    """Draws sketches with the engine.

    Args:
        frames: How often `draw` runs.
        workers: Sketches drawn at once.
        limits: What a sketch may use.
        prelude: What is evaluated before each sketch.
        fresh_process: Gives each sketch a fresh process, not only an isolate of its own.
    """

    def __init__(
        self,
        frames: int,
        workers: int,
        limits: EngineLimits,
        *,
        prelude: Prelude | None = None,
        fresh_process: bool = False,
    ) -> None:
        self._frames = frames
        self._prelude = prelude
        self._limits = limits
        bounds = asdict(limits)
        bounds["memory_mb"] = bounds.pop("engine_memory_mb")
        self._bounds = bounds
        self._fleet = Fleet(workers, worker_kind(), _watched(limits), 1 if fresh_process else RENDERS)

    async def identity(self) -> Mapping[str, str]:
        """Returns the fingerprint of the engine's parts, the V8 that runs them, and the frames; starts nothing."""
        return {
            "engine": parts.fingerprint(),
            "mini-racer": metadata.version("mini-racer"),  # brings V8
            "frames": str(self._frames),
            "size_px": str(SIZE_PX),
            **({"prelude": self._prelude.sha256} if self._prelude else {}),
        }

    async def describe(self) -> Mapping[str, str]:
        """Starts a worker if none runs; returns V8's version and what the worker has given up."""
        return await self._fleet.describe()

    async def draw(self, job: Job) -> Rendering:
        """Runs a sketch; raises `SpecError` if the prelude fails, which is no sketch's fault."""
        drawn = await self._fleet.draw(
            {
                "program": job.program,
                "seed": job.seed,
                "frames": self._frames,
                "bounds": self._bounds,
                "prelude": self._prelude.loader if self._prelude else "",
            }
        )
        if self._prelude and drawn.outcome == PRELUDE:
            raise self._prelude.refusal(drawn.message)
        job.timings.update(drawn.timings)
        await asyncio.sleep(0)  # whoever waits for that worker gives it the next program first
        return record(drawn, self._limits)

    async def aclose(self) -> None:
        """Ends every worker."""
        await self._fleet.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns how many workers were started and replaced, and how many sketches tried again."""
        return self._fleet.counters()


def worker_kind() -> WorkerKind:
    """Returns what the engine's workers are."""
    places: tuple[Path, ...] = ()
    if not parts.is_carried():
        from codepaint_env.render.browser import assets

        places = (assets.find().brush.parent,)
    return WorkerKind(
        drawer="codepaint_env.canvases.p5brush.engine.drawer:EngineDrawer",
        made_of={"engine": parts.fingerprint()},
        packages=("py_mini_racer",),
        places=places,
    )


def _watched(limits: EngineLimits) -> Bounds:
    return Bounds(
        wall_s=limits.wall_s,
        memory_mb=BACKSTOP * limits.engine_memory_mb + BACKSTOP_MB,
        grown_mb=GROWN_MB,
        canvas_max_px=limits.canvas_max_px,
        memory_message=f"The program used more than {limits.engine_memory_mb} MB.",
    )
