"""The engine: outcomes, limits, processes, and the same bytes whatever happened before."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import gymnasium as gym
import psutil
import pytest

import codepaint_env  # noqa: F401
from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import backend as engine_backend
from codepaint_env.canvases.p5brush.engine import isolates
from codepaint_env.canvases.p5brush.engine.budget import Bounds, Budget
from codepaint_env.canvases.p5brush.engine.isolates import Engine
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from places import PROGRAMS
from rewards.types import Rendering
from sketches import GOOD, OPEN, PETAL, TWELVE, with_every_call

BOUNDS = Bounds(2.0, 20.0, 1024, 200_000, 12 * 10**9, 10_000, 64, 1024)


def draw(renderer: Renderer, program: str, seed: int = 1) -> Rendering:
    return renderer.render([Job(program, seed)])[0]


def digest(rendering: Rendering) -> str:
    assert rendering.image is not None, rendering.message
    return hashlib.sha256(rendering.image.tobytes()).hexdigest()


def workers() -> list[psutil.Process]:
    """The processes that draw, without the bubblewrap around each."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "codepaint_env.render.confine.worker" in process.cmdline() and process.name() != "bwrap":
                found.append(process)
    return found


def marked(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith(("// fault:", "// page:"))


@pytest.fixture(scope="module")
def strict():
    """A renderer whose limits are reached soon."""
    options = {"recorder_cpu_s": 1, "geometry_cpu_s": 3, "engine_memory_mb": 300}
    renderer = Renderer(P5Brush(), path="engine", workers=1, cache=0, options=options)
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def hungry():
    """A renderer whose memory ends long before its time, however slowly a busy machine hands it out."""
    options = {"recorder_cpu_s": 20, "geometry_cpu_s": 20, "engine_memory_mb": 300}
    renderer = Renderer(P5Brush(), path="engine", workers=1, cache=0, options=options)
    yield renderer
    renderer.close()


@pytest.mark.parametrize("name", TWELVE)
def test_sketches_of_every_kind_are_painted(renderer, name):
    rendering = draw(renderer, TWELVE[name])
    assert (rendering.status, rendering.kind, rendering.message) == ("ok", "", "")
    assert rendering.image.shape == (512, 512, 3)


ERRORS = {
    "unclosed": ("function setup( {", "syntax", "SyntaxError"),
    "prose": ("I'm sorry, I can't do that.", "syntax", "SyntaxError"),
    "python": ("import turtle\nturtle.forward(3)", "syntax", "SyntaxError"),
    "module": ("export default 3", "syntax", "SyntaxError"),
    "typescript": ("const x: number = 3; function setup() {}", "syntax", "SyntaxError"),
    "throws before setup": ('throw new Error("boom")', "runtime", "boom (line 1)"),
    "throws a number": ("throw 1", "runtime", "1 (line 1)"),
    "throws in setup": (
        f"{OPEN}\nnull.x }}",
        "runtime",
        "TypeError: Cannot read properties of null (reading 'x') (line 2)",
    ),
    "throws in draw": (f"{OPEN} }} function draw() {{ foo() }}", "runtime", "foo is not defined"),
    "throws in a timer": (
        f"async {OPEN} await new Promise(() => setTimeout(() => foo(), 9)) }}",
        "runtime",
        "foo",
    ),
    "1.x name": (f"{OPEN} brush.bleed(0.2) }}", "runtime", "brush.bleed is not a function"),
    "a brush that is not there": (
        f"{OPEN}\nbrush.set('watercolor', 'red', 1) }}",
        "runtime",
        '"watercolor" not found',
    ),
    "a library call in the wrong order": (
        f"{OPEN}\nbrush.endShape() }}",
        "runtime",
        "endShape() called without",
    ),
    "nothing": ("   \n", "no_program", "no code"),
    "lone surrogate": ('"\ud800"', "no_program", "surrogates"),
    "too long": ("//" + "x" * 100_000, "too_large", "100002 characters"),
    "arrow setup": ("const setup = () => createCanvas(512, 512, WEBGL)", "no_setup", "no function setup()"),
    "blank white": (f"{OPEN} background(255) }}", "blank", "one flat colour"),
    "blank in colour": (f"{OPEN} background(90, 20, 40) }}", "blank", "one flat colour"),
    "no canvas": (f"function setup() {{ {PETAL} }}", "no_canvas", "WEBGL"),
    "2D canvas": (f"function setup() {{ createCanvas(512, 512); {PETAL} }}", "no_canvas", "WEBGL"),
    "only p5 in 2D": ("function setup() { createCanvas(512, 512); circle(9, 9, 9) }", "no_canvas", "WEBGL"),
    "huge canvas": ("function setup() { createCanvas(20000, 20000, WEBGL) }", "too_large", "20000 x 20000"),
    "tiny canvas": ("function setup() { createCanvas(10, 10, WEBGL) }", "too_small", "10 x 10"),
    "image": (f"{OPEN} loadImage('x.png') }}", "unsupported", "loadImage"),
    "document": (f"{OPEN} document.body.append('x') }}", "unsupported", "document"),
    "goes away": (f"{OPEN} {PETAL} location.href = 'http://127.0.0.1:9/' }}", "unsupported", "location"),
    "3D": (f"{OPEN} rotateX(1); {PETAL} }}", "unsupported", "rotateX"),
    "caught": (f"{OPEN} try {{ loadImage('x') }} catch (e) {{}} {PETAL} }}", "unsupported", "loadImage"),
    "image tip": (
        f"{OPEN} brush.add('x', {{ type: 'image', image: {{ src: 'a.png' }} }}); {PETAL} }}",
        "unsupported",
        "image",
    ),
    "endless loop": ("while (true) {}", "work_limit", "1 CPU seconds"),
    "endless loop in draw": (f"{OPEN} }} function draw() {{ for (;;); }}", "work_limit", "1 CPU seconds"),
    "endless microtasks": (f"async {OPEN} for (;;) await 0 }}", "work_limit", "1 CPU seconds"),
    "endless regular expression": (
        f"{OPEN} /(a+)+$/.test('a'.repeat(60) + 'b') }}",
        "work_limit",
        "1 CPU seconds",
    ),
    "too many calls": (f"{OPEN} for (;;) brush.noFill() }}", "work_limit", "200000 drawing calls"),
    "endless line": (
        f"{OPEN} brush.set('HB', 'red', 1); brush.line(0, 0, 1e12, 0) }}",
        "work_limit",
        "more drawing than is allowed",
    ),
    "memory in typed arrays": (
        f"{OPEN} const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1)) }}",
        "memory_limit",
        "300 MB",
    ),
    "memory in objects": (
        f"{OPEN} const a = []; for (;;) a.push(new Array(1e7).fill(a)) }}",
        "memory_limit",
        "300 MB",
    ),
    "one request too large": (
        f"{OPEN} const s = 'x'.repeat(2 ** 29 - 24); const a = []; for (;;) a.push(s.split('')) }}",
        "memory_limit",
        "more",
    ),
    "never resolves": (f"async {OPEN} await new Promise(() => {{}}) }}", "never_finished", "never comes"),
    "endless timers": (
        f"async {OPEN} await new Promise(() => setInterval(() => {{}}, 10)) }}",
        "never_finished",
        "4000",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_a_bad_program_is_data_with_a_kind_and_a_sentence(strict, hungry, name):
    program, kind, words = ERRORS[name]
    rendering = draw(hungry if kind == "memory_limit" else strict, program)
    assert (rendering.status, rendering.kind) == ("program_error", kind), rendering.message
    assert words in rendering.message


def test_what_was_painted_before_an_error_is_kept_as_evidence(renderer):
    for after in ("foo()", "brush.set('no such brush', 'red', 1)"):
        rendering = draw(
            renderer, f"{OPEN} {PETAL} {PETAL} brush.fill('blue'); brush.circle(0, 0, 9); {after} }}"
        )
        assert rendering.kind == "runtime"
        assert rendering.image.min() < 200


def test_console_output_and_a_rescaled_canvas_become_findings(renderer):
    rendering = draw(
        renderer,
        f"function setup() {{ createCanvas(600, 400, WEBGL); background(0, 0, 255); console.warn('hm', 3); {PETAL} }}",
    )
    assert [(finding.kind, finding.message) for finding in rendering.findings] == [
        ("console", "warning: hm 3"),
        ("rescaled", "The canvas was 600 x 400 and is shown at 512 x 341."),
    ]
    assert (rendering.image[0] == 255).all()
    assert (rendering.image[100, 5] == (0, 0, 255)).all()


def test_row_0_is_at_the_top_and_transparent_canvas_is_white_paper(renderer):
    program = "function setup() { createCanvas(512, 512, WEBGL); clear(); noStroke(); fill(255, 0, 0); rect(-256, -256, 512, 100); }"
    image = draw(renderer, program).image
    assert (image[50, 256] == (255, 0, 0)).all()
    assert (image[400, 256] == 255).all()


def test_pixel_density_does_not_change_the_picture(renderer):
    plain = f"function setup() {{ createCanvas(512, 512, WEBGL); background(250); {PETAL} }}"
    dense = plain.replace("createCanvas", "pixelDensity(8); createCanvas", 1)
    rendering = draw(renderer, dense)
    assert rendering.findings == ()
    assert digest(rendering) == digest(draw(renderer, plain))


def nearly_level(tilt: float) -> str:
    """Filled shapes, their outlines and strokes, with edges that are level but for `tilt` pixels."""
    return f"""{OPEN} brush.set("2B", "#224", 2);
    brush.fill("#a33", 150);
    translate(0, -220);
    for (const curvature of [0, 0.5, 1]) {{
      brush.beginShape(curvature);
      for (const [x, y] of [[-100, 0], [0, {tilt}], [100, 0], [100, 90], [-100, 90]]) brush.vertex(x, y);
      brush.endShape(true);
      translate(0, 130);
    }}
    brush.spline([[-200, 0, 1], [0, {tilt}, 1], [200, 0, 1], [220, 60, 1]], 0.5);
    translate(0, 40);
    brush.line(-200, 0, 200, {tilt});
    }}"""


def test_an_edge_that_rounding_tilts_up_is_drawn_like_one_that_it_tilts_down(renderer):
    up, down = (draw(renderer, nearly_level(tilt)) for tilt in (-1e-14, 1e-14))
    assert (up.status, up.message) == ("ok", "")
    assert digest(up) == digest(down)


FORGERIES = {
    "pixels": "Uint8Array.prototype.slice = Uint8Array.prototype.set = Uint8Array.prototype.fill = () => {};",
    "floats": "Float32Array.prototype.set = Float32Array.prototype.subarray = () => new Float32Array(9);",
    "array": "Array.prototype.map = Array.prototype.push = Array.prototype[Symbol.iterator] = () => [];",
    "json": "JSON.stringify = JSON.parse = () => ''; Object.prototype.toJSON = () => 7;",
    "objects": "Object.defineProperty = Object.assign = Reflect.apply = () => {};",
    "maths": "for (const name of Object.getOwnPropertyNames(Math)) try { Math[name] = () => 0.5 } catch {}",
    "stack": "Error.prepareStackTrace = () => { throw 1 };",
    "setters": "for (const name of ['0', 'width', 'get', 'value', 'then'])"
    " Object.defineProperty(Object.prototype, name, { set() {}, get: () => 7 });",
    "library": "for (const name of Object.keys(brush)) try { brush[name] = () => {} } catch {}",
    "p5": "for (const name of Object.getOwnPropertyNames(p5.prototype)) try { p5.prototype[name] = () => {} } catch {}",
    "globals": "for (const name of Object.getOwnPropertyNames(globalThis)) try { delete globalThis[name] } catch {}",
}
# Where the library runs beside the program, this breaks its drawing too.
WRECKS = FORGERIES | {
    "constructor": "globalThis.Uint8Array = function () { return 'x' };",
    "no buffer": "Object.defineProperty(Float32Array.prototype.__proto__, 'buffer', { get: () => 7 });",
    "endless buffer": "Object.defineProperty(Float32Array.prototype.__proto__, 'buffer', { get() { for (;;); } });",
    "size": "Array.prototype.toJSON = () => [1e6, -1];",
    "endless size": "Array.prototype.toJSON = () => { for (;;); };",
    "long size": "Array.prototype.toJSON = () => 'x'.repeat(2 ** 29 - 30);",
    "iterator": "Array.prototype[Symbol.iterator] = () => { for (;;); };",
    "strings": "String.prototype.slice = RegExp.prototype.exec = () => { for (;;); };",
    "promises": "Promise.prototype.then = () => {};",
    "timers": "setTimeout = requestAnimationFrame = () => 0;",
}
INLINE = "brush.listFields();"


@pytest.mark.parametrize("name", FORGERIES)
def test_a_program_cannot_forge_its_picture(renderer, name):
    honest = digest(draw(renderer, f"{OPEN} {PETAL} }}"))
    assert digest(draw(renderer, f"{OPEN} {PETAL} {FORGERIES[name]} }}")) == honest


@pytest.mark.full
def test_a_program_that_wrecks_its_isolate_is_data_and_costs_no_worker(caplog):
    caplog.set_level("INFO", "codepaint")  # tells how a worker died
    options = {"recorder_cpu_s": 0.3, "geometry_cpu_s": 0.5, "engine_memory_mb": 600}
    renderer = Renderer(P5Brush(), workers=2, cache=0, options=options)
    programs = [f"{OPEN} {PETAL} {call} {wreck} }}" for wreck in WRECKS.values() for call in ("", INLINE)]
    try:
        drawn = renderer.render([Job(program, 1) for program in programs])
        assert {rendering.status for rendering in drawn} == {"ok", "program_error"}
        assert renderer.counters()["retried"] == 0
    finally:
        renderer.close()


ENDS = (
    "5n",
    "new Date(NaN)",
    "new Date(8.64e15)",
    "'\\ud800'",
    "Symbol('x')",
    "new Proxy({}, { get() { throw 1 } })",
)


@pytest.mark.parametrize("end", ENDS)
def test_a_program_may_end_in_any_value(renderer, end):
    assert draw(renderer, f"{OPEN} {PETAL} }}\n{end}").ok


@pytest.mark.parametrize(
    "throws", ["throw new Error('\\ud800')", "brush.set('\\ud800', 'red', 1)", "throw Symbol('x')"]
)
def test_an_error_may_say_what_is_no_text(renderer, throws):
    for program in (f"{OPEN} {PETAL} {throws} }}", throws):
        rendering = draw(renderer, program)
        assert (rendering.status, rendering.kind) == ("program_error", "runtime")
        rendering.message.encode("utf-8")


def test_nothing_is_kept_from_one_program_to_the_next():
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    holders = (
        "globalThis",
        "Math",
        "Array.prototype",
        "brush",
        "p5",
        "p5.prototype",
        "window",
        "console",
        "Date",
    )
    leave = "".join(f" try {{ {holder}.leaked = 1 }} catch (e) {{}}" for holder in holders)
    look = " + ".join(f"('leaked' in {holder})" for holder in holders)
    try:
        left = draw(renderer, f"{OPEN} {leave} window.name = 'x'; {PETAL} console.log({look}) }}")
        [seen] = left.findings
        assert int(seen.message.removeprefix("log: ")) >= 8
        rendering = draw(renderer, f"{OPEN} {PETAL} console.log({look}, name === '') }}")
        assert [finding.message for finding in rendering.findings] == ["log: 0 true"]
    finally:
        renderer.close()


@pytest.mark.full
def test_heavy_honest_work_passes(renderer):
    washes = (
        f"{OPEN} for (let i = 0; i < 60; i++) {{ push(); rotate(i); brush.fill('#77aacc', 60); brush.fillBleed(0.3);"
        "brush.beginShape(0.6); for (let k = 0; k < 8; k++) brush.vertex(230 * cos(k * PI / 4), 230 * sin(k * PI / 4));"
        "brush.endShape(); pop(); } }"
    )
    assert draw(renderer, washes).ok


def test_auto_takes_the_page_for_what_the_engine_does_not_support():
    renderer = Renderer(P5Brush(), path="auto", workers=1, cache=0)
    try:
        program = f"{OPEN} createDiv(9); {PETAL} }}"
        whole, engine = draw(renderer, program), draw(renderer, GOOD)
        assert whole.ok
        assert renderer.timings[engine.identity].keys() >= {"queue", "record", "geometry", "raster"}
    finally:
        renderer.close()


async def pixels_by(mode: str, program: str, seed: int) -> bytes | None:
    drawn = await Engine().attempt(mode, program, seed, 1, Budget(BOUNDS), isolates.Clock())
    return None if drawn is None or drawn.rgb is None else drawn.rgb.tobytes()


@pytest.mark.parametrize(
    "name", [*TWELVE, "calls/19_transforms", "calls/27_colour_forms", "calls/20_push_and_pop"]
)
def test_a_recorded_program_gives_the_bytes_of_one_that_runs_beside_the_library(name):
    program = TWELVE[name] if name in TWELVE else (PROGRAMS / f"{name}.js").read_text(encoding="utf-8")
    recorded = asyncio.run(pixels_by("record", program, 5))
    assert recorded is not None
    assert recorded == asyncio.run(pixels_by("inline", program, 5))


@pytest.mark.full
@pytest.mark.parametrize("every", [3, 1])
def test_no_program_leaves_a_trace_in_the_next_one(every):
    calls = [path for path in sorted(PROGRAMS.glob("calls/*.js")) if not marked(path)]
    everything = [path.read_text(encoding="utf-8") for path in with_every_call(calls)[::every]]
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        first = {program: digest(draw(renderer, program)) for program in everything}
        random.Random(3).shuffle(everything)
        for program in everything:
            assert digest(draw(renderer, program)) == first[program]
        assert len(set(first.values())) == len(everything)
    finally:
        renderer.close()


@pytest.mark.full
def test_good_bad_and_busy_give_the_same_outcome_kind_and_hash():
    good = list(TWELVE.values())
    bad = [
        ERRORS[name][0]
        for name in ("endless loop", "too many calls", "memory in typed arrays", "never resolves")
    ]
    jobs = [Job(program, seed) for seed, program in enumerate([*good, *bad])]
    random.Random(1).shuffle(jobs)
    options = {"recorder_cpu_s": 1, "engine_memory_mb": 400}

    def outcomes() -> list[tuple[str, str, str]]:
        renderer = Renderer(P5Brush(), workers=2, cache=0, options=options)
        try:
            return [
                (r.status, r.kind, digest(r) if r.image is not None else "") for r in renderer.render(jobs)
            ]
        finally:
            renderer.close()

    idle = outcomes()
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    try:
        busy = outcomes()
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    assert {kind for _, kind, _ in idle} == {"", "work_limit", "memory_limit", "never_finished"}
    assert busy == idle


def test_a_worker_that_is_killed_while_it_draws_costs_a_retry_only():
    others = workers()
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        expected = digest(draw(renderer, GOOD))
        [victim] = [worker for worker in workers() if worker not in others]
        os.kill(victim.pid, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(renderer.render, [Job(GOOD, 1)])
            time.sleep(0.3)
            os.kill(victim.pid, signal.SIGKILL)
            assert digest(waiting.result(60)[0]) == expected
        assert renderer.counters()["retried"] == 1
    finally:
        renderer.close()


@pytest.mark.full
def test_a_worker_that_is_killed_twice_in_a_row_is_a_machine_error():
    others = workers()
    renderer = Renderer(P5Brush(), workers=1, cache=0, options={"recorder_cpu_s": 60})
    stop = threading.Event()

    def kill_the_busy() -> None:
        while not stop.wait(0.05):
            for worker in workers():
                with contextlib.suppress(psutil.NoSuchProcess):
                    # Only a worker in the middle of a program has used so much.
                    if worker not in others and worker.cpu_times().user > 1.5:
                        worker.kill()

    killer = threading.Thread(target=kill_the_busy)
    killer.start()
    try:
        rendering = draw(renderer, "for (;;);")
        assert renderer.counters()["retried"] == 1
    finally:
        stop.set()
        killer.join()
        renderer.close()
    assert (rendering.status, rendering.kind, rendering.image) == ("machine_error", "engine", None)
    assert "a drawing process died: exit -9" in rendering.message


def test_a_worker_that_does_not_start_is_a_machine_error(tmp_path, monkeypatch):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        rendering = draw(renderer, GOOD)
    finally:
        renderer.close()
    assert (rendering.status, rendering.kind) == ("machine_error", "engine")
    assert "a drawing process did not start (exit 1); `codepaint doctor` tells more" in rendering.message


def test_a_worker_is_replaced_after_so_many_pictures_and_the_info_tells(monkeypatch):
    monkeypatch.setattr(engine_backend, "RENDERS", 2)
    env = gym.make("codepaint/P5Brush-v0", diagnostics=True, renderer={"workers": 1, "cache": 0})
    seen = []
    for turn in range(4):
        env.reset(seed=turn)
        seen.append(env.step(TWELVE["strokes"])[4])
    env.close()
    assert [info["diagnostics/recycled"] for info in seen] == [0, 1, 1, 2]
    assert [info["diagnostics/started"] for info in seen] == [1, 1, 2, 2]
    assert len({info["pixels/sha256"] for info in seen}) == len({info["task_id"] for info in seen})
    assert min(info["diagnostics/geometry_s"] for info in seen) > 0


def test_a_worker_is_started_late_and_gone_after_close():
    renderer = Renderer(P5Brush(), workers=2, cache=0)
    before = len(workers())
    draw(renderer, GOOD)
    assert len(workers()) == before + 1
    renderer.close()
    assert len(workers()) == before


@pytest.mark.full
def test_workers_end_with_a_parent_that_is_killed():
    script = (
        "import os, psutil\n"
        "from codepaint_env.canvases.p5brush.canvas import P5Brush\n"
        "from codepaint_env.render.backend import Job\n"
        "from codepaint_env.render.renderer import Renderer\n"
        f"Renderer(P5Brush(), workers=1, cache=0).render([Job({GOOD!r}, 1)])\n"
        "print(*[child.pid for child in psutil.Process().children(recursive=True)], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    pids = [int(word) for word in done.stdout.split()]
    assert pids, done.stderr
    for _ in range(100):
        if not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids):
            return
        time.sleep(0.05)
    raise AssertionError(f"workers {pids} outlived their parent")


def test_a_forked_child_draws_with_workers_of_its_own():
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        expected = digest(draw(renderer, GOOD))
        child = os.fork()
        if child == 0:
            os._exit(0 if digest(draw(renderer, GOOD)) == expected else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert digest(draw(renderer, GOOD)) == expected
    finally:
        renderer.close()


def test_language_and_time_zone_of_the_machine_are_not_seen(monkeypatch):
    for name, value in (("LANG", "sv_SE.UTF-8"), ("LC_ALL", "sv_SE.UTF-8"), ("TZ", "Asia/Tokyo")):
        monkeypatch.setenv(name, value)
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    said = "(1234.5).toLocaleString(), 'ä'.localeCompare('z'), new Date(0).getHours()"
    try:
        rendering = draw(renderer, f"{OPEN} {PETAL} console.log({said}) }}")
    finally:
        renderer.close()
    assert [finding.message for finding in rendering.findings] == ["log: 1,234.5 -1 0"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "push(); bezierOrder(2); const inside = bezierOrder(); pop(); console.log(inside, bezierOrder())",
            "2 3",
        ),
        ("push(); push(); pop(); curveDetail(5); pop(); console.log(curveDetail())", "0.25"),
        ("pop(); pop(); curveDetail(5); console.log(curveDetail())", "5"),
        ("console.log(createVector(1, 2) instanceof p5.Vector, p5.Vector === p5.Vector)", "true true"),
        ("translate(createVector(3, 4)); console.log(new p5.Vector(1).mult('x').x)", "1"),
        ("p5.Vector = 5; console.log(p5.Vector, createVector(6).x)", "5 6"),
        ("console.log(String(color('tomato')), red(color('transparent')), red('#ff0000'))", "tomato 0 255"),
        ("console.log(typeof p5.Graphics, createGraphics(9, 9) instanceof p5.Graphics)", "function true"),
        ("tint(255, 0, 0); noTint(); updatePixels(); console.log(pixels.length)", "0"),
    ],
)
def test_what_is_made_when_it_is_first_asked_for_is_as_if_it_had_been_there(renderer, code, said):
    rendering = draw(renderer, f"{OPEN} {PETAL} {code} }}")
    assert [finding.message for finding in rendering.findings] == [f"log: {said}"]


def test_a_worker_holds_no_secret_and_reaches_no_network(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "a secret")
    others = workers()
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        confined = str(renderer.describe()["confined"])
        [worker] = [each for each in workers() if each not in others]
        environment = Path(f"/proc/{worker.pid}/environ").read_bytes()
        assert b"a secret" not in environment
        assert "ends with its parent" in confined
        if "no network" in confined:
            devices = Path(f"/proc/{worker.pid}/net/dev").read_text(encoding="ascii")
            assert [line.split(":")[0].strip() for line in devices.splitlines()[2:]] == ["lo"]
    finally:
        renderer.close()


WAYS_OUT = (
    "fetch(URL_)", "navigator.sendBeacon(URL_)", "new WebSocket(URL_)", "new EventSource(URL_)", "new Worker(URL_)",
    "new XMLHttpRequest().open('GET', URL_)", "import(URL_)", "open(URL_)", "new Image().src = URL_",
    "new RTCPeerConnection()", "document.body.append(URL_)", "location.href = URL_", "loadImage(URL_)",
    "loadStrings(URL_)", "httpGet(URL_)", "createImg(URL_, '')", "importScripts(URL_)", "require('net').connect(9)",
    "process.binding('net')", "Deno.connect(9)", "new WebAssembly.Module(new Uint8Array(8))",
    "this.constructor.constructor('return fetch')()(URL_)",
)  # fmt: skip


def test_no_way_out_of_a_program_reaches_a_listener(renderer):
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    heard.append(server.accept()[0].recv(100))

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        programs = [
            f"async {OPEN} {PETAL} try {{ await ({way.replace('URL_', repr(url))}) }}"
            " catch (error) { console.log('refused') } }"
            for way in WAYS_OUT
        ]
        drawn = renderer.render([Job(program, 1) for program in programs])
        with socket.create_connection(server.getsockname()) as knock:
            knock.send(b"the listener hears")
            while not heard:
                time.sleep(0.01)
    refused = {
        way: rendering.kind
        for way, rendering in zip(WAYS_OUT, drawn, strict=True)
        if rendering.findings and rendering.findings[0].message == "log: refused"
    }
    assert list(refused) == list(WAYS_OUT)
    assert set(refused.values()) == {"", "unsupported"}
    assert heard == [b"the listener hears"]


OUTSIDE = sorted(PROGRAMS.glob("outside/*.js"))


@pytest.mark.full
def test_most_programs_that_others_would_write_are_covered(renderer):
    honest = [path for path in OUTSIDE if not path.read_text(encoding="utf-8").startswith("// fault:")]
    honest = honest[::4]  # make test-long takes them all
    drawn = renderer.render([Job(path.read_text(encoding="utf-8"), 3) for path in honest])
    refused = {path.name: r.message for path, r in zip(honest, drawn, strict=True) if not r.ok}
    assert len(OUTSIDE) >= 60
    assert 1 - len(refused) / len(honest) >= 0.95, refused


def test_a_worker_that_is_made_of_other_files_than_this_process_draws_nothing(monkeypatch):
    kind = replace(engine_backend.worker_kind(), made_of={"engine": "what it was at the start"})
    monkeypatch.setattr(engine_backend, "worker_kind", lambda: kind)
    renderer = Renderer(P5Brush(), workers=1, cache=0)
    try:
        [rendering] = renderer.render([Job(GOOD, 1)])
    finally:
        renderer.close()
    assert (rendering.status, rendering.kind) == ("machine_error", "engine")
    assert "files were changed while it ran; start it again" in rendering.message
