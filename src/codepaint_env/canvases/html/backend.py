"""Web pages as a backend: documents are linted, drawn, audited and tried out in a sealed Chromium."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from codepaint_env.canvases.html import fonts, sources
from codepaint_env.canvases.html.browser import PipeLauncher
from codepaint_env.canvases.html.drawing import Drawing
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.lint import htmlhint
from codepaint_env.canvases.html.opener import Opener
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.fleet import BrowserFleet
from codepaint_env.render.drawn import Drawn
from rewards.errors import MachineError
from rewards.types import Rendering

if TYPE_CHECKING:
    from codepaint_env.canvases.html.explore.planner import Planner


class HtmlBackend:
    """Draws pages.

    Args:
        workers: Pages drawn at once, each in a browser of its own.
        limits: What a page may use.
        planner: `model` lets a model choose what is tried, see `explore.planner.from_environment`; `none` does without.
    """

    def __init__(self, workers: int, limits: HtmlLimits, planner: str = "none") -> None:
        self._limits = limits
        self._planner: Planner | None = None
        if planner == "model":
            from codepaint_env.canvases.html.explore.planner import from_environment

            self._planner = from_environment()
        self._fleet = BrowserFleet(workers, lambda browser: Opener(browser, limits), PipeLauncher())

    async def identity(self) -> Mapping[str, str]:
        """Starts a browser if none runs; returns its version, and hashes of the parts and of our own code."""
        found = await self._fleet.describe()
        return {
            "assets": assets.fingerprint(),
            "fonts": fonts.fingerprint(),
            "lint": htmlhint.fingerprint(),
            "page": sources.fingerprint(),
            "browser": found["browser"],
            "pinned": found["pinned"],
            "planner": "none" if self._planner is None else self._planner.version,
        }

    async def describe(self) -> Mapping[str, str]:
        """Returns whether Chromium's own sandbox is on."""
        return {"sandboxed": (await self._fleet.describe())["sandboxed"]}

    async def draw(self, job: Job) -> Rendering:
        """Lints, opens and draws a page, and records what else is asked for."""
        drawings: list[Drawing] = []

        async def run(opener: Opener) -> Drawn:
            drawings.append(Drawing(job, self._limits, self._planner))
            return await drawings[-1].draw(opener)

        try:
            drawn = await self._fleet.draw(run)
        except MachineError as error:
            return Rendering("machine_error", "browser", str(error))
        await asyncio.sleep(0)  # whoever waits for that browser gives it the next page first
        return drawings[-1].record(drawn)

    async def aclose(self) -> None:
        """Ends every browser."""
        await self._fleet.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns nothing: browsers are not counted."""
        return {}
