"""What a program's memory is: what it asks for itself, whatever its worker held before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine.isolate import Isolate
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from hostile_programs.corpus import HONEST, filled

LIMIT_MB = 48  # a worker that has drawn nothing yet holds twice as much
HEAVY = filled(
    "function setup() { {CANVAS} noStroke(); fill('#334455'); beginShape();"
    " for (let i = 0; i < 1e5; i++) vertex(200 * sin(i * 1e-3), 200 * cos(i * 1e-3)); endShape(); {PETAL} }"
)
ASKS = {
    "arrays": "kept.push(new Array(2 ** 17).fill(i + 0.5))",
    "typed arrays": "kept.push(new Float64Array(2 ** 17).fill(i))",
    "array buffers": "kept.push(new ArrayBuffer(2 ** 20))",
    "copies": "kept.push(one.slice())",
    "converted": "kept.push(Float64Array.from(one))",
    "sorted copies": "kept.push(one.toSorted())",
    "subclasses": "kept.push(new (class extends Float64Array {})(2 ** 17))",
    "constructors of arrays": "kept.push(new one.constructor(2 ** 17))",
    "buffers that may grow": "kept.push(new ArrayBuffer(1, { maxByteLength: 2 ** 20 }))",
    "nothing kept": "new Uint8Array(2 ** 20)",
}


def asking(how: str, megabytes: int) -> str:
    """Returns a sketch that asks for so much before it paints."""
    return filled(
        "function setup() { {CANVAS} const one = new Float64Array(2 ** 17), kept = (globalThis.kept = []);"
        f" for (let i = 0; i < {megabytes}; i++) {ASKS[how]}; {{PETAL}} }}"
    )


@pytest.fixture(scope="module")
def worker():
    renderer = Renderer(P5Brush(), path="engine", workers=1, cache=0, options={"engine_memory_mb": LIMIT_MB})
    yield renderer
    renderer.close()


def kind(renderer: Renderer, program: str) -> str:
    return renderer.render([Job(program, 1)])[0].kind


@pytest.mark.parametrize("how", ASKS)
def test_what_a_program_asks_for_is_counted_and_not_what_its_process_holds(worker, how):
    assert kind(worker, asking(how, LIMIT_MB // 2)) == ""
    assert kind(worker, asking(how, 2 * LIMIT_MB)) == "memory_limit"


@pytest.mark.full
@pytest.mark.parametrize("isolation", ["worker", "process"])
def test_the_same_program_gets_the_same_verdict_on_a_fresh_worker_and_after_a_heavy_one(isolation):
    programs = [asking(how, megabytes) for how in ("arrays", "copies") for megabytes in (40, 56)]
    options = {"engine_memory_mb": LIMIT_MB, "isolation": isolation}
    for order in ([*programs, HEAVY, *programs], [HEAVY, *programs, HONEST]):
        renderer = Renderer(P5Brush(), path="engine", workers=1, cache=0, options=options)
        try:
            kinds = [(program, kind(renderer, program)) for program in order]
        finally:
            renderer.close()
        assert [found for program, found in kinds if program in programs] == ["", "memory_limit"] * (
            2 * order.count(programs[0])
        )
        assert {found for program, found in kinds if program not in programs} == {""}


@pytest.mark.full
def test_what_an_earlier_program_left_in_the_painter_is_not_the_next_ones(worker):
    strokes = filled(
        "function setup() { {CANVAS} brush.set('HB', '#334455', 1);"
        " for (let i = 0; i < 500; i++) brush.line(-250, -250, 250, 250 - (i % 500)); }"
    )
    assert {kind(worker, program) for program in (strokes, HONEST) for _ in range(3)} == {""}


@pytest.mark.parametrize("name", ["WeakRef", "FinalizationRegistry"])
def test_no_program_sees_when_garbage_is_collected(worker, name):
    assert (
        kind(worker, filled(f"function setup() {{ {{CANVAS}} {{PETAL}} new {name}(() => {{}}) }}"))
        == "runtime"
    )
    assert kind(worker, filled(f"if ('{name}' in globalThis) throw 1; {HONEST}")) == ""


STOPPED = "error stringifying heap output"


class Heap:
    """Tells what it was told to, in turn, of the memory that it uses; `STOPPED` is what V8 says as it is stopped."""

    def __init__(self, *told, reached=False):
        self.told, self.reached, self.collected = list(told), reached, 0

    def heap_stats(self):
        return self.told.pop(0)

    def was_hard_memory_limit_reached(self):
        return self.reached

    def low_memory_notification(self):
        self.collected += 1


@pytest.mark.parametrize(
    ("heap", "full"),
    [
        (Heap('{"used_heap_size": 1}'), False),
        (Heap(STOPPED, STOPPED, '{"used_heap_size": 1}'), False),
        (Heap('{"used_heap_size": 99999999}', STOPPED, '{"used_heap_size": 1}'), False),
        (Heap('{"used_heap_size": 99999999}', '{"used_heap_size": 99999999}'), True),
    ],
)
def test_an_isolate_that_is_stopped_as_it_tells_its_memory_is_asked_again(heap, full, monkeypatch):
    isolate = object.__new__(Isolate)
    isolate._heap = heap
    assert isolate.is_full(1) is full
    assert heap.told == []


def test_an_isolate_that_met_its_limit_as_it_told_its_memory_is_full():
    isolate = object.__new__(Isolate)
    isolate._heap = heap = Heap('{"used_heap_size": 99999999}', STOPPED)
    heap.low_memory_notification = lambda: setattr(heap, "reached", True)
    assert isolate.is_full(1)


# Loads from addresses of a WebAssembly memory of 64 KB, in a process of its own: V8's handler is set once a process.
OUTSIDE = """
import json, resource, sys
from codepaint_env.canvases.p5brush.engine.isolate import guard_memory
if sys.argv[1] == "limited":
    resource.setrlimit(resource.RLIMIT_AS, (2**46, 2**46))
guards = guard_memory()
from py_mini_racer import JSEvalException, MiniRacer, init_mini_racer
init_mini_racer(flags=["--allow-natives-syntax"])
context = MiniRacer()
context.eval("const module = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 3, 2, 1, 0, 5, 3, "
             "1, 0, 1, 7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 32, 0, 40, 2, 0, 11]); "
             "const load = new WebAssembly.Instance(new WebAssembly.Module(module)).exports.f;")
said = []
for address in (0, 65_532, 65_533, 2**31 - 1, -1):
    try:
        said.append(context.eval(f"load({address})"))
    except JSEvalException as error:
        said.append("outside" if "out of bounds" in str(error) else str(error))
print(json.dumps([guards, context.eval("%IsWasmTrapHandlerEnabled()"), said]))
context.close()
"""


@pytest.mark.parametrize(("way", "guards"), [("free", True), ("limited", False)])
def test_what_lies_outside_a_memory_is_refused_whoever_notices(way, guards):
    """By the processor, with gigabytes of addresses around the memory; by comparisons where addresses are limited."""
    if guards and not sys.platform.startswith("linux"):
        pytest.skip("only asked for on Linux")
    command = [sys.executable, "-c", OUTSIDE, way]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == [guards, guards, [0, 0, "outside", "outside", "outside"]]
