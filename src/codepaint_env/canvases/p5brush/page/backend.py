"""Whole p5 pages as a backend: sketches run in a sealed Chromium, with p5.js and p5.brush as everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cached_property

from codepaint_env.canvases.p5brush.limits import PageLimits
from codepaint_env.canvases.p5brush.page.recipe import Recipe, recipe
from codepaint_env.canvases.p5brush.page.sealed_page import SealedPage
from codepaint_env.canvases.p5brush.prelude import PRELUDE, Prelude
from codepaint_env.canvases.p5brush.verdict import SIZE_PX, record
from codepaint_env.render.backend import Job
from codepaint_env.render.browser.fleet import BrowserFleet
from codepaint_env.render.browser.launch import PlaywrightLauncher
from codepaint_env.render.browser.process import BrowserProcess
from rewards.errors import MachineError
from rewards.types import Rendering


class PageBackend:
    """Draws sketches in pages of a browser.

    Args:
        frames: How often `draw` runs.
        workers: Sketches drawn at once.
        limits: What a sketch may use.
        prelude: What is evaluated before each sketch.
    """

    def __init__(
        self, frames: int, workers: int, limits: PageLimits, *, prelude: Prelude | None = None
    ) -> None:
        self._frames = frames
        self._prelude = prelude
        self._limits = limits
        self._fleet = BrowserFleet(workers, self._page, PlaywrightLauncher())

    async def identity(self) -> Mapping[str, str]:
        """Starts a browser if none runs; returns its version and GL renderer, and what is ours in a page."""
        from codepaint_env.render.browser import assets

        found = await self._fleet.describe()
        del found["sandboxed"]  # it decides no pixel
        return {
            "assets": assets.fingerprint(),
            "page": self._recipe.fingerprint(),
            "frames": str(self._frames),
            "size_px": str(SIZE_PX),
            **({"prelude": self._prelude.sha256} if self._prelude else {}),
            **found,
        }

    async def describe(self) -> Mapping[str, str]:
        """Returns whether Chromium's own sandbox is on."""
        return {"sandboxed": (await self._fleet.describe())["sandboxed"]}

    async def draw(self, job: Job) -> Rendering:
        """Runs a sketch; raises `SpecError` if the prelude fails, which is no sketch's fault."""
        try:
            drawn = await self._fleet.draw(lambda page: page.run(job.program, job.seed))
        except MachineError as error:
            return Rendering("machine_error", "browser", str(error))
        if self._prelude and drawn.outcome == PRELUDE:
            raise self._prelude.refusal(drawn.message)
        job.timings.update(drawn.timings)
        await asyncio.sleep(0)  # whoever waits for that browser gives it the next program first
        return record(drawn, self._limits)

    async def aclose(self) -> None:
        """Ends every browser."""
        await self._fleet.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns nothing: browsers are not counted."""
        return {}

    @cached_property
    def _recipe(self) -> Recipe:
        return recipe()

    def _page(self, browser: BrowserProcess) -> SealedPage:
        prelude = self._prelude.loader if self._prelude else ""
        return SealedPage(browser, self._recipe, self._limits, self._frames, prelude)
