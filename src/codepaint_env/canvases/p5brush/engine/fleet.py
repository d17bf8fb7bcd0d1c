"""Worker processes that draw: started when they are needed, replaced when they fail or grow."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.engine.worker import LENGTH
from codepaint_env.render.confine import walls
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.limits import Limits
from rewards.errors import MachineError

log = logging.getLogger("codepaint")

START_S = 60.0  # a worker is ready in 0.5 s; on a machine too busy for this, nothing can be drawn
RENDERS = 500  # a worker is replaced after so many, or when it has grown
GROWN_MB = 600
WATCH_S = 0.2  # how often a worker's memory is looked at from outside
SPARE_MB = 256  # it looks at its own more often, and has ended the program long before it holds so much more
_STOPPED = frozenset({"memory_limit"})
# How V8 ends its own process when it cannot have the memory that a program asks for at once.
_OUT_OF_MEMORY = frozenset({signal.SIGILL, signal.SIGTRAP, signal.SIGABRT})
# How a broken process ends, and how the filter of system calls ends one; any other end is not the program's doing.
_CRASHED = frozenset({signal.SIGBUS, signal.SIGSEGV, signal.SIGSYS})
_BY_BUBBLEWRAP = 128  # is added to the signal that ended what it holds
_JSON_BYTES = 2**20  # an answer holds a message and twenty lines of console


@dataclass(slots=True)
class Counters:
    """What happened since a pool was made."""

    started: int = 0
    recycled: int = 0
    retried: int = 0


class EnginePool:
    """Draws programs in up to `size` worker processes; lives on one event loop."""

    def __init__(self, size: int, frames: int, limits: Limits, isolation: str = "worker") -> None:
        self.counters = Counters()
        self._frames = frames
        self._limits = limits
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        renders = 1 if isolation == "process" else RENDERS
        self._workers = [_Worker(self.counters, limits, renders) for _ in range(size)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def draw(self, program: str, seed: int) -> Drawn:
        """Runs one program; where its worker died it is tried once more in a fresh one.

        A worker that ended itself twice was ended by the program; one that was killed from outside twice is the
        machine's failure.

        Raises:
            MachineError: No worker could be started, or it was killed or fell silent twice.
        """
        asked = {
            "program": program,
            "seed": seed,
            "frames": self._frames,
            "bounds": {
                "recorder_cpu_s": self._limits.recorder_cpu_s,
                "geometry_cpu_s": self._limits.geometry_cpu_s,
                "memory_mb": self._limits.engine_memory_mb,
                "calls": self._limits.calls,
                "timers": self._limits.timers,
                "canvas_min_px": self._limits.canvas_min_px,
                "canvas_max_px": self._limits.canvas_max_px,
            },
        }
        waited = time.perf_counter()
        worker = await self._free.get()
        queue_s = time.perf_counter() - waited
        try:
            for last in (False, True):
                try:
                    drawn = await worker.ask(asked)
                    drawn.timings["queue"] = queue_s
                    return drawn
                except _Died as died:
                    self.counters.retried += not last
                    log.info("A worker died (%s).", died)
                    if last and died.outcome:
                        return Drawn(died.outcome, died.sentence)
                    if last:
                        raise MachineError(f"a drawing process died: {died}") from None
            raise AssertionError("unreachable")
        finally:
            self._free.put_nowait(worker)

    async def describe(self) -> dict[str, str | bool]:
        """Starts a worker if none runs, and returns its V8's version and what it has given up."""
        worker = await self._free.get()
        try:
            ready = await worker.started()
        finally:
            self._free.put_nowait(worker)
        return {"engine": parts.fingerprint(), "v8": ready["v8"], "confined": ", ".join(ready["confined"])}

    async def close(self) -> None:
        """Ends every worker."""
        for worker in self._workers:
            await worker.discard()


class _Died(Exception):
    """Carries what is said of a dead worker and, where the program ended it, the outcome."""

    def __init__(self, words: str, outcome: str = "") -> None:
        super().__init__(words)
        self.outcome = outcome
        self.sentence = (
            "The program asked for more memory than there is." if outcome == "memory_limit" else ""
        )


class _Grown(Exception):
    """A worker holds more memory than any program may use."""


