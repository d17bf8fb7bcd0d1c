"""The sketch API: p5's numbers, its order of events, and outcomes that no program can talk away."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.canvases.p5brush.limits import PageLimits
from codepaint_env.canvases.p5brush.page import document
from codepaint_env.canvases.p5brush.page import sealed_page as page
from codepaint_env.canvases.p5brush.page.backend import PageBackend
from codepaint_env.render.backend import Job
from rewards.pool import pool_folder
from rewards.types import Rendering
from sketches import TWELVE

py_mini_racer = pytest.importorskip("py_mini_racer")

POOL = [
    *sorted((pool_folder() / "programs").glob("[0-9]*.js")),
    *sorted((pool_folder() / "studies").glob("*.js")),
]
ANY_CALL = "brush = new Proxy(brush, { get: (own, name) => own[name] ?? own.fill }); "
OPEN = "function setup() { createCanvas(200, 200, WEBGL);"
NEEDS_WEBGL = "p5.brush paints on createCanvas(width, height, WEBGL) only"
UNSUPPORTED = '{} is not supported by the engine; path="page" draws it'

# A host that writes down what it is asked for; `readMatrix` shows the matrix to the probe.
HOST = """(pieces) => {
  const calls = [];
  const note = (name) => (...args) => void calls.push([name, ...args]);
  let view = null;
  const brush = {};
  for (const name of ['fill', 'circle', 'line']) {
    brush[name] = (...args) => {
      view.requireWebGL();
      calls.push([`brush.${name}`, ...args]);
    };
  }
  const names = (list) => Object.fromEntries(list.map((name) => [name, note(name)]));
  const host = {
    brush,
    ...names(['size', 'background', 'flat']),
    fn: names(['push', 'pop', 'randomSeed', 'noiseSeed']),
    lifecycle: names(['presetup', 'postsetup', 'predraw', 'postdraw']),
    attach: (seen) => void (view = seen),
    surfaces: {},
  };
  const exports = new WebAssembly.Instance(new WebAssembly.Module($wasm)).exports;
  const colors = pieces.color(pieces).makeColors();
  const sketch = pieces.sketch({
    ...pieces, host, colors, shapes: pieces.shapes({ host }), shapes_of: pieces.shapes,
    math: pieces.math(exports),
  });
  const { stringify } = JSON;
  for (let i = 0; i < 4; i++) sketch.mathRandom(); // what p5.brush draws
  sketch.install(globalThis);
  globalThis.readMatrix = () => view.matrix;
  return {
    start: sketch.start, step: sketch.step, message: sketch.message, outcome: sketch.outcome,
    console: sketch.consoleJson, calls: () => {
      try {
        return stringify(calls);
      } catch {
        return '[]'; // a toJSON of the program's
      }
    },
  };
}"""
PIECES = (
    *(
        "color",
        "spaces",
        "flat2d",
        "lettering",
        "math",
        "numbers",
        "page_stubs",
        "shapes",
        "sketch",
        "surfaces",
        "vector",
    ),
)


@dataclass(frozen=True)
class Played:
    """What became of a program: its outcome, what it printed, what the host was asked for, its RESULT."""

    outcome: str
    message: str
    console: list[str]
    calls: list[list[Any]]
    result: str

    def named(self, name: str) -> list[list[Any]]:
        return [call[1:] for call in self.calls if call[0] == name]


def play(program: str, *, seed: int = 0, frames: int = 1, timers: int = 1000) -> Played:
    limits = {"min": 64, "max": 1024, "timers": timers, "frames": frames}
    pieces = [f"{name}: ({parts.script(name)})" for name in PIECES]
    with py_mini_racer.mini_racer() as context:
        maths = parts.module_of("record")
        room: Any = context.eval(f"globalThis.$wasm = new ArrayBuffer({len(maths)})")
        room[:] = maths
        face: Any = context.eval(
            f"({HOST})({{ {', '.join(pieces)}, limits: {json.dumps(limits)}, seed: {seed} }})"
        )
        call = {name: face[name] for name in ("start", "step", "message", "outcome", "console", "calls")}
        thrown = ""
        try:
            context.eval(f"{program}\n//# sourceURL=sketch.js")
        except (py_mini_racer.JSEvalException, py_mini_racer.JSParseException) as error:
            thrown = str(error).partition("\n")[0]
            outcome = call["outcome"]() or "error"
        else:
            call["start"]()
            outcome = ""
            while not outcome:
                outcome = call["step"]()
        try:
            result = context.eval("typeof RESULT === 'string' ? RESULT : ''")
        except py_mini_racer.JSEvalException:
            result = ""
        console, calls = json.loads(call["console"]()), json.loads(call["calls"]())
        return Played(outcome, call["message"]() or thrown, console, calls, str(result))


def said(program: str, **options: Any) -> str:
    """Returns what a program printed, in one line."""
    played = play(program, **options)
    assert played.outcome == "done", played
    return " / ".join(line.removeprefix("log: ") for line in played.console)


@pytest.mark.parametrize("path", POOL, ids=lambda path: path.stem)
def test_the_paintings_by_hand_and_the_studies_of_the_pool_run_to_their_end(path):
    played = play(ANY_CALL + path.read_text(encoding="utf-8"))
    assert (played.outcome, played.message, played.console) == ("done", "", [])
    assert played.named("background")


@pytest.mark.parametrize("name", TWELVE)
def test_sketches_of_every_kind_run_to_their_end(name):
    assert play(ANY_CALL + TWELVE[name]).outcome == "done"


def test_events_come_in_the_order_of_a_page():
    played = play(
        "function setup() { createCanvas(200, 100, WEBGL); push(); randomSeed(3); pop(); noiseSeed(4); }"
        "function draw() { brush.circle(frameCount, 0, 9); }"
    )
    assert [call[0] for call in played.calls] == [
        "presetup", "size", "push", "randomSeed", "pop", "noiseSeed", "postsetup", "predraw", "brush.circle", "postdraw",
    ]  # fmt: skip
    assert played.named("size") == [[200, 100]]
    assert (played.named("randomSeed"), played.named("noiseSeed")) == ([[3]], [[4]])


def test_setup_may_wait_and_draw_runs_once_for_each_frame():
    program = (
        "async function setup() { createCanvas(200, 200, WEBGL); await new Promise((done) => setTimeout(done, 3000)); }"
        "function draw() { brush.circle(frameCount, round(millis()), round(deltaTime)); }"
    )
    assert play(program).named("brush.circle") == [[1, 17, 17]]
    assert play(program, frames=3).named("brush.circle") == [[1, 17, 17], [2, 33, 17], [3, 50, 17]]


def test_a_sketch_that_does_not_loop_is_done_with_its_first_frame():
    program = OPEN + " noLoop(); } function draw() { brush.circle(frameCount, 0, 9); }"
    played = play(program, frames=3)
    assert (played.outcome, played.named("brush.circle")) == ("done", [[1, 0, 9]])


def test_instance_mode_keeps_the_global_object_clean():
    program = (
        "new p5((p) => { p.setup = () => { p.createCanvas(200, 200, p.WEBGL); console.log(typeof random, p.width,"
        " p5.instance, p.createVector(1, 2).mag() === Math.sqrt(5), p.color('red') instanceof p5.Color); };"
        " p.draw = () => brush.circle(p.frameCount, p.PI, 9); });"
    )
    played = play(program)
    assert played.console == ["log: undefined 200 null true true"]
    assert played.named("brush.circle") == [[1, math.pi, 9]]


def test_p5s_names_are_global_from_the_first_sketch_on():
    assert play("const x = random(10);\nfunction setup() {}").message.endswith(
        "ReferenceError: random is not defined"
    )
    assert said(
        "const width = 7, clamp = 8;"
        + OPEN
        + " console.log(width, window.width, clamp, typeof window.clamp); }"
    ) == ("7 200 8 function")
    assert (
        said(OPEN + " random = 5; PI = 3; console.log(typeof random, PI === Math.PI); }") == "function true"
    )


def test_a_function_with_the_name_of_one_of_p5s_stops_p5_as_in_a_page():
    played = play("function clamp() {}\n" + OPEN + " }")
    assert (played.outcome, played.message) == ("error", "TypeError: Cannot redefine property: clamp")


def test_names_that_pages_hold_fast_cannot_be_declared():
    for name in ("window", "document", "top", "location"):
        assert "has already been declared" in play(f"let {name} = 0;").message
    assert said(
        "let brush = 3, name = 4, fetch = 5, screen = 6, t = 7, e = 8;"
        + OPEN
        + " console.log(brush, name, fetch, screen, t, e); }"
    ) == ("3 4 5 6 7 8")


@pytest.mark.parametrize(
    ("program", "outcome", "message"),
    [
        ("const setup = () => { createCanvas(200, 200, WEBGL); };", "no_setup", ""),
        ("", "no_setup", ""),
        (OPEN + "\n fooBar(); }", "error", "ReferenceError: fooBar is not defined (line 2)"),
        (OPEN + "\n brush.flil('red'); }", "error", "TypeError: brush.flil is not a function (line 2)"),
        (OPEN + "\n\n fill('nocolour'); }", "error", "Error: Invalid color string (line 3)"),
        (OPEN + " throw 1; }", "error", "threw 1"),
        (OPEN + " throw 'two\\nlines'; }", "error", "threw two"),
        (OPEN + " throw undefined; }", "error", "threw nothing"),
        (OPEN + " throw { a: 1 }; }", "error", "Object"),
        (OPEN + "\n const e = new Error('one'); e.message = 'two\\nlines'; throw e; }", "error", "Error: two (line 2)"),
        (OPEN + "\n setTimeout(() => null.x, 5); } function draw() { return new Promise(() => {}); }", "error",
         "TypeError: Cannot read properties of null (reading 'x') (line 2)"),
        (OPEN + "\n queueMicrotask(() => null.x); }", "error",
         "TypeError: Cannot read properties of null (reading 'x') (line 2)"),
        (OPEN + "\n const f = () => f(); f(); }", "error", "RangeError: Maximum call stack size exceeded (line 2)"),
        (OPEN + " return new Promise(() => {}); }", "never_finished", ""),
        (OPEN + " setInterval(() => {}, 1); return new Promise(() => {}); }", "timers", ""),
        ("function setup() {\n createCanvas(2000, 200, WEBGL); }", "too_large",
         "RangeError: The canvas is 2000 x 200; sides from 64 to 1024 pixels are drawn. (line 2)"),
        ("function setup() {\n try { createCanvas(200, 20, WEBGL); } catch {} createCanvas(200, 200, WEBGL); }", "too_small",
         "RangeError: The canvas is 200 x 20; sides from 64 to 1024 pixels are drawn. (line 2)"),
        (OPEN + " resizeCanvas(200, 5000); }", "too_large",
         "RangeError: The canvas is 200 x 5000; sides from 64 to 1024 pixels are drawn. (line 1)"),
    ],
)  # fmt: skip
def test_outcomes_and_messages_are_those_of_a_page(program, outcome, message):
    played = play(program)
    assert (played.outcome, played.message) == (outcome, message)


@pytest.mark.parametrize(
    "program",
    [
        "function setup() { createCanvas(200, 200); brush.fill('red', 90); }",
        "function setup() { createCanvas(200, 200); background(0); rect(1, 2, 3, 4); }",
        "function setup() { background(0); }",
        "function draw() { createCanvas(200, 200, WEBGL); }",
        "function setup() { createCanvas(NaN, 200, WEBGL); }",
    ],
)
def test_without_a_webgl_canvas_there_is_nothing_to_paint_on(program):
    played = play(program)
    assert played.outcome == "no_canvas"
    assert played.message.startswith(
        f"{NEEDS_WEBGL}: Error: p5.brush could not resolve an active WEBGL sketch."
    )
    assert not played.named("background")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("loadImage('a.png')", "loadImage()"),
        ("text('a', 0, 0)", "text()"),
        ("textWidth('a')", "textWidth()"),
        ("drawingContext.fill()", "drawingContext"),
        ("p5.instance._renderer.GL", "_renderer"),
        ("createDiv(9)", "createDiv()"),
        ("filter(BLUR)", "filter()"),
        ("rotateX(1)", "rotateX()"),
        ("rotate(1, [1, 0, 0])", "rotate() about another axis than z"),
        ("blendMode(MULTIPLY)", 'blendMode("multiply")'),
        ("erase()", "erase()"),
        ("uniformFloat('a')", "uniformFloat()"),
        ("new p5.Shader(3)", "p5.Shader()"),
        ("new p5(() => {})", "a second sketch (new p5)"),
        ("document.body", "document.body"),
        ("window.open('x')", "open()"),
        ("fetch('x')", "fetch()"),
        ("localStorage.setItem('a', 1)", "localStorage.setItem"),
        ("new Image()", "Image()"),
        ("new Worker('x')", "Worker()"),
        ("URL.createObjectURL(1)", "URL.createObjectURL"),
        ("new WebAssembly.Module()", "WebAssembly.Module"),
        ("createCanvas(200, 200, WEBGL).elt.style", "the canvas's elt"),
    ],
)
def test_what_only_a_page_has_is_named_even_if_the_program_catches_it(code, what):
    for program in (f"{OPEN} {code}; }}", f"{OPEN} try {{ {code}; }} catch {{}} brush.circle(0, 0, 9); }}"):
        played = play(program)
        assert (played.outcome, played.message) == ("unsupported", UNSUPPORTED.format(what))


def test_what_only_a_page_has_is_named_at_the_top_level_too():
    played = play("const box = document.getElementById('a');")
    assert (played.outcome, played.message) == ("unsupported", UNSUPPORTED.format("document.getElementById"))


def test_asking_whether_a_page_is_there_is_allowed():
    program = (
        " addEventListener('resize', () => {}); describe('a picture'); cursor('x'); noCursor(); smooth();"
        " const canvas = createCanvas(200, 200, WEBGL).class('main').style('display', 'block');"
        " console.log(typeof document, typeof fetch, window === self, window === globalThis, {} instanceof Image,"
        " innerWidth, devicePixelRatio, canvas.width, typeof SharedArrayBuffer, typeof Atomics, typeof Temporal); }"
    )
    assert play(OPEN + program).console == ["log: object function true true false 512 1 200"]


def test_math_and_chance_are_pinned_and_the_clock_is_sealed():
    program = OPEN + (
        " console.log(Math.random(), random(), millis(), year(), hour());"
        " console.log(new Date().toISOString(), Date().slice(0, 15), performance.now() < 1, crypto.randomUUID().length,"
        " new Intl.DateTimeFormat('en').format()); }"
    )
    printed = said(program, seed=7)
    assert printed == said(program, seed=7) != said(program, seed=8)
    assert printed.endswith("2023-11-14T22:13:20.000Z Tue Nov 14 2023 true 36 11/14/2023")


def test_backgrounds_reach_the_host_premultiplied():
    played = play(
        OPEN
        + " background(255, 0, 0, 127.5); background('#fff'); clear(); colorMode(HSB, 1); background(0, 1, 1); }"
    )
    assert played.named("background") == [[0.5, 0, 0, 0.5], [1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 1]]


def test_p5s_own_shapes_are_drawn_in_the_colours_of_the_moment():
    played = play(
        OPEN
        + " noStroke(); fill('blue'); rect(0, 0, 50, 50); push(); fill(255, 0, 0); pop(); circle(0, 0, 9); noFill(); rect(1, 1, 9, 9); }"
    )
    assert [flat[1] for flat in played.named("flat")] == [[0, 0, 1, 1], [0, 0, 1, 1]]


def test_a_new_canvas_starts_afresh():
    program = " rectMode(CENTER); colorMode(HSB); translate(9, 9); createCanvas(100, 100, WEBGL); console.log(rectMode(), colorMode(), width, readMatrix()[12]); }"
    played = play(OPEN + program)
    assert (played.console, played.named("size")) == (["log: corner rgb 100 0"], [[200, 200], [100, 100]])


def test_the_console_is_kept_short():
    played = play(OPEN + " print('a', 1.5, [1, 2], { a: 1 }, null, undefined, true, 7n); console.warn('x'.repeat(500));"
        " console.log(); for (let i = 0; i < 50; i++) console.error(i, new TypeError('bad')); }")  # fmt: skip
    assert played.console[0] == "log: a 1.5 Array(2) Object null undefined true 7n"
    assert played.console[1] == "warning: " + 291 * "x"
    assert played.console[2] == "error: 0 TypeError: bad (line 1)"
    assert len(played.console) == 20


BREAK_ALL = (
    "for (const C of [Array, String, RegExp, Function, Map, Error, Number, Symbol, Promise]) {"
    " for (const name of Object.getOwnPropertyNames(C.prototype)) { try {"
    " Object.defineProperty(C.prototype, name, { get() { throw 5; }, configurable: true }); } catch {} } }"
    "for (const name in Math) Math[name] = 1;"
    "for (const name of ['get', 'set', 'value', 'writable', 'toJSON', 'then', 'message', 'stack', 'name'])"
    " Object.prototype.__defineGetter__(name, () => { throw 7; });"
    "Array.prototype[Symbol.iterator] = () => { throw 6; };"
)


@pytest.mark.parametrize(
    ("code", "outcome", "message"),
    [
        (f"{BREAK_ALL}\n null.x;", "error", "TypeError: Cannot read properties of null (reading 'x') (line 2)"),
        (f"{BREAK_ALL}\n throw new RangeError('y');", "error", "RangeError: y (line 2)"),
        (f"{BREAK_ALL}\n throw new Error('z');", "error", "Error: z (line 2)"),
        (f"try {{ document.body; }} catch {{}} {BREAK_ALL} null.x;", "unsupported", UNSUPPORTED.format("document.body")),
        ("for (const name of Object.getOwnPropertyNames(globalThis)) { try { delete globalThis[name]; } catch {}"
         " try { globalThis[name] = undefined; } catch {} }\n null.x;", "error",
         "TypeError: Cannot read properties of null (reading 'x') (line 2)"),
        ("Error.prepareStackTrace = () => { throw 8; };\n null.x;", "error",
         "TypeError: Cannot read properties of null (reading 'x') (line 2)"),
        ("throw Object.defineProperty(new Error('q'), 'stack', { get() { throw 9; } });", "error", "Error: q"),
        ("throw Object.assign(new Error('q'), { stack: {}, message: { toString() { throw 1; } } });", "error", "Error"),
        ("throw new Proxy({}, { get() { throw 1; } });", "error", "Object"),
        ("const f = () => {}; f.toString = () => { throw 1; }; throw f;", "error", "threw what cannot be described"),
        ("const r = Proxy.revocable({}, {}); r.revoke(); throw r.proxy;", "error", "Object"),
        ("return { then(resolve, reject) { reject(new Error('no')); } };", "error", "Error: no (line 1)"),
        ("Promise.prototype.then = () => {}; Object.defineProperty(Promise.prototype, 'constructor', { get() { throw 7; } });",
         "error", "threw 7"),
    ],
    ids=range(13),
)  # fmt: skip
def test_a_program_that_breaks_its_world_is_still_reported_truly(code, outcome, message):
    played = play(f"{OPEN} {code} }}")
    assert (played.outcome, played.message) == (outcome, message)


def test_a_broken_world_prints_what_it_printed():
    played = play(f"{OPEN} {BREAK_ALL} console.log('still', 3); throw 4; }}")
    assert (played.outcome, played.message, played.console) == ("error", "threw 4", ["log: still 3"])


def test_colour_states_travel_as_json():
    made = "((color, pieces) => { const a = color(pieces).makeColors(), b = color(pieces).makeColors(); a.colorMode('hsb', 360, 100, 100, 255);"
    made += " b.restore(JSON.parse(JSON.stringify(a.state()))); const seen = JSON.stringify([a, b].map((c) =>"
    made += " c.color(200, 60, 80, 51)._array)); b.restore(null); return seen + b.colorMode(); })"
    with py_mini_racer.mini_racer() as context:
        seen = str(context.eval(f"{made}({parts.script('color')}, {{ spaces: {parts.script('spaces')} }})"))
    assert seen.endswith("rgb")
    first, second = json.loads(seen.removesuffix("rgb"))
    assert first == second
    assert first == pytest.approx([0.32, 0.64, 0.8, 0.2])


# A program that computes with all of p5 that computes, in a page and in the engine.
PROBE = r"""
const out = [];
const plain = (v) => {
  if (typeof v === 'number') return Number.isFinite(v) ? (Object.is(v, -0) ? '-0' : v) : String(v);
  if (v === undefined) return 'undefined';
  if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
  if (typeof v === 'function' || typeof v === 'symbol') return String(typeof v);
  if (v instanceof p5.Vector) return v.values.map(plain);
  if (v instanceof p5.Color) return [v.toString(), ...v._array.map(plain)];
  if (Array.isArray(v) || ArrayBuffer.isView(v)) return Array.from(v, plain);
  const o = {};
  for (const k of Object.keys(v)) o[k] = plain(v[k]);
  return o;
};
const add = (name, run) => {
  let value;
  try { value = plain(run()); } catch (error) { value = `throws ${error.constructor.name}`; }
  out.push([name, value]);
};
const matrix = () => Array.from(typeof readMatrix === 'function' ? readMatrix() : p5.instance._renderer.uModelMatrix.mat4);
add('top clock', () => [performance.now(), Date.now(), Math.random()]);
add('top names', () => ['random', 'width', 'PI', 'createVector', 'setup', 'brush', 'p5', 'window'].map((n) => typeof globalThis[n]));
add('vector before p5', () => new p5.Vector(1, 2).add([3, 4]));
add('vector before p5, vectors', () => new p5.Vector(1, 2).add(new p5.Vector(1, 1)));

