"""The drawing of SVG documents in a worker process."""

from __future__ import annotations

import logging
import resource
import time
from collections.abc import Mapping
from typing import Any

from codepaint_env.canvases.svg.backend import gate_fingerprint
from codepaint_env.canvases.svg.draw import draw
from codepaint_env.canvases.svg.fonts import fonts_folder
from codepaint_env.canvases.svg.limits import SvgLimits
from codepaint_env.render.drawn import Drawn

log = logging.getLogger("codepaint")

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
        drawn = _drawn(asked["program"], limits, letters=asked["letters"])
        drawn.timings["draw"] = time.perf_counter() - started
        return drawn

    def prepare(self) -> None:
        """Makes nothing: there is no spare to be had."""


def _drawn(document: str, limits: SvgLimits, *, letters: bool) -> Drawn:
    """Draws a document; what it makes our own code raise is its doing, or it could choose to have no score."""
    try:
        return draw(document, limits, letters=letters, fonts=fonts_folder())
    except MemoryError:
        return Drawn("memory_limit", "The document took more memory than there is.")
    except OSError:  # a font that is gone: the machine's failure
        raise
    except Exception as error:
        log.exception("The gate failed on a document.")
        return Drawn("crash", f"The document broke the gate ({type(error).__name__}).")
