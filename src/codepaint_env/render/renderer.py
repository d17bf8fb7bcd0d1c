"""Draws programs: the one door to whatever runs them."""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import json
import logging
import os
import threading
import weakref
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

from codepaint_env.render.cache import RenderCache, chosen_folder
from codepaint_env.render.limits import Limits
from codepaint_env.render.workers import LoopThread, count_workers
from rewards.errors import MachineError, SpecError
from rewards.types import Rendering

if TYPE_CHECKING:
    from codepaint_env.canvases.p5brush.canvas import P5Brush
    from codepaint_env.canvases.p5brush.engine.fleet import EnginePool
    from codepaint_env.render.browser.fleet import BrowserPool

log = logging.getLogger("codepaint")

_TIMINGS = 1024  # the most recent renderings whose timings are remembered
_UNWRITTEN = 16  # renderings that may wait to be written to disk while others are drawn
_WRITE_AFTER_S = 0.02  # so that the writing does not slow whoever takes the rendering

Path = Literal["engine", "page", "auto"]
Way = Literal["engine", "page"]
PATHS = ("engine", "page", "auto")
Isolation = Literal["worker", "process"]
ISOLATIONS = ("worker", "process")
OPTIONS = ("path", "workers", "isolation", "cache", "disk_cache")


@dataclass(frozen=True, slots=True)
class Job:
    """One program to draw.

    Attributes:
        program: The code.
        seed: Where the random numbers of the program and its libraries start, [0, 2**32).
        stages: What to record besides the canvas's own stages; see its `on_request`.
    """

    program: str
    seed: int
    stages: frozenset[str] = frozenset()


def seed_of(task_id: str) -> int:
    """Returns the render seed of a task: the first 4 bytes of sha256 of its id."""
    return int.from_bytes(hashlib.sha256(task_id.encode("utf-8", "surrogatepass")).digest()[:4], "big")


