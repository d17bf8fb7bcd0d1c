"""Kinds of programs that paint: how they are found in a completion, run and recorded."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from rewards.errors import UnknownName

if TYPE_CHECKING:
    from codepaint_env.canvases.p5brush.canvas import P5Brush

NAMES = ("p5brush",)


def get(name: str) -> P5Brush:
    """Returns the canvas of this name."""
    from codepaint_env.canvases.p5brush.canvas import P5Brush

    if name != "p5brush":
        near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.0)[0]
        raise UnknownName(f"No canvas is called {name!r}. Did you mean {near!r}?")
    return P5Brush()
