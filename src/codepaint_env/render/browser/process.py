"""One running Chromium: what it uses, whether it is alive, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from codepaint_env.render.confine import process_table
from rewards.errors import MachineError

T = TypeVar("T")

# A process that crashes ends by one of these; whoever ends it from outside, the kernel too, takes another.
_OWN_SIGNALS = frozenset({signal.SIGILL, signal.SIGTRAP, signal.SIGABRT, signal.SIGBUS, signal.SIGSEGV})
_NOTED_S = 2.0  # what tells of a browser's end comes a few milliseconds after it
# Threads, by the 15 letters that Linux keeps of a name, that wake without a program's doing. All others work for it:
# the main thread, helpers of V8 and ANGLE, SwiftShader's `Thread<nn>` and that of its queue, which is called `chrome`.
_TIMEKEEPERS = frozenset(
    {"Chrome_ChildIOT", "Compositor", "VizCompositorTh", "PerfettoTrace", "ThreadPoolServi"}
)
_HELD = frozenset("DTt")  # states of a thread that waits for a disk or was stopped: not the program's doing
_ENDS = "GPU.GPUProcessTerminationStatus2"
_CRASHED = 3  # of base::TerminationStatus; 2 is killed


@dataclass(frozen=True, slots=True)
class Usage:
    """What the processes that work on a program have used.

    Attributes:
        cpu_s: CPU seconds, user and system, of the page's process with all its threads.
        graphics_s: The same of the process that draws WebGL.
        memory_mb: Their resident megabytes.
        working_s: CPU seconds of the threads that run programs and draw, without those that only keep time.
        starved_s: Seconds that these threads were ready to run and got no core.
        awake: True if one of them runs, waits for a core, or is held up by the system now.
    """

    cpu_s: float = 0.0
    graphics_s: float = 0.0
    memory_mb: float = 0.0
    working_s: float = 0.0
    starved_s: float = 0.0
    awake: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.cpu_s + other.cpu_s,
            self.graphics_s + other.graphics_s,
            self.memory_mb + other.memory_mb,
            self.working_s + other.working_s,
            self.starved_s + other.starved_s,
            self.awake or other.awake,
        )


class Connection(Protocol):
    """To a running browser: Playwright's `Browser`, or a `Pipe`."""

    @property
    def version(self) -> str:
        """Of the browser, such as `153.0.8010.0`."""
        ...

    def on(self, event: Any, f: Callable[..., Any], /) -> object:
        """Calls a function when the browser has gone: the event `disconnected`."""
        ...

    def is_connected(self) -> bool:
        """True while the browser lives."""
        ...

    async def close(self) -> None:
        """Ends the browser."""
        ...


class Commands(Protocol):
    """The protocol of a browser: Playwright's `CDPSession`, or a `Session` of a `Pipe`."""

    async def send(self, method: str, params: Any = None, /) -> Any:
        """Sends a command and returns its answer."""
        ...


