"""Pages opened for a test: what they say of themselves, and what they did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from codepaint_env.canvases.html.events import PageEvent
from codepaint_env.canvases.html.limits import HtmlLimits
from codepaint_env.canvases.html.virtual_page import VirtualPage
from codepaint_env.render.browser.pipe import Pipe
from rewards import loop_thread


@dataclass(frozen=True, slots=True)
class Visited:
    """What was seen of a page.

    Attributes:
        said: The value of its variable `said`.
        text: What stands in its body.
        events: What it did.
        left: True if another document took its place.
        picture: PNG of the viewport.
    """

    said: Any
    text: str
    events: tuple[PageEvent, ...]
    left: bool
    picture: bytes

    def told(self, kind: str) -> list[str]:
        """Returns the texts of its events of one kind."""
        return [each.text for each in self.events if each.kind == kind]


def page(body: str) -> str:
    """Returns a document with a body."""
    return f"<!doctype html><html lang=en><title>page</title><body>{body}</body></html>"


def script(code: str) -> str:
    """Returns a document that holds a script alone."""
    return page(f"<script>{code}</script>")


async def _visit(
    pipe: Pipe, document: str, after: str, seed: int, settle_ms: float, limits: HtmlLimits | None
) -> Visited:
    visited = VirtualPage(pipe, limits)
    try:
        await visited.open(document, seed, settle_ms=settle_ms)
        if after:
            await visited.session.send("Runtime.evaluate", {"expression": after, "userGesture": True})
            await visited.advance(160)
        asked = "JSON.stringify([globalThis.said ?? null, document.body?.innerText ?? ''])"
        answer = await visited.session.send("Runtime.evaluate", {"expression": asked})
        said, text = json.loads(answer["result"]["value"])
        picture = await visited.screenshot()
        return Visited(said, text, tuple(visited.events), visited.left, picture)
    finally:
        await visited.close()


def visit(
    pipe: Pipe,
    document: str,
    after: str = "",
    *,
    seed: int = 1,
    settle_ms: float = 160,
    limits: HtmlLimits | None = None,
) -> Visited:
    """Opens a document, runs a line of code in it as if by a user's hand, and looks."""
    return loop_thread.run(_visit(pipe, document, after, seed, settle_ms, limits))
