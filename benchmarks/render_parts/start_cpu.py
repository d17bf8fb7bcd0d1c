"""CPU milliseconds that a recorded program's isolate takes before the program's first line."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from py_mini_racer import MiniRacer, init_mini_racer, mini_racer

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.isolate import guard_memory
from render_parts.streams import BOUNDS

MAIN, PIECES = parts.ISOLATES["record"]
OPTIONS: dict[str, object] = {
    "mode": "record",
    "seed": 0,
    "source": "",
    "limits": {
        "calls": BOUNDS.calls,
        "timers": BOUNDS.timers,
        "min": BOUNDS.canvas_min_px,
        "max": BOUNDS.canvas_max_px,
        "frames": 1,
        "bytes": BOUNDS.memory_mb * 2**20,
        "characters": 10**6,
    },
}


def _put_module(context: MiniRacer) -> None:
    wasm = parts.module_of("record")
    room: Any = context.eval(f"globalThis.$wasm = new ArrayBuffer({len(wasm)})")
    room[:] = wasm


def _parse(context: MiniRacer) -> None:
    """Parses the scripts as `parts.boot` holds them: those that are evaluated later are text."""
    texts = [
        json.dumps(parts.script(name)) if name in parts.LATER else f"({parts.script(name)})"
        for name in (*PIECES, MAIN)
    ]
    context.eval(f"(() => {{ 'use strict'; return [{', '.join(texts)}].length; }})()")


def _instantiate(context: MiniRacer) -> None:
    _put_module(context)
    context.eval("void new WebAssembly.Instance(new WebAssembly.Module($wasm))")


def _boot(context: MiniRacer) -> None:
    _put_module(context)
    context.eval(parts.boot("record", OPTIONS))


STEPS: dict[str, Callable[[MiniRacer], None]] = {
    "a bare isolate of this V8": lambda context: None,
    "with our scripts parsed": _parse,
    "with the functions of maths.wasm": _instantiate,
    "all that a program needs": _boot,
}


async def measure(times: int) -> dict[str, float]:
    """Returns the least milliseconds of each step, each of them from nothing; all are taken in turn."""
    guard_memory()
    init_mini_racer(flags=parts.V8_FLAGS, ignore_duplicate_init=True)
    least = dict.fromkeys(STEPS, float("inf"))
    for _ in range(times):
        for name, run in STEPS.items():
            started = time.process_time()
            with mini_racer(asyncio.get_running_loop()) as context:
                run(context)
            least[name] = min(least[name], 1000 * (time.process_time() - started))
    return least
