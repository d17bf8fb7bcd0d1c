"""Looks at what draws pages on this machine: the browser, its parts, and a test page with letters and emoji."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files

from codepaint_env.canvases.canvas import Canvas
from codepaint_env.canvases.examination import Line
from codepaint_env.render.backend import Job
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.chromium import describe_seal, find_chromium
from codepaint_env.render.places import LOCAL
from codepaint_env.render.renderer import Renderer
from rewards.errors import CodepaintError

CANARY = "da965a0f645f83f6"
"""First digits of the sha256 of the canary's picture, by the pinned Chromium on Linux x86-64."""


def examine(canvas: Canvas) -> Iterator[Line]:
    """Yields what is found, and draws a page."""
    try:
        chromium = find_chromium()
        parts = assets.find()
        assets.check(parts.folder)
    except CodepaintError as error:
        yield Line("html", "note", f"not set up; only the canvas html needs it: {error}")
        return
    renderer = Renderer(canvas, workers=1, backend=LOCAL, cache=0)
    try:
        found = renderer.describe()
        pinned = "" if chromium.pinned else f", {chromium.path}: unpinned"
        yield Line(
            "html browser",
            "ok" if chromium.pinned else "note",
            f"Chromium {found['browser']}{pinned}; {describe_seal(found['sandboxed'] == 'yes')}",
        )
        yield _canary(renderer)
    except CodepaintError as error:
        yield Line("html browser", "note", f"{chromium.path}: {error}")
    finally:
        renderer.close()


def _canary(renderer: Renderer) -> Line:
    """Draws the test page and compares it with what every machine should draw."""
    page = (files(__package__) / "canary.html").read_text(encoding="utf-8")
    [rendering] = renderer.render([Job(page, 1)])
    if rendering.image is None or not rendering.ok:
        return Line("html canary", "note", f"the test page failed: {rendering.kind} {rendering.message}")
    digest = hashlib.sha256(rendering.image.tobytes()).hexdigest()[: len(CANARY)]
    if digest == CANARY:
        return Line("html canary", "ok", f"{digest}, the same picture as everywhere")
    return Line(
        "html canary", "note", f"{digest}, expected {CANARY}: pictures differ from other machines' here"
    )
