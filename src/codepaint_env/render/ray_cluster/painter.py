"""What runs inside a Ray actor: a canvas's own backends on the cores of that actor."""

from __future__ import annotations

import asyncio
import platform
import time
from dataclasses import replace
from importlib import metadata

from codepaint_env.render.backend import Backend, Drawable, Job
from codepaint_env.render.codec import pack
from codepaint_env.render.ray_cluster.messages import Failed, Introduced, Painted, Way
from rewards.errors import MachineError, MissingPart


class Painter:
    """Draws programs of one canvas; lives on one event loop, that of its actor.

    Args:
        canvas: What kind of programs these are.
        cores: Programs drawn at once.
    """

    def __init__(self, canvas: Drawable, cores: int) -> None:
        self._factories = canvas.backends()
        self._cores = cores
        self._backends: dict[str, Backend] = {}

    async def introduce(self, way: Way) -> Introduced | Failed:
        """Starts what draws this way, and returns what it is."""
        try:
            backend = self._backend(way)
            return Introduced(
                platform.node(),
                metadata.version("codepaint-env"),
                dict(await backend.identity()),
                dict(await backend.describe()),
            )
        except (MachineError, MissingPart) as error:
            return Failed(f"{platform.node()}: {error}", missing=isinstance(error, MissingPart))

    async def draw(self, way: Way, job: Job) -> Painted | Failed:
        """Runs a program and records what came of it."""
        started = time.perf_counter()
        job = replace(job, timings={})
        backend = self._backend(way)
        try:
            rendering = await backend.draw(job)
        except MachineError as error:
            return Failed(str(error))
        if rendering.status == "machine_error":
            return Failed(rendering.message, rendering.kind)
        packed = await asyncio.to_thread(pack, rendering)
        return Painted(packed, job.timings, time.perf_counter() - started, dict(backend.counters()))

    async def aclose(self) -> None:
        """Ends every process that was started."""
        for backend in self._backends.values():
            await backend.aclose()

    def _backend(self, way: Way) -> Backend:
        if way.name not in self._backends:
            factory = self._factories[way.name]
            factory.check(way.options)
            self._backends[way.name] = factory.make(self._cores, way.limits, way.options)
        return self._backends[way.name]
