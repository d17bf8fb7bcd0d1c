"""CPU seconds of everything this process started, dead or alive."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class _Process:
    name: str
    state: str
    parent: int
    cpu_s: float


class ProcessTree:
    """Adds up what this process and all below it have used; Linux only, elsewhere None.

    A browser that is closed leaves children that nobody waits for, and their seconds would be lost. As a
    subreaper this process becomes their parent and waits for them.

    Args:
        adopted: Names of processes that may be waited for here, such as `chrome`: we never start them ourselves.
    """

    def __init__(self, adopted: frozenset[str]) -> None:
        self._adopted = frozenset(name[:15] for name in adopted)  # Linux keeps 15 characters
        self._works = sys.platform == "linux" and _become_subreaper()

    def cpu_s(self) -> float | None:
        """Returns user and system seconds so far."""
        if not self._works:
            return None
        # What ends while we look is counted nowhere or twice: look until two looks agree on who is there.
        before: set[tuple[int, int]] = set()
        total = 0.0
        for _ in range(20):
            self._adopt()
            own, processes = os.getpid(), _processes()
            below = {pid for pid in processes if pid != own and _is_below(pid, own, processes)}
            times = os.times()
            total = times.user + times.system + times.children_user + times.children_system
            total += sum(processes[pid].cpu_s for pid in below)
            there = {(pid, processes[pid].parent) for pid in below}
            if there == before:
                break
            before = there
        return total

    def _adopt(self) -> None:
        """Waits for orphans that have ended, so that they do not pile up."""
        for pid, process in _processes().items():
            if process.state == "Z" and process.parent == os.getpid() and process.name in self._adopted:
                os.waitpid(pid, os.WNOHANG)


def _become_subreaper() -> bool:
    return bool(ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)


def _is_below(pid: int, top: int, processes: dict[int, _Process]) -> bool:
    while pid in processes and pid != top:
        pid = processes[pid].parent
    return pid == top


def _processes() -> dict[int, _Process]:
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            line = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it ended while we looked
        # The name stands in parentheses and may hold spaces and parentheses.
        name, _, rest = line.partition("(")[2].rpartition(")")
        fields = rest.split()
        ticks = sum(int(field) for field in fields[11:15])  # own and of children it waited for
        found[int(folder.name)] = _Process(name, fields[0], int(fields[1]), ticks / TICKS)
    return found
