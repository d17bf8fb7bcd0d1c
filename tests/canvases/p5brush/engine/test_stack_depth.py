"""A program that catches the end of its stack is told apart from one that does not come near it."""

from __future__ import annotations

import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer
from sketches import OPEN, PETAL

CAUGHT = "let deep = 0; const dive = () => { deep++; dive(); }; try { dive(); } catch {}"
WAYS = {
    "caught": CAUGHT,
    "beside the library": f"random(); loadPixels(); {CAUGHT}",
    "in a promise": f"Promise.resolve().then(() => {{ {CAUGHT} }});",
    "in frames that are large": (
        "let deep = 0; const dive = (...all) => { deep++; dive(...all); }; try { dive(...new Array(500)); } catch {}"
    ),
    "within the interpreter": "let nest = []; for (let i = 0; i < 1e5; i++) nest = [nest]; try { String(nest); } catch {}",
}


@pytest.fixture(scope="module")
def worker():
    renderer = Renderer(P5Brush(), path="engine", workers=1, cache=0)
    yield renderer
    renderer.close()


def drawn(renderer, code):
    return renderer.render([Job(f"{OPEN} {PETAL} {code} }}", 1)])[0]


@pytest.mark.parametrize("way", WAYS)
def test_a_program_that_catches_the_end_of_its_stack_paints_nothing(worker, way):
    rendering = drawn(worker, WAYS[way])
    assert (rendering.status, rendering.kind) == ("program_error", "runtime")
    assert rendering.message == "The program's calls nest deeper than the stack goes."
    assert drawn(worker, "").ok  # its stack is used again


def test_one_that_does_not_catch_it_is_told_its_line(worker):
    rendering = drawn(worker, "const dive = () => dive(); dive();")
    assert rendering.kind == "runtime"
    assert rendering.message.startswith("RangeError: Maximum call stack size exceeded (line ")


def test_calls_that_nest_five_thousand_deep_paint(worker):
    assert drawn(worker, "const dive = (n) => (n ? 1 + dive(n - 1) : 0); dive(5000);").ok
