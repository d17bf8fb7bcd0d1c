"""How many programs are drawn at once."""

from __future__ import annotations

import math
import multiprocessing
import os
from pathlib import Path

from rewards.errors import SpecError


def count_workers() -> int:
    """Returns how many programs this process should draw at once.

    `CODEPAINT_WORKERS` if it is set; 1 in a child of multiprocessing; else the cores this process may use
    (affinity and cgroup quota) divided by the ranks that share the machine (`LOCAL_WORLD_SIZE`).
    """
    wish = os.environ.get("CODEPAINT_WORKERS")
    if wish:
        if not wish.isdigit() or int(wish) < 1:
            raise SpecError(f"CODEPAINT_WORKERS is {wish!r}; it must be a whole number above 0.")
        return int(wish)
    if multiprocessing.parent_process() is not None:
        return 1
    ranks = os.environ.get("LOCAL_WORLD_SIZE", "1")
    return max(1, _quota() // max(1, int(ranks) if ranks.isdigit() else 1))


def _quota() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for quota_file, period_file in (
        ("/sys/fs/cgroup/cpu.max", None),
        ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "/sys/fs/cgroup/cpu/cpu.cfs_period_us"),
    ):
        try:
            words = Path(quota_file).read_text(encoding="ascii").split()
            period = words[1] if period_file is None else Path(period_file).read_text(encoding="ascii")
            if words[0] not in ("max", "-1"):
                return max(1, min(cores, math.ceil(int(words[0]) / int(period))))
        except (OSError, ValueError, IndexError):
            continue
    return cores
