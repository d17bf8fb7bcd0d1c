"""Opens one document as often as it is asked for, in pages of one browser."""

from __future__ import annotations

import asyncio

from codepaint_env.canvases.html.clock import FRAME_MS
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.browser.pipe import Pipe
from codepaint_env.render.browser.process import BrowserProcess

# Of each browser that runs.
_tools: dict[Pipe, VirtualPage] = {}
_spares: dict[Pipe, asyncio.Task[VirtualPage]] = {}


class Opener:
    """What one document gets of a browser: pages, each made ready while the one before it is looked at.

    Args:
        browser: Started by `codepaint_env.canvases.html.browser`.
        limits: What each page may use.
    """

    def __init__(self, browser: BrowserProcess, limits: HtmlLimits) -> None:
        assert isinstance(browser.browser, Pipe)
        self._pipe = browser.browser
        self._limits = limits
        self._opened: list[VirtualPage] = []
        self._pipe.remove_listener("disconnected", _forget)
        self._pipe.on("disconnected", _forget)  # once for a browser

    async def prepare(self) -> None:
        """Makes a page ready, unless one is left of the last document."""
        await asyncio.shield(self._next())

    async def open(self, document: str, seed: int, *, frame_ms: float = FRAME_MS) -> VirtualPage:
        """Opens a document in a page of its own, at the start of its own time, and lets it settle in such frames."""
        page = await asyncio.shield(self._next())
        _spares.pop(self._pipe, None)
        self._next()
        self._opened.append(page)
        await page.open(document, seed, frame_ms=frame_ms)
        return page

    async def tool(self) -> VirtualPage:
        """Returns a page of this browser in which nothing of a document ever runs."""
        tool = _tools.get(self._pipe)
        if tool is None or tool.session.error is not None:  # the last document may have kept it busy too long
            tool = _tools[self._pipe] = await self._made()
            await tool.open("<!doctype html><title>tool</title>", 0, settle_ms=0)
        tool.renew()
        return tool

    async def close(self) -> None:
        """Closes every page that was opened."""
        for page in self._opened:
            await page.close()

    def _next(self) -> asyncio.Task[VirtualPage]:
        """Returns what makes, or has made, the next page of this browser."""
        making = _spares.get(self._pipe)
        if making is None:
            making = asyncio.ensure_future(self._made())
            if self._pipe.is_connected():
                _spares[self._pipe] = making
            making.add_done_callback(lambda done: done.cancelled() or done.exception())  # told who opens it
        return making

    async def _made(self) -> VirtualPage:
        page = VirtualPage(self._pipe, self._limits)
        await page.prepare()
        return page


def _forget(pipe: object) -> None:
    """Lets go of the pages of a browser that has ended."""
    if isinstance(pipe, Pipe):
        _tools.pop(pipe, None)
        _spares.pop(pipe, None)
