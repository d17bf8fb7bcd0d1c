"""What a worker process is, how it is started, and what is watched from outside while it draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from codepaint_env.render.confine import walls


@dataclass(frozen=True, slots=True)
class WorkerKind:
    """What a worker process is.

    Attributes:
        drawer: `module:Class` of a `Drawer`.
        made_of: What it must say that it is made of; a worker that says something else does not draw.
        packages: Import packages that it needs besides our own.
        places: Folders that it reads besides.
    """

    drawer: str
    made_of: Mapping[str, str] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    places: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is watched from outside while a worker draws: backstops, the drawer itself counts.

    Attributes:
        wall_s: Seconds after which a silent worker counts as the machine's failure.
        memory_mb: Resident megabytes; beyond it the program ends as `memory_limit`.
        grown_mb: Megabytes from which on a worker is replaced after its program.
        canvas_max_px: Longest side of a picture.
        memory_message: What the program is told then.
        cpu_s: CPU seconds for one program; beyond it `work_limit`. None where the drawer itself sees to it.
    """

    wall_s: float
    memory_mb: float
    grown_mb: float
    canvas_max_px: int
    memory_message: str
    cpu_s: float | None = None


def command(kind: WorkerKind) -> tuple[str, ...]:
    """Returns the command of a worker, without its walls."""
    return (walls.python(), "-P", "-m", "codepaint_env.render.confine.worker", kind.drawer)
