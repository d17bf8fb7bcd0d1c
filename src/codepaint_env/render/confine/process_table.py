"""What Linux tells of processes: whose child one is, when it began, what it holds and has used."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_REST = re.compile(rb"^State:\t(\w).*^voluntary_ctxt_switches:\t(\d+)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rest:
    """Whether the main thread of a process has nothing to do.

    Attributes:
        asleep: True if it waits, for work or for another thread or process.
        sleeps: How often it has begun to wait since it started.
    """

    asleep: bool
    sleeps: int


def tree(pid: int) -> list[int]:
    """Returns the ids of a process and all below it, as far as they can be seen; parents come first."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        try:
            tasks = f"/proc/{found[-1]}/task"
            for task in os.listdir(tasks):
                with open(f"{tasks}/{task}/children", "rb") as children:
                    waiting += map(int, children.read().split())
        except (OSError, ValueError):
            continue
    return found


def tree_mb(pid: int) -> float:
    """Returns the resident megabytes of a process and all below it; 0.0 where that cannot be seen."""
    return sum(resident_mb(each) for each in tree(pid))


def tree_cpu_s(pid: int) -> float:
    """Returns the CPU seconds, user and system, of a process and all below it; 0.0 where that cannot be seen."""
    return sum(cpu_s(each) for each in tree(pid))


def resident_mb(pid: int | str = "self") -> float:
    """Returns the resident megabytes of a process; 0.0 where that cannot be seen."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * _PAGE_BYTES / 2**20
    return 0.0


def cpu_s(pid: int) -> float:
    """Returns the CPU seconds, user and system, of a process; 0.0 where that cannot be seen."""
    with contextlib.suppress(OSError, ValueError):
        fields = stat(Path(f"/proc/{pid}/stat"))
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def parent_of(pid: int) -> int:
    """Returns the id of the process that started another; 0 where nobody can tell."""
    with contextlib.suppress(OSError, ValueError):
        return int(stat(Path(f"/proc/{pid}/stat"))[1])
    return 0


def rest_of(pid: int) -> Rest | None:
    """Returns whether the main thread of a process has nothing to do; None where that cannot be seen."""
    with contextlib.suppress(OSError):
        told = _REST.search(Path(f"/proc/{pid}/status").read_bytes())
        return Rest(told[1] == b"S", int(told[2])) if told else None
    return None


def started_ticks(pid: int) -> int | None:
    """Returns when a process began, in clock ticks since the machine did; None if it has ended or cannot be seen."""
    with contextlib.suppress(OSError):
        fields = stat(Path(f"/proc/{pid}/stat"))
        return None if fields[0] in "ZX" else int(fields[19])
    return None


def stat(path: Path) -> list[str]:
    """Returns the fields of a `stat` file from the state on: 0 is the state, 1 the parent, 11 and 12 CPU ticks."""
    # The name in parentheses may hold spaces: fields are counted from its end.
    return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
