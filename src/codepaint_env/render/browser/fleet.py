"""A fleet of browsers: each draws one program at a time, and a broken one is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from codepaint_env.render import scratch
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import Chromium, find_chromium
from codepaint_env.render.browser.launch import Launcher
from codepaint_env.render.browser.process import BrowserProcess
from codepaint_env.render.drawn import Drawn
from rewards.errors import MachineError

log = logging.getLogger("codepaint")
T = TypeVar("T")
P = TypeVar("P", bound="Page")

STOP_S = 10.0
ROOM_MB = 32  # of shared memory, for the largest canvas
GROWN_MB = 300  # of a browser process, without its pages; a thousand pages are 20
GRAPHICS_MB = 100  # of a graphics process, since its start; what honest pages leave in it is 40
START_S = 60.0  # a browser starts in 0.3 s; on a machine too busy for this, nothing can be drawn

# After these the page may still be running: its whole browser is replaced.
_STOPPED = frozenset({"work_limit", "memory_limit", "never_finished", "timers", "crash"})


class Page(Protocol):
    """A page that draws one program."""

    async def prepare(self) -> None:
        """Opens it and loads what does not depend on the program, while nobody waits."""
        ...

    async def close(self) -> None:
        """Closes it."""
        ...


class BrowserFleet(Generic[P]):
    """Draws pages in up to `size` browsers; lives on one event loop.

    Args:
        size: Programs drawn at once.
        page: Makes a page in a browser, to be prepared.
        launcher: Starts the browsers.
    """

    def __init__(self, size: int, page: Callable[[BrowserProcess], P], launcher: Launcher) -> None:
        self._launcher = launcher
        self._slots = [_Slot(page, launcher) for _ in range(size)]
        self._free: asyncio.Queue[_Slot[P]] = asyncio.Queue()
        for slot in self._slots:
            self._free.put_nowait(slot)
        self._alone = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._ready = False
        self._chromium: Chromium | None = None

    async def draw(self, run: Callable[[P], Coroutine[Any, Any, Drawn]]) -> Drawn:
        """Runs one program in a page; where its browser fails it is tried once more, fresh and alone.

        A browser that crashed both times was crashed by the program; one that was killed from outside or gave no
        answer twice is the machine's failure.

        Raises:
            MachineError: No browser could be started, or it failed twice.
            MissingPart: Something is not set up, or damaged.
        """
        try:
            async with self._one() as slot:
                return await self._attempt(slot, run)
        except MachineError as error:
            log.info("Trying once more on a fresh browser: %s", error)
            crashed = isinstance(error, _Crashed)
        async with self._all() as slots:
            await self._stop()  # Playwright's own process may be what failed
            try:
                return await self._attempt(slots[0], run)
            except _Crashed:
                if crashed:
                    return Drawn("crash")
                raise

    async def describe(self) -> dict[str, str]:
        """Starts a browser if none runs; returns its version, GL renderer, whether it is pinned and sandboxed."""
        async with self._one() as slot:
            browser = await self._browser(slot)
            assert self._chromium is not None
            return {
                "browser": browser.version,
                "gl": browser.gl,
                "pinned": "yes" if self._chromium.pinned else "no",
                "sandboxed": "yes" if browser.sandboxed else "no",
            }

    async def aclose(self) -> None:
        """Ends every browser."""
        await self._stop()

    async def _stop(self) -> None:
        for slot in self._slots:
            await slot.discard()
        if self._ready:
            self._ready = False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._launcher.close(), STOP_S)
            scratch.release()  # not on another thread: none can be started when the interpreter ends

    async def _attempt(self, slot: _Slot[P], run: Callable[[P], Coroutine[Any, Any, Drawn]]) -> Drawn:
        failures: tuple[type[Exception], ...] = (MachineError, *self._launcher.errors())
        try:
            _check_room()
            await self._browser(slot)
            result = await slot.run(run)
            _check_room()
        except failures as error:
            failure = error if isinstance(error, MachineError) else _failure(error)
            if await slot.has_crashed():
                failure = _Crashed(str(failure))
            await slot.discard()
            raise failure from error
        except BaseException:
            await slot.discard()
            raise
        if result.outcome in _STOPPED or slot.has_grown():
            await slot.discard()
        return result

    async def _browser(self, slot: _Slot[P]) -> BrowserProcess:
        async with self._starting:
            if not self._ready:
                self._launcher.check()
                if self._chromium is None:
                    chromium = find_chromium()
                    await asyncio.to_thread(_check_parts, assets.folder())
                    if not chromium.pinned:
                        log.warning("%s is unpinned: pictures may differ.", chromium.path)
                    self._chromium = chromium
                scratch.hold()
                try:
                    await _in_time(self._launcher.open(), "start")
                except BaseException:
                    scratch.release()
                    raise
                self._ready = True
        assert self._chromium is not None
        return await slot.started(self._chromium)

    @contextlib.asynccontextmanager
    async def _one(self) -> AsyncIterator[_Slot[P]]:
        slot = await self._free.get()
        try:
            yield slot
        finally:
            self._free.put_nowait(slot)

    @contextlib.asynccontextmanager
    async def _all(self) -> AsyncIterator[list[_Slot[P]]]:
        async with self._alone:  # two that wait for every slot would wait for each other
            taken: list[_Slot[P]] = []
            try:
                while len(taken) < len(self._slots):
                    taken.append(await self._free.get())
                yield taken
            finally:
                for slot in taken:
                    self._free.put_nowait(slot)


@cache
def _check_parts(folder: Path) -> None:
    """Looks once a process whether the parts are what they should be: a changed library paints other pictures."""
    assets.check(folder)


def _check_room() -> None:
    """Raises `MachineError` on a full disk: Chromium shares memory in files there, and WebGL fails without."""
    free_mb = shutil.disk_usage(scratch.folder()).free / 2**20
    if free_mb < ROOM_MB:
        raise MachineError(
            f"only {free_mb:.0f} MB are free in {scratch.parent()}, and a browser needs {ROOM_MB}; "
            "TMPDIR chooses another place"
        )


class _Crashed(MachineError):
    """The browser ended itself; the machine's failure unless it does so again."""


