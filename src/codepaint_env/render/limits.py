"""How much a program may use: counted, never timed, so that a busy machine changes no verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from rewards.errors import SpecError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one render; they are part of a rendering's identity.

    Attributes:
        calls: Drawing calls that a program may make in the engine; beyond it `work_limit`.
        recorder_cpu_s: CPU seconds that the engine runs the program's own code; beyond it `work_limit`.
        geometry_cpu_s: CPU seconds that the engine may draw; beyond it `work_limit`.
        engine_memory_mb: Resident megabytes of the engine's process; beyond it `memory_limit`.
        page_cpu_s: CPU seconds that a page's process may use on one program; beyond it `work_limit`.
        page_graphics_s: CPU seconds that drawing its WebGL commands may take; beyond it `work_limit`.
        page_memory_mb: Resident megabytes of both processes; beyond it `memory_limit`.
        timers: Timer callbacks that may fire before the picture is finished; beyond it `never_finished`.
        canvas_min_px: Shortest side of a canvas that is honoured.
        canvas_max_px: Longest side of a canvas that is honoured.
        idle_rounds: Answers of an unfinished page, and of a sentinel beside it, between which it used no CPU,
            before it counts as `never_finished`.
    """

    calls: int = 200_000
    recorder_cpu_s: float = 2.0
    geometry_cpu_s: float = 20.0
    engine_memory_mb: int = 1024
    page_cpu_s: float = 20.0
    page_graphics_s: float = 120.0
    page_memory_mb: int = 2048
    timers: int = 4_000
    canvas_min_px: int = 64
    canvas_max_px: int = 1024
    idle_rounds: int = 50

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise SpecError(f"limits: {name} is {value!r}; it must be a number above 0.")

    @property
    def page_wall_s(self) -> float:
        """Seconds after which an unfinished page counts against the machine, not the program."""
        return 10 * (self.page_cpu_s + self.page_graphics_s)

    @property
    def engine_wall_s(self) -> float:
        """The same of an engine's worker: a program may be recorded, drawn, run again inline and drawn."""
        return 10 * (2 * self.recorder_cpu_s + 3 * self.geometry_cpu_s)

    @staticmethod
    def names() -> tuple[str, ...]:
        """Returns the names of all bounds."""
        return tuple(field.name for field in fields(Limits))
