"""The auditor: looks at a page as it stands and returns the damage that it finds."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codepaint_env.canvases.html.audit import axe, collisions, extent, legibility, order
from codepaint_env.canvases.html.audit.damage import Damage, findings
from codepaint_env.canvases.html.audit.picture import FullPicture
from codepaint_env.canvases.html.audit.snapshot import CAPTURE, Layout, parsed
from codepaint_env.canvases.html.audit.texts import visible_texts
from codepaint_env.render.browser import assets
from rewards.types import Finding

if TYPE_CHECKING:
    from codepaint_env.canvases.html.virtual_page import VirtualPage

MOST_ELEMENTS = 20_000  # of a page that is looked at
VIEWPORT_PX = (1280, 720)

_COUNT = """function () {
  return Document.prototype.getElementsByTagName.call(document, '*').length;
}"""


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What was read of a page before its full picture was taken.

    Attributes:
        elements: How many it has.
        layout: Of them; None where they are too many.
        by_axe: What axe-core told.
    """

    elements: int
    layout: Layout | None = None
    by_axe: Mapping[str, Any] = field(default_factory=dict)


async def audit(page: VirtualPage) -> list[Finding]:
    """Returns what is wrong with how a page looks, the worst of each kind first. It is the last look at the page.

    Kinds, each with a value in [0, 1], a box in pixels of the full-page picture and a CSS selector:

    - `contrast`: text that stands out too little: how far it falls short x its share of all text;
    - `tiny_text`: letters under 12 px: how small x their share of all letters;
    - `clipped`: text that an edge cuts off, `overlap`: texts or controls that collide: three times their share of all
      text;
    - `overflow`: the page is wider than its window: by which share of it, and a fifth;
    - `misaligned`: texts that line up with nothing: the share of them, from 15 to 60 %;
    - `unstyled`: the share of the letters that has the browser's own look;
    - `white_space`: how far the contents fall short of a twenty-fifth of a window, and of words;
    - `blank_area`: a blank band or side: its size, from half a window on;
    - `axe`: a rule of `axe_rules.toml` that is broken;
    - `unreadable`: the page holds more than can be looked at: 1.

    Only what can be seen in the picture counts as text. A text that is hidden, transparent, covered or of the colour of
    its ground neither earns anything nor dilutes the damage of the rest.

    Args:
        page: As it is now.
    """
    observed = await observe(page)
    return await asyncio.to_thread(judged, observed, await page.screenshot(full=True))


async def observe(page: VirtualPage) -> Observed:
    """Reads a page's layout and runs axe-core in it; the page's own scripts can neither see nor bend either."""
    count = await page.run(_COUNT)
    if count > MOST_ELEMENTS:
        return Observed(count)
    layout = parsed(await page.session.send("DOMSnapshot.captureSnapshot", CAPTURE))
    if len(layout.elements) > MOST_ELEMENTS:
        return Observed(len(layout.elements))
    if why := axe.too_much(layout):
        return Observed(count, layout, {"error": why})
    from codepaint_env.canvases.html.virtual_page import ScriptError

    try:
        told = await page.run(axe.script(assets.find().axe), list(axe.rules()), axe.MOST_NODES)
    except ScriptError as error:  # a page may name its elements so that axe stumbles over them
        told = {"error": str(error).partition("\n")[0][:200]}
    return Observed(count, layout, told)


def judged(observed: Observed, full: bytes) -> list[Finding]:
    """Returns the findings of a page by what was observed and its full picture, a PNG file."""
    layout, picture = observed.layout, FullPicture(full)
    if layout is None:
        return [_too_large(observed.elements)]
    texts = visible_texts(layout, picture)
    by_axe = axe.damages(observed.by_axe, texts, picture.edges)
    named = [each.box for each in by_axe if each.kind == "contrast" and each.box is not None]
    damages: list[Damage] = [
        *extent.emptiness(layout, texts, picture, VIEWPORT_PX),
        *extent.overflow(layout, picture, VIEWPORT_PX),
        *by_axe,
        *legibility.contrast(layout, texts, named),
        *legibility.tiny(layout, texts),
        *legibility.clipped(layout, texts),
        *collisions.overlaps(layout, texts),
        *order.misaligned(layout, texts),
        *order.unstyled(layout, texts),
        *extent.blank_areas(layout, texts, picture, VIEWPORT_PX),
    ]
    return findings(layout, damages)


@cache
def fingerprint() -> str:
    """Returns a hash of the auditor: its code and rules, and the version of axe-core."""
    told = hashlib.sha256(assets.read_lock()["packages"]["axe-core"]["integrity"].encode())
    folder = Path(str(files(__package__)))
    for path in sorted(folder.iterdir()):
        if path.suffix in (".py", ".js", ".toml"):
            told.update(f"{path.name}\n".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _too_large(count: int) -> Finding:
    message = (
        f"The page has {count:,} elements; up to {MOST_ELEMENTS:,} can be looked at. Draw it with fewer."
    )
    return Finding("unreadable", message, 1.0)