def _failure(error: Exception) -> MachineError:
    return MachineError(f"the browser failed: {str(error).splitlines()[0]}")


async def _in_time(work: Coroutine[Any, Any, T], what: str) -> T:
    try:
        return await asyncio.wait_for(work, START_S)
    except TimeoutError:
        raise MachineError(f"the browser did not {what} within {START_S:.0f} s") from None


class _Slot(Generic[P]):
    """One browser with the next page made ready while nobody waits for it."""

    def __init__(self, page: Callable[[BrowserProcess], P], launcher: Launcher) -> None:
        self._page = page
        self._launcher = launcher
        self._browser: BrowserProcess | None = None
        self._next: asyncio.Task[P] | None = None

    async def started(self, chromium: Chromium) -> BrowserProcess:
        if self._browser is not None and not self._browser.browser.is_connected():
            await self.discard()
        if self._browser is None:
            self._browser = await _in_time(self._launcher.start(chromium), "start")
        return self._browser

    async def run(self, run: Callable[[P], Coroutine[Any, Any, Drawn]]) -> Drawn:
        assert self._browser is not None
        page = await (self._next or self._make_ready())
        self._next = None
        result = await self._browser.outlive(run(page))
        if result.outcome not in _STOPPED:
            await page.close()
            self._next = self._make_ready()
        return result

    async def has_crashed(self) -> bool:
        """True if the browser ended itself."""
        return self._browser is not None and await self._browser.crashed()

    def has_grown(self) -> bool:
        """True if the browser holds so much that the next program would miss it."""
        browser = self._browser
        return browser is not None and (
            browser.grown_mb() > GROWN_MB or browser.graphics_grown_mb() > GRAPHICS_MB
        )

    async def discard(self) -> None:
        """Ends the browser, if there is one."""
        task, self._next = self._next, None
        browser, self._browser = self._browser, None
        if browser is None:  # so no page was made ready either, and Playwright may not even be installed
            return
        browser.kill()
        if task is not None:
            task.cancel()
            with contextlib.suppress(
                asyncio.CancelledError, MachineError, TimeoutError, *self._launcher.errors()
            ):
                await task
        with contextlib.suppress(MachineError, TimeoutError, *self._launcher.errors()):
            await asyncio.wait_for(browser.browser.close(), STOP_S)
        browser.note.unlink(missing_ok=True)

    def _make_ready(self) -> asyncio.Task[P]:
        async def prepare(browser: BrowserProcess) -> P:
            page = self._page(browser)
            await browser.outlive(_in_time(page.prepare(), "open a page"))
            return page

        assert self._browser is not None
        task = asyncio.create_task(prepare(self._browser))
        # A failure shows when the page is asked for; unasked, it is nobody's error.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task
