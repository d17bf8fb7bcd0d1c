"""What several tests draw: small sketches of different kinds, and which programs have every call of p5.brush."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

PETAL = (
    'brush.fill("#c03344", 200); brush.fillBleed(0.15); brush.fillTexture(0.45, 0.6); brush.beginShape(0.6);'
    "brush.vertex(0, 0); brush.vertex(-70, -60); brush.vertex(-20, -150); brush.vertex(60, -90); brush.endShape();"
)
OPEN = 'function setup() { createCanvas(512, 512, WEBGL); background("#fbf6ec");'
GOOD = f"{OPEN} {PETAL} }} function draw() {{ noLoop(); }}"

TWELVE = {
    "fill": GOOD,
    "no draw": f"{OPEN} scale(0.8); {PETAL} }}",
    "draw": f"function setup() {{ createCanvas(512, 512, WEBGL); }} function draw() {{ background(250); {PETAL} }}",
    "strokes": OPEN
    + ' for (const b of ["2B", "HB", "cpencil", "charcoal", "pen", "marker", "spray"]) { brush.set(b, "#334", 2);'
    " brush.spline([[-200, 0, 1], [0, random(-200, 200), 0.6], [200, 40, 0.3]], 0.5); } }",
    "hatch": f'{OPEN} brush.set("HB", "#245", 1); brush.hatch(6, 0.7); brush.rect(-150, -100, 300, 200); }}',
    "field": f'{OPEN} brush.field("seabed"); brush.set("marker", "#2a6", 3);'
    " for (let y = -200; y < 200; y += 40) brush.flowLine(-220, y, 420, 0.1); }",
    "wash": f'{OPEN} brush.wash("#4477aa", 120); brush.circle(0, 0, 180); brush.noWash(); {PETAL} }}',
    "unseeded": f"{OPEN} translate(random(-50, 50), noise(3) * 40); rotate(Math.random()); {PETAL} }}",
    "clock": f"{OPEN} translate(Date.now() % 37, performance.now() % 11); "
    f"rotate(new Date().getSeconds()); rotate(crypto.getRandomValues(new Uint8Array(1))[0]); {PETAL} }}",
    "async": "async function setup() { createCanvas(512, 512, WEBGL); background(250);"
    f" await new Promise((done) => setTimeout(done, 3000)); rotate(millis() / 1000); scale(1.1); {PETAL} }}",
    "600 pixels": "function setup() { createCanvas(600, 600, WEBGL); background(250); brush.scaleBrushes(3);"
    f" translate(-300, -300); translate(300, 380); scale(1.4); {PETAL} }}",
    "instance": "new p5((p) => { p.setup = () => { p.createCanvas(512, 512, p.WEBGL); p.background(250);"
    f" brush.instance(p); p.rotate(0.5); {PETAL} }}; p.draw = () => p.noLoop(); }});",
}


def calls_of(program: Path) -> set[str]:
    """Returns the names of p5.brush that a program has."""
    return set(re.findall(r"\bbrush\.(\w+)", program.read_text(encoding="utf-8")))


def with_every_call(programs: Sequence[Path]) -> list[Path]:
    """Returns programs that have all calls between them: each time the one with most of those still missing."""
    chosen: list[Path] = []
    missing = set[str]().union(*map(calls_of, programs))
    while missing:
        chosen.append(max(programs, key=lambda program: len(calls_of(program) & missing)))
        missing -= calls_of(chosen[-1])
    return chosen
