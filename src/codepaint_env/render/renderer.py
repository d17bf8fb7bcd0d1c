"""Draws programs: the one door to whatever runs them."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import weakref
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from codepaint_env.render import picture_stages
from codepaint_env.render.backend import Backend, Job
from codepaint_env.render.cache import RenderCache, chosen_folder
from codepaint_env.render.identity import identity_of
from codepaint_env.render.options import choose
from codepaint_env.render.refusal import refuse
from codepaint_env.render.workers import count_workers
from rewards import loop_thread
from rewards.errors import MachineError, SpecError
from rewards.forks import ForkSafeLock
from rewards.types import Rendering

if TYPE_CHECKING:
    from codepaint_env.render.backend import Drawable

log = logging.getLogger("codepaint")

AUTO = "auto"
CLOSED = "The renderer was closed while it drew."

_TIMINGS = 1024  # the most recent renderings whose timings are remembered
_UNWRITTEN = 16  # renderings that may wait to be written to disk while others are drawn
_WRITE_AFTER_S = 0.02  # so that the writing does not slow whoever takes the rendering


class _Here:
    """What one process holds of a renderer; touched on the event loop alone."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.closed = False
        self.backends: dict[str, Backend] = {}
        self.setups: dict[str, Mapping[str, str]] = {}
        self.drawing: dict[str, asyncio.Task[Rendering]] = {}
        self.awaited: Counter[asyncio.Task[Rendering]] = Counter()
        self.writing: set[asyncio.Task[None]] = set()


