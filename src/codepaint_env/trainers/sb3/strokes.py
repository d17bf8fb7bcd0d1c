"""Strokes as numbers in [-1, 1], and the p5.brush sketch that paints them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

POINTS = 5  # along either side of a stroke
PAPER = "#ffffff"

_SKETCH = """function wash(colour, opacity, outline) {{
  push();
  brush.fill(colour, opacity);
  brush.beginShape(0.3);
  for (const [x, y] of outline) brush.vertex(x, y);
  brush.endShape();
  pop();
}}

function setup() {{
  createCanvas({side}, {side}, WEBGL);
  background("{paper}");
  brush.fillBleed(0.05);
  brush.fillTexture(0.1, 0.2);
{washes}
}}

function draw() {{
  noLoop();
}}
"""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One broad wash along an arc. Each number lies in [-1, 1]; the brackets give the meaning of -1 and 1.

    Attributes:
        x: Place of its middle (left edge of the sheet, right edge).
        y: Place of its middle (top, bottom).
        length: Length from end to end (0.1 of the sheet's side, 1).
        angle: Angle of the line between its ends (-90 degrees, 90 degrees: both upright); 0 lies flat, above 0 it falls
            to the right.
        bend: Distance of its middle from that line (half its length to the one side, to the other); 0 is straight.
        width: Width in its middle (0.06 of the sheet's side, 0.6).
        red: Red of the pigment (20, 215); paint comes out lighter than its pigment.
        green: Likewise.
        blue: Likewise.
        opacity: Opacity of the wash (60, 255), as for `brush.fill`.
    """

    x: float = 0.0
    y: float = 0.0
    length: float = 0.0
    angle: float = 0.0
    bend: float = 0.0
    width: float = 0.0
    red: float = 0.0
    green: float = 0.0
    blue: float = 0.0
    opacity: float = 0.0

    @property
    def colour(self) -> str:
        """The pigment, such as `#a01432`."""
        return "#" + "".join(
            f"{round(_between(20, 215, part)):02x}" for part in (self.red, self.green, self.blue)
        )

    def outline(self, side: int) -> list[tuple[float, float]]:
        """Returns the corners of the wash in pixels from the middle of a sheet, down one side and up the other."""
        length = _between(0.1, 1.0, self.length) * side
        half = _between(0.06, 0.6, self.width) * side / 2
        turn = math.radians(90 * self.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        sides: tuple[list[tuple[float, float]], ...] = ([], [])
        for step in range(POINTS):
            along = 2 * step / (POINTS - 1) - 1  # from end to end
            thick = half * (0.55 + 0.45 * math.sqrt(1 - along * along))
            off = self.bend * length / 2 * (1 - along * along)
            for edge, points in zip((-thick, thick), sides, strict=True):
                u, v = along * length / 2, off + edge
                points.append(
                    (
                        round(self.x * side / 2 + u * cos - v * sin, 1),
                        round(self.y * side / 2 + u * sin + v * cos, 1),
                    )
                )
        return [*sides[0], *reversed(sides[1])]


PARAMETERS = tuple(each.name for each in fields(Stroke))
"""Names of a stroke's numbers, in the order of an action."""


def sketch(strokes: Sequence[Stroke], side: int) -> str:
    """Returns the program that paints strokes, in order, on white paper of `side` x `side` pixels.

    A further stroke does not change those before it, because it takes its random numbers after theirs.
    """
    washes = "\n".join(
        f'  wash("{each.colour}", {round(_between(60, 255, each.opacity))}, '
        f"{[list(point) for point in each.outline(side)]});"
        for each in strokes
    )
    return _SKETCH.format(side=side, paper=PAPER, washes=washes)


def _between(lowest: float, highest: float, number: float) -> float:
    return lowest + (highest - lowest) * (number + 1) / 2
