"""How much an SVG document may ask for: counted before it is drawn, so that a busy machine changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from codepaint_env.render.limits import check_limits
from rewards.errors import SpecError


@dataclass(frozen=True, slots=True)
class SvgLimits:
    """Bounds of one drawing; they are part of a rendering's identity.

    Attributes:
        chars: Characters of the document; beyond it `too_large`.
        depth: Elements inside one another, with what `<use>`, paints, masks and the like refer to put in their
            place; beyond it `too_deep`. The drawing code recurses, and 250 nested groups crash it.
        nodes: Elements, where each reference counts all that it refers to; beyond it `work_limit`.
        style_checks: Comparisons of a selector with an element in the cascade; beyond it `work_limit`.
        letters: Letters of drawn text, after `<use>`; beyond it `work_limit`.
        work: Pixels that are painted, weighed by what they cost; beyond it `work_limit`. A pixel of a flat
            translucent fill is 1 (16 ns), of a visible layer 3, of a blur 9 or 38; other work is counted in the
            same unit, such as 500 for an element.
        layer_px: Pixels of layers, masks, pattern tiles and filter results that exist at once (4 bytes each);
            beyond it `memory_limit`.
        cpu_s: CPU seconds that one document may take, a backstop far above the counts; beyond it `work_limit`.
        memory_mb: Resident megabytes of the process that draws; beyond it `memory_limit`.
    """

    chars: int = 200_000
    depth: int = 100
    nodes: int = 20_000
    style_checks: int = 400_000
    letters: int = 2_000
    work: int = 200_000_000
    layer_px: int = 40_000_000
    cpu_s: float = 30.0
    memory_mb: int = 512

    def __post_init__(self) -> None:
        check_limits(self)
        if self.depth > 100:
            raise SpecError(f"limits: depth is {self.depth}; more than 100 could crash the drawing process.")
