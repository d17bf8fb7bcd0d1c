"""One document on its way through the stages: linted, opened, drawn, audited and tried out."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.lint import htmlhint
from codepaint_env.canvases.html.opener import Opener
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.canvases.html.watch import PageStopped
from codepaint_env.render.backend import Job
from codepaint_env.render.drawn import Drawn
from rewards.painted.blank import is_constant
from rewards.types import Finding, Interaction, Rendering

if TYPE_CHECKING:
    from codepaint_env.canvases.html.explore.planner import Planner

SIZE_PX = 512
WINDOW = slice(SIZE_PX * 7 // 32, SIZE_PX * 25 // 32)  # rows of the picture that show the page, 1280 x 720
STAGES = frozenset({"source", "lint", "image"})
MOST_TOLD = 20  # findings of one kind

_CRASH = "The page crashed the browser."
_COUNT = "function () { return Document.prototype.getElementsByTagName.call(document, '*').length; }"
# kind of an event -> kind of a finding
_TOLD = {"error": "page_error", "console": "console", "request": "network"}


class Drawing:
    """What is recorded of one document.

    Args:
        job: What is asked for.
        limits: What the document's pages may use.
        planner: A model that chooses what is tried; None for none.
    """

    def __init__(self, job: Job, limits: HtmlLimits, planner: Planner | None = None) -> None:
        self._planner = planner
        self._job = job
        self._limits = limits
        self._findings: list[Finding] = []
        self._pictures: dict[str, bytes] = {}
        self._image: NDArray[np.uint8] | None = None
        self._interactions: tuple[Interaction, ...] | None = None
        self._stopped = False

    async def draw(self, opener: Opener) -> Drawn:
        """Records every stage that is asked for, until one fails or settles it.

        Raises:
            MachineError: The browser failed.
        """
        try:
            await self._timed("lint", self._lint(opener))
            page = await opener.open(self._job.program, self._job.seed)
            await self._timed("draw", self._look(page))
            if self._image is not None and is_constant(self._image[WINDOW]):
                return Drawn("blank", "The page shows one flat colour, and nothing on it.")
            self._stopped = any(finding.kind in self._job.stop for finding in self._findings)
            await self._timed("audit", self._look_closely(page))
            await page.close()
            if "interactions" in self._job.stages and not self._stopped:
                await self._timed("explore", self._explore(opener))
        except PageStopped as stopped:
            return Drawn(stopped.kind, str(stopped))
        return Drawn("done")

    def record(self, drawn: Drawn) -> Rendering:
        """Returns what was recorded; what a page that failed would show in later stages counts as looked at."""
        kind, message = ("", "") if drawn.outcome == "done" else (drawn.outcome, drawn.message)
        return Rendering(
            status="program_error" if kind else "ok",
            kind=kind,
            message=message or (_CRASH if kind == "crash" else ""),
            image=self._image,
            findings=tuple(self._findings),
            interactions=() if kind and "interactions" in self._job.stages else self._interactions,
            evidence=STAGES if self._stopped else STAGES | self._job.stages,
            pictures=self._pictures,
        )

    async def _timed(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        started = perf_counter()
        try:
            await work
        finally:
            self._job.timings[name] = perf_counter() - started

    async def _lint(self, opener: Opener) -> None:
        try:
            self._findings += await htmlhint.lint(await opener.tool(), self._job.program)
        except PageStopped:
            self._findings.append(htmlhint.unfinished("keeps it busy too long"))

    async def _look(self, page: VirtualPage) -> None:
        self._pictures["viewport"] = viewport = await page.screenshot()
        self._image = fitted(viewport)
        self._findings += findings_of(page.events)
        count = 0 if page.left else int(await page.run(_COUNT))
        if count > self._limits.elements:
            most = self._limits.elements
            raise PageStopped("work_limit", f"The page has {count:,} elements; {most:,} are drawn.")

    async def _look_closely(self, page: VirtualPage) -> None:
        """Takes the picture of the whole page, the last look at it, and audits the page where that is asked for."""
        from codepaint_env.canvases.html.audit import auditor

        audited = "layout" in self._job.stages and not self._stopped
        observed = await auditor.observe(page) if audited else None
        self._pictures["full"] = full = await page.screenshot(full=True)
        if observed is not None:
            self._findings += await asyncio.to_thread(auditor.judged, observed, full)

    async def _explore(self, opener: Opener) -> None:
        from codepaint_env.canvases.html.explore.explore import Asked, explore
        from codepaint_env.canvases.html.explore.pace import pace_of

        task = self._job.task
        program, seed, pace = self._job.program, self._job.seed, pace_of(self._job.program)
        asked = Asked(planner=self._planner, pace=pace, timings=self._job.timings)
        if task is not None:
            asked = replace(asked, steps=task.steps, interactions=task.interactions)
        found = await explore(lambda: opener.open(program, seed, frame_ms=pace.settle_ms), asked)
        self._interactions = found.interactions
        self._pictures.update(found.pictures)
        self._findings += found.findings


def findings_of(events: Iterable[PageEvent]) -> list[Finding]:
    """Returns what a page did that it should not have, without repetitions."""
    told: dict[tuple[str, str], Finding] = {}
    counts: Counter[str] = Counter()
    for event in events:
        kind = _TOLD.get(event.kind, "")
        line = f" (line {event.line})" if event.line else ""
        text = f"{event.text} was refused." if kind == "network" else f"{event.text}{line}"
        if kind and (kind, text) not in told and counts[kind] < MOST_TOLD:
            counts[kind] += 1
            told[kind, text] = Finding(kind, text)
    return list(told.values())


def fitted(png: bytes) -> NDArray[np.uint8]:
    """Returns a picture of the window in the middle of a white square of 512 x 512."""
    with Image.open(io.BytesIO(png)) as window:
        small = window.convert("RGB")
        small.thumbnail((SIZE_PX, SIZE_PX), Image.Resampling.LANCZOS)
    square = np.full((SIZE_PX, SIZE_PX, 3), 255, np.uint8)
    left, top = (SIZE_PX - small.width) // 2, (SIZE_PX - small.height) // 2
    square[top : top + small.height, left : left + small.width] = np.asarray(small)
    return square
