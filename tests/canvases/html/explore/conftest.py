"""Pages of a few lines, tried out in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from codepaint_env.canvases.html.explore.explore import Asked, Exploration, explore
from codepaint_env.canvases.html.explore.pace import pace_of
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.browser.pipe import Pipe
from rewards import loop_thread


@pytest.fixture
def tried(pipe: Pipe) -> Callable[..., Exploration]:
    """Explores the body of a page; what else is given is asked for."""

    def tried(document: str, **asked: Any) -> Exploration:
        opened: list[VirtualPage] = []
        pace = pace_of(document)

        async def open_page() -> VirtualPage:
            page = VirtualPage(pipe, HtmlLimits())
            opened.append(page)
            whole = f"<!doctype html><title>t</title><body>{document}"
            await page.open(whole, 1, frame_ms=pace.settle_ms)
            return page

        async def whole() -> Exploration:
            try:
                return await explore(open_page, Asked(pace=pace, **asked))
            finally:
                for page in opened:
                    await page.close()

        return loop_thread.run(whole())

    return tried
