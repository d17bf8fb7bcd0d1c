"""The renderers of a server: one a way to draw, each made when it is first asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.render.backend import BackendFactory, spec_of
from codepaint_env.render.limits import names
from codepaint_env.render.options import choose
from codepaint_env.render.places import LOCAL, ways_to_draw
from codepaint_env.render.remote.wire import PROTOCOL, AboutRecord, PathRecord
from codepaint_env.render.renderer import AUTO, Renderer
from codepaint_env.render.workers import count_workers
from rewards.errors import SpecError


class Painting:
    """Draws the programs of one canvas; nothing is started before the first picture is asked for.

    Args:
        canvas: What kind of programs these are.
        workers: Programs drawn at once by each way; None takes `count_workers()`.
        cache: Renderings that each way keeps in memory; 0 keeps none, on disk neither.
        options: Limits and options of the ways to draw, by name; `backend="ray"` with its own draws on a cluster.

    Raises:
        SpecError: An option is wrong.
    """

    def __init__(
        self,
        canvas: Canvas,
        *,
        workers: int | None = None,
        cache: int = 64,
        options: Mapping[str, object] | None = None,
    ) -> None:
        self.canvas = canvas
        given = dict(options or {})
        self._place = str(given.pop("backend", LOCAL))
        if self._place != LOCAL and workers is None:
            raise SpecError(
                f"backend is {self._place!r}: say how many programs are drawn there at once, --workers N."
            )
        self.workers = count_workers() if workers is None else workers
        self._cache = cache
        self._factories, self._options = ways_to_draw(canvas, self._place, given)
        self._placed = {name: value for name, value in given.items() if name not in self._options}
        unchecked = {
            name: dataclasses.replace(each, check=_unchecked) for name, each in self._factories.items()
        }
        limits, chosen = choose(unchecked, tuple(unchecked), self._options)
        self._told = {
            name: PathRecord(dataclasses.asdict(limits[name]), dict(chosen[name]))  # type: ignore[arg-type]
            for name in self._factories
        }
        self._renderers: dict[str, Renderer] = {}

    def renderer(self, path: str) -> Renderer:
        """Returns what draws by a path; raises `SpecError` where there is none of that name."""
        if path not in (*self._factories, AUTO):
            known = ", ".join(map(repr, self._factories))
            raise SpecError(f"There is no path {path!r} here; the canvas {self.canvas.name} has {known}.")
        if path not in self._renderers:
            chain = tuple(self._factories) if path == AUTO else (path,)
            known_here = {name for each in chain for name in _options_of(self._factories[each])}
            self._renderers[path] = Renderer(
                self.canvas,
                path=path,
                workers=self.workers,
                backend=self._place,
                cache=self._cache,
                options={name: value for name, value in self._options.items() if name in known_here}
                | self._placed,
            )
        return self._renderers[path]

    @property
    def first_path(self) -> str:
        """The path that draws where none is named."""
        return next(iter(self._factories))

    def about(self, queue: int, reward: str | None) -> AboutRecord:
        """Returns what is known before anything is started."""
        canvas = self.canvas
        return AboutRecord(
            PROTOCOL,
            version("codepaint-env"),
            canvas.name,
            spec_of(canvas),
            dict(getattr(canvas, "made_of", {})),
            self._told,
            self.workers,
            queue,
            reward,
        )

    def counters(self) -> dict[str, float]:
        """Returns the sums of what the renderers count."""
        found: dict[str, float] = {}
        for renderer in list(self._renderers.values()):
            for name, value in renderer.counters().items():
                found[name] = found.get(name, 0.0) + value
        return found

    def close(self) -> None:
        """Ends every process that was started."""
        for renderer in self._renderers.values():
            renderer.close()


def _options_of(factory: BackendFactory) -> tuple[str, ...]:
    return (*factory.options, *names(factory.limits))


def _unchecked(options: Mapping[str, Any]) -> None:
    """Checks nothing: a way to draw that lacks something says so to whoever asks for it."""
