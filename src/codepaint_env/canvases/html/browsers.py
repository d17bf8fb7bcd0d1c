"""The browsers that draw pages: each draws one at a time within bounds, and one that is not well is replaced."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from typing import Any, TypeVar

from codepaint_env.canvases.html.browser import start
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render import scratch
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import find_chromium
from codepaint_env.render.browser.pipe import Pipe
from codepaint_env.render.confine import process_table
from rewards.errors import MachineError
from rewards.types import Rendering

T = TypeVar("T")

PAGES = 200  # a browser is replaced after so many documents
POLL_S = 0.05
SILENCE_S = 60.0  # without an answer, and without work


class Stopped(Exception):
    """A page came to a limit.

    Args:
        kind: Of the program error, such as `work_limit`.
        message: One sentence on it.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class OneBrowser:
    """One running Chromium.

    Attributes:
        pipe: To it.
        spoiled: True once a page was stopped in it.
        pages: Documents that it has drawn.
    """

    def __init__(self, pipe: Pipe, limits: HtmlLimits) -> None:
        self.pipe = pipe
        self.spoiled = False
        self.pages = 0
        self._limits = limits
        self._tool: VirtualPage | None = None

    async def tool(self) -> VirtualPage:
        """Returns a blank page, in which nothing of a document runs."""
        if self._tool is None:
            tool = VirtualPage(self.pipe)
            await tool.open("", 0, settle_ms=0)
            self._tool = tool
        return self._tool

    async def within(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for work with pages, within their limits.

        Raises:
            Stopped: They came to one.
            MachineError: The browser failed, or neither worked nor answered.
        """
        task = asyncio.ensure_future(work)
        try:
            before, seen, idle_s = await self._cpu_s(), -1.0, 0.0
            while True:
                done, _ = await asyncio.wait({task}, timeout=POLL_S)
                if done:
                    return task.result()
                used = await self._cpu_s() - before
                if used > self._limits.cpu_s:
                    message = f"The page took more than {self._limits.cpu_s:g} CPU seconds."
                    raise Stopped("work_limit", message)
                idle_s = 0.0 if used > seen else idle_s + POLL_S
                seen = used
                if idle_s > SILENCE_S:
                    raise MachineError(f"the browser gave no answer for {SILENCE_S:g} s")
        except BaseException:
            self.spoiled = True
            raise
        finally:
            task.cancel()
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _cpu_s(self) -> float:
        """Returns the CPU seconds of all pages; raises `Stopped` where one of them holds too much memory."""
        told = await self.pipe.root.send("SystemInfo.getProcessInfo")
        pages = [entry for entry in told["processInfo"] if entry["type"] == "renderer"]
        for entry in pages:
            with contextlib.suppress(OSError, ValueError):
                if process_table.resident_mb(int(entry["id"])) > self._limits.memory_mb:
                    message = f"The page took more than {self._limits.memory_mb} MB of memory."
                    raise Stopped("memory_limit", message)
        return sum(float(entry["cpuTime"]) for entry in pages)


class Browsers:
    """Up to `size` browsers; lives on one event loop.

    Args:
        size: Pages drawn at once.
        limits: What a page may use.
    """

    def __init__(self, size: int, limits: HtmlLimits) -> None:
        self._limits = limits
        self._free: asyncio.Queue[OneBrowser | None] = asyncio.Queue()
        for _ in range(size):
            self._free.put_nowait(None)
        self._running: set[OneBrowser] = set()
        self._counts: Counter[str] = Counter({"started": 0, "recycled": 0, "retried": 0})
        self._version = ""

    async def use(self, draw: Callable[[OneBrowser], Coroutine[Any, Any, Rendering]]) -> Rendering:
        """Draws a page in a browser; where that fails, once more in a fresh one.

        Raises:
            MachineError: No browser could be started, or it failed twice.
            MissingPart: Something is not set up.
        """
        try:
            async with self._one() as browser:
                return await draw(browser)
        except MachineError:
            self._counts["retried"] += 1
        async with self._one() as browser:
            return await draw(browser)

    async def version(self) -> str:
        """Returns the version of the browser, which is started if none runs."""
        if not self._version:
            async with self._one():
                pass
        return self._version

    async def aclose(self) -> None:
        """Ends every browser."""
        for browser in list(self._running):
            await self._end(browser)

    def counters(self) -> Mapping[str, float]:
        """Returns how many browsers were started and replaced, and how many pages were tried again."""
        return dict(self._counts)

    @contextlib.asynccontextmanager
    async def _one(self) -> AsyncIterator[OneBrowser]:
        browser = await self._free.get()
        try:
            if browser is None or browser not in self._running or not browser.pipe.is_connected():
                browser = await self._start()
            try:
                yield browser
            except BaseException:
                browser.spoiled = True
                raise
            finally:
                browser.pages += 1
                if browser.spoiled or browser.pages >= PAGES:
                    self._counts["recycled"] += 1
                    await self._end(browser)
                    browser = None
        finally:
            self._free.put_nowait(browser)

    async def _start(self) -> OneBrowser:
        chromium = find_chromium()
        if chromium.pinned:
            await asyncio.to_thread(assets.find)
        scratch.hold()
        try:
            browser = OneBrowser(await start(chromium), self._limits)
        except BaseException:
            scratch.release()
            raise
        self._running.add(browser)
        self._counts["started"] += 1
        self._version = browser.pipe.version
        return browser

    async def _end(self, browser: OneBrowser) -> None:
        if browser in self._running:
            self._running.remove(browser)
            await browser.pipe.close()
            scratch.release()
