"""One of the two sides of a comparison, and what it measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from render_parts.ways import WayFailed

DRIVER = Path(__file__).with_name("driver.py")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one batch took.

    Attributes:
        wall_s: Seconds until the last picture was there.
        cpu_s: CPU seconds of all processes.
        parent_cpu_s: CPU seconds of the process that asked.
        pixels: A hash of each picture.
        phases: Seconds by phase, summed over the pictures.
    """

    wall_s: float
    cpu_s: float
    parent_cpu_s: float
    pixels: tuple[str, ...]
    phases: Mapping[str, float]


class Side(Protocol):
    """Something that draws a batch of programs, each with a seed, and measures it."""

    def draw(self, batch: Sequence[tuple[str, int]]) -> Measured:
        """Draws a batch."""
        ...


class CommitSide:
    """The engine of the commit whose files lie in a folder.

    Args:
        tree: The folder.
        workers: Programs drawn at once.
    """

    def __init__(self, tree: Path, workers: int) -> None:
        environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "CODEPAINT_CACHE": "off"}
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=tree,
            env=environment,
        )

    def draw(self, batch: Sequence[tuple[str, int]]) -> Measured:
        """Draws a batch; raises `WayFailed` where a program of the benchmark does not paint."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(batch) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise WayFailed("the process that draws ended")
        told = json.loads(line)
        phases: dict[str, float] = {}
        for picture in told["pictures"]:
            if picture["status"] != "ok":
                raise WayFailed(f"a program did not paint: {picture['message']}")
            for phase, seconds in picture["phases"].items():
                phases[phase] = phases.get(phase, 0.0) + seconds
        pixels = tuple(picture["pixels"] for picture in told["pictures"])
        return Measured(told["wall_s"], told["cpu_s"], told["parent_cpu_s"], pixels, phases)

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
