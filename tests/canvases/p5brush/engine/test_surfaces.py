"""Buffers, framebuffers, images and pixels: p5's answers, the same bytes each time, and counted limits."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from codepaint_env.canvases.p5brush.engine.budget import Bounds, Budget
from codepaint_env.canvases.p5brush.engine.isolates import Clock, Engine
from codepaint_env.render.backend import Job
from places import PROGRAMS
from rewards.types import Rendering
from sketches import OPEN, PETAL

SURFACES = sorted(PROGRAMS.glob("surfaces/*.js"))
BOUNDS = Bounds(5.0, 60.0, 1024, 200_000, 12_000_000_000, 10_000, 64, 1024)


def run(renderer, code: str) -> Rendering:
    return renderer.render([Job(f"{OPEN} {code} {PETAL} }}", 1)])[0]


def said(rendering: Rendering) -> list[str]:
    assert (rendering.kind, rendering.message) == ("", "")
    return [each.message.removeprefix("log: ") for each in rendering.findings if each.kind == "console"]


# What a page says to each, word for word.
ANSWERS = {
    "the sheet": (
        "background(220, 100, 50); console.log(pixels.length); loadPixels(); console.log(pixels.length, pixels[1],"
        "JSON.stringify(get(3.7, 4.2)), JSON.stringify(get(-1, 4)), get(10, 10, 20, 30).width, get().height);",
        ["0", "1048576 100 [220,100,50,255] [0,0,0,0] 20 512"],
    ),
    "translucent pixels of the sheet": (
        "background(220, 100, 50); loadPixels(); for (let i = 0; i < 4000; i += 4) { pixels[i] = 200; pixels[i + 3] = 128; }"
        "updatePixels(); console.log(JSON.stringify(get(3, 0)), pixels[0]); loadPixels(); console.log(pixels[0]);",
        ["[100,50,25,128] 200", "100"],
    ),
    "set() is not there in WEBGL mode": (
        "try { set(1, 1, 5); } catch (error) { console.log(error.message); }",
        ["this._renderer.set is not a function"],
    ),
    "a buffer": (
        "const g = createGraphics(50, 40); g.background(10, 20, 30, 100); g.loadPixels(); console.log(g.pixels.length,"
        "g.pixels[2], JSON.stringify(g.get(3.6, 3))); g.set(5, 5, color(255, 0, 0)); g.set(7, 5, [1, 2, 3, 4]);"
        "console.log(JSON.stringify(g.get(5, 5))); g.updatePixels();"
        "console.log(JSON.stringify(g.get(5, 5)), JSON.stringify(g.get(7, 5)), g.width, g.CENTER);",
        ["8000 31 [10,20,31,100]", "[10,20,31,100]", "[255,0,0,255] [0,0,0,4] 50 undefined"],
    ),
    "a framebuffer": (
        "const f = createFramebuffer({ width: 60, height: 40 }); f.begin(); background(20, 200, 30); f.end();"
        "f.loadPixels(); console.log(f.pixels.length, f.pixels[1], JSON.stringify(f.get(3, 3)), f.width, width);",
        ["9600 200 [20,200,30,255] 60 512"],
    ),
    "an image": (
        "const m = createImage(20, 10); console.log(m.pixels.length); m.loadPixels(); console.log(m.pixels.length);",
        ["0", "800"],
    ),
    "a buffer keeps its own state": (
        "fill(1); colorMode(HSB); const g = createGraphics(50, 40, WEBGL); g.translate(9, 9); g.angleMode(DEGREES); g.push();"
        "g.colorMode(HSL); g.pop(); console.log(colorMode(), g.colorMode(), angleMode(), g.angleMode());",
        ["hsb rgb radians degrees"],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_pixels_are_what_a_page_gives(renderer, name):
    code, lines = ANSWERS[name]
    assert said(run(renderer, code)) == lines


# Each costs a program its picture by a count, never by a clock.
GREEDY = {
    "buffers without end": ("for (;;) createGraphics(512, 512);", "more buffers"),
    "images without end": ("for (;;) { try { createImage(1, 1); } catch (e) { break; } }", "more buffers"),
    "framebuffers without end": ("for (;;) createFramebuffer();", "more buffers"),
    "pixels read without end": (
        "const m = createGraphics(1000, 1000); for (;;) m.loadPixels();",
        "reads more pixels",
    ),
    "pixels written without end": (
        "const g = createGraphics(1024, 1024); g.loadPixels(); for (;;) g.updatePixels();",
        "more drawing",
    ),
}


@pytest.mark.parametrize("name", GREEDY)
def test_greed_for_surfaces_is_counted(renderer, name):
    code, message = GREEDY[name]
    rendering = run(renderer, code)
    assert rendering.kind == "work_limit"
    assert message in rendering.message


UNSUPPORTED = {
    "createGraphics(4000, 10);": "a surface with a side of 4000",
    "createGraphics(NaN, 10);": "a surface with a side of NaN",
    "createGraphics(99, 99).text('a', 1, 1);": "text()",
    "createGraphics(99, 99).filter(BLUR);": "filter()",
    "createGraphics(99, 99).drawingContext.fillRect(1, 1, 2, 2);": "the drawingContext of a p5.Graphics",
    "createGraphics(99, 99).blendMode(MULTIPLY);": 'blendMode("multiply")',
    "createGraphics(99, 99).beginShape(TRIANGLES).x;": "",
    "const g = createGraphics(99, 99); g.beginShape(TRIANGLES); g.vertex(1, 1); g.endShape();": "beginShape(4)",
    "const f = createFramebuffer({ format: FLOAT });": "createFramebuffer() of another density or format",
    "brush.load(createFramebuffer({ width: 90, height: 90 })); brush.set('HB', 'red', 1); brush.line(0, 0, 9, 9);": (
        "painting on another surface than brush.load() was told"
    ),
}


@pytest.mark.parametrize("code", UNSUPPORTED)
def test_what_the_engine_cannot_draw_on_a_surface_says_so(renderer, code):
    rendering = run(renderer, code)
    assert rendering.kind == ("unsupported" if UNSUPPORTED[code] else "runtime")
    assert rendering.message.startswith(UNSUPPORTED[code])


async def digests(programs: list[str]) -> list[str]:
    """Draws programs one after the other with one warm painter."""
    engine = Engine()
    found = []
    for program in programs:
        drawn = await engine.draw(program, 7, 1, BOUNDS)
        assert drawn.rgb is not None, drawn
        found.append(hashlib.sha256(drawn.rgb.tobytes()).hexdigest())
    return found


@pytest.mark.full
def test_surfaces_leave_no_trace_in_the_next_program():
    programs = [path.read_text(encoding="utf-8") for path in SURFACES[6::7]]
    programs.append(f"{OPEN} image(createGraphics(300, 300), -150, -150); {PETAL} }}")
    once = asyncio.run(digests(programs))
    assert asyncio.run(digests(programs[::-1]))[::-1] == once


async def attempt(program: str) -> tuple[str, bytes]:
    drawn = await Engine().attempt("inline", program, 7, 1, Budget(BOUNDS), Clock())
    assert drawn is not None
    assert drawn.rgb is not None
    return drawn.outcome, drawn.rgb.tobytes()


def test_looking_at_pixels_changes_none():
    painted = f"{OPEN} {PETAL} brush.set('charcoal', 'navy', 2); brush.line(-200, 0, 200, 9); brush.box();"
    looked = painted + " loadPixels(); get(9, 9); get(9, 9, 20, 20);"
    assert asyncio.run(attempt(painted + "}")) == asyncio.run(attempt(looked + "}"))


def test_a_program_that_breaks_its_own_reading_breaks_only_its_own_picture(renderer):
    code = (
        "const g = createGraphics(100, 100); g.loadPixels(); Uint8Array.prototype.set = () => {}; Math.round = () => 7;"
        "Object.prototype.surface = { id: 99 }; Uint32Array.prototype.set = () => {}; g.updatePixels(); image(g, 0, 0);"
    )
    assert run(renderer, code).status in ("ok", "program_error")
    assert run(renderer, "").ok
