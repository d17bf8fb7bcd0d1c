"""Draws a hostile program beside an honest one and says what it did that it must not."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from canaries import Canaries
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from hostile_programs.corpus import HONEST, SIBLING, Hostile, Way
from rewards.errors import MachineError
from rewards.types import Rendering

SEED = 11
WORKERS = 2
# What is reached soon: the counts well before the CPU seconds, on slow machines too.
LIMITS: dict[Way, dict[str, object]] = {
    "engine": {"recorder_cpu_s": 1, "work": 1_000_000_000, "geometry_cpu_s": 6, "engine_memory_mb": 400},
    "page": {"page_cpu_s": 3, "page_graphics_s": 6, "page_graphics_mb": 128, "page_memory_mb": 900},
}
# Seconds that a program and its sibling may take on two free cores: the CPU that the limits leave, twice over,
# and the restart of what was ended.
BOUND_S: dict[Way, float] = {"engine": 60.0, "page": 60.0}
GONE_S = 10.0


def digest(rendering: Rendering) -> str:
    """Returns a short hash of a picture; `""` where there is none."""
    return "" if rendering.image is None else hashlib.sha256(rendering.image.tobytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one program.

    Attributes:
        name: The program's.
        status: Of the rendering.
        kind: Of the rendering.
        hash: Of the picture, `""` where there is none.
        message: What the rendering says.
        wall_s: Seconds that the program and its sibling took together.
        faults: What differs from what is expected, one sentence each.
    """

    name: str
    status: str
    kind: str
    hash: str
    message: str
    wall_s: float
    faults: tuple[str, ...] = ()


class Arena:
    """A renderer of one path with canaries around it; `close` tells what it left behind.

    Attributes:
        honest: Hash of `HONEST`.
        sibling: Hash of `SIBLING`.

    Args:
        way: The path.
        limits: What a program may use.
        slack: How many times the usual seconds a program may take, for a busy machine.
        renderer: Draws the programs; None starts one.

    Raises:
        MachineError: Honest sketches are not drawn.
        OSError: A canary hears nothing.
    """

    def __init__(
        self,
        way: Way,
        limits: Mapping[str, object] | None = None,
        *,
        slack: float = 1.0,
        renderer: Renderer | None = None,
    ) -> None:
        self._way = way
        self._bound_s = BOUND_S[way] * slack
        self._before = set(psutil.Process().children(recursive=True))
        self._canaries = Canaries()
        options = LIMITS[way] if limits is None else limits
        self._renderer = renderer or Renderer(P5Brush(), path=way, workers=WORKERS, options=options, cache=0)
        self._canaries.heard()
        first = [self._draw(program) for program in (HONEST, SIBLING)]
        self.honest, self.sibling = (digest(rendering) for rendering in first)
        for rendering in first:
            if not rendering.ok:
                self.close()
                raise MachineError(f"not even an honest sketch is drawn: {rendering.message}")

    def meet(self, hostile: Hostile) -> Trial:
        """Draws a program with its sibling beside it, and the sibling once more after it."""
        program = hostile.program(self._canaries.tcp, self._canaries.udp)
        expected = hostile.expected[self._way]
        faults: list[str] = []
        seen: set[tuple[str, str, str]] = set()
        started = time.monotonic()
        for _ in range(hostile.rounds):
            drawn, beside = self._renderer.render([Job(program, SEED), Job(SIBLING, SEED)])
            seen.add((drawn.status, drawn.kind, digest(drawn)))
            faults += self._changes(beside, "beside")
        wall_s = time.monotonic() - started
        faults += self._changes(self._draw(SIBLING), "after")
        if len(seen) > 1:
            faults.append(f"differs from turn to turn: {sorted(seen)}")
        if (drawn.status, drawn.kind) != (expected.status, expected.kind):
            faults.append(f"is {drawn.status} {drawn.kind}, not {expected.status} {expected.kind}")
        if expected.honest and digest(drawn) != self.honest:
            faults.append("its picture is not the honest one")
        if wall_s > self._bound_s * hostile.rounds:
            faults.append(f"took {wall_s:.0f} s")
        faults += self._canaries.heard()
        told = drawn.status, drawn.kind, digest(drawn), drawn.message
        return Trial(hostile.name, *told, round(wall_s, 1), tuple(faults))

    def close(self) -> list[str]:
        """Ends the renderer and returns the processes that it left behind."""
        self._renderer.close()
        heard = self._canaries.heard()
        self._canaries.close()
        until = time.monotonic() + GONE_S
        while (left := _started_since(self._before)) and time.monotonic() < until:
            time.sleep(0.05)
        return heard + [f"a process is left: {process}" for process in left]

    def _draw(self, program: str) -> Rendering:
        return self._renderer.render([Job(program, SEED)])[0]

    def _changes(self, sibling: Rendering, where: str) -> list[str]:
        if digest(sibling) == self.sibling and sibling.ok:
            return []
        return [f"the sibling {where} it changed: {sibling.status} {sibling.kind} {sibling.message}"]


def _started_since(before: set[psutil.Process]) -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if process not in before and not before & set(process.parents()):
                found.append(process)
    return found
