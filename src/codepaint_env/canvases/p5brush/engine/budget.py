"""What one program may use, and what of it is left over all attempts at it."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from py_mini_racer import JSOOMException

POLL_S = 0.01
# With the system's seconds a program may use so many times its CPU seconds: to hand out memory may take longer than to
# fill it, by far on a busy machine, and a program that asks for too much is to end as that.
SYSTEM = 3
CANCEL_S = 0.5
LIBRARY_S = 2e-9  # for a unit of work, twice what it takes on an idle core


class Stopped(Exception):
    """Carries the name of the limit that ended a program, and a sentence on it."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one program may use; see `EngineLimits`."""

    recorder_cpu_s: float
    geometry_cpu_s: float
    memory_mb: int
    calls: int
    work: int
    timers: int
    canvas_min_px: int
    canvas_max_px: int


class Budget:
    """What is left of its bounds to a program, however often it is run.

    Attributes:
        full: What is said of a program whose objects take too much memory.
        work: Units of drawing work that are left.

    Args:
        bounds: What it may use in all.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.full = f"The program's objects take more than {bounds.memory_mb} MB."
        self._own_s = bounds.recorder_cpu_s
        self._drawing_s = bounds.geometry_cpu_s
        self.work = float(bounds.work)

    async def own(self, work: Awaitable[Any], drawn: Callable[[], float]) -> Any:
        """Waits for the program's own code, and for the library where it runs beside it.

        Args:
            work: What is waited for.
            drawn: Tells what the library's part took so far, in units of work: it leaves the program as many seconds
                more, and is taken from what is left for drawing.
        """
        meter = Meter()
        used = f"The program's own code used more than {self.bounds.recorder_cpu_s:g} CPU seconds."
        try:
            return await self._within(
                work, meter, lambda: self._own_s + min(self._drawing_s, LIBRARY_S * drawn()), used
            )
        finally:
            self.work -= drawn()
            library_s = min(meter.spent_s(), LIBRARY_S * drawn())
            self._drawing_s -= library_s
            self._own_s -= meter.spent_s() - library_s

    async def drawing(self, work: Awaitable[Any]) -> Any:
        """Waits for the picture to be drawn."""
        meter = Meter()
        used = f"Drawing the picture took more than {self.bounds.geometry_cpu_s:g} CPU seconds."
        try:
            return await self._within(work, meter, lambda: self._drawing_s, used)
        finally:
            self._drawing_s -= meter.spent_s()

    async def _within(
        self, work: Awaitable[Any], meter: Meter, left_s: Callable[[], float], used: str
    ) -> Any:
        """Waits for work; raises `Stopped` when it has used more than is left."""
        task = asyncio.ensure_future(work)
        try:
            while True:
                done, _ = await asyncio.wait({task}, timeout=POLL_S)
                if done:
                    return task.result()
                most_s = left_s()
                if meter.spent_s() > most_s or meter.spent_s(system=True) > SYSTEM * most_s:
                    raise Stopped("work_limit", used)
        except JSOOMException:
            raise Stopped("memory_limit", self.full) from None
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=CANCEL_S)


class Meter:
    """Counts the CPU seconds of V8's threads from here on: those of this process without this thread's, ours."""

    def __init__(self) -> None:
        self._from = _v8_cpu_s()

    def spent_s(self, *, system: bool = False) -> float:
        """Returns their own seconds; with `system` also the system's for them."""
        own_s, system_s = (now - before for now, before in zip(_v8_cpu_s(), self._from, strict=True))
        return own_s + (system_s if system else 0.0)


def _v8_cpu_s() -> tuple[float, float]:
    whole, ours = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_THREAD))
    return whole.ru_utime - ours.ru_utime, whole.ru_stime - ours.ru_stime
