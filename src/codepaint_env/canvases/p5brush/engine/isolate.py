"""One V8 isolate: started with some of the engine's scripts, held by one function of ours, bounded in memory."""

from __future__ import annotations

import asyncio
import ctypes
import json
import math
import resource
import sys
import time
from collections.abc import Awaitable
from contextlib import ExitStack
from importlib.resources import files
from typing import Any

from py_mini_racer import JSEvalException, MiniRacer, init_mini_racer, mini_racer
from py_mini_racer._exc import JSConversionException
from py_mini_racer._objects import ObjectFactoryImpl

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.stack_depth import StackDepth, threads

ANSWER_S = 0.5
GARBAGE_MB = 32
ASKED_AGAIN, PAUSE_S = 50, 0.01
_ENABLE_TRAPS = "_ZN2v82V828EnableWebAssemblyTrapHandlerEb"  # v8::V8::EnableWebAssemblyTrapHandler(bool)


def guard_memory() -> bool:
    """Has the processor catch what WebAssembly reads or writes outside its memory, as Chromium and Node do.

    Otherwise V8 compiles a comparison before each access, which takes 5 to 8 % of the rasteriser's time. For this V8
    reserves 10 GB of addresses (not of memory) for each instance and takes over SIGSEGV. Call it before V8 starts, in a
    process of our own: V8 ends the process that asks later.

    Returns:
        True where it is so; False where addresses are limited, or this build of V8 does not offer it. Pictures are the
        same either way.
    """
    if sys.platform != "linux" or resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY:
        return False
    enable = getattr(ctypes.CDLL(str(files("py_mini_racer") / "libmini_racer.so")), _ENABLE_TRAPS, None)
    if enable is None:
        return False
    enable.argtypes, enable.restype = [ctypes.c_bool], ctypes.c_bool
    return bool(enable(True))


class _Values(ObjectFactoryImpl):
    """Makes Python's values of V8's; None of what Python has not, for a program may end in anything.

    mini-racer would raise in a callback, and whoever awaits the value would wait for ever.
    """

    def value_handle_to_python(self, ctx: Any, val_handle: Any) -> Any:
        """Returns what a handle stands for."""
        try:
            return super().value_handle_to_python(ctx, val_handle)
        except JSEvalException:
            raise
        except UnicodeDecodeError as error:  # half of a surrogate pair
            return error.object.decode("utf-8", "replace")
        except (ValueError, OverflowError, OSError, JSConversionException):  # no date, a BigInt
            return None


class Isolate:
    """One V8 isolate started with some of the engine's scripts; it is one function of ours, held from the start."""

    def __init__(self, name: str, options: dict[str, object]) -> None:
        init_mini_racer(flags=parts.V8_FLAGS, ignore_duplicate_init=True)
        self._open = ExitStack()
        before = threads()
        self.context: MiniRacer = self._open.enter_context(mini_racer(asyncio.get_running_loop()))
        self._heap: Any = self.context._ctx
        object.__setattr__(self.context._ctx, "_object_factory", _Values())
        wasm = parts.module_of(name)
        room: Any = self.context.eval(f"globalThis.$wasm = new ArrayBuffer({len(wasm)})")
        room[:] = wasm
        self._face: Any = self.context.eval(parts.boot(name, options))
        self.depth = StackDepth(before)

    def call(self, name: str, *values: object) -> Any:
        """Calls a function of an isolate that holds no program: one could get at the list of the values."""
        return self._face(name, *values)

    def waiting(self, name: str, *values: object) -> Awaitable[Any]:
        """Calls a function that may have to be cut off."""
        return self._face.cancelable()(name, *values)  # type: ignore[no-any-return]

    def asking(self, name: str) -> Awaitable[Any]:
        """Calls a function beside a program, which may be busy or make it slow: it is waited for by whoever can."""
        return self.context.eval_cancelable(f"{parts.FACE}('{name}')")

    async def answers(self) -> bool:
        """Returns whether the isolate is free to do anything."""
        asked = asyncio.ensure_future(self.asking("ended"))
        done, _ = await asyncio.wait({asked}, timeout=ANSWER_S)
        asked.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        return bool(done)

    def hold_at_most(self, memory_mb: int) -> None:
        """Ends what runs here once its objects take so much; that is looked at when V8 collects garbage.

        From half of it on V8 is told to collect at once, so that little of what counts is garbage.
        """
        self._heap.set_soft_memory_limit(memory_mb * 2**20 // 2)
        self._heap.set_hard_memory_limit(memory_mb * 2**20)

    def is_full(self, memory_mb: int) -> bool:
        """Tells whether that has happened, or would if V8 collected garbage now."""
        return bool(self._heap.was_hard_memory_limit_reached()) or self._holds_more_than(memory_mb)

    def forget(self) -> None:
        """Collects what earlier programs left, where it is more than a little: it would count as the next one's."""
        self._holds_more_than(GARBAGE_MB)

    def _holds_more_than(self, megabytes: int) -> bool:
        """Tells whether objects take so much after garbage was collected, which is done only where they may."""
        if self._used() <= megabytes * 2**20:
            return False
        self._heap.low_memory_notification()
        return self._used() > megabytes * 2**20

    def _used(self) -> float:
        """Returns the bytes that objects take, garbage among them; without end where that went past the hard limit."""
        for _ in range(ASKED_AGAIN):
            try:
                return int(json.loads(self._heap.heap_stats())["used_heap_size"])
            except ValueError:  # a sentence, no JSON
                # V8 was told to stop while it wrote that down: by the hard limit, which it meets as it collects
                # garbage, or by what ended a program a moment ago, which is soon over.
                if self._heap.was_hard_memory_limit_reached():
                    return math.inf
            time.sleep(PAUSE_S)
        raise RuntimeError(f"V8 did not tell how much memory it uses, {ASKED_AGAIN} times.")

    def close(self) -> None:
        """Frees the isolate."""
        self._face = None
        self._open.close()
