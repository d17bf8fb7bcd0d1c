"""Forks in the middle of a test, with a limit on how long the child may take."""

from __future__ import annotations

import os
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def held_by_another_thread(lock: Any) -> Iterator[None]:
    """Has a lock held by a thread of its own for as long as the block runs."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            done.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join()


def ends_well_in_a_child(work: Callable[[], object], *, timeout_s: float = 20) -> bool:
    """Forks, and returns True if the work is true in the child; False if it is not, raises or takes too long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of any fork beside threads
        child = os.fork()
    if child == 0:
        ended = 1
        try:
            ended = 0 if work() else 1
        except BaseException:  # noqa: BLE001 (the child must not go on with the parent's tests)
            traceback.print_exc()
        finally:
            os._exit(ended)
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status == 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False