class _Worker:
    """One process, or the place of one."""

    def __init__(self, counters: Counters, limits: Limits, renders: int) -> None:
        self._counters = counters
        self._limits = limits
        self._renders = renders
        self._process: asyncio.subprocess.Process | None = None
        self._ready: dict[str, Any] = {}
        self._drawn = 0
        self._starting: asyncio.Task[dict[str, Any]] | None = None

    async def started(self) -> dict[str, Any]:
        """Starts the process if it does not run; returns what it said of itself."""
        if self._starting is None:
            if self._process is not None and self._process.returncode is None:
                return self._ready
            self.begin()
        assert self._starting is not None
        return await asyncio.shield(self._starting)

    def begin(self) -> None:
        """Begins to start the process. It is always let finish: bubblewrap that is killed meanwhile stays for ever."""
        self._starting = asyncio.create_task(self._start())
        self._starting.add_done_callback(self._begun)

    def _begun(self, starting: asyncio.Task[dict[str, Any]]) -> None:
        self._starting = None
        if not starting.cancelled():
            starting.exception()  # whoever waits for it has it; else it is nobody's

    async def _start(self) -> dict[str, Any]:
        await self._end()
        around, environment = await asyncio.to_thread(_walls)
        self._process = await asyncio.create_subprocess_exec(
            *around,
            sys.executable,
            "-P",
            "-m",
            "codepaint_env.canvases.p5brush.engine.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if log.isEnabledFor(logging.DEBUG) else asyncio.subprocess.DEVNULL,
            env=environment,
            limit=2**23,
        )
        self._counters.started += 1
        self._drawn = 0
        try:
            self._ready, _ = await asyncio.wait_for(self._read(), START_S)
        except (TimeoutError, _Died) as error:
            await self._end()
            raise MachineError(
                f"a drawing process did not start ({error or 'no answer'}); `codepaint doctor` tells more"
            ) from None
        return self._ready

    async def ask(self, asked: dict[str, Any]) -> Drawn:
        """Sends a program and waits for its picture."""
        await self.started()
        assert self._process is not None
        assert self._process.stdin is not None
        text = json.dumps(asked).encode()
        try:
            self._process.stdin.write(LENGTH.pack(len(text)) + text)
            await self._process.stdin.drain()
            told, pixels = await self._answer()
        except (BrokenPipeError, ConnectionResetError):
            raise await self._death() from None
        except _Grown:
            self._counters.recycled += 1
            await self.discard()
            return Drawn("memory_limit", f"The program used more than {self._limits.engine_memory_mb} MB.")
        except BaseException:
            await self.discard()  # what it answers later must not be taken for another program's picture
            raise
        self._drawn += 1
        try:
            drawn = _drawn(told, pixels, self._limits.canvas_max_px)
        except (KeyError, TypeError, ValueError) as error:
            await self.discard()
            raise _Died(f"an answer that none of our workers gives ({error!r})", "crash") from None
        if (
            told["stuck"]
            or drawn.outcome in _STOPPED
            or self._drawn >= self._renders
            or told["memory_mb"] > GROWN_MB
        ):
            self._counters.recycled += 1
            await self.discard()
            if self._renders == 1:  # the next program's process starts while nobody waits for it
                self.begin()
        return drawn

    async def _answer(self) -> tuple[dict[str, Any], bytes]:
        """Waits for an answer as long as a program may take; meanwhile looks at the process's memory."""
        assert self._process is not None
        most_mb = self._limits.engine_memory_mb + SPARE_MB
        reading = asyncio.ensure_future(self._read())
        ends = time.monotonic() + self._limits.engine_wall_s
        try:
            while not (await asyncio.wait({reading}, timeout=WATCH_S))[0]:
                if time.monotonic() > ends:
                    raise _Died(f"no answer for {self._limits.engine_wall_s:.0f} s")
                if walls.tree_mb(self._process.pid) > most_mb:
                    raise _Grown
        finally:
            if not reading.done():
                reading.cancel()
                await asyncio.wait({reading})
        return reading.result()

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        """Reads one message; what it says of itself is bounded, for a program may have broken out of V8."""
        assert self._process is not None
        assert self._process.stdout is not None
        stream = self._process.stdout
        try:
            length = LENGTH.unpack(await stream.readexactly(LENGTH.size))[0]
            if length > _JSON_BYTES:
                raise _Died(f"an answer of {length} bytes", "crash")
            told: dict[str, Any] = json.loads(await stream.readexactly(length))
            pixels = told.get("pixels", 0)
            if pixels not in range(4 * self._limits.canvas_max_px**2 + 1):
                raise _Died(f"a picture of {pixels!r} bytes", "crash")
            return told, await stream.readexactly(pixels)
        except (ValueError, AttributeError, RecursionError) as error:
            raise _Died(f"an answer that is none ({error!r})", "crash") from None
        except asyncio.IncompleteReadError:
            raise await self._death() from None

    async def _death(self) -> _Died:
        """Waits for the end of the process and tells whether it ended itself or was killed."""
        assert self._process is not None
        code = await self._process.wait()
        if code > _BY_BUBBLEWRAP:
            code = _BY_BUBBLEWRAP - code
        await self._end()
        outcome = "memory_limit" if -code in _OUT_OF_MEMORY else "crash" if -code in _CRASHED else ""
        return _Died(f"exit {code}", outcome)

    async def discard(self) -> None:
        """Ends the process, if there is one, and the one that may be starting."""
        if self._starting is not None:
            await asyncio.wait({self._starting})
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        for pid in reversed(walls.tree(process.pid) if process.returncode is None else []):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        await process.wait()


def _drawn(told: dict[str, Any], pixels: bytes, most_px: int) -> Drawn:
    """Makes a picture of what a worker told; raises `ValueError` or `TypeError` where it cannot be one."""
    drawn = Drawn(**{part.name: told[part.name] for part in fields(Drawn) if part.name in told})
    width, height = drawn.size
    drawn.size = (width, height)
    words = [drawn.outcome, drawn.message, drawn.missing, *drawn.console]
    if not all(isinstance(word, str) for word in words) or not all(
        isinstance(seconds, int | float) for seconds in [told["memory_mb"], *drawn.timings.values()]
    ):
        raise ValueError("a word or a number of another type")
    if pixels:
        if width not in range(1, most_px + 1):
            raise ValueError(f"a picture {width!r} wide")
        drawn.rgba = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
    return drawn


def _walls() -> tuple[tuple[str, ...], dict[str, str]]:
    """Returns the command around a worker's and its environment; says once what cannot be had here."""
    global _told
    around, no_bubblewrap = walls.bubblewrap()
    _, no_filter = walls.seccomp()
    missing = {"bubblewrap": no_bubblewrap, "a filter of system calls": no_filter}
    with _telling:
        told, _told = _told, True
    for name, reason in missing.items():
        if reason and not told:
            log.warning(
                "Programs run without %s (%s); `codepaint doctor` names the level reached.", name, reason
            )
    return around, walls.environment()


_told = False
_telling = threading.Lock()  # two workers start at once
