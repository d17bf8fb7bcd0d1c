"""A small sketch in random colours, for the samples of the action space."""

from __future__ import annotations

import numpy as np


def sample(rng: np.random.Generator) -> str:
    """Writes a sketch that paints a loose flower."""

    def colour(low: int, high: int) -> str:
        return "#" + "".join(f"{value:02x}" for value in rng.integers(low, high, 3))

    petals = int(rng.integers(4, 9))
    length, width = int(rng.integers(90, 190)), int(rng.integers(30, 80))
    return f"""function setup() {{
  createCanvas(512, 512, WEBGL);
  angleMode(DEGREES);
  background("{colour(236, 256)}");
  for (let i = 0; i < {petals}; i++) {{
    push();
    rotate({360 / petals:.1f} * i + {int(rng.integers(0, 90))});
    brush.fill("{colour(60, 230)}", {int(rng.integers(150, 230))});
    brush.fillBleed({rng.uniform(0.08, 0.3):.2f});
    brush.fillTexture(0.45, 0.6);
    brush.beginShape(0.7);
    brush.vertex(0, 0);
    brush.vertex({-width}, {-length * 0.5:.0f});
    brush.vertex({-width * 0.5:.0f}, {-length});
    brush.vertex({width * 0.5:.0f}, {-length});
    brush.vertex({width}, {-length * 0.5:.0f});
    brush.endShape();
    pop();
  }}
}}

function draw() {{
  noLoop();
}}
"""
