"""Draws programs; nothing else runs them."""

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

    It starts nothing before the first picture is asked for. After a fork, the child starts its own processes.

    Args:
        canvas: The kind of program.
        path: Name of the backend that draws; `auto` tries all in the canvas's order until one supports the program;
            None takes the first.
        workers: Programs drawn at once; None takes `count_workers()`, or the number of the server or cluster.
        backend: Where programs are drawn: `local`, `remote` or `ray`; None takes `remote` if `CODEPAINT_URL` is set,
            else `local`.
        cache: Renderings to keep in memory; 0 keeps none, neither in memory nor on disk.
        disk_cache: Also keeps them on disk: True in the user's cache folder, a path names another, False keeps none.
        options: Options of `backend`, such as `url`; and limits and options of the canvas's backends, by name.

    Raises:
        SpecError: An argument is wrong; the message gives its value and a way out.
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
        """Draws programs and returns their renderings in the same order; blocks until all are done."""
        self._check_stages(jobs)
        return loop_thread.run(self._here().draw_all(list(jobs))) if jobs else []

    async def arender(self, jobs: Sequence[Job]) -> list[Rendering]:
        """Draws programs without blocking the caller's event loop."""
        self._check_stages(jobs)
        return await loop_thread.arun(self._here().draw_all(list(jobs))) if jobs else []

    def identity(self) -> dict[str, str]:
        """Returns everything that decides a pixel, except the limits, by name.

        Raises:
            MissingPart: Something is not set up.
            MachineError: The backend does not start.
        """
        return loop_thread.run(self.aidentity())

    async def aidentity(self) -> dict[str, str]:
        """Does what `identity` does without blocking the event loop."""
        return {"path": self.path, **await loop_thread.arun(self._here().describe(walls=False))}

    def describe(self) -> dict[str, str]:
        """Starts the backend, and returns its identity and the walls around it.

        Raises:
            MissingPart: Something is not set up.
            MachineError: The backend does not start.
        """
        return loop_thread.run(self.adescribe())

    async def adescribe(self) -> dict[str, str]:
        """Does what `describe` does without blocking the event loop."""
        return {"path": self.path, **await loop_thread.arun(self._here().describe(walls=True))}

    def diagnostics(self, identity: str) -> dict[str, float]:
        """Returns the seconds of one rendering by phase, 0.0 if it was not drawn here, and the counters.

        Args:
            identity: Identity of the rendering; `""` for none.
        """
        phases = self.timings.get(identity, {})
        known = dict.fromkeys(phase for each in self._factories.values() for phase in each.phases)
        seconds = {f"{phase}_s": phases.get(phase, 0.0) for phase in known}
        return {**seconds, "started": 0, "recycled": 0, "retried": 0, **self.counters()}

    def counters(self) -> dict[str, float]:
        """Returns counts since this renderer was made: cache hits and misses, retries, recycled processes."""
        with self._lock:
            found = {} if self._process is None else self._process.counters()
        hits = self.cache.hits_memory + self.cache.hits_disk
        return {"cache_hits": hits, "cache_misses": self.cache.misses, **found}

    def hold(self) -> None:
        """Adds a user, who must call `release` once."""
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        """Removes a user; the last one ends every process."""
        with self._lock:
            self._holders -= 1
            last = self._holders <= 0
        if last:
            self.close()

    def close(self) -> None:
        """Ends every process that was started; a later render starts them again.

        Programs that are being drawn become machine errors.
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
