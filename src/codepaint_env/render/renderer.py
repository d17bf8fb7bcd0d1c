"""Draws programs: the one door to whatever runs them."""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import json
import os
import threading
import weakref
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

from codepaint_env.render.browser import assets
from codepaint_env.render.cache import RenderCache
from codepaint_env.render.limits import Limits
from codepaint_env.render.workers import LoopThread, count_workers
from rewards.errors import MachineError, SpecError
from rewards.types import Rendering

if TYPE_CHECKING:
    from codepaint_env.canvases.p5brush import P5Brush
    from codepaint_env.render.browser.pool import BrowserPool

Path = Literal["page"]
PATHS = ("page",)


@dataclass(frozen=True, slots=True)
class Job:
    """One program to draw.

    Attributes:
        program: The code.
        seed: Where the random numbers of the program and its libraries start, [0, 2**32).
    """

    program: str
    seed: int


def seed_of(task_id: str) -> int:
    """Returns the render seed of a task: the first 4 bytes of sha256 of its id."""
    return int.from_bytes(hashlib.sha256(task_id.encode("utf-8", "surrogatepass")).digest()[:4], "big")


class Renderer:
    """Draws programs of one canvas, several at a time; usable from any thread or event loop.

    Nothing is started before the first picture is asked for. After a fork the child starts its own.

    Args:
        canvas: What kind of programs these are.
        path: How they are drawn; `page` is a sealed Chromium.
        workers: Programs drawn at once; None takes `count_workers()`.
        limits: What a program may use.
        cache: Renderings to keep in memory.
    """

    def __init__(
        self,
        canvas: P5Brush,
        *,
        path: Path = "page",
        workers: int | None = None,
        limits: Limits | None = None,
        cache: int = 64,
    ) -> None:
        if path not in PATHS:
            raise SpecError(f"renderer: path is {path!r}; there is {' and '.join(map(repr, PATHS))}.")
        if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 1):
            raise SpecError(f"renderer: workers is {workers!r}; it must be a whole number above 0, or None.")
        if isinstance(cache, bool) or not isinstance(cache, int) or cache < 0:
            raise SpecError(f"renderer: cache is {cache!r}; it must be a whole number of renderings, or 0.")
        self.canvas = canvas
        self.path = path
        self.limits = limits or Limits()
        self.cache = RenderCache(cache)
        self._workers = workers
        self._lock = threading.Lock()
        self._holders = 0
        self._pid = 0
        self._loop: LoopThread | None = None
        self._pool: BrowserPool | None = None
        self._setup: dict[str, str | bool] | None = None
        self._drawing: dict[str, asyncio.Task[Rendering]] = {}
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
        """Returns what draws here: browser version, GL renderer, whether it is the pinned build, parts.

        Raises:
            MissingPart: Something is not set up.
            MachineError: The browser does not start.
        """
        return dict(self._started().wait(self._described()))

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
            loop, pool, ours = self._loop, self._pool, self._pid == os.getpid()
            self._loop = self._pool = None
        if loop is not None and ours:
            if pool is not None:
                loop.wait(self._end(pool))
            loop.close()

    async def _end(self, pool: BrowserPool) -> None:
        # What is still being drawn would start the browsers again that are ended here.
        unfinished = list(self._drawing.values())
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        await pool.close()

    def _started(self) -> LoopThread:
        with self._lock:
            if self._loop is None or self._pid != os.getpid():
                from codepaint_env.render.browser.pool import BrowserPool

                # A fork inherits neither our thread nor our browsers: what is there belongs to the parent.
                self._pid = os.getpid()
                self._loop, self._drawing = LoopThread(), {}
                self._pool = BrowserPool(self._workers or count_workers(), self.canvas, self.limits)
            return self._loop

    async def _draw_all(self, jobs: list[Job]) -> list[Rendering]:
        setup = await self._described_or_none()
        return list(await asyncio.gather(*(self._draw_once(job, setup) for job in jobs)))

    async def _draw_once(self, job: Job, setup: dict[str, str | bool] | None) -> Rendering:
        """Draws a job unless the same one is kept or being drawn."""
        from codepaint_env.canvases.p5brush import refuse

        identity = self._identity(job, setup)
        refusal = refuse(job.program)
        if refusal is not None:
            kind, message = refusal
            return Rendering(
                "program_error", kind, message, evidence=frozenset({"source"}), identity=identity
            )
        kept = self.cache.get(identity)
        if kept is not None:
            return kept
        task = self._drawing.get(identity)
        if task is None:
            task = asyncio.create_task(self._draw(job, identity))
            self._drawing[identity] = task
            task.add_done_callback(lambda _: self._drawing.pop(identity, None))
        return await asyncio.shield(task)

    async def _draw(self, job: Job, identity: str) -> Rendering:
        assert self._pool is not None
        try:
            result = await self._pool.draw(job.program, job.seed)
        except MachineError as error:
            return Rendering("machine_error", "browser", str(error), evidence=frozenset(), identity=identity)
        rendering = replace(self.canvas.record(result, self.limits), identity=identity)
        if rendering.image is not None:
            rendering.image.flags.writeable = False  # it is shared by everyone who draws the same program
        self.cache.put(rendering)
        return rendering

    async def _described(self) -> dict[str, str | bool]:
        if self._setup is None:
            assert self._pool is not None
            self._setup = {"path": self.path, "assets": assets.fingerprint(), **await self._pool.describe()}
        return self._setup

    async def _described_or_none(self) -> dict[str, str | bool] | None:
        try:
            return await self._described()
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
    unknown = sorted(set(rest) - {"path", "workers", "cache"})
    if unknown:
        known = ", ".join(["path", "workers", "cache", *Limits.names()])
        raise SpecError(f"renderer: there is no option {unknown[0]!r}; there are {known}.")
    key = (os.getpid(), json.dumps([canvas.name, canvas.options, options], sort_keys=True))
    with _shared_lock:
        if key not in _shared:
            _shared[key] = Renderer(canvas, limits=Limits(**bounds), **rest)  # type: ignore[arg-type]
        return _shared[key]
