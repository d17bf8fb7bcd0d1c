"""One worker process as its parent sees it: started behind its walls, asked, watched, and ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Mapping
from typing import Protocol, TypeVar

from codepaint_env.render.codec import CodecError, from_json, join_drawn
from codepaint_env.render.confine import process_table, syscalls, walls
from codepaint_env.render.confine.pipe_reader import PipeReader
from codepaint_env.render.confine.worker import LENGTH
from codepaint_env.render.confine.worker_kind import Bounds, WorkerKind, command
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.schema import AnswerRecord, ReadyRecord
from rewards.errors import MachineError

log = logging.getLogger("codepaint")
T = TypeVar("T", AnswerRecord, ReadyRecord)

START_S = 60.0  # a worker is ready in 0.5 s; on a machine too busy for this, nothing can be drawn
WATCH_S = 0.2  # how often a worker is looked at from outside
_STOPPED = frozenset({"memory_limit"})
# How a process ends itself when it cannot have the memory that a program asks for at once.
_OUT_OF_MEMORY = frozenset({signal.SIGILL, signal.SIGTRAP, signal.SIGABRT})
# How a broken process ends, and how the filter of system calls ends one; any other end is not the program's doing.
_CRASHED = frozenset({signal.SIGBUS, signal.SIGSEGV, signal.SIGSYS})
_BY_BUBBLEWRAP = 128  # is added to the signal that ended what it holds
_JSON_BYTES = 2**20  # an answer holds a message and twenty lines of console


class Counts(Protocol):
    """Counters that a worker adds to."""

    started: int
    recycled: int


class Died(Exception):
    """Carries what is said of a dead worker and, where the program ended it, the outcome."""

    def __init__(self, words: str, outcome: str = "") -> None:
        super().__init__(words)
        self.outcome = outcome


class _Over(Exception):
    """Carries the outcome of a program that used more than it may."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class WorkerProcess:
    """One process, or the place of one.

    Attributes:
        drawn: Programs that it drew since it was started.
    """

    def __init__(self, kind: WorkerKind, bounds: Bounds, renders: int, counts: Counts) -> None:
        self._kind = kind
        self._bounds = bounds
        self._renders = renders
        self._counts = counts
        self._process: asyncio.subprocess.Process | None = None
        self._answers: PipeReader | None = None
        self._ready: ReadyRecord | None = None
        self.drawn = 0
        self._starting: asyncio.Task[ReadyRecord] | None = None

    async def describe(self) -> dict[str, str]:
        """Starts the process if it does not run; returns what it said of itself."""
        ready = await self._started()
        return {**ready.made_of, "confined": ", ".join(ready.confined)}

    async def ask(self, asked: Mapping[str, object]) -> Drawn:
        """Sends a program and waits for its picture.

        Raises:
            Died: The process ended.
            MachineError: It did not start.
        """
        await self._started()
        assert self._process is not None
        assert self._process.stdin is not None
        text = json.dumps(asked).encode()
        try:
            self._process.stdin.write(LENGTH.pack(len(text)) + text)
            await self._process.stdin.drain()
            answer, pixels = await self._answer()
        except (BrokenPipeError, ConnectionResetError):
            raise await self._death() from None
        except _Over as over:
            self._counts.recycled += 1
            await self.discard()
            return Drawn(over.outcome, str(over))
        except BaseException:
            await self.discard()  # what it answers later must not be taken for another program's picture
            raise
        self.drawn += 1
        try:
            drawn = join_drawn(answer.drawn, pixels, self._bounds.canvas_max_px)
        except CodecError as error:
            await self.discard()
            raise Died(f"an answer that none of our workers gives ({error})", "crash") from None
        if (
            answer.stuck
            or drawn.outcome in _STOPPED
            or self.drawn >= self._renders
            or answer.memory_mb > self._bounds.grown_mb
        ):
            self._counts.recycled += 1
            await self.discard()
            if self._renders == 1:  # the next program's process starts while nobody waits for it
                self._begin()
        return drawn

    async def discard(self) -> None:
        """Ends the process, if there is one, and the one that may be starting."""
        if self._starting is not None:
            await asyncio.wait({self._starting})
        await self._end()

    @property
    def is_running(self) -> bool:
        """Whether it can draw at once."""
        return self._starting is None and self._process is not None and self._process.returncode is None

    async def _started(self) -> ReadyRecord:
        if self._starting is None:
            if self._ready is not None and self.is_running:
                return self._ready
            self._begin()
        assert self._starting is not None
        return await asyncio.shield(self._starting)

    def _begin(self) -> None:
        """Begins to start the process. It is always let finish: bubblewrap that is killed meanwhile stays for ever."""
        self._starting = asyncio.create_task(self._start())
        self._starting.add_done_callback(self._begun)

    def _begun(self, starting: asyncio.Task[ReadyRecord]) -> None:
        self._starting = None
        if not starting.cancelled():
            starting.exception()  # whoever waits for it has it; else it is nobody's

    async def _start(self) -> ReadyRecord:
        await self._end()
        around, environment = await asyncio.to_thread(_walls, self._kind)
        self._answers = answers = PipeReader()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *around,
                *command(self._kind),
                stdin=asyncio.subprocess.PIPE,
                stdout=answers.sink,
                stderr=None if log.isEnabledFor(logging.DEBUG) else asyncio.subprocess.DEVNULL,
                env=environment,
            )
        finally:
            answers.close_sink()
        self._counts.started += 1
        self.drawn = 0
        try:
            self._ready = ready = await asyncio.wait_for(self._read(ReadyRecord), START_S)
        except (TimeoutError, Died) as error:
            await self._end()
            raise MachineError(
                f"a drawing process did not start ({error or 'no answer'}); `codepaint doctor` tells more"
            ) from None
        found = {name: ready.made_of.get(name) for name in self._kind.made_of}
        if found != self._kind.made_of:
            await self._end()
            raise MachineError(
                f"a drawing process is made of {found}, and this process of {dict(self._kind.made_of)}: codepaint's "
                "files were changed while it ran; start it again"
            )
        return ready

    async def _answer(self) -> tuple[AnswerRecord, memoryview]:
        """Waits for an answer as long as a program may take; meanwhile looks at what the process uses."""
        assert self._process is not None
        bounds, pid = self._bounds, self._process.pid
        reading = asyncio.ensure_future(self._read_answer())
        ends = time.monotonic() + bounds.wall_s
        before_s = None if bounds.cpu_s is None else process_table.tree_cpu_s(pid)
        try:
            while not (await asyncio.wait({reading}, timeout=WATCH_S))[0]:
                if time.monotonic() > ends:
                    raise Died(f"no answer for {bounds.wall_s:.0f} s")
                if process_table.tree_mb(pid) > bounds.memory_mb:
                    raise _Over("memory_limit", bounds.memory_message)
                if before_s is None or bounds.cpu_s is None:
                    continue
                if process_table.tree_cpu_s(pid) - before_s > bounds.cpu_s:
                    raise _Over("work_limit", f"The program used more than {bounds.cpu_s:g} CPU seconds.")
        finally:
            if not reading.done():
                reading.cancel()
                await asyncio.wait({reading})
        return reading.result()

    async def _read_answer(self) -> tuple[AnswerRecord, memoryview]:
        answer = await self._read(AnswerRecord)
        if answer.pixels > 3 * self._bounds.canvas_max_px**2:
            raise Died(f"a picture of {answer.pixels} bytes", "crash")
        return answer, await self._exactly(answer.pixels)

    async def _read(self, kind: type[T]) -> T:
        """Reads one message; what it says of itself is bounded, for a program may have taken over its process."""
        length = LENGTH.unpack(await self._exactly(LENGTH.size))[0]
        if length > _JSON_BYTES:
            raise Died(f"an answer of {length} bytes", "crash")
        try:
            return from_json(bytes(await self._exactly(length)), kind)
        except CodecError as error:
            raise Died(f"an answer that is none ({error})", "crash") from None

    async def _exactly(self, count: int) -> memoryview:
        assert self._answers is not None
        try:
            return await self._answers.readexactly(count)
        except EOFError:
            raise await self._death() from None

    async def _death(self) -> Died:
        """Waits for the end of the process and tells whether it ended itself or was killed."""
        assert self._process is not None
        code = await self._process.wait()
        if code > _BY_BUBBLEWRAP:
            code = _BY_BUBBLEWRAP - code
        await self._end()
        outcome = "memory_limit" if -code in _OUT_OF_MEMORY else "crash" if -code in _CRASHED else ""
        return Died(f"exit {code}", outcome)

    async def _end(self) -> None:
        process, self._process = self._process, None
        answers, self._answers = self._answers, None
        if answers is not None:
            answers.close()
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        for pid in reversed(process_table.tree(process.pid) if process.returncode is None else []):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        await process.wait()


def _walls(kind: WorkerKind) -> tuple[tuple[str, ...], dict[str, str]]:
    """Returns the command around a worker's and its environment; says once what cannot be had here."""
    global _told
    around, no_bubblewrap = walls.bubblewrap(kind.packages, kind.places)
    _, no_filter = syscalls.seccomp()
    missing = {"bubblewrap": no_bubblewrap, "a filter of system calls": no_filter}
    with _telling:
        told, _told = _told, True
    for name, reason in missing.items():
        if reason and not told:
            log.warning(
                "Programs run without %s (%s); `codepaint doctor` names the level reached.", name, reason
            )
    return around, walls.environment(wrapped=bool(around))


_told = False
_telling = threading.Lock()  # two workers start at once
