"""The bounds of a page: its process is looked at from outside, and ended at a limit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.render.browser.pipe import Pipe
from codepaint_env.render.browser.process import usage_of
from codepaint_env.render.confine import process_table
from rewards.errors import MachineError

POLL_S = 0.05
SILENCE_S = 30.0


class PageStopped(Exception):
    """A page came to a limit, or died of itself: its own fault.

    Attributes:
        kind: `work_limit`, `memory_limit`, `never_finished` or `crash`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Watch:
    """Ends a page's process at its limits.

    Args:
        pipe: To the browser.
        target: The page.
        limits: Its bounds.
        waiting: True while the page is to do something.
        ended: Called once, with why nothing more can be asked of the page: `PageStopped` or `MachineError`.
    """

    def __init__(
        self,
        pipe: Pipe,
        target: str,
        limits: HtmlLimits,
        waiting: Callable[[], bool],
        ended: Callable[[Exception], None],
    ) -> None:
        self._waiting = waiting
        self._pipe = pipe
        self._target = target
        self._limits = limits
        self._ended = ended
        self._over = False
        self._pid = self._graphics_pid = self._browser_pid = 0
        self._page_s = self._drawing_s = 0.0
        self._shared_mb = 0.0
        self._task: asyncio.Future[None] | None = None

    def start(self, pid: int, graphics_pid: int, browser_pid: int) -> None:
        """Begins to look at a page's process, at that which draws, and at the browser's own."""
        self._pid, self._graphics_pid, self._browser_pid = pid, graphics_pid, browser_pid
        self.renew()
        self._page_s = 0.0  # the process is the page's from its first moment
        self._pipe.root.on("Target.targetCrashed", self._on_crash)
        self._pipe.on("disconnected", self._on_gone)
        self._task = asyncio.ensure_future(self._look())

    def renew(self) -> None:
        """Counts what is used from now on."""
        self._page_s = process_table.cpu_s(self._pid)
        self._drawing_s = self._used_elsewhere_s()
        self._shared_mb = self._held_elsewhere_mb()

    def close(self) -> None:
        """Looks no more."""
        self._over = True
        self._pipe.root.remove_listener("Target.targetCrashed", self._on_crash)
        self._pipe.remove_listener("disconnected", self._on_gone)
        if self._task is not None:
            self._task.cancel()

    def stop(self, kind: str, message: str) -> None:
        """Ends the page for its own fault."""
        self._end(PageStopped(kind, message))

    def _end(self, error: Exception) -> None:
        if self._over:
            return
        self.close()
        with contextlib.suppress(ProcessLookupError):
            if process_table.resident_mb(self._pid):
                os.kill(self._pid, signal.SIGKILL)
        self._ended(error)

    def _on_gone(self, _: object) -> None:
        self._end(MachineError("the browser ended"))

    def _on_crash(self, told: dict[str, Any]) -> None:
        if told["targetId"] != self._target:
            return
        if told["status"] == "killed":
            self._end(MachineError("the page's process was killed"))
        elif told["status"] == "oom":
            self.stop("memory_limit", "The page took more memory than there is for it.")
        else:
            self.stop("crash", "The page crashed its process.")

    async def _look(self) -> None:
        limits, used_s, rounds, since = self._limits, 0.0, 0, time.monotonic()
        while not self._over:
            await asyncio.sleep(POLL_S)
            page_s = process_table.cpu_s(self._pid) - self._page_s
            drawing_s = self._used_elsewhere_s() - self._drawing_s
            if page_s > limits.cpu_s:
                self.stop("work_limit", f"The page used more than {limits.cpu_s:g} CPU seconds.")
            elif drawing_s > limits.graphics_s:
                told = f"Drawing the page and answering it took more than {limits.graphics_s:g} CPU seconds."
                self.stop("work_limit", told)
            elif self._held_mb() > limits.memory_mb:
                self.stop("memory_limit", f"The page used more than {limits.memory_mb} MB.")
            elif not self._waiting():
                rounds, since = 0, time.monotonic()
            elif page_s + drawing_s != used_s or self._awake() or not await self._browser_answers():
                rounds = 0
            else:
                rounds += 1
            used_s = page_s + drawing_s
            if rounds >= limits.idle_rounds:
                self.stop("never_finished", "The page waits for something that never comes.")
            if time.monotonic() - since > limits.wall_s:
                self._end(MachineError(f"a page got too little of the machine for {limits.wall_s:.0f} s"))

    def _held_mb(self) -> float:
        """Resident megabytes of the page's process, and by how many the two that it shares have grown."""
        return process_table.resident_mb(self._pid) + max(0.0, self._held_elsewhere_mb() - self._shared_mb)

    def _held_elsewhere_mb(self) -> float:
        """Blobs lie in the browser's own process, textures in that which draws."""
        return process_table.resident_mb(self._browser_pid) + process_table.resident_mb(self._graphics_pid)

    def _used_elsewhere_s(self) -> float:
        """What draws works for the page, and so does the browser: a page may ask it for anything, without end."""
        return process_table.cpu_s(self._browser_pid) + process_table.cpu_s(self._graphics_pid)

    def _awake(self) -> bool:
        return usage_of(self._pid).awake or usage_of(self._graphics_pid).awake

    async def _browser_answers(self) -> bool:
        try:
            await asyncio.wait_for(self._pipe.root.send("Browser.getVersion"), SILENCE_S)
        except (TimeoutError, MachineError):
            self._end(MachineError(f"the browser gave no answer for {SILENCE_S:.0f} s"))
            return False
        return True
