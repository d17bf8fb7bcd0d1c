"""What every way of drawing has in common, and the ways of this package: the page path and the engine."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from rewards.types import Rendering

Phases = Mapping[str, tuple[float, float | None]]
"""Wall seconds and, where they can be told apart, CPU seconds by phase."""


@dataclass(frozen=True, slots=True)
class Program:
    """One sketch of the benchmark.

    Attributes:
        block: The folder it lies in: `light`, `medium`, `heavy` or `heavy_six`.
        name: Its file name without `.js`.
        path: Its file.
        text: Its code.
    """

    block: str
    name: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """One render.

    Attributes:
        program: What was drawn.
        copy: How many renders of the same program came before it in its batch.
        picture: The pixels, or the bytes of a PNG.
        seconds: Wall seconds of this render; of several at once, what the renderer says it worked on it, or None.
        phases: What these seconds went into, where the way tells.
    """

    program: Program
    copy: int
    picture: NDArray[np.uint8] | bytes
    seconds: float | None = None
    phases: Phases = field(default_factory=dict)


class WayFailed(Exception):
    """A way could not draw a program of the benchmark."""


class Way(Protocol):
    """Something that draws programs."""

    @property
    def name(self) -> str:
        """Family and, after a hyphen, the number of workers, such as `engine-2`."""
        ...

    def draw(self, programs: Sequence[Program]) -> tuple[float, list[Painting]]:
        """Draws a batch; returns its wall seconds and the paintings in the same order."""
        ...

    def close(self) -> None:
        """Ends what was started."""
        ...


def number_copies(programs: Sequence[Program]) -> list[int]:
    """Returns for each program how often it stands before it in the batch."""
    seen: Counter[str] = Counter()
    numbers = []
    for program in programs:
        numbers.append(seen[program.name])
        seen[program.name] += 1
    return numbers


class OurRenderer:
    """The renderer of this package without its cache: one program after the other, or a batch on all workers.

    Copies of a program take different seeds: equal jobs of one batch would be drawn only once.
    """

    def __init__(self, path: str, workers: int) -> None:
        self.name = f"{path}-{workers}"
        self._workers = workers
        chosen: Any = path
        self._renderer = Renderer(P5Brush(), path=chosen, workers=workers, cache=0)

    def draw(self, programs: Sequence[Program]) -> tuple[float, list[Painting]]:
        """Draws a batch; with one worker each render is timed by itself."""
        copies = number_copies(programs)
        jobs = [Job(program.text, copy) for program, copy in zip(programs, copies, strict=True)]
        batches = [[job] for job in jobs] if self._workers == 1 else [jobs]
        renderings: list[Rendering] = []
        walls: list[float] = []
        for batch in batches:
            started = time.perf_counter()
            renderings += self._renderer.render(batch)
            walls.append(time.perf_counter() - started)
        alone = walls if self._workers == 1 else [None] * len(jobs)
        paintings = [
            self._painting(*parts) for parts in zip(programs, copies, renderings, alone, strict=True)
        ]
        return sum(walls), paintings

    def close(self) -> None:
        """Ends the workers; that nothing came from a cache is asserted, not hoped for."""
        hits = self._renderer.counters()["cache_hits"]
        self._renderer.close()
        assert hits == 0, f"{self.name}: {hits} renderings came from the cache"

    def _painting(self, program: Program, copy: int, rendering: Rendering, alone: float | None) -> Painting:
        if not rendering.ok or rendering.image is None:
            raise WayFailed(f"{program.name}: {rendering.status} ({rendering.kind}): {rendering.message}")
        spent = self._renderer.timings.get(rendering.identity, {})
        working = sum(seconds for phase, seconds in spent.items() if phase != "queue")
        phases = {phase: (seconds, None) for phase, seconds in spent.items()}
        return Painting(program, copy, rendering.image, alone or working or None, phases)
