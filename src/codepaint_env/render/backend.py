"""What a backend is: one way to draw the programs of one canvas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from codepaint_env.render.workers import count_workers
from rewards.types import Rendering, Task


@dataclass(frozen=True, slots=True)
class Job:
    """One program to draw.

    Attributes:
        program: The code.
        seed: Where the random numbers of the program and its libraries start, [0, 2**32).
        task: What was asked, where somebody asked: a canvas may record more or less for it.
        stages: What to record besides the canvas's own stages; see its `on_request`.
        stop: Kinds of findings after which no dearer stage is recorded.
        timings: Seconds by phase, filled in by what draws; for diagnostics, never part of a verdict.
    """

    program: str
    seed: int
    task: Task | None = None
    stages: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    timings: dict[str, float] = field(default_factory=dict, compare=False, repr=False)


def spec_of(canvas: Drawable) -> str:
    """Returns the text that makes a canvas again: its `spec` where it takes parameters, else its name."""
    return str(getattr(canvas, "spec", canvas.name))


class Backend(Protocol):
    """Draws programs of one canvas, several at a time; lives on one event loop, and starts nothing before it must."""

    async def identity(self) -> Mapping[str, str]:
        """Returns everything that decides a pixel, but for the limits: parts, their versions, options.

        Raises:
            MachineError: It cannot be known now; the programs are drawn all the same, and nothing is kept.
        """
        ...

    async def describe(self) -> Mapping[str, str]:
        """Starts what draws if it does not run, and returns what is worth knowing of it: the walls around it.

        Raises:
            MachineError: It does not start.
        """
        ...

    async def draw(self, job: Job) -> Rendering:
        """Runs a program and records what came of it; a bad program is data, never an exception.

        The identity of the rendering is filled in by whoever asks. The kind `unsupported` says that another backend may
        draw this program; it depends on the program alone.

        Raises:
            MachineError: No picture could be drawn, through no fault of the program.
        """
        ...

    async def aclose(self) -> None:
        """Ends every process that was started; `draw` may start them again."""
        ...

    def counters(self) -> Mapping[str, float]:
        """Returns what happened since this backend was made, such as `started`, `recycled` and `retried` processes."""
        ...


@dataclass(frozen=True, slots=True)
class BackendFactory:
    """One way to draw, before anything is started.

    Attributes:
        make: Makes the backend of a number of workers, limits and options; starts nothing.
        limits: Type of the limits that it has; `NoLimits` for none. See `codepaint_env.render.limits`.
        options: Its options and the values that each may have, the default first.
        phases: Of `Job.timings` that it fills in, such as `queue` and `draw`.
        check: Raises where options cannot be had here, with the way out; starts nothing.
        workers: How many programs are drawn at once where nobody says.
    """

    make: Callable[[int, Any, Mapping[str, object]], Backend]
    limits: type[Any]
    options: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    phases: tuple[str, ...] = ("queue", "draw")
    check: Callable[[Mapping[str, object]], object] = lambda _: None
    workers: Callable[[], int] = count_workers


class Drawable(Protocol):
    """What a renderer must know of a canvas; see `codepaint_env.canvases.canvas.Canvas`, which is one."""

    @property
    def name(self) -> str:
        """Lower case, such as `svg`: the name of its entry point without capitals."""
        ...

    @property
    def max_chars(self) -> int:
        """Longest completion that is read, in characters."""
        ...

    @property
    def stages(self) -> frozenset[str]:
        """Stages of evidence that every rendering has, such as `{"source", "image"}`."""
        ...

    @property
    def on_request(self) -> frozenset[str]:
        """Stages that are recorded where a reward needs them, such as `{"text"}`."""
        ...

    def task_options(self, task: Task | None) -> Mapping[str, object]:
        """Returns what of a task decides the evidence, JSON-able: part of a rendering's identity. Mostly nothing."""
        ...

    def recorders(self, stages: frozenset[str]) -> Mapping[str, str]:
        """Returns the version of what records each of these stages of `on_request`: part of a rendering's identity.

        Raises:
            MissingPart: An extra that a stage takes is not installed.
        """
        ...

    def backends(self) -> Mapping[str, BackendFactory]:
        """Returns the ways to draw by name, in the order in which `path="auto"` tries them; starts nothing."""
        ...
