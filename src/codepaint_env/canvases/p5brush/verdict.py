"""What came of a sketch, as evidence: status, kind, picture and findings."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from codepaint_env.canvases.p5brush.limits import EngineLimits, PageLimits
from codepaint_env.render.drawn import Drawn
from codepaint_env.render.paper import fit
from rewards.painted.blank import is_constant
from rewards.types import Finding, Rendering

SIZE_PX = 512
STAGES = frozenset({"source", "image"})

_NEEDS_WEBGL = "p5.brush paints on createCanvas(width, height, WEBGL) only"
_MEND = "add WEBGL, and call it before you paint"


def record(drawn: Drawn, limits: EngineLimits | PageLimits) -> Rendering:
    """Turns what the engine or a page did into a rendering, without its identity."""
    image: NDArray[np.uint8] | None = None
    findings = [Finding("console", line) for line in drawn.console]
    if drawn.rgb is not None:
        image, note = fit(drawn.rgb, (SIZE_PX, SIZE_PX))
        findings += note
    kind, message = verdict(drawn, image, limits)
    return Rendering(
        status="program_error" if kind else "ok",
        kind=kind,
        message=message,
        image=image,
        findings=tuple(findings),
        evidence=STAGES,
    )


def verdict(
    drawn: Drawn, image: NDArray[np.uint8] | None, limits: EngineLimits | PageLimits
) -> tuple[str, str]:
    """Returns the kind of program error with one sentence on it; two empty strings when the picture is good."""
    sides = f"{limits.canvas_min_px} to {limits.canvas_max_px} pixels"
    stops = {
        "work_limit": "The program used more CPU seconds than it may.",
        "memory_limit": "The program used more memory than it may.",
        "crash": "The program crashed the process that ran it; most often it asked for too much memory at once.",
        "never_finished": "The program waits for something that never comes.",
        "timers": f"The picture was not finished after {limits.timers} timers.",
        "no_setup": "p5 does not start: there is no function setup() and no function draw().",
        "too_large": f"The canvas is too large; sides of {sides} are drawn.",
        "too_small": f"The canvas is too small; sides of {sides} are drawn.",
    }
    if drawn.outcome in stops:
        kind = "never_finished" if drawn.outcome == "timers" else drawn.outcome
        return kind, drawn.message or stops[drawn.outcome]
    if drawn.outcome == "error":
        if drawn.missing and drawn.in_library:
            return "no_canvas", _without_webgl(drawn.message)
        return "runtime", drawn.message
    if drawn.outcome == "no_canvas":
        return "no_canvas", _without_webgl(drawn.message)
    if drawn.outcome != "done":
        return drawn.outcome, drawn.message
    if drawn.missing == "size":
        return "too_large", f"The canvas is {drawn.size[0]} x {drawn.size[1]}; sides of {sides} are drawn."
    if drawn.missing == "context":
        return "runtime", "The program lost its WebGL context."
    if image is None:
        return "no_canvas", f"There is no canvas to look at: {_NEEDS_WEBGL}; {_MEND}."
    if is_constant(image):
        return "blank", "The picture is one flat colour."
    return "", ""


def _without_webgl(message: str) -> str:
    """Returns what to do about an error of p5.brush without a WEBGL canvas; its own words speak of `brush.instance`."""
    line = re.search(r" \(line \d+\)$", message)
    return f"{_NEEDS_WEBGL}; {_MEND}{line[0] if line else ''}."
