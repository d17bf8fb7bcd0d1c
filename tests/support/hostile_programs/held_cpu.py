"""CPU seconds that the processes below this one use while something is drawn, those that end meanwhile too."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from codepaint_env.render.confine import process_table

LOOK_S = 0.05


class HeldCpu:
    """Adds up, process by process; `seconds` tells how many there were."""

    def __init__(self) -> None:
        self._before = self._now()
        self._last = dict(self._before)

    @property
    def seconds(self) -> float:
        """CPU seconds, user and system, since this was made."""
        return sum(used - self._before.get(pid, 0.0) for pid, used in self._last.items())

    def look(self) -> None:
        """Notes what each process has used so far; one that has ended keeps what was seen last."""
        self._last |= self._now()

    @staticmethod
    def _now() -> dict[int, float]:
        return {pid: process_table.cpu_s(pid) for pid in process_table.tree(os.getpid())[1:]}


@contextmanager
def held_cpu() -> Iterator[HeldCpu]:
    """Measures while its block runs."""
    held, ended = HeldCpu(), threading.Event()

    def watch() -> None:
        while not ended.wait(LOOK_S):
            held.look()

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield held
    finally:
        ended.set()
        watching.join()
        held.look()