class Renderer:
    """Draws programs of one canvas, several at a time; usable from any thread or event loop.

    Nothing is started before the first picture is asked for. After a fork the child starts its own.

    Args:
        canvas: What kind of programs these are.
        path: The backend that draws, by its name; `auto` tries all in the canvas's order, and goes on where one does
            not support a program; None takes the first.
        workers: Programs drawn at once; None takes `count_workers()`.
        cache: Renderings to keep in memory; 0 keeps none, on disk neither.
        disk_cache: Keeps them on disk too: True in the user's cache folder, a path there, False nowhere.
        options: Limits and options of the backends by name, for each backend that has them.

    Raises:
        SpecError: An argument is wrong; the sentence gives its value and the way out.
    """

    def __init__(
        self,
        canvas: Drawable,
        *,
        path: str | None = None,
        workers: int | None = None,
        cache: int = 64,
        disk_cache: bool | str = True,
        options: Mapping[str, object] | None = None,
    ) -> None:
        factories = canvas.backends()
        path = next(iter(factories)) if path is None else path
        if path not in (*factories, AUTO):
            known = ", ".join(map(repr, (*factories, AUTO)))
            raise SpecError(f"renderer: path is {path!r}; for the canvas {canvas.name} there is {known}.")
        if workers is not None and (type(workers) is not int or workers < 1):
            raise SpecError(f"renderer: workers is {workers!r}; it must be a whole number above 0, or None.")
        if type(cache) is not int or cache < 0:
            raise SpecError(f"renderer: cache is {cache!r}; it must be a whole number of renderings, or 0.")
        self.canvas = canvas
        self.path = path
        self.chain = tuple(factories) if path == AUTO else (path,)
        self._factories = {name: factories[name] for name in self.chain}
        self.limits, self._options = choose(factories, self.chain, options or {})
        folder = chosen_folder(disk_cache)
        self.cache = RenderCache(cache, folder if cache else None)
        self._workers = workers
        self._lock = ForkSafeLock()
        self._holders = 0
        self._process: _Here | None = None
        self.timings: OrderedDict[str, Mapping[str, float]] = OrderedDict()
        _alive.add(self)

    def render(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs and returns their renderings in the same order; blocks until all are there."""
        self._check_stages(jobs)
        return loop_thread.run(self._draw_all(self._here(), list(jobs))) if jobs else []

    async def arender(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs without blocking the caller's event loop."""
        self._check_stages(jobs)
        return await loop_thread.arun(self._draw_all(self._here(), list(jobs))) if jobs else []

    def identity(self) -> dict[str, str]:
        """Returns what draws: everything that decides a pixel but limits, by name.

        Raises:
            MissingPart: Something is not set up.
            MachineError: What draws does not start.
        """
        return loop_thread.run(self._told(self._here(), described=False))

    def describe(self) -> dict[str, str]:
        """Starts what draws, and returns its identity with what is worth knowing besides: the walls around it.

        Raises:
            MissingPart: Something is not set up.
            MachineError: What draws does not start.
        """
        return loop_thread.run(self._told(self._here(), described=True))

    def diagnostics(self, identity: str) -> dict[str, float]:
        """Returns the seconds by phase of one rendering, 0.0 where it was not drawn here, and the counters.

        Args:
            identity: Of the rendering; `""` for none.
        """
        phases = self.timings.get(identity, {})
        known = dict.fromkeys(phase for each in self._factories.values() for phase in each.phases)
        seconds = {f"{phase}_s": phases.get(phase, 0.0) for phase in known}
        return {**seconds, "started": 0, "recycled": 0, "retried": 0, **self.counters()}

    def counters(self) -> dict[str, float]:
        """Returns what happened since this renderer was made: hits of the cache, retries, processes recycled."""
        found: Counter[str] = Counter()
        with self._lock:
            backends = list(self._process.backends.values()) if self._process is not None else []
        for backend in backends:
            found.update(backend.counters())
        hits = self.cache.hits_memory + self.cache.hits_disk
        return {"cache_hits": hits, "cache_misses": self.cache.misses, **found}

    def hold(self) -> None:
        """Counts one more user; each is to call `release` once."""
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        """Counts one user less, and ends every process with the last."""
        with self._lock:
            self._holders -= 1
            last = self._holders <= 0
        if last:
            self.close()

    def close(self) -> None:
        """Ends every process that was started; a later render starts them again.

        What is being drawn meanwhile becomes a machine error.
        """
        with self._lock:
            process, self._process = self._process, None
        if process is not None and process.pid == os.getpid():
            loop_thread.run(_end(process))

    def _check_stages(self, jobs: Sequence[Job]) -> None:
        unknown = sorted(frozenset().union(*(job.stages for job in jobs)) - self.canvas.on_request)
        if unknown:
            told = ", ".join(map(repr, sorted(self.canvas.on_request))) or "nothing"
            raise SpecError(
                f"The stage {unknown[0]!r} cannot be asked for; {self.canvas.name} records {told} on request."
            )

    def _here(self) -> _Here:
        """Returns what this process holds; a fork inherits neither our thread nor our processes."""
        with self._lock:
            if self._process is None or self._process.pid != os.getpid():
                self._process = _Here()
            return self._process

    def _backend(self, here: _Here, name: str) -> Backend:
        if name not in here.backends:
            workers = self._workers or count_workers()
            made = self._factories[name].make(workers, self.limits[name], self._options[name])
            here.backends[name] = made
        return here.backends[name]

    async def _draw_all(self, here: _Here, jobs: list[Job]) -> list[Rendering]:
        return list(await asyncio.gather(*(self._draw_by_path(here, job) for job in jobs)))

    async def _draw_by_path(self, here: _Here, job: Job) -> Rendering:
        for name in self.chain[:-1]:
            rendering = await self._draw_once(here, job, name)
            if rendering.kind != "unsupported":
                return rendering
        return await self._draw_once(here, job, self.chain[-1])

    async def _draw_once(self, here: _Here, job: Job, name: str) -> Rendering:
        """Draws a job unless the same one is kept or being drawn."""
        if here.closed:
            return _failed("closed", CLOSED, "")
        setup = await self._setup_or_none(here, name)
        identity = identity_of(self.canvas, name, job, self.limits[name], setup)
        refusal = refuse(job.program, self.canvas.max_chars)
        if refusal is not None:
            return Rendering("program_error", *refusal, evidence=frozenset({"source"}), identity=identity)
        kept = self.cache.recall(identity, self.canvas.stages | job.stages, job.stop)
        if kept is not None:
            return kept
        task = here.drawing.get(identity)
        if task is None:
            task = asyncio.create_task(self._draw(here, job, name, identity, keep=setup is not None))
            here.drawing[identity] = task
            task.add_done_callback(lambda done: _forget(here, identity, done))
        here.awaited[task] += 1
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not (here.closed and task.cancelled()):
                raise
            return _failed("closed", CLOSED, identity)
        finally:
            here.awaited[task] -= 1
            if not here.awaited[task]:
                # All who asked may have been cancelled: the worker is free for others.
                del here.awaited[task]
                _forget(here, identity, task)
                task.cancel()

    async def _draw(self, here: _Here, job: Job, name: str, identity: str, *, keep: bool) -> Rendering:
        if keep:  # else the identity does not say what draws
            stages = self.canvas.stages | job.stages
            kept = await asyncio.to_thread(self.cache.get, identity, stages, job.stop)
            if kept is not None:
                return kept
        made = self._extend if job.stages & picture_stages.STAGES else self._record
        rendering = await made(here, job, name, identity)
        if keep and self.cache.keep(rendering):
            while len(here.writing) >= _UNWRITTEN:
                await asyncio.wait(here.writing, return_when=asyncio.FIRST_COMPLETED)
            writing = asyncio.create_task(self._write(rendering))
            here.writing.add(writing)
            writing.add_done_callback(here.writing.discard)
        return rendering

    async def _extend(self, here: _Here, job: Job, name: str, identity: str) -> Rendering:
        """Draws a job without the stages that its picture alone tells, unless that is kept, and records them then."""
        stages = job.stages & picture_stages.STAGES
        plain = await self._draw_once(here, replace(job, stages=job.stages - stages), name)
        if plain.status == "machine_error":
            return replace(plain, identity=identity)
        self._time(identity, self.timings.get(plain.identity, {}))
        if any(finding.kind in job.stop for finding in plain.findings):
            return replace(plain, identity=identity)
        try:
            extended = await asyncio.to_thread(picture_stages.record, plain, stages)
        except MachineError as error:
            return _failed("detector", str(error), identity)
        return replace(extended, identity=identity)

    async def _record(self, here: _Here, job: Job, name: str, identity: str) -> Rendering:
        # Whoever draws fills in the timings: those of a job that is asked for twice belong to the first.
        job = replace(job, timings={})
        try:
            rendering = await self._backend(here, name).draw(job)
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
        self.timings[identity] = seconds
        while len(self.timings) > _TIMINGS:
            self.timings.popitem(last=False)

    async def _write(self, rendering: Rendering) -> None:
        await asyncio.sleep(_WRITE_AFTER_S)
        try:
            await asyncio.to_thread(self.cache.write, rendering)
        except RuntimeError:  # the interpreter ends, and no thread can be started any more
            self.cache.write(rendering)

    async def _told(self, here: _Here, *, described: bool) -> dict[str, str]:
        found = {"path": self.path}
        for name in self.chain:
            told = dict(await self._setup(here, name))
            if described:
                told |= await self._backend(here, name).describe()
            prefix = "" if len(self.chain) == 1 else f"{name}."
            found |= {f"{prefix}{key}": value for key, value in told.items()}
        return found

    async def _setup(self, here: _Here, name: str) -> Mapping[str, str]:
        if name not in here.setups:
            here.setups[name] = await self._backend(here, name).identity()
        return here.setups[name]

    async def _setup_or_none(self, here: _Here, name: str) -> Mapping[str, str] | None:
        try:
            return await self._setup(here, name)
        except MachineError:
            return None  # each job tries for itself and says what is broken


def _failed(kind: str, message: str, identity: str) -> Rendering:
    return Rendering("machine_error", kind, message, evidence=frozenset(), identity=identity)


def _forget(here: _Here, identity: str, task: asyncio.Task[Rendering]) -> None:
    if here.drawing.get(identity) is task:
        del here.drawing[identity]


async def _end(here: _Here) -> None:
    # What is still being drawn would start the processes again that are ended here.
    here.closed = True
    unfinished = list(here.drawing.values())
    for task in unfinished:
        task.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)
    for backend in here.backends.values():
        await backend.aclose()
    if here.writing:
        await asyncio.wait(here.writing)


def _close_all() -> None:
    for renderer in list(_alive):
        renderer.close()


_alive: weakref.WeakSet[Renderer] = weakref.WeakSet()
atexit.register(_close_all)
