"""The processes that draw SVG: the walls around them, and the backstops behind the gate's counts."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.svg import drawer
from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer

HONEST = '<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="#cde"/><circle cx="4" cy="4" r="3"/></svg>'
# More than any count lets through, so that only the backstops are left.
UNCOUNTED = {"work": 10**15, "layer_px": 10**12}
SLOW = "<svg>" + '<circle cx="256" cy="256" r="300" fill="#c033" stroke="#030c"/>' * 3_000 + "</svg>"
LARGE = (
    '<svg><pattern id="p" width="16000" height="16000" patternUnits="userSpaceOnUse"><rect width="16000" height="16000"/></pattern>'
    '<rect width="512" height="512" fill="url(#p)"/></svg>'
)


def draw(programs: list[str], **options: object):
    renderer = Renderer(SVG(), workers=1, cache=0, options=options)
    try:
        return renderer.render([Job(program, 1) for program in programs])
    finally:
        renderer.close()


@pytest.fixture(scope="module")
def honest():
    [rendering] = draw([HONEST])
    assert rendering.ok
    return rendering.image


@pytest.mark.parametrize(
    ("program", "options", "kind", "words"),
    [
        (SLOW, {"cpu_s": 0.5}, "work_limit", "CPU seconds"),
        (LARGE, {"memory_mb": 300}, "memory_limit", "300 MB"),
    ],
    ids=["cpu", "memory"],
)
def test_what_the_counts_let_through_ends_by_a_backstop_and_costs_its_sibling_nothing(
    program, options, kind, words, honest
):
    before, ended, after = draw([HONEST, program, HONEST], **UNCOUNTED, **options)
    assert (ended.status, ended.kind) == ("program_error", kind), ended.message
    assert words in ended.message
    assert np.array_equal(before.image, honest)
    assert np.array_equal(after.image, honest)


@pytest.mark.parametrize("program", [SLOW, LARGE], ids=["cpu", "memory"])
def test_with_the_usual_limits_the_gate_refuses_it_before_it_is_drawn(program):
    [rendering] = draw([program])
    assert rendering.kind in ("work_limit", "memory_limit")
    assert "take" in rendering.message or "need" in rendering.message


def test_a_worker_that_draws_svg_has_the_walls_of_the_engine_s():
    confined = []
    for canvas in (P5Brush(), SVG()):
        renderer = Renderer(canvas, workers=1, cache=0)
        confined.append(renderer.describe()["confined"])
        renderer.close()
    assert confined[0] == confined[1]
    assert "ends with its parent" in confined[1]


def test_every_worker_gives_the_same_bytes(honest):
    renderer = Renderer(SVG(), workers=2, cache=0)
    drawn = renderer.render([Job(HONEST, seed) for seed in range(8)])
    renderer.close()
    assert all(np.array_equal(rendering.image, honest) for rendering in drawn)


@pytest.mark.parametrize(
    ("error", "kind"),
    [(KeyError("x"), "crash"), (RecursionError(), "crash"), (MemoryError(), "memory_limit")],
)
def test_a_document_that_breaks_the_gate_is_a_bad_program_and_no_broken_machine(monkeypatch, error, kind):
    def breaks(*_, **__):
        raise error

    monkeypatch.setattr(drawer, "draw", breaks)
    asked = {"program": "<svg/>", "letters": False, "limits": {}}
    drawn = asyncio.run(drawer.SvgDrawer().draw(asked))
    assert (drawn.outcome, drawn.rgb) == (kind, None)


def test_a_font_that_is_gone_is_no_fault_of_the_document(monkeypatch):
    def breaks(*_, **__):
        raise FileNotFoundError("DejaVuSans.ttf")

    monkeypatch.setattr(drawer, "draw", breaks)
    with pytest.raises(FileNotFoundError):
        asyncio.run(drawer.SvgDrawer().draw({"program": "<svg/>", "letters": False, "limits": {}}))
