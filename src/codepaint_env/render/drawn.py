"""What came of running a program, whichever way it was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rewards.types import Finding


@dataclass(slots=True)
class Drawn:
    """What a page or the engine did with a program.

    Attributes:
        outcome: `done`, `error` or the name of what stopped it.
        message: The error, with its line, or `""`.
        rgb: `(height, width, 3)` uint8 sRGB on white paper, row 0 at the top; None if nothing could be read.
        missing: What the picture lacked, such as `webgl`.
        size: Width and height of the canvas, in pixels.
        console: What the program printed, shortened.
        in_library: True if the error was thrown by a library, not by a line of the program.
        timings: Seconds by phase, for diagnostics; never part of a verdict.
        findings: What was noticed about the program or its picture.
    """

    outcome: str
    message: str = ""
    rgb: NDArray[np.uint8] | None = None
    missing: str = ""
    size: tuple[int, int] = (0, 0)
    console: list[str] = field(default_factory=list)
    in_library: bool = False
    timings: dict[str, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
