"""How much a sketch may use: counted where it can be counted, so that a busy machine changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.render.limits import check_limits


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """Limits of the engine.

    Attributes:
        calls: Drawing calls that a sketch may make; beyond it `work_limit`.
        work: What drawing them may take, in units of about a nanosecond of an idle core, counted before it is done;
            beyond it `work_limit`.
        recorder_cpu_s: CPU seconds that the sketch's own code may run; beyond it `work_limit`.
        geometry_cpu_s: CPU seconds that the engine may draw, in case `work` counts too little; beyond it `work_limit`.
        engine_memory_mb: Megabytes that the sketch's objects may take at a time, those that p5.brush makes of its
            calls too, and that it may ask for as typed arrays in all; beyond either `memory_limit`.
        timers: Timer callbacks that may fire before the picture is finished; beyond it `never_finished`.
        canvas_min_px: Shortest side of a canvas that is honoured.
        canvas_max_px: Longest side of a canvas that is honoured.
    """

    calls: int = 200_000
    work: int = 12_000_000_000
    recorder_cpu_s: float = 2.0
    geometry_cpu_s: float = 36.0
    engine_memory_mb: int = 1024
    timers: int = 4_000
    canvas_min_px: int = 64
    canvas_max_px: int = 1024

    def __post_init__(self) -> None:
        check_limits(self)

    @property
    def wall_s(self) -> float:
        """Seconds after which a silent worker counts against the machine, not the sketch."""
        return 10 * (self.recorder_cpu_s + self.geometry_cpu_s)


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Limits of a p5 page in a browser.

    Attributes:
        page_cpu_s: CPU seconds that the page's process may use on one sketch; beyond it `work_limit`.
        page_graphics_s: CPU seconds that drawing its WebGL commands may take; beyond it `work_limit`.
        page_graphics_mb: Megabytes of textures, renderbuffers and buffers that the page may hold in WebGL; beyond it
            `memory_limit`.
        page_memory_mb: Resident megabytes of both processes; beyond it `memory_limit`. The page's is its own, and that
            which draws is replaced when it has kept something of a page.
        timers: Timer callbacks that may fire before the picture is finished; beyond it `never_finished`.
        canvas_min_px: Shortest side of a canvas that is honoured.
        canvas_max_px: Longest side of a canvas that is honoured.
        idle_rounds: Answers of an unfinished page, and of a sentinel beside it, between which it used no CPU,
            before it counts as `never_finished`.
    """

    page_cpu_s: float = 14.0
    page_graphics_s: float = 36.0
    page_graphics_mb: int = 512
    page_memory_mb: int = 2048
    timers: int = 4_000
    canvas_min_px: int = 64
    canvas_max_px: int = 1024
    idle_rounds: int = 50

    def __post_init__(self) -> None:
        check_limits(self)

    @property
    def wall_s(self) -> float:
        """Seconds after which an unfinished page counts against the machine, not the sketch."""
        return 10 * (self.page_cpu_s + self.page_graphics_s)
