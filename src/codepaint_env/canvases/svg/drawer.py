"""The drawing of SVG documents in a worker process."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping
from typing import Any

from codepaint_env.canvases.svg.backend import gate_fingerprint
from codepaint_env.canvases.svg.draw import draw
from codepaint_env.canvases.svg.fonts import fonts_folder
from codepaint_env.canvases.svg.limits import SvgLimits
from codepaint_env.render.drawn import Drawn

ADDRESS_SPACE_MB = 4096
_WARM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><text y="8">a</text><path d="M0 0h4v4"/></svg>'
)


class SvgDrawer:
    """Draws documents; a `Drawer` of codepaint_env.render.confine.worker."""

    stuck = False
    spares = 0
    most_spares = 0

    def start(self) -> Mapping[str, str]:
        """Draws once, so that everything is loaded; returns the hash of the code."""
        # What asks for more at once fails at once; what fills it up is seen from outside.
        most = ADDRESS_SPACE_MB * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        draw(_WARM, SvgLimits(), letters=True, fonts=fonts_folder())
        return {"gate": gate_fingerprint()}

    async def draw(self, asked: Mapping[str, Any]) -> Drawn:
        """Gates and draws one document."""
        started = time.perf_counter()
        limits = SvgLimits(**asked["limits"])
        drawn = draw(asked["program"], limits, letters=asked["letters"], fonts=fonts_folder())
        drawn.timings["draw"] = time.perf_counter() - started
        return drawn

    def prepare(self) -> None:
        """Makes nothing: there is no spare to be had."""
