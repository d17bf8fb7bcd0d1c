"""What one process holds of a renderer, on its event loop: the backends, and the jobs that are being drawn."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, BackendFactory, Drawable, Job
from codepaint_env.render.cache import RenderCache
from codepaint_env.render.identity import identity_of
from codepaint_env.render.refusal import refuse
from rewards.errors import MachineError
from rewards.types import Rendering

log = logging.getLogger("codepaint")

CLOSED = "The renderer was closed while it drew."

_TIMINGS = 1024  # the most recent renderings whose timings are remembered
_UNWRITTEN = 16  # renderings that may wait to be written to disk while others are drawn
_WRITE_AFTER_S = 0.02  # so that the writing does not slow whoever takes the rendering


class ProcessRenderer:
    """Draws each job once, however many ask for it at a time, unless it is kept; lives on one event loop.

    Args:
        canvas: What kind of programs these are.
        factories: The backends in the order in which they are tried.
        workers: Programs that each backend draws at once; None leaves it to each.
        limits: Of each backend.
        options: Of each backend.
        cache: Keeps renderings.
        timings: Seconds by phase of the most recent renderings, by identity; filled in here.
    """

    def __init__(
        self,
        canvas: Drawable,
        factories: Mapping[str, BackendFactory],
        workers: int | None,
        limits: Mapping[str, Any],
        options: Mapping[str, Mapping[str, object]],
        cache: RenderCache,
        timings: OrderedDict[str, Mapping[str, float]],
    ) -> None:
        self.pid = os.getpid()
        self._canvas, self._cache, self._timings = canvas, cache, timings
        self._factories, self._chain = factories, tuple(factories)
        self._workers, self._limits, self._options = workers, limits, options
        self._closed = False
        self._backends: dict[str, Backend] = {}
        self._setups: dict[str, Mapping[str, str]] = {}
        self._drawing: dict[str, asyncio.Task[Rendering]] = {}
        self._awaited: Counter[asyncio.Task[Rendering]] = Counter()
        self._writing: set[asyncio.Task[None]] = set()

    def backend(self, name: str) -> Backend:
        """Returns a backend, made by the first who asks."""
        if name not in self._backends:
            factory = self._factories[name]
            workers = self._workers or factory.workers()
            self._backends[name] = factory.make(workers, self._limits[name], self._options[name])
        return self._backends[name]

    def counters(self) -> dict[str, float]:
        """Returns the sums of what the backends count."""
        found: Counter[str] = Counter()
        for backend in list(self._backends.values()):
            found.update(backend.counters())
        return dict(found)

    async def draw_all(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs and returns their renderings in the same order."""
        return list(await asyncio.gather(*(self._draw_by_path(job) for job in jobs)))

    async def describe(self, *, walls: bool) -> dict[str, str]:
        """Returns what draws, by name; with `walls`, starts it and tells what stands around it."""
        found: dict[str, str] = {}
        for name in self._chain:
            told = dict(await self._setup(name))
            if walls:
                told |= await self.backend(name).describe()
            prefix = "" if len(self._chain) == 1 else f"{name}."
            found |= {f"{prefix}{key}": value for key, value in told.items()}
        return found

    async def aclose(self) -> None:
        """Ends every process that was started; what is being drawn becomes a machine error."""
        # What is still being drawn would start the processes again that are ended here.
        self._closed = True
        unfinished = list(self._drawing.values())
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        for backend in self._backends.values():
            await backend.aclose()
        if self._writing:
            await asyncio.wait(self._writing)

    async def _draw_by_path(self, job: Job) -> Rendering:
        for name in self._chain[:-1]:
            rendering = await self._draw_once(job, name)
            if rendering.kind != "unsupported":
                return rendering
        return await self._draw_once(job, self._chain[-1])

    async def _draw_once(self, job: Job, name: str) -> Rendering:
        """Draws a job unless the same one is kept or being drawn."""
        if self._closed:
            return _failed("closed", CLOSED, "")
        setup = await self._setup_or_none(name)
        identity = identity_of(self._canvas, name, job, self._limits[name], setup)
        refusal = refuse(job.program, self._canvas.max_chars)
        if refusal is not None:
            return Rendering("program_error", *refusal, evidence=frozenset({"source"}), identity=identity)
        kept = self._cache.recall(identity, self._canvas.stages | job.stages, job.stop)
        if kept is not None:
            return kept
        task = self._drawing.get(identity)
        if task is None:
            task = asyncio.create_task(self._draw(job, name, identity, keep=setup is not None))
            self._drawing[identity] = task
            task.add_done_callback(lambda done: self._forget(identity, done))
        self._awaited[task] += 1
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not (self._closed and task.cancelled()):
                raise
            return _failed("closed", CLOSED, identity)
        finally:
            self._awaited[task] -= 1
            if not self._awaited[task]:
                # All who asked may have been cancelled: the worker is free for others.
                del self._awaited[task]
                self._forget(identity, task)
                task.cancel()

    async def _draw(self, job: Job, name: str, identity: str, *, keep: bool) -> Rendering:
        if keep:  # else the identity does not say what draws
            stages = self._canvas.stages | job.stages
            get = partial(self._cache.get, identity, stages, job.stop)
            kept = await asyncio.to_thread(get) if self._cache.on_disk else get()
            if kept is not None:
                return kept
        made = self._extend if job.stages & picture_stages.STAGES else self._record
        rendering = await made(job, name, identity)
        if keep and self._cache.keep(rendering):
            while len(self._writing) >= _UNWRITTEN:
                await asyncio.wait(self._writing, return_when=asyncio.FIRST_COMPLETED)
            writing = asyncio.create_task(self._write(rendering))
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)
        return rendering

    async def _extend(self, job: Job, name: str, identity: str) -> Rendering:
        """Draws a job without the stages that its picture alone tells, unless that is kept, and records them then."""
        stages = job.stages & picture_stages.STAGES
        plain = await self._draw_once(replace(job, stages=job.stages - stages), name)
        if plain.status == "machine_error":
            return replace(plain, identity=identity)
        self._time(identity, self._timings.get(plain.identity, {}))
        if any(finding.kind in job.stop for finding in plain.findings):
            return replace(plain, identity=identity)
        try:
            extended = await asyncio.to_thread(picture_stages.record, plain, stages)
        except MachineError as error:
            return _failed("detector", str(error), identity)
        return replace(extended, identity=identity)

    async def _record(self, job: Job, name: str, identity: str) -> Rendering:
        # Whoever draws fills in the timings: those of a job that is asked for twice belong to the first.
        job = replace(job, timings={})
        try:
            rendering = await self.backend(name).draw(job)
        except MachineError as error:
            return _failed(name, str(error), identity)
        told = {"identity": identity[:16], "path": name, "kind": rendering.kind or "ok", **job.timings}
        log.debug(
            "render %s", " ".join(f"{key}={value}" for key, value in told.items()), extra={"render": told}
        )
        if rendering.image is not None:
            rendering.image.flags.writeable = False  # it is shared by everyone who draws the same program
        self._time(identity, job.timings)
        return replace(rendering, identity=identity)

    def _time(self, identity: str, seconds: Mapping[str, float]) -> None:
        self._timings[identity] = seconds
        while len(self._timings) > _TIMINGS:
            self._timings.popitem(last=False)

    async def _write(self, rendering: Rendering) -> None:
        await asyncio.sleep(_WRITE_AFTER_S)
        try:
            await asyncio.to_thread(self._cache.write, rendering)
        except RuntimeError:  # the interpreter ends, and no thread can be started any more
            self._cache.write(rendering)

    async def _setup(self, name: str) -> Mapping[str, str]:
        if name not in self._setups:
            self._setups[name] = await self.backend(name).identity()
        return self._setups[name]

    async def _setup_or_none(self, name: str) -> Mapping[str, str] | None:
        try:
            return await self._setup(name)
        except MachineError:
            return None  # each job tries for itself and says what is broken

    def _forget(self, identity: str, task: asyncio.Task[Rendering]) -> None:
        if self._drawing.get(identity) is task:
            del self._drawing[identity]


def _failed(kind: str, message: str, identity: str) -> Rendering:
    return Rendering("machine_error", kind, message, evidence=frozenset(), identity=identity)