class BrowserProcess:
    """One running Chromium with what shows whether it is alive.

    Args:
        browser: The connection to it.
        session: Its protocol.
        ping: Waits for a sign of life, such as one answer of a page that draws nothing.
        pid: Its main process.
        note: Where the shell that started it will write its exit status.
    """

    def __init__(
        self,
        browser: Connection,
        session: Commands,
        ping: Callable[[], Awaitable[object]],
        pid: int,
        note: Path,
    ) -> None:
        self.browser = browser
        self.pid = pid
        self.gl = ""
        self.sandboxed = False
        self.note = note
        self._group = os.getpgid(pid)
        self._gone = asyncio.Event()
        browser.on("disconnected", lambda _: self._gone.set())
        self._session = session
        self._ping = ping
        self._empty_mb = self._empty_graphics_mb = 0.0
        self._quiet: frozenset[int] = frozenset()
        self._graphics: frozenset[int] = frozenset()
        self._crashes: dict[str, asyncio.Future[str]] = {}
        self._processes: dict[int, tuple[str, float]] = {}

    @property
    def version(self) -> str:
        """Chromium's version, such as `153.0.8010.0`."""
        return self.browser.version

    async def mark_quiet(self) -> None:
        """Takes the processes that run now as not belonging to any program."""
        await self._refresh()
        self._quiet, self._graphics = self._pids_of("renderer"), self._pids_of("GPU")
        self._empty_mb = usage_of(self.pid, 0.0).memory_mb
        self._empty_graphics_mb = self._graphics_mb()

    async def usage(self) -> Usage:
        """Measures what the processes of programs have used since they started."""
        await self._refresh()
        total = Usage()
        for pid, (kind, cpu_s) in self._processes.items():
            if (kind == "renderer" and pid not in self._quiet) or kind == "GPU":
                usage = usage_of(pid, cpu_s)
                total += replace(usage, cpu_s=0.0, graphics_s=usage.cpu_s) if kind == "GPU" else usage
        return total + Usage(memory_mb=self.grown_mb())

    def grown_mb(self) -> float:
        """Returns by how many megabytes the browser process itself has grown: it keeps a page's blobs."""
        return max(0.0, usage_of(self.pid, 0.0).memory_mb - self._empty_mb)

    def graphics_grown_mb(self) -> float:
        """Returns by how many megabytes the graphics process has grown: what it keeps is room for the next page."""
        return max(0.0, self._graphics_mb() - self._empty_graphics_mb)

    def _graphics_mb(self) -> float:
        return sum(process_table.resident_mb(pid) for pid in self._graphics)

    def is_alive(self) -> bool:
        """True while the browser process itself runs."""
        return self.browser.is_connected()

    async def outlive(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for work with this browser; raises `MachineError` if the browser goes first.

        Playwright forgets some calls that are under way when their browser dies: they would be waited for in vain.
        """
        task, gone = asyncio.ensure_future(work), asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await asyncio.wait({task}, timeout=_NOTED_S)  # it says best what failed
            if not task.done():
                raise MachineError("the browser ended")
            return task.result()
        finally:
            gone.cancel()
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody waits any more
            task.cancel()

    async def has_same_graphics(self) -> bool:
        """True while the graphics process is the one that was there at the start."""
        await self._refresh()
        return self._graphics == self._pids_of("GPU")

    async def crashed(self) -> bool:
        """True if the browser or its graphics process ended itself; False if one was killed or nobody knows."""
        if self.is_alive():
            with contextlib.suppress(Exception):  # of whichever connection: it may just have gone
                asked = self._session.send("Browser.getHistograms", {"query": _ENDS})
                told = await asyncio.wait_for(asked, _NOTED_S)
                counted = (each["buckets"] for each in told["histograms"] if each["name"] == _ENDS)
                return any(bucket["low"] == _CRASHED for buckets in counted for bucket in buckets)
        for _ in range(round(_NOTED_S / 0.01)):
            with contextlib.suppress(OSError, ValueError):
                return int(self.note.read_text(encoding="ascii")) - 128 in _OWN_SIGNALS
            await asyncio.sleep(0.01)
        return False

    def crash_of(self, target: str) -> asyncio.Future[str]:
        """Returns what will hold the reason, such as `crashed` or `killed`, if the page's process dies."""
        return self._crashes.setdefault(target, asyncio.get_running_loop().create_future())

    def forget(self, target: str) -> None:
        """Stops waiting for a page's process to die."""
        self._crashes.pop(target, None)

    def on_crash(self, event: dict[str, Any]) -> None:
        """Takes Chromium's word that a page's process died."""
        crash = self._crashes.get(str(event["targetId"]))
        if crash is not None and not crash.done():
            crash.set_result(str(event["status"]))

    async def ping(self) -> None:
        """Waits for a sign of life."""
        await self._ping()

    def kill(self) -> None:
        """Ends every process of this browser at once."""
        for pid in (*self._processes, self.pid):
            with contextlib.suppress(ProcessLookupError):
                if os.getpgid(pid) == self._group:  # else it has ended and its number is another's
                    os.kill(pid, signal.SIGKILL)

    def _pids_of(self, wanted: str) -> frozenset[int]:
        return frozenset(pid for pid, (kind, _) in self._processes.items() if kind == wanted)

    async def _refresh(self) -> None:
        answer = await self._session.send("SystemInfo.getProcessInfo")
        self._processes = {
            int(entry["id"]): (str(entry["type"]), float(entry["cpuTime"])) for entry in answer["processInfo"]
        }


def usage_of(pid: int, cpu_s: float = 0.0) -> Usage:
    """Reads a process from /proc; elsewhere Chromium's own figure of CPU time has to do."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        usage = Usage(cpu_s=process_table.cpu_s(pid), memory_mb=process_table.resident_mb(pid))
        return sum(map(_usage_of_thread, threads), usage)
    except (OSError, ValueError):
        return Usage(cpu_s, working_s=cpu_s)


def _usage_of_thread(thread: Path) -> Usage:
    """Reads what counts of a thread: nothing if it has ended."""
    try:
        name = (thread / "comm").read_text(encoding="utf-8", errors="replace").strip()
        state = process_table.stat(thread / "stat")[0]
        ran_ns, waited_ns, _ = (thread / "schedstat").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return Usage()
    if name in _TIMEKEEPERS:
        return Usage(awake=state in _HELD)
    return Usage(
        working_s=int(ran_ns) / 1e9, starved_s=int(waited_ns) / 1e9, awake=state in _HELD or state == "R"
    )
