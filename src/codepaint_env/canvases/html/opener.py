"""Opens one document as often as it is asked for, in pages of one browser."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.browser.pipe import Pipe
from codepaint_env.render.browser.process import BrowserProcess

_tools: WeakKeyDictionary[Pipe, VirtualPage] = WeakKeyDictionary()


class Opener:
    """What one document gets of a browser: pages, the first of them made ready before the document is there.

    Args:
        browser: Started by `codepaint_env.canvases.html.browser`.
        limits: What each page may use.
    """

    def __init__(self, browser: BrowserProcess, limits: HtmlLimits) -> None:
        assert isinstance(browser.browser, Pipe)
        self._pipe = browser.browser
        self._limits = limits
        self._spare: VirtualPage | None = None
        self._opened: list[VirtualPage] = []

    async def prepare(self) -> None:
        """Makes a page ready."""
        self._spare = await self._made()

    async def open(self, document: str, seed: int) -> VirtualPage:
        """Opens a document in a page of its own, at the start of its own time, and lets it settle."""
        page, self._spare = self._spare or await self._made(), None
        self._opened.append(page)
        await page.open(document, seed)
        return page

    async def tool(self) -> VirtualPage:
        """Returns a page of this browser in which nothing of a document ever runs."""
        tool = _tools.get(self._pipe)
        if tool is None:
            tool = _tools[self._pipe] = await self._made()
            await tool.open("<!doctype html><title>tool</title>", 0, settle_ms=0)
        tool.renew()
        return tool

    async def close(self) -> None:
        """Closes every page that was opened."""
        for page in (*self._opened, self._spare):
            if page is not None:
                await page.close()

    async def _made(self) -> VirtualPage:
        page = VirtualPage(self._pipe, self._limits)
        await page.prepare()
        return page
