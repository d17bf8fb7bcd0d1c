"""What stands in a p5 page beside the sketch: p5.js, p5.brush, the harness, and how pixels are read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from codepaint_env.canvases.p5brush.js import script
from codepaint_env.canvases.p5brush.page.mended import repeatable


@dataclass(frozen=True, slots=True)
class Recipe:
    """The scripts of a page.

    Attributes:
        library: p5.js, evaluated ahead of time, before the seed is known.
        addon: p5.brush, evaluated once the seed is set.
        harness: A function of (control, options) that yields an object with `start()` and `outcome()`.
        read_pixels: An expression that yields `{width, height, rgba}` or `{missing}`.
        seal: What closes the ways out of the page.
    """

    library: str
    addon: str
    harness: str
    read_pixels: str
    seal: str

    def fingerprint(self) -> str:
        """Returns a short hash of all that is ours in a page; p5.js itself is pinned with the browser."""
        ours = [self.addon, self.harness, self.read_pixels, self.seal]
        return hashlib.sha256(json.dumps(ours).encode()).hexdigest()[:16]


def recipe() -> Recipe:
    """Returns the scripts; raises `MissingPart` if p5.js is not set up."""
    from codepaint_env.canvases.p5brush.engine import parts
    from codepaint_env.render.browser import assets

    return Recipe(
        library=assets.find().p5.read_text(encoding="utf-8"),
        # In a function: its bundle declares `t` and `e` for all.
        addon=f"(() => {{{repeatable(parts.library())}\n}})()",
        harness=script("harness.js"),
        read_pixels=script("read_pixels.js"),
        seal=script("seal.js"),
    )
