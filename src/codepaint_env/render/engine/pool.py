"""Worker processes that draw: started when they are needed, replaced when they fail or grow."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from codepaint_env.render.drawn import Drawn
from codepaint_env.render.engine import parts
from codepaint_env.render.engine.worker import LENGTH
from codepaint_env.render.limits import Limits
from rewards.errors import MachineError

log = logging.getLogger("codepaint")

START_S = 60.0  # a worker is ready in 0.5 s; on a machine too busy for this, nothing can be drawn
RENDERS = 500  # a worker is replaced after so many, or when it has grown
GROWN_MB = 600
_STOPPED = frozenset({"memory_limit"})
# What V8 ends its own process with; any other end is not the program's doing.
_OWN_SIGNALS = frozenset({signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGSEGV})


@dataclass(slots=True)
class Counters:
    """What happened since a pool was made."""

    started: int = 0
    recycled: int = 0
    retried: int = 0


class EnginePool:
    """Draws programs in up to `size` worker processes; lives on one event loop."""

    def __init__(self, size: int, frames: int, limits: Limits) -> None:
        self.counters = Counters()
        self._frames = frames
        self._limits = limits
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers = [_Worker(self.counters) for _ in range(size)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def draw(self, program: str, seed: int) -> Drawn:
        """Runs one program; where its worker died it is tried once more in a fresh one.

        A worker that its own V8 ended twice was ended by the program; one that was killed from outside twice
        is the machine's failure.

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
                    drawn = await worker.ask(asked, self._limits.wall_s)
                    drawn.timings["queue"] = queue_s
                    return drawn
                except _Died as died:
                    self.counters.retried += not last
                    log.info("A worker died (%s).", died)
                    if last and died.by_itself:
                        return Drawn("crash")
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
    def __init__(self, words: str, *, by_itself: bool) -> None:
        super().__init__(words)
        self.by_itself = by_itself


class _Worker:
    """One process, or the place of one."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._process: asyncio.subprocess.Process | None = None
        self._ready: dict[str, Any] = {}
        self._drawn = 0

    async def started(self) -> dict[str, Any]:
        """Starts the process if it does not run; returns what it said of itself."""
        if self._process is not None and self._process.returncode is None:
            return self._ready
        await self.discard()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "codepaint_env.render.engine.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if log.isEnabledFor(logging.DEBUG) else asyncio.subprocess.DEVNULL,
            env=_environment(),
            limit=2**23,
        )
        self._counters.started += 1
        self._drawn = 0
        try:
            self._ready, _ = await asyncio.wait_for(self._read(), START_S)
        except (TimeoutError, _Died) as error:
            await self.discard()
            raise MachineError(
                f"a drawing process did not start ({error or 'no answer'}); `codepaint doctor` tells more"
            ) from None
        return self._ready

    async def ask(self, asked: dict[str, Any], wall_s: float) -> Drawn:
        """Sends a program and waits for its picture."""
        await self.started()
        assert self._process is not None
        assert self._process.stdin is not None
        text = json.dumps(asked).encode()
        try:
            self._process.stdin.write(LENGTH.pack(len(text)) + text)
            await self._process.stdin.drain()
            told, pixels = await asyncio.wait_for(self._read(), wall_s)
        except (BrokenPipeError, ConnectionResetError):
            raise await self._death() from None
        except TimeoutError:
            await self.discard()
            raise _Died(f"no answer for {wall_s:.0f} s", by_itself=False) from None
        except BaseException:
            await self.discard()  # what it answers later must not be taken for another program's picture
            raise
        self._drawn += 1
        drawn = Drawn(**{part.name: told[part.name] for part in fields(Drawn) if part.name in told})
        drawn.size = (drawn.size[0], drawn.size[1])
        if pixels:
            width, height = drawn.size
            drawn.rgba = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)
        if (
            told["stuck"]
            or drawn.outcome in _STOPPED
            or self._drawn >= RENDERS
            or told["memory_mb"] > GROWN_MB
        ):
            self._counters.recycled += 1
            await self.discard()
        return drawn

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        assert self._process is not None
        assert self._process.stdout is not None
        stream = self._process.stdout
        try:
            length = LENGTH.unpack(await stream.readexactly(LENGTH.size))[0]
            told: dict[str, Any] = json.loads(await stream.readexactly(length))
            return told, await stream.readexactly(told.get("pixels", 0))
        except asyncio.IncompleteReadError:
            raise await self._death() from None

    async def _death(self) -> _Died:
        """Waits for the end of the process and tells whether it ended itself or was killed."""
        assert self._process is not None
        code = await self._process.wait()
        await self.discard()
        return _Died(f"exit {code}", by_itself=-code in _OWN_SIGNALS)

    async def discard(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()


def _environment() -> dict[str, str]:
    """Returns what a worker needs to find its code, and none of the secrets around it."""
    kept = {name: os.environ[name] for name in ("PATH", "CODEPAINT_HOME", "HOME") if name in os.environ}
    source = str(Path(__file__).resolve().parents[3])
    paths = [source] if source in sys.path else [path for path in sys.path if path]
    # Threads of numpy's, which draws nothing here, would keep the worker from giving up the network.
    kept |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    # Programs format and sort by them, and must do so alike on every machine.
    kept |= {"LANG": "C.UTF-8", "TZ": "UTC"}
    return {**kept, "PYTHONPATH": os.pathsep.join([source, *paths]), "PYTHONDONTWRITEBYTECODE": "1"}
