"""What a benchmark and all its processes use, sample by sample, and whether that grows."""

from __future__ import annotations

import contextlib
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Sample:
    """What this process and all that it started use at one moment.

    Attributes:
        renders: Programs drawn so far, in all runs.
        run: How often the benchmark was started, counted from 1.
        parent_mb: Resident megabytes of this process.
        workers_mb: Of the engine's processes.
        browser_mb: Of Chromium's processes.
        driver_mb: Of Playwright's own process.
        processes: How many there are.
        threads: Of all of them.
        open_files: File descriptors of all of them.
        temporary: Files and folders in the folder for temporary files.
    """

    renders: int
    run: int
    parent_mb: float
    workers_mb: float
    browser_mb: float
    driver_mb: float
    processes: int
    threads: int
    open_files: int
    temporary: int

    @property
    def memory_mb(self) -> float:
        """Resident megabytes of all processes."""
        return self.parent_mb + self.workers_mb + self.browser_mb + self.driver_mb


MEMORY = ("parent_mb", "workers_mb", "browser_mb", "driver_mb")
COUNTS = ("processes", "threads", "open_files", "temporary")


def measure(renders: int, run: int, folder: Path) -> Sample:
    """Adds up what the processes of this benchmark use now."""
    memory: Counter[str] = Counter()
    processes = threads = files = 0
    for process in [me := psutil.Process(), *me.children(recursive=True)]:
        with contextlib.suppress(psutil.Error), process.oneshot():
            words = " ".join(process.cmdline())
            kind = "browser_mb"
            if process == me:
                kind = "parent_mb"
            elif "codepaint_env.render.confine.worker" in words:
                kind = "workers_mb"
            elif "run-driver" in words:
                kind = "driver_mb"
            memory[kind] += process.memory_info().rss
            processes += 1
            threads += process.num_threads()
            files += process.num_fds()
    left = sum(1 for _ in folder.rglob("*")) if folder.is_dir() else 0
    told = {name: round(memory[name] / 2**20, 1) for name in MEMORY}
    return Sample(
        renders, run, **told, processes=processes, threads=threads, open_files=files, temporary=left
    )


def middle(samples: Sequence[Sample], name: str, fifth: int) -> float:
    """Returns the median of a figure over one fifth of the samples, counted from 0."""
    start, end = (round(len(samples) * edge / 5) for edge in (fifth, fifth + 1))
    return statistics.median(getattr(sample, name) for sample in samples[start:end])


def growths(samples: Sequence[Sample]) -> dict[str, dict[str, float | bool]]:
    """Returns what each figure was in the second fifth and in the last, and whether that is flat."""
    found: dict[str, dict[str, float | bool]] = {}
    for name in ("memory_mb", *MEMORY, *COUNTS):
        early, late = (round(middle(samples, name, fifth), 1) for fifth in (1, 4))
        room = _room(name, early)
        found[name] = {"second_fifth": early, "last_fifth": late, "flat": late - early <= room}
    return found


def _room(name: str, early: float) -> float:
    """Returns by how much a figure may grow."""
    if name == "driver_mb":
        return 80.0
    if name.endswith("_mb"):
        return max(20.0, early / 10)
    # Chromium opens and closes threads and files of its own as it goes, renames one that it writes, and what was
    # killed may still be there when its successor is.
    return {"threads": early / 20, "open_files": early / 20, "temporary": 1.0, "processes": 1.0}.get(
        name, 0.0
    )
