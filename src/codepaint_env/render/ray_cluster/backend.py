"""A way to draw whose programs are drawn by the actors of a crew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from codepaint_env.render.backend import Job
from codepaint_env.render.codec import CodecError, unpack
from codepaint_env.render.ray_cluster.crew import Crew
from codepaint_env.render.ray_cluster.messages import Failed, Way
from rewards.errors import MachineError
from rewards.types import Rendering


class RayBackend:
    """Draws one way; several may share a crew, and the first that is closed ends it.

    Args:
        crew: The actors.
        way: What they are told to draw with.
    """

    def __init__(self, crew: Crew, way: Way) -> None:
        self._crew = crew
        self._way = way
        crew.add(way)

    async def identity(self) -> Mapping[str, str]:
        """Returns what the actors' own backends tell, which is the same for all."""
        return (await self._crew.introduced(self._way)).identity

    async def describe(self) -> Mapping[str, str]:
        """Starts the actors; returns what one of them tells of its walls, and how many there are."""
        walls = (await self._crew.introduced(self._way)).walls
        return {**walls, "ray": await self._crew.strength()}

    async def draw(self, job: Job) -> Rendering:
        """Has a program drawn by an actor, and by another where that is lost.

        Of the timings, `ray` is the seconds that the way there and back took.
        """
        started = time.perf_counter()
        told, waited_s = await self._crew.draw(self._way, job)
        if isinstance(told, Failed):
            if told.kind:
                return Rendering("machine_error", told.kind, told.words)
            raise MachineError(told.words)
        try:
            rendering = await asyncio.to_thread(unpack, told.packed)
        except CodecError as error:
            raise MachineError(f"an actor of Ray sent what is no rendering: {error}") from error
        job.timings.update(told.timings)
        job.timings["queue"] = job.timings.get("queue", 0.0) + waited_s
        job.timings["ray"] = time.perf_counter() - started - waited_s - told.seconds
        return rendering

    async def aclose(self) -> None:
        """Ends the actors."""
        await self._crew.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns what the actors' backends count, and how many actors were `lost`."""
        return self._crew.counters(self._way.name)
