"""One event loop on a daemon thread for the whole process, made by its first use and anew after a fork.

Renderers and clients of judges live on it, and so does a server, whose requests then change no thread. What may keep
threads busy while it waits for this loop, as rewards do, runs on a second one where somebody on the first asks for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from rewards.forks import lock_held_over_forks, run_in_children

T = TypeVar("T")

_FIRST, _SECOND = "codepaint-loop", "codepaint-beside"

_lock = lock_held_over_forks()
_running: dict[str, asyncio.AbstractEventLoop] = {}
_inherited: list[asyncio.AbstractEventLoop] = []


def loop() -> asyncio.AbstractEventLoop:
    """Returns the loop, started."""
    return _started(_FIRST)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs work on the loop and waits for it, also where this thread runs a loop of its own (Jupyter)."""
    if _is_here():
        work.close()
        raise RuntimeError("The loop cannot wait for what it runs itself; await arun.")
    future = asyncio.run_coroutine_threadsafe(work, loop())
    try:
        return future.result()
    except BaseException:  # Ctrl-C: no further call is to be paid for
        future.cancel()
        raise


async def arun(work: Coroutine[Any, Any, T]) -> T:
    """Awaits work that runs on the loop, from any loop."""
    if _is_here():
        return await work
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop()))


async def beside(work: Coroutine[Any, Any, T]) -> T:
    """Awaits work that may wait for the loop in threads: where the loop itself asks for it, on a second loop.

    The threads of the first are what drawing needs; if all of them waited for it, nothing would go on.
    """
    if not _is_here():
        return await work
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, _started(_SECOND)))


def _started(name: str) -> asyncio.AbstractEventLoop:
    with _lock:
        if name not in _running:
            _running[name] = asyncio.new_event_loop()
            threading.Thread(target=_running[name].run_forever, name=name, daemon=True).start()
        return _running[name]


def _is_here() -> bool:
    return asyncio._get_running_loop() is _running.get(_FIRST, False)


def _forked() -> None:
    # Kept: an event loop that is collected closes file descriptors that the parent still listens on.
    _inherited.extend(_running.values())
    _running.clear()


run_in_children(_forked)