function numbersProbe() {
  add('unseeded random', () => [random(), random(5), random(2, 9), random(9, 2), random([1, 2, 3]), random(['a', 'b']), random([])]);
  add('unseeded gaussian', () => [randomGaussian(), randomGaussian(10), randomGaussian(10, 3), randomGaussian(0, 0)]);
  add('unseeded noise', () => [noise(0.3), noise(1.5, 2.5), noise(1.1, 2.2, 3.3), Math.random()]);
  add('shuffle unseeded', () => shuffle([1, 2, 3, 4, 5, 6]));
  add('vectors random', () => [p5.Vector.random2D(), p5.Vector.random3D(), Math.random()]);
  for (const seed of [0, 1, 7.9, -3, 123456789, 4294967297, '12', 'abc', NaN]) {
    add(`seed ${seed}`, () => (randomSeed(seed), [random(), random(100), random(-5, 5), random([4, 5, 6, 7]), randomGaussian(), random(), randomGaussian(5, 2), randomGaussian()]));
    add(`noise ${seed}`, () => (noiseSeed(seed), [noise(0), noise(0.1), noise(7.3), noise(-7.3), noise(1, 2), noise(0.5, 0.25, 0.125), noise(1e5 + 0.3), noise(4095.5, 15.5), noise(NaN)]));
  }
  randomSeed(99);
  noiseSeed(99);
  for (const detail of [[1], [2, 0.3], [8, 0.65], [4, 0.5], [0, 0], [6]]) add(`detail ${detail}`, () => (noiseDetail(...detail), [noise(0.37), noise(3.1, 4.7), noise(3.1, 4.7, 0.2)]));
  for (let i = 0; i < 40; i++) add(`grid ${i}`, () => [noise(i * 0.173), noise(i * 0.31, i * 0.17), random(i), random(-i, i), randomGaussian(i, 2)]);
  add('shuffle', () => [shuffle(['a', 'b', 'c', 'd', 'e', 'f', 'g']), shuffle([1, 2, 3], true)]);
  add('random odd', () => [random(0), random(-4), random(3, 3), random('7'), random(null), random(undefined, 5), random(NaN), random([undefined])]);
  const xs = [-2.5, -1, -0.5, 0, 0.1, 0.5, 1, 1.4999999, 2.5, 3.7, 100.123456, 1e-7, 1e21];
  for (const f of ['abs', 'ceil', 'floor', 'round', 'sq', 'fract', 'sqrt', 'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'degrees', 'radians', 'int', 'float', 'str', 'boolean', 'byte', 'char', 'hex', 'nf', 'nfc', 'nfp', 'nfs']) {
    add(f, () => xs.map((x) => globalThis[f](x)));
  }
  for (const mode of [DEGREES, RADIANS]) {
    angleMode(mode);
    add(`angles ${mode}`, () => [angleMode(), sin(30), cos(60), tan(45), asin(0.5), acos(0.5), atan(1), atan2(1, -1), atan2(-3, 0.5), degrees(1), radians(90)]);
  }
  add('constrain', () => [constrain(5, 1, 3), constrain(-5, 1, 3), constrain(2, 3, 1), constrain(NaN, 0, 1)]);
  add('dist', () => [dist(0, 0, 3, 4), dist(1, 2, 3, 4, 5, 6), dist(1, 2), dist(0.1, 0.2, 0.7, -0.9), mag(3, 4), mag(1.1, 2.2), mag(1, 2, 3)]);
  add('lerp', () => [lerp(0, 10, 0.3), lerp(0.1, 0.7, 0.35), lerp(5, 5, 9), lerp(-1, 1, 1.5), norm(3, 0, 9), norm(7, 2, 5)]);
  add('map', () => [map(0.3, 0, 1, 5, 9), map(7, 1, 3, -4, 8), map(7, 1, 3, -4, 8, true), map(7, 1, 3, 8, -4, true), map(1, 1, 1, 0, 2), map(0.123, -1, 1, 0.6, 1.15)]);
  add('max min', () => [max(1, 5, 3), max([4, 2]), max(), min(3, 2), min([]), max('3', 2), min([1, NaN]), max(undefined)]);
  add('pow', () => [pow(2, 10), pow(2, 0.5), pow(-8, 1 / 3), pow(10, -3), pow(0, 0), pow(1.1, 7.7), 1.1 ** 7.7, Math.pow(0.3, 2.2)]);
  add('round decimals', () => [round(1.23456, 2), round(-1.5), round(2.675, 2), round(1234.5, -2), round(0.5), round('3.6'), round(1e21, 2)]);
  add('nf', () => [nf(3.14159, 3, 2), nf(7, 4), nf(-7.5, 4, 3), nf([1, 22.2], 3), nf(12.5), nf(1e-7), nf(0, 2, 2), nf(1.005, 1, 2), nf('12', 4), nf(5, '3', '1')]);
  add('nfc', () => [nfc(1234567.891), nfc(1234567.891, 1), nfc(123, 2), nfc(-12345, 0), nfc([1e6, 2e6]), nfc('9876543'), nfc(0.12, 5)]);
  add('nfp', () => [nfp(3), nfp(-3), nfp(0), nfp([1, -2], 3), nfp(3.14159, 2, 1)]);
  add('nfs', () => [nfs(3), nfs(-3), nfs(0), nfs([1, -2], 3), nfs(3.14159, 2, 1)]);
  add('convert', () => [int('12px'), int('ff', 16), int([1.9, '2.9', true]), int(Infinity), int('-Infinity'), int(null), float('3.5e2x'), float(['1', '2.5']), str([1, true]), boolean('TRUE'), boolean(0), boolean(['true', 2, 'x']), boolean(null), byte(300), byte(-129), byte(['128', 255]), char(65), char('66'), char([67, '68']), unchar('A'), unchar(['B', 'CC']), hex(255), hex(255, 4), hex(-1), hex([1, 300], 2), hex(Infinity, 3), unhex('FF'), unhex(['10', 'zz'])]);
  add('splitTokens', () => [splitTokens('a b  c'), splitTokens('a,b;c', ',;'), splitTokens('a[b]c', '[]'), splitTokens('a]b', ']'), splitTokens('a[b', '['), splitTokens('x-y', '-')]);
  add('curves', () => [bezierPoint(10, 20, 30, 45, 0.3), bezierTangent(10, 20, 30, 45, 0.3), splinePoint(5, 10, 40, 20, 0.6), splineTangent(5, 10, 40, 20, 0.6), (splineProperty('tightness', -2), splinePoint(5, 10, 40, 20, 0.6)), (splineProperty('tightness', 0), 1), bezierOrder()]);
  add('typeof', () => 'preload split join append concat subset sort splice reverse arrayCopy trim match matchAll createStringDict loadImage text curve curveVertex quadraticVertex curvePoint bezierDetail smooth touchStarted mouseX keyCode mouseButton touches deviceOrientation focused frameCount deltaTime displayWidth windowWidth pixels storeItem createNumberDict keyIsDown cosh vec2 setup'.split(' ').map((n) => n + ':' + (n === 'pixels' ? '' : typeof globalThis[n])));
  add('silent', () => [mix(0, 1, 0.5), clamp(5, 0, 1), step(1, 2), smoothstep(0, 1, 0.5), sign(-2), log2(8), cosh(1), trunc(2.5), keyIsDown(65), mouseX, pmouseY, key, keyCode, mouseIsPressed, touches, mouseButton, focused, frameCount, deltaTime, webglVersion, displayWidth, windowWidth, windowHeight, innerWidth, devicePixelRatio, pixelDensity(), displayDensity(), width, height, isLooping(), frameRate(), getTargetFrameRate()]);
  for (const n of ['dot', 'mod', 'distance', 'inversesqrt', 'cross', 'normalize']) add(n, () => globalThis[n](1, 2));
  add('constants', () => Object.getOwnPropertyNames(p5.prototype).filter((n) => /^[A-Z][A-Z0-9_]*$/.test(n)).sort().map((n) => [n, p5.prototype[n]]));
  add('names', () => Object.getOwnPropertyNames(p5.prototype).filter((n) => !n.startsWith('_') && n !== 'constructor' && n !== 'canvas').sort());
  add('descriptor', () => ['random', 'PI', 'width', 'frameCount'].map((n) => { const d = Object.getOwnPropertyDescriptor(globalThis, n); return [n, d.writable, d.configurable, d.enumerable, typeof d.get, typeof d.set]; }));
  add('Math', () => [Math.hypot(1, 2, 3), Math.hypot(0.1, 0.7), Math.hypot(), Math.sinh(1.3), Math.cbrt(7), Math.log10(77), Math.expm1(0.01), Math.atan2(2, 3)]);
}

function vectorsProbe() {
  const v = (...a) => createVector(...a);
  add('create', () => [v(), v(1), v(1, 2), v(1, 2, 3), v(1, 2, 3, 4), v([5, 6]), v(NaN, 1), v('3', 1), v(undefined)]);
  add('getters', () => { const a = v(1, 2, 3, 4); return [a.x, a.y, a.z, a.w, a.dimensions, v(1).x, v(1).y, a.getValue(2), a.getValue(9), String(a)]; });
  add('setters', () => { const a = v(1, 2); a.x = 9; a.z = 5; a.setValue(1, 7); a.setValue(5, 1); const b = v(1); b.x = 4; return [a, b, a.array(), v(1).array()]; });
  add('arith', () => [v(1, 2).add(3, 4), v(1, 2).add(v(3, 4)), v(1, 2).add([3, 4]), v(1, 2).add(5), v(1, 2, 3).add(1, 1), v(1, 2).add(), v(1, 2).add(NaN, 1), v(1, 2).sub(0.1, 0.2), v(1, 2).sub(v(1, 1, 1)), v(1, 2).mult(3), v(1, 2).mult(3, 4), v(1, 2).mult(v(0.5, 0.1)), v(1, 2).mult([2]), v(1, 2).mult('3'), v(1, 2).div(3), v(1, 2).div(0), v(1, 2).div(2, 0), v(1, 2).div(2, 4), v(7, 8).rem(3), v(7, -8).rem(4, 3), v(7, 8).rem(0), v(7, 8).rem(v(2, 5))]);
  add('metric', () => [v(3, 4).mag(), v(1, 2, 3).magSq(), v(1, 2, 3).dot(v(4, 5, 6)), v(1, 2).dot(3, 4), v(1, 2, 3).cross(v(4, 5, 6)), v(1, 2).cross(v(3, 4)), v(1, 2).dist(v(4, 6)), v(1, 2, 3).dist(v(4, 6)), v(3, 4).normalize(), v(0, 0).normalize(), v(3, 4).limit(2), v(3, 4).limit(20), v(3, 4).setMag(7), v(0, 0).setMag(3)]);
  for (const mode of [RADIANS, DEGREES]) {
    angleMode(mode);
    add(`heading ${mode}`, () => [v(3, 4).heading(), v(-3, 0).heading(), v(3, 4).setHeading(1), v(3, 4).rotate(0.5), v(3, 4).rotate(90), v(1, 0).angleBetween(v(0, 1)), v(1, 2).angleBetween(v(-3, 1)), v(0, 0).angleBetween(v(1, 1)), v(1, 2, 3).angleBetween(v(3, 2, 1)), new p5.Vector(3, 4).heading(), p5.Vector.fromAngle(1).heading(), v(3, 4).copy().heading(), p5.Vector.add(v(1, 2), v(2, 2)).heading()]);
  }
  angleMode(RADIANS);
  add('lerp', () => [v(1, 2, 3).lerp(4, 5, 6, 0.3), v(1, 2).lerp(v(4, 5), 0.3), v(1, 2, 3).lerp(v(4, 5, 6), 0.7), v(1, 2).slerp(v(-3, 1), 0.4), v(1, 2, 3).slerp(v(3, 2, 1), 0.4), v(1, 0).slerp(v(-1, 0), 0.5), v(1, 0).slerp(v(2, 0), 0.5), v(0, 0).slerp(v(2, 0), 0.5), v(1, 1).slerp(v(2, 0), 0), v(1, 1).slerp(v(2, 0), 1)]);
  add('misc', () => [v(4, 6).reflect(v(0, 1)), v(1, 2, 3).reflect(v(1, 1, 1)), v(1, 2).equals(1, 2), v(1, 2).equals(v(1, 2, 3)), v(1, 2).equals([1, 3]), v(1e-17, 2).clampToZero(), v(1, 2).set(3, 4), v(1, 2).set([5]), v(1, 2).set(v(6, 7, 8)), v(1, 2).set()]);
  const V = p5.Vector;
  add('statics', () => [V.fromAngle(0.7), V.fromAngle(0.7, 3), V.fromAngles(0.3, 0.8), V.fromAngles(0.3, 0.8, 2), V.add(v(1, 2), v(3, 4)), V.sub(v(1, 2), v(3, 4)), V.mult(v(1, 2), 3), V.mult(v(1, 2), v(2, 2)), V.div(v(1, 2), 3), V.rem(v(7, 8), v(3, 3)), V.rem(v(7, 8), 3), V.dot(v(1, 2), v(3, 4)), V.cross(v(1, 2, 3), v(3, 4, 5)), V.dist(v(1, 2), v(3, 4)), V.lerp(v(1, 2, 3), v(3, 4, 5), 0.4), V.slerp(v(1, 2), v(-2, 1), 0.4), V.mag(v(3, 4)), V.magSq(v(3, 4)), V.normalize(v(3, 4)), V.limit(v(3, 4), 2), V.setMag(v(3, 4), 2), V.heading(v(3, 4)), V.angleBetween(v(1, 0), v(0, 1)), V.reflect(v(1, 2), v(0, 1)), V.array(v(1, 2)), V.equals(v(1, 2), v(1, 2)), V.equals(v(1, 2), [1, 2]), V.copy(v(1, 2)), V.rotate(v(1, 2), 0.5)]);
  add('targets', () => { const t = v(0, 0); return [V.add(v(1, 2), v(3, 4), t), t, V.mult(v(1, 2), 3, t) === t, V.lerp(v(1, 2), v(3, 4), 0.5, t), V.normalize(v(3, 4), t), V.limit(v(3, 4), 1, t), V.setMag(v(3, 4), 9, t), V.rotate(v(1, 2), 1, t), t]; });
  randomSeed(5);
  add('random vectors', () => [V.random2D(), V.random3D(), V.random2D().mult(4), random()]);
}

function matricesProbe() {
  const steps = {
    translate: () => translate(10.3, -7.7), rotate: () => rotate(0.37), scale: () => scale(1.3), scale2: () => scale(0.7, -1.9),
    scale3: () => scale(0.7, 1.9, 2.5), scaleV: () => scale(createVector(1.1, 0.9)), scaleA: () => scale([2, 3]), shearX: () => shearX(0.21),
    shearY: () => shearY(-0.4), apply6: () => applyMatrix(1.1, 0.2, -0.3, 0.9, 12.5, -3.25), apply16: () => applyMatrix(1, 0.1, 0, 0, 0.2, 1, 0, 0, 0, 0, 1, 0, 5, 6, 0, 1),
    applyA: () => applyMatrix([0.5, 0.5, -0.5, 0.5, 1, 2]), rotateZ: () => rotateZ(1.234), translateV: () => translate(createVector(3.3, 4.4)), translate1: () => translate(5), rotateN: () => rotate(),
    rotate3: () => rotate(0.5, [0, 0, 2]), rotateV: () => rotate(0.5, createVector(0, 0, 1)), translate3: () => translate(1, 2, 3), chain: () => translate(1, 2).rotate(0.5).scale(2, 3, 1),
  };
  for (const name of Object.keys(steps)) {
    resetMatrix();
    add(`matrix ${name}`, () => (steps[name](), matrix()));
  }
  resetMatrix();
  const order = ['translate', 'rotate', 'scale2', 'shearX', 'apply6', 'rotate', 'scale', 'translate', 'shearY', 'rotateZ', 'translateV', 'rotate', 'rotate', 'applyA', 'apply16'];
  for (const name of order) add(`then ${name}`, () => (steps[name](), matrix()));
  resetMatrix();
  angleMode(DEGREES);
  for (let i = 0; i < 30; i++) add(`turn ${i}`, () => (rotate(137.5), scale(0.97), translate(3.7 * i, -1.3), matrix()));
  add('push', () => { push(); translate(1, 2); push(); rotate(45); pop(); const a = matrix(); pop(); return [a, matrix()]; });
  angleMode(RADIANS);
  add('push styles', () => { const r = []; push(); rectMode(CENTER); ellipseMode(CORNER); strokeWeight(7); colorMode(HSB, 1); r.push(rectMode(), ellipseMode(), strokeWeight(), colorMode(), color(0.5, 0.5, 0.5)); pop(); r.push(rectMode(), ellipseMode(), strokeWeight(), colorMode(), color(0.5, 0.5, 0.5)); return r; });
  add('pop below', () => { pop(); const a = matrix(); pop(); return [a, matrix(), rectMode(), strokeWeight()]; });
  resetMatrix();
}

function coloursProbe() {
  const reads = (c) => [c, red(c), green(c), blue(c), alpha(c), hue(c), saturation(c), brightness(c), lightness(c), c.mode];
  const strings = ['#abc', '#abcd', '#c03344', '#c0334480', '#ABCDEF', 'red', 'RebeccaPurple', 'cornflowerblue', 'transparent', 'rgb(10, 20, 30)', 'rgba(10, 20, 30, 0.5)', 'rgb(10% 20% 30% / 40%)', 'rgb(300, -20, 30)', 'rgba(1,2,3)', 'hsl(120, 50%, 40%)', 'hsla(400, 50%, 40%, 0.3)', 'hsl(0.5turn 50% 40%)', 'hsl(120deg 50 40)', 'hsb(120, 50%, 40%)', 'hsba(120, 50%, 40%, 0.25)', 'hwb(90 10% 20%)', 'lab(50% 40 -20)', 'lch(50% 40 120)', 'oklab(60% 0.1 -0.1)', 'oklch(70% 0.15 200)', 'oklch(70% 0.15 200 / 0.5)', 'color(srgb 0.1 0.2 0.3)', 'color(display-p3 1 0 0)', ' rgb(1 2 3) ', 'rgb(none 2 3)', 'oklch(0.7 0.4 30)', 'nocolour', '', '#12', 'rgb(1,2)', 'hsb(1,2,3)', 'url(x)', 'hsl(120grad, 50%, 40%)', 'color(hsl 100 50% 50%)'];
  const numbers = [[0], [128], [255], [300], [-5], [128, 64], [12.7, 200.9], [10, 20, 30], [255, 128, 0, 100], [0.5, 0.5, 0.5], [[1, 2, 3]], [[200, 100, 50, 128]], [], [1, 2, 3, 4, 5], [NaN], [null], [undefined, 3, 4], ['#fff', 100], [true], [1e9, 1, 1], [254.9999, 0.4, 127.5]];
  for (const text of strings) add(`colour ${text}`, () => reads(color(text)));
  for (const args of numbers) add(`colour ${JSON.stringify(args)}`, () => reads(color(...args)));
  const modes = [[RGB], [RGB, 1], [RGB, 100, 50, 20], [HSB], [HSB, 255], [HSB, 360, 100, 100, 255], [HSB, 1, 1, 1, 1], [HSL], [HSL, 360, 100, 100, 1], [HWB], [LAB], [LCH], [OKLAB], [OKLCH], [RGBP3], ['nope']];
  for (const mode of modes) {
    push();
    add(`mode ${mode}`, () => colorMode(...mode));
    for (const args of [[30], [0.4], [0.3, 0.5], [0.1, 0.5, 0.9], [0.1, 0.5, 0.9, 0.25], [200, 60, 80], [300, 90, 40, 0.5], [720, 50, 50], [-30, 50, 50], [0, 0, 50], [359.9, 100, 100], [60, 255, 255, 128], ['#c03344'], ['hsl(120, 50%, 40%)']]) {
      add(`${mode} ${args}`, () => reads(color(...args)));
    }
    [() => lerpColor(color('#c03344'), color('#44aacc'), 0.3), () => lerpColor(color(10, 20, 30), color(200, 60, 80), 0.5), () => lerpColor(color(350, 80, 80), color(10, 20, 90), 0.25), () => lerpColor(color('white'), color('black'), 0.9), () => lerpColor(color('red'), color(10, 50, 50, 0.5), 1.5), () => lerpColor(color('hsl(300, 50%, 40%)'), color('hsl(20, 50%, 40%)'), 0.5)].forEach((run, i) => add(`${mode} lerp ${i}`, run));
    pop();
  }
  [() => lerpColor(color(0), color(255), -1), () => lerpColor(color(0), color(255), 2), () => lerpColor(color('gray'), color('oklch(0.7 0.1 100)'), 0.4), () => lerpColor(color('lab(50% 40 -20)'), color('lch(50% 40 120)'), 0.4), () => lerpColor(color('hwb(90 10% 20%)'), color('hsl(120, 50%, 40%)'), 0.4), () => lerpColor(color('hsb(10, 100%, 100%)'), color('hsb(350, 100%, 100%)'), 0.3), () => lerpColor(color('color(display-p3 1 0 0)'), color('blue'), 0.3)].forEach((run, i) => add(`lerp odd ${i}`, run));
  add('lerp words', () => lerpColor('red', 'blue', 0.5));
  add('palette', () => [-1, 0, 0.2, 0.5, 0.75, 2].map((t) => paletteLerp([['red', 0], ['green', 0.5], ['#00f', 1]], t)));
  add('methods', () => { const c = color(10, 20, 30); c.setRed(200); c.setAlpha(128); const d = color('hsl(120, 50%, 40%)'); d.setBlue(255); d.setAlpha(0.5); return [c, d, c.array(), c._getRGBA([255, 255, 255, 255]), d.mode, c.setGreen(300), c, color(c) === c, c.lerp(d, 0.5)]; });
  add('strings', () => { const r = []; for (const c of [color('#c03344'), color(10, 20, 30, 100), color('hsl(120, 50%, 40%)'), color('hsb(120, 50%, 40%)'), color('lab(50% 40 -20)'), color('lch(50% 40 120)'), color('oklch(70% 0.15 200 / 0.5)'), color('hwb(90 10% 20%)'), color('color(display-p3 1 0 0)'), color('oklch(0.7 0.4 30)')]) for (const f of [undefined, '#rrggbb', 'hex', 'rgb', 'rgba', 'hsl', 'hsla', 'hsb', 'hsba', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color', 'p3']) { try { r.push(c.toString(f)); } catch (e) { r.push('throws'); } } return r; });
  add('contrast', () => [color('red').contrast(color('white')), color(0).contrast(color(255)), color('#777').contrast(color('#fff'), 'APCA'), color('#123').contrast(color('#edc'), 'all'), color('#123').contrast(color('#edc'), 'x')]);
  add('named twice', () => { const c = color('teal'); c.setRed(255); return [c, color('teal')]; });
  push();
  colorMode(HSB, 360, 100, 100, 100);
  for (let h = 0; h < 360; h += 17) add(`hue ${h}`, () => { const c = color(h, (h * 7) % 101, (h * 13) % 101, 80); return [c, hue(c), saturation(c), brightness(c), lightness(c), red(c), alpha(c), lerpColor(c, color(h + 100, 50, 50), 0.37)]; });
  pop();
  colorMode(RGB);
  for (let i = 0; i < 24; i++) add(`random colour ${i}`, () => { const c = color(random(255), random(255), random(255), random(255)); return [c, hue(c), saturation(c), brightness(c), lightness(c), lerpColor(c, color(random(255)), random())]; });
}

function setup() {
  add('first lines', () => [performance.now(), Math.random(), millis(), frameCount, width, height, webglVersion]);
  createCanvas(400, 300, WEBGL);
  numbersProbe();
  vectorsProbe();
  matricesProbe();
  coloursProbe();
  add('clock', () => [year(), month(), day(), hour(), minute(), second(), millis(), Date.now(), new Date().toISOString(), Date(), new Date(5).getTime(), performance.now(), performance.timeOrigin, new Date(2020, 1, 2).toString(), Intl.DateTimeFormat().format(), new Date().toLocaleString(), typeof Temporal, crypto.randomUUID(), Array.from(crypto.getRandomValues(new Uint8Array(4))), Math.random()]);
  add('redraw', () => [typeof redraw().then, frameRate(30) === (p5.instance), getTargetFrameRate(), isLooping(), typeof setTimeout(() => {}, 5), pixelDensity(3) === p5.instance]);
  frameRate(60);
  rotate(1);
  random();
  requestAnimationFrame((t) => add('frame', () => [t, performance.now()]));
  setTimeout((a, b) => add('timeout', () => [a, b, performance.now()]), 7.5, 1, 2);
}
function draw() {
  add('draw', () => [frameCount, deltaTime, millis(), performance.now(), frameRate(), matrix(), random(), Math.random(), isLooping()]);
  if (frameCount === 1) { add('in draw', () => [createCanvas(200, 250, WEBGL).width, matrix(), colorMode(), rectMode()]); resizeCanvas(300.5, 100); add('resized', () => [width, height]); }
  if (frameCount < 3) return;
  window.RESULT = JSON.stringify(out);
  throw new Error(window.RESULT);
}
"""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}.{index}")
    elif isinstance(value, dict):
        for key in sorted(value):
            yield from leaves(value[key], f"{path}.{key}")
    else:
        yield path, value


def in_page(program: str, seed: int, frames: int) -> str:
    """Returns the message of the error that a program throws in a real p5 page, uncut."""

    async def draw() -> Rendering:
        backend = PageBackend(frames, 1, PageLimits())
        try:
            return await backend.draw(Job(program, seed))
        finally:
            await backend.aclose()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "MESSAGE_CHARS", 10_000_000)
        patch.setattr(document, "MESSAGE_CHARS", 10_000_000)
        return asyncio.run(draw()).message


def test_p5_computes_the_same_in_the_engine_as_in_a_page():
    message = in_page(PROBE, 7, 5)
    expected = json.loads(message[message.index("[[") : message.rindex("]]") + 2])
    got = json.loads(play(PROBE, seed=7, frames=5).result)
    assert [name for name, _ in got] == [name for name, _ in expected]
    different, rounded, count = [], [], 0
    for (name, ours), (_, theirs) in zip(got, expected, strict=True):
        for (path, a), (_, b) in zip(leaves(ours), leaves(theirs), strict=True):
            count += 1
            if type(a) is type(b) is str or a is None or isinstance(a, bool) or isinstance(b, str):
                same = near = a == b
            else:
                same, near = a == b, math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-15)
            if not near:
                different.append((name + path, a, b))
            elif not same:
                rounded.append((name + path, a, b))
    assert different == []
    # The engine pins its maths; Chromium's own may differ from them in the last bit.
    assert len(rounded) <= 40, rounded
    assert count > 8000