class Renderer:
    """Draws programs of one canvas, several at a time; usable from any thread or event loop.

    Nothing is started before the first picture is asked for. After a fork the child starts its own.

    Args:
        canvas: What kind of programs these are.
        path: How they are drawn: `engine` needs no browser, `page` is a sealed Chromium, `auto` takes the page
            for the programs that the engine does not support.
        workers: Programs drawn at once; None takes `count_workers()`.
        isolation: `worker` draws program after program in a process, each in an isolate of its own; `process`
            gives each program of the engine a fresh process. docs/security.md tells what each keeps out.
        limits: What a program may use.
        cache: Renderings to keep in memory; 0 keeps none, on disk neither.
        disk_cache: Keeps them on disk too: True in the user's cache folder, a path there, False nowhere.
    """

    def __init__(
        self,
        canvas: P5Brush,
        *,
        path: Path = "engine",
        workers: int | None = None,
        isolation: Isolation = "worker",
        limits: Limits | None = None,
        cache: int = 64,
        disk_cache: bool | str = True,
    ) -> None:
        if path not in PATHS:
            raise SpecError(f"renderer: path is {path!r}; there is {', '.join(map(repr, PATHS))}.")
        if isolation not in ISOLATIONS:
            known = ", ".join(map(repr, ISOLATIONS))
            raise SpecError(f"renderer: isolation is {isolation!r}; there is {known}.")
        if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
            raise SpecError(f"renderer: workers is {workers!r}; it must be a whole number above 0, or None.")
        if isinstance(cache, bool) or not isinstance(cache, int) or cache < 0:
            raise SpecError(f"renderer: cache is {cache!r}; it must be a whole number of renderings, or 0.")
        self.canvas = canvas
        self.path = path
        self.limits = limits or Limits()
        folder = chosen_folder(disk_cache)
        self.cache = RenderCache(cache, folder if cache else None)
        self._workers = workers
        self._isolation = isolation
        self._sandboxed = False
        self._lock = threading.Lock()
        self._holders = 0
        self._pid = 0
        self._loop: LoopThread | None = None
        self._pools: dict[Way, BrowserPool | EnginePool] = {}
        self._setups: dict[Way, dict[str, str | bool]] = {}
        self._drawing: dict[str, asyncio.Task[Rendering]] = {}
        self._awaited: Counter[asyncio.Task[Rendering]] = Counter()
        self._writing: set[asyncio.Task[None]] = set()
        self.timings: OrderedDict[str, dict[str, float]] = OrderedDict()
        _alive.add(self)

    def render(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs and returns their renderings in the same order; blocks until all are there."""
        return self._started().wait(self._draw_all(list(jobs))) if jobs else []

    async def arender(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs without blocking the caller's event loop."""
        if not jobs:
            return []
        return await asyncio.wrap_future(self._started().submit(self._draw_all(list(jobs))))

    def describe(self) -> dict[str, str | bool]:
        """Returns what draws here: the engine, or browser version, GL renderer and whether it is the pinned build.

        Raises:
            MissingPart: Something is not set up.
            MachineError: The browser or the engine does not start.
        """
        return self._started().wait(self._described())

    def diagnostics(self, identity: str) -> dict[str, float | int]:
        """Returns the seconds by phase of one rendering, 0.0 where it was not drawn here, and the counters.

        Args:
            identity: Of the rendering; `""` for none.
        """
        phases = self.timings.get(identity, {})
        seconds = {
            f"{phase}_s": phases.get(phase, 0.0) for phase in ("queue", "record", "geometry", "raster")
        }
        return {**seconds, "started": 0, "recycled": 0, "retried": 0, **self.counters()}

    def counters(self) -> dict[str, int]:
        """Returns what happened since this renderer was made: hits of the cache, retries, processes recycled."""
        from codepaint_env.canvases.p5brush.engine.fleet import EnginePool

        found = {
            "cache_hits": self.cache.hits_memory + self.cache.hits_disk,
            "cache_misses": self.cache.misses,
        }
        for pool in self._pools.values():
            if isinstance(pool, EnginePool):
                found |= asdict(pool.counters)
        return found

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
        """Ends every process that was started; a later render starts them again."""
        with self._lock:
            loop, pools, ours = self._loop, list(self._pools.values()), self._pid == os.getpid()
            self._loop, self._pools = None, {}
        if loop is not None and ours:
            loop.wait(self._end(pools))
            loop.close()

    async def _end(self, pools: list[BrowserPool | EnginePool]) -> None:
        # What is still being drawn would start the browsers again that are ended here.
        unfinished = list(self._drawing.values())
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        for pool in pools:
            await pool.close()
        if self._writing:
            await asyncio.wait(self._writing)

    def _started(self) -> LoopThread:
        with self._lock:
            if self._loop is None or self._pid != os.getpid():
                # A fork inherits neither our thread nor our processes: what is there belongs to the parent.
                self._pid = os.getpid()
                self._loop, self._pools, self._drawing, self._writing = LoopThread(), {}, {}, set()
                self._awaited = Counter()
            return self._loop

    def _pool(self, way: Way) -> BrowserPool | EnginePool:
        if way not in self._pools:
            workers = self._workers or count_workers()
            if way == "engine":
                from codepaint_env.canvases.p5brush.engine.fleet import EnginePool

                self._pools[way] = EnginePool(workers, self.canvas.frames, self.limits, self._isolation)
            else:
                from codepaint_env.render.browser.fleet import BrowserPool

                self._pools[way] = BrowserPool(workers, self.canvas, self.limits)
        return self._pools[way]

    async def _draw_all(self, jobs: list[Job]) -> list[Rendering]:
        return list(await asyncio.gather(*(self._draw_by_path(job) for job in jobs)))

    async def _draw_by_path(self, job: Job) -> Rendering:
        if self.path != "auto":
            return await self._draw_once(job, self.path)
        rendering = await self._draw_once(job, "engine")
        return rendering if rendering.kind != "unsupported" else await self._draw_once(job, "page")

    async def _draw_once(self, job: Job, way: Way) -> Rendering:
        """Draws a job unless the same one is kept or being drawn."""
        from codepaint_env.canvases.p5brush.canvas import refuse

        setup = await self._setup_or_none(way)
        identity = self._identity(job, setup)
        refusal = refuse(job.program)
        if refusal is not None:
            kind, message = refusal
            return Rendering(
                "program_error", kind, message, evidence=frozenset({"source"}), identity=identity
            )
        kept = self.cache.recall(identity, self.canvas.stages | job.stages)
        if kept is not None:
            return kept
        task = self._drawing.get(identity)
        if task is None:
            task = asyncio.create_task(self._draw(job, way, identity, keep=setup is not None))
            self._drawing[identity] = task
            task.add_done_callback(lambda done: self._forget(identity, done))
        self._awaited[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self._awaited[task] -= 1
            if not self._awaited[
                task
            ]:  # all who asked may have been cancelled: the worker is free for others
                del self._awaited[task]
                self._forget(identity, task)
                task.cancel()

    def _forget(self, identity: str, task: asyncio.Task[Rendering]) -> None:
        if self._drawing.get(identity) is task:
            del self._drawing[identity]

    async def _draw(self, job: Job, way: Way, identity: str, *, keep: bool) -> Rendering:
        if keep:  # else the identity does not say what draws
            kept = await asyncio.to_thread(self.cache.get, identity, self.canvas.stages | job.stages)
            if kept is not None:
                return kept
        made = self._extend if job.stages else self._record
        rendering = await made(job, way, identity)
        if keep and self.cache.keep(rendering):
            while len(self._writing) >= _UNWRITTEN:
                await asyncio.wait(self._writing, return_when=asyncio.FIRST_COMPLETED)
            writing = asyncio.create_task(self._write(rendering))
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)
        return rendering

    async def _extend(self, job: Job, way: Way, identity: str) -> Rendering:
        """Draws a job without the stages asked for besides, unless that is kept, and records them then."""
        plain = await self._draw_once(replace(job, stages=frozenset()), way)
        if plain.status == "machine_error":
            return replace(plain, identity=identity)
        self._time(identity, self.timings.get(plain.identity, {}))
        try:
            extended = await asyncio.to_thread(self.canvas.extend, plain, job.stages)
        except MachineError as error:
            return Rendering("machine_error", "detector", str(error), evidence=frozenset(), identity=identity)
        return replace(extended, identity=identity)

    async def _record(self, job: Job, way: Way, identity: str) -> Rendering:
        try:
            result = await self._pool(way).draw(job.program, job.seed)
        except MachineError as error:
            kind = "browser" if way == "page" else "engine"
            return Rendering("machine_error", kind, str(error), evidence=frozenset(), identity=identity)
        await asyncio.sleep(0)  # whoever waits for that worker gives it the next program first
        told = {"identity": identity[:16], "path": way, "outcome": result.outcome, **result.timings}
        log.debug(
            "render %s", " ".join(f"{key}={value}" for key, value in told.items()), extra={"render": told}
        )
        rendering = replace(self.canvas.record(result, self.limits), identity=identity)
        if rendering.image is not None:
            rendering.image.flags.writeable = False  # it is shared by everyone who draws the same program
        self._time(identity, result.timings)
        return rendering

    def _time(self, identity: str, seconds: dict[str, float]) -> None:
        self.timings[identity] = seconds
        while len(self.timings) > _TIMINGS:
            self.timings.popitem(last=False)

    async def _write(self, rendering: Rendering) -> None:
        await asyncio.sleep(_WRITE_AFTER_S)
        try:
            await asyncio.to_thread(self.cache.write, rendering)
        except RuntimeError:  # the interpreter ends, and no thread can be started any more
            self.cache.write(rendering)

    async def _described(self) -> dict[str, str | bool]:
        ways: tuple[Way, ...] = ("engine", "page") if self.path == "auto" else (self.path,)
        found: dict[str, str | bool] = {"path": self.path}
        for way in ways:
            found |= await self._setup(way)
            if way == "page":
                found["sandboxed"] = self._sandboxed
            if way == "engine":
                found |= await self._pool(way).describe()
        return found

    async def _setup(self, way: Way) -> dict[str, str | bool]:
        """Returns what decides a pixel. The engine's is known without starting it; a browser must be asked."""
        if way not in self._setups:
            if way == "engine":
                from codepaint_env.canvases.p5brush.engine import parts

                self._setups[way] = {"path": way, "engine": parts.fingerprint()}
            else:
                from codepaint_env.canvases.p5brush.page import sealed_page as page
                from codepaint_env.render.browser import assets

                told = await self._pool(way).describe()
                self._sandboxed = bool(told.pop("sandboxed"))  # it decides no pixel
                ours = {"assets": assets.fingerprint(), "page": page.fingerprint(self.canvas)}
                self._setups[way] = {"path": way, **ours, **told}
        return self._setups[way]

    async def _setup_or_none(self, way: Way) -> dict[str, str | bool] | None:
        try:
            return await self._setup(way)
        except MachineError:
            return None  # each job tries for itself and says what is broken

    def _identity(self, job: Job, setup: dict[str, str | bool] | None) -> str:
        parts = {
            "program": job.program,
            "seed": job.seed,
            "canvas": [self.canvas.name, self.canvas.options],
            "limits": asdict(self.limits),
            "setup": setup,
        }
        if job.stages:
            parts["stages"] = self.canvas.recorders(job.stages)
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _forget_locks() -> None:
    """Gives a forked child locks of its own: one that was held in the parent would never be let go."""
    global _shared_lock
    _shared_lock = threading.Lock()
    for renderer in _alive:
        renderer._lock = threading.Lock()


def _close_all() -> None:
    for renderer in list(_alive):
        renderer.close()


_alive: weakref.WeakSet[Renderer] = weakref.WeakSet()
atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_locks)

_shared: dict[tuple[int, str], Renderer] = {}
_shared_lock = threading.Lock()


def shared_renderer(canvas: P5Brush, options: dict[str, object]) -> Renderer:
    """Returns the renderer that all environments of this process with these options use.

    Args:
        canvas: What kind of programs these are.
        options: Keywords of `Renderer` but for the canvas, and bounds of `Limits` by name; JSON-able.
    """
    bounds = {name: value for name, value in options.items() if name in Limits.names()}
    rest = {name: value for name, value in options.items() if name not in bounds}
    unknown = sorted(set(rest) - set(OPTIONS))
    if unknown:
        known = ", ".join([*OPTIONS, *Limits.names()])
        raise SpecError(f"renderer: there is no option {unknown[0]!r}; there are {known}.")
    key = (os.getpid(), json.dumps([canvas.name, canvas.options, options], sort_keys=True))
    with _shared_lock:
        if key not in _shared:
            _shared[key] = Renderer(canvas, limits=Limits(**bounds), **rest)  # type: ignore[arg-type]
        return _shared[key]
