"""Processes that a renderer has started: found, waited for, and named as victims of a kill."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence

import psutil

WHILE_S = 30.0


def marked(processes: Iterable[psutil.Process], mark: str) -> list[psutil.Process]:
    """Returns the processes whose command line holds a mark; those that end meanwhile are left out."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if mark in " ".join(process.cmdline()):
                found.append(process)
    return found


def ours(mark: str) -> list[psutil.Process]:
    """Returns the processes with a mark that this one started, those at the leaves first."""
    return marked(reversed(psutil.Process().children(recursive=True)), mark)


def browsers() -> list[psutil.Process]:
    found = []
    for process in ours("--headless"):
        with contextlib.suppress(psutil.Error, IndexError):
            if "--type=" not in " ".join(process.cmdline()) and process.cmdline()[0].endswith("/chrome"):
                found.append(process)
    return found


VICTIMS: dict[str, Callable[[], list[psutil.Process]]] = {
    "engine worker": lambda: ours("codepaint_env.render.confine.worker"),
    "page browser": browsers,
    "page graphics": lambda: ours("--type=gpu-process"),
    "page driver": lambda: ours("run-driver"),
}


def kill_in_the_middle(victim: str, others: Sequence[psutil.Process], after_s: float = 0.3) -> int:
    """Stops a process now, so that whatever is asked of it next waits for it, and kills it soon; returns its number.

    Args:
        victim: A key of `VICTIMS`.
        others: Processes of other renderers.
        after_s: How long it is stopped.
    """
    process = next(process for process in VICTIMS[victim]() if process not in others)
    process.suspend()
    threading.Timer(after_s, process.kill).start()
    return process.pid


def until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + WHILE_S
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def offspring(pid: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).children(recursive=True)
    return []


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    found = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
