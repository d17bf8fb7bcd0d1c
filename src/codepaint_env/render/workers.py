"""How many programs are drawn at once, and the thread on which the waiting is done."""

from __future__ import annotations

import asyncio
import concurrent.futures
import math
import multiprocessing
import os
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from rewards.errors import SpecError

T = TypeVar("T")


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


class LoopThread:
    """An event loop of our own on a thread of its own, so that callers may have a loop or none.

    Playwright refuses to be driven from a running loop or from several threads; everything it does happens here.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="codepaint-render", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Starts work on the loop and returns its future."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs work on the loop and blocks until it is done; an interrupt cancels it."""
        future = self.submit(work)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Stops the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        if not self._thread.is_alive():
            self._loop.close()
