"""resvg as a backend: documents are gated and drawn by confined worker processes."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from codepaint_env.canvases.svg.fonts import check_fonts, fonts_fingerprint
from codepaint_env.canvases.svg.gate.frame import SIZE_PX
from codepaint_env.canvases.svg.limits import SvgLimits
from codepaint_env.render.backend import Job
from codepaint_env.render.confine.fleet import Fleet
from codepaint_env.render.confine.worker_kind import Bounds, WorkerKind
from codepaint_env.render.drawn import Drawn
from rewards.painted.blank import is_constant
from rewards.types import Rendering

RENDERS = 5_000  # a worker is replaced after so many documents
GROWN_MB = 250  # or when it holds so much: one that has drawn ordinary documents stays under 150

_STAGES = frozenset({"source", "image"})
_CRASH = "The document crashed the process that drew it."


class ResvgBackend:
    """Draws documents.

    Args:
        workers: Documents drawn at once.
        limits: What a document may ask for.
    """

    def __init__(self, workers: int, limits: SvgLimits) -> None:
        self._limits = asdict(limits)
        bounds = Bounds(
            wall_s=10 * limits.cpu_s,
            memory_mb=limits.memory_mb,
            grown_mb=GROWN_MB,
            canvas_max_px=SIZE_PX,
            memory_message=f"The document took more than {limits.memory_mb} MB to draw.",
            cpu_s=limits.cpu_s,
        )
        kind = WorkerKind(
            drawer="codepaint_env.canvases.svg.drawer:SvgDrawer",
            made_of={"gate": gate_fingerprint()},
            packages=("resvg_py", "PIL"),
        )
        self._fleet = Fleet(workers, kind, bounds, RENDERS)

    async def identity(self) -> Mapping[str, str]:
        """Returns the versions of resvg and Pillow, and hashes of the gate and of the fonts; starts nothing."""
        check_fonts()
        return {
            "resvg_py": metadata.version("resvg_py"),
            "pillow": metadata.version("pillow"),
            "gate": gate_fingerprint(),
            "fonts": fonts_fingerprint(),
        }

    async def describe(self) -> Mapping[str, str]:
        """Starts a worker if none runs; returns what it has given up."""
        return await self._fleet.describe()

    async def draw(self, job: Job) -> Rendering:
        """Draws a document."""
        letters = job.task is not None and job.task.letters
        drawn = await self._fleet.draw({"program": job.program, "letters": letters, "limits": self._limits})
        job.timings.update(drawn.timings)
        await asyncio.sleep(0)  # whoever waits for that worker gives it the next document first
        return _record(drawn)

    async def aclose(self) -> None:
        """Ends every worker."""
        await self._fleet.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns how many workers were started and replaced, and how many documents tried again."""
        return self._fleet.counters()


def _record(drawn: Drawn) -> Rendering:
    kind, message = ("", "") if drawn.outcome == "done" else (drawn.outcome, drawn.message)
    image = drawn.rgb
    if kind == "crash":
        message = message or _CRASH
    if not kind and is_constant(image):
        kind, message = "blank", "The picture is one flat colour."
    return Rendering(
        status="program_error" if kind else "ok",
        kind=kind,
        message=message,
        image=image,
        findings=tuple(drawn.findings),
        evidence=_STAGES,
    )


@cache
def gate_fingerprint() -> str:
    """Returns a hash of the code that gates and draws."""
    folder = Path(str(files(__package__)))
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        told.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
