"""Draws programs: the one door to whatever runs them."""

from __future__ import annotations

import atexit
import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from codepaint_env.render.backend import Drawable, Job
from codepaint_env.render.cache import RenderCache, chosen_folder
from codepaint_env.render.options import choose
from codepaint_env.render.places import ways_to_draw
from codepaint_env.render.process_renderer import ProcessRenderer
from rewards import loop_thread
from rewards.errors import SpecError
from rewards.forks import ForkSafeLock
from rewards.types import Rendering

AUTO = "auto"


class Renderer:
    """Draws programs of one canvas, several at a time; usable from any thread or event loop.

    Nothing is started before the first picture is asked for. After a fork the child starts its own.

    Args:
        canvas: What kind of programs these are.
        path: The backend that draws, by its name; `auto` tries all in the canvas's order, and goes on where one does
            not support a program; None takes the first.
        workers: Programs drawn at once; None takes `count_workers()`, or what the place says.
        backend: Where programs are drawn: `local`, `remote` or `ray`; None takes `remote` where `CODEPAINT_URL` is set.
        cache: Renderings to keep in memory; 0 keeps none, on disk neither.
        disk_cache: Keeps them on disk too: True in the user's cache folder, a path there, False nowhere.
        options: Of the place, such as `url`; and limits and options of the backends by name, for each that has them.

    Raises:
        SpecError: An argument is wrong; the sentence gives its value and the way out.
    """

    def __init__(
        self,
        canvas: Drawable,
        *,
        path: str | None = None,
        workers: int | None = None,
        backend: str | None = None,
        cache: int = 64,
        disk_cache: bool | str = True,
        options: Mapping[str, object] | None = None,
    ) -> None:
        factories, options = ways_to_draw(canvas, backend, options or {})
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
        self.limits, self._options = choose(factories, self.chain, options)
        folder = chosen_folder(disk_cache)
        self.cache = RenderCache(cache, folder if cache else None)
        self._workers = workers
        self._lock = ForkSafeLock()
        self._holders = 0
        self._process: ProcessRenderer | None = None
        self.timings: OrderedDict[str, Mapping[str, float]] = OrderedDict()

    def render(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs and returns their renderings in the same order; blocks until all are there."""
        self._check_stages(jobs)
        return loop_thread.run(self._here().draw_all(list(jobs))) if jobs else []

    async def arender(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs without blocking the caller's event loop."""
        self._check_stages(jobs)
        return await loop_thread.arun(self._here().draw_all(list(jobs))) if jobs else []

    def identity(self) -> dict[str, str]:
        """Returns what draws: everything that decides a pixel but limits, by name.

        Raises:
            MissingPart: Something is not set up.
            MachineError: What draws does not start.
        """
        return loop_thread.run(self.aidentity())

    async def aidentity(self) -> dict[str, str]:
        """Does what `identity` does without blocking the event loop."""
        return {"path": self.path, **await loop_thread.arun(self._here().describe(walls=False))}

    def describe(self) -> dict[str, str]:
        """Starts what draws, and returns its identity with what is worth knowing besides: the walls around it.

        Raises:
            MissingPart: Something is not set up.
            MachineError: What draws does not start.
        """
        return loop_thread.run(self.adescribe())

    async def adescribe(self) -> dict[str, str]:
        """Does what `describe` does without blocking the event loop."""
        return {"path": self.path, **await loop_thread.arun(self._here().describe(walls=True))}

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
        with self._lock:
            found = {} if self._process is None else self._process.counters()
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
            _running.discard(self)
        if process is not None and process.pid == os.getpid():
            loop_thread.run(process.aclose())

    def _check_stages(self, jobs: Sequence[Job]) -> None:
        unknown = sorted(frozenset().union(*(job.stages for job in jobs)) - self.canvas.on_request)
        if unknown:
            told = ", ".join(map(repr, sorted(self.canvas.on_request))) or "nothing"
            raise SpecError(
                f"The stage {unknown[0]!r} cannot be asked for; {self.canvas.name} records {told} on request."
            )

    def _here(self) -> ProcessRenderer:
        """Returns what this process holds; a fork inherits neither our thread nor our processes."""
        with self._lock:
            if self._process is None or self._process.pid != os.getpid():
                self._process = ProcessRenderer(
                    self.canvas,
                    self._factories,
                    self._workers,
                    self.limits,
                    self._options,
                    self.cache,
                    self.timings,
                )
                _running.add(self)
            return self._process


def _close_all() -> None:
    for renderer in list(_running):
        renderer.close()


# Whoever runs is kept until it is closed, so that its processes are ended and others may share them. All others go with
# those who hold them.
_running: set[Renderer] = set()
atexit.register(_close_all)
