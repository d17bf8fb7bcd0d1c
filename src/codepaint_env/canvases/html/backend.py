"""Web pages as a backend: linted, opened in a sealed Chromium, drawn, and on request audited and tried out."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Coroutine, Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from codepaint_env.canvases.html import fonts
from codepaint_env.canvases.html.browsers import Browsers, OneBrowser, Stopped
from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.lint import htmlhint
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from rewards.painted.blank import is_constant
from rewards.types import Finding, Interaction, Rendering

SIZE_PX = 512
STAGES = frozenset({"source", "lint", "image"})
MOST_TOLD = 20  # findings of one kind

# kind of an event -> kind of a finding
_TOLD = {"error": "page_error", "console": "console", "request": "network"}


class HtmlBackend:
    """Draws pages.

    Args:
        workers: Pages drawn at once, each in a browser of its own.
        limits: What a page may use.
    """

    def __init__(self, workers: int, limits: HtmlLimits) -> None:
        self._limits = limits
        self._browsers = Browsers(workers, limits)

    async def identity(self) -> Mapping[str, str]:
        """Starts a browser if none runs; returns its version, and hashes of the parts and of our own code."""
        return {
            "assets": assets.fingerprint(),
            "fonts": fonts.fingerprint(),
            "lint": htmlhint.fingerprint(),
            "page": code_fingerprint(),
            "browser": await self._browsers.version(),
        }

    async def describe(self) -> Mapping[str, str]:
        """Starts a browser if none runs, and returns nothing more than its identity tells."""
        await self._browsers.version()
        return {}

    async def draw(self, job: Job) -> Rendering:
        """Lints, opens and draws a page, and records what else is asked for."""
        if len(job.program) > self._limits.chars:
            message = f"The document has {len(job.program)} characters; {self._limits.chars} are read."
            return Rendering("program_error", "too_large", message, evidence=STAGES | job.stages)
        return await self._browsers.use(lambda browser: _Drawing(browser, job).drawn())

    async def aclose(self) -> None:
        """Ends every browser."""
        await self._browsers.aclose()

    def counters(self) -> Mapping[str, float]:
        """Returns how many browsers were started and replaced, and how many pages tried again."""
        return self._browsers.counters()


class _Drawing:
    """One page on its way through the stages."""

    def __init__(self, browser: OneBrowser, job: Job) -> None:
        self._browser = browser
        self._job = job
        self._findings: list[Finding] = []
        self._pictures: dict[str, bytes] = {}
        self._image: NDArray[np.uint8] | None = None
        self._interactions: tuple[Interaction, ...] | None = None

    async def drawn(self) -> Rendering:
        """Records every stage that is asked for, until one fails or settles it."""
        try:
            await self._stage("lint", self._lint())
        except Stopped:
            self._findings.append(htmlhint.unfinished("keeps it busy too long"))
        try:
            await self._stage("draw", self._look())
            if is_constant(self._image):
                return self._record("blank", "The page shows one flat colour, and nothing on it.")
            if any(finding.kind in self._job.stop for finding in self._findings):
                return self._record(stages=STAGES)
            if "layout" in self._job.stages:
                await self._stage("audit", self._audit())
        except Stopped as stopped:
            return self._record(stopped.kind, stopped.message)
        return self._record()

    async def _stage(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        started = perf_counter()
        try:
            await self._browser.within(work)
        finally:
            self._job.timings[name] = perf_counter() - started

    async def _lint(self) -> None:
        self._findings += await htmlhint.lint(await self._browser.tool(), self._job.program)

    async def _look(self) -> None:
        page = await self._open()
        self._pictures["viewport"] = viewport = await page.screenshot()
        self._pictures["full"] = await page.screenshot(full=True)
        self._image = fitted(viewport)
        self._findings += findings_of(page.events)
        await page.close()

    async def _audit(self) -> None:
        from codepaint_env.canvases.html.audit.auditor import audit

        page = await self._open()
        self._findings += await audit(page)
        await page.close()

    async def _open(self) -> VirtualPage:
        page = VirtualPage(self._browser.pipe)
        await page.open(self._job.program, self._job.seed)
        return page

    def _record(self, kind: str = "", message: str = "", stages: frozenset[str] | None = None) -> Rendering:
        return Rendering(
            status="program_error" if kind else "ok",
            kind=kind,
            message=message,
            image=self._image,
            findings=tuple(self._findings),
            interactions=self._interactions,
            evidence=STAGES | self._job.stages if stages is None else stages,
            pictures=self._pictures,
        )


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


@cache
def code_fingerprint() -> str:
    """Returns a hash of the code that opens and draws pages."""
    folder = Path(str(files(__package__)))
    told = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        told.update(f"{path.name}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]
