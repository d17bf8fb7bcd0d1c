"""One event loop on a daemon thread for the whole process, made by its first use and anew after a fork."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from rewards.forks import lock_held_over_forks, run_in_children

T = TypeVar("T")

_lock = lock_held_over_forks()
_running: asyncio.AbstractEventLoop | None = None
_inherited: list[asyncio.AbstractEventLoop] = []


def loop() -> asyncio.AbstractEventLoop:
    """Returns the loop, started."""
    global _running
    with _lock:
        if _running is None:
            _running = asyncio.new_event_loop()
            threading.Thread(target=_running.run_forever, name="codepaint-loop", daemon=True).start()
        return _running


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs work on the loop and waits for it, also where this thread runs a loop of its own (Jupyter)."""
    future = asyncio.run_coroutine_threadsafe(work, loop())
    try:
        return future.result()
    except BaseException:  # Ctrl-C: no further call is to be paid for
        future.cancel()
        raise


async def arun(work: Coroutine[Any, Any, T]) -> T:
    """Awaits work that runs on the loop, from any other loop."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop()))


def _forked() -> None:
    global _running
    if _running is not None:
        # Kept: an event loop that is collected closes file descriptors that the parent still listens on.
        _inherited.append(_running)
        _running = None


run_in_children(_forked)
