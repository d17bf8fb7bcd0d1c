"""What a program may draw is counted before it is drawn, alike in both modes and over all attempts at it."""

from __future__ import annotations

import asyncio

import pytest

from codepaint_env.canvases.p5brush.engine import isolates
from codepaint_env.canvases.p5brush.engine.budget import Bounds, Budget, Meter
from codepaint_env.canvases.p5brush.engine.isolates import Clock, Engine
from codepaint_env.canvases.p5brush.limits import EngineLimits
from codepaint_env.render.drawn import Drawn
from hostile_programs.corpus import filled

LIMITS = EngineLimits()
LINES = "brush.set('HB', '#334455', 1); for (let i = 0; i < 40; i++) brush.line(-200, i * 5 - 100, 200, i);"
TWENTY_HATCHES = filled(
    "function setup() { {CANVAS} brush.noStroke(); for (let i = 0; i < 20; i++) { brush.hatch(1.5 + i % 3, i,"
    " { rand: 0.1, continuous: true }); brush.hatchStyle('HB', '#334455', 1); brush.rect(i * 10 - 250, 0, 60, 60); } }"
)
THREE_WASHES = filled(
    "function setup() { {CANVAS} for (let i = 0; i < 3; i++) { push(); rotate(i); brush.fill('#77aacc', 60);"
    " brush.fillBleed(0.3); brush.circle(0, 0, 230); pop(); } }"
)
# What takes long and leaves little on the canvas, or nothing.
DEAR = {
    "lines far beyond the canvas": "brush.set('HB', 'red', 1); for (let i = 0; i < 300; i++) brush.line(0, 0, 9e4, i)",
    "a line without an end": "brush.set('HB', 'red', 1); brush.line(0, 0, 1e9, 0)",
    "hatches without a gap": "brush.hatch(1e-9, 30); brush.rect(0, 0, 99, 99)",
    "fields": "brush.field('spiral'); for (let i = 0; i < 300; i++) brush.refreshField(i)",
    "one colour over another": "for (let i = 0; i < 300; i++) { brush.wash(i % 2 ? 'red' : 'blue', 60);"
    " brush.rect(-250, -250, 500, 500); }",
    "fat strokes": "brush.set('marker', 'red', 90); for (let i = 0; i < 50; i++) brush.line(-250, 0, 250, i)",
    "edges over the whole height": "noStroke(); beginShape(); for (let i = 0; i < 4e5; i++)"
    " vertex(i % 500 - 250, i % 2 ? 250 : -250); endShape()",
    "sheets": "for (let i = 0; i < 1e4; i++) background(i % 255)",
    "vertices that cost each other": "brush.fill('red', 60); brush.beginShape(0); for (let i = 0; i < 9000; i++)"
    " brush.vertex(200 * sin(i), 200 * cos(i * 0.7)); brush.endShape()",
}


def draw(program: str, *, mode: str = "", **limits: int) -> tuple[Drawn, float]:
    """Draws with few limits; returns what came of it and the work that it took."""
    given = {"calls": 200_000, "work": LIMITS.work, "memory_mb": 512, "timers": 99, **limits}
    bounds = Bounds(recorder_cpu_s=9, geometry_cpu_s=60, canvas_min_px=64, canvas_max_px=1024, **given)

    async def drawn() -> tuple[Drawn | None, float]:
        engine, budget = Engine(), Budget(bounds)
        if mode:
            result = await engine.attempt(mode, program, 1, 1, budget, Clock())
            return result, bounds.work - budget.work if mode == "inline" else engine.work
        return await engine.draw(program, 1, 1, bounds), engine.work

    result, work = asyncio.run(drawn())
    assert result is not None
    return result, work


@pytest.mark.parametrize("what", DEAR)
def test_what_takes_long_ends_by_what_is_counted(what):
    drawn, _ = draw(filled(f"function setup() {{ {{CANVAS}} {DEAR[what]} }}"), work=200_000_000)
    assert (drawn.outcome, drawn.message) == (
        "work_limit",
        "The picture takes more drawing than is allowed.",
    )


def test_both_modes_count_the_same_work():
    program = filled(f"function setup() {{ {{CANVAS}} {LINES} }}")
    recorded, beside = (draw(program, mode=mode)[1] for mode in ("record", "inline"))
    assert recorded == pytest.approx(beside, rel=0.01)
    assert recorded > 1e7


def test_a_program_that_is_refused_and_run_again_has_one_budget():
    refused = filled(f"function setup() {{ {{CANVAS}} {LINES} brush.set('none', 'red', 1); }}")
    _, work = draw(filled(f"function setup() {{ {{CANVAS}} {LINES} }}"))
    assert draw(refused, work=int(3 * work))[0].outcome == "error"
    assert draw(refused, work=int(1.5 * work))[0].outcome == "work_limit"


@pytest.mark.parametrize("loop", ["for (;;);", "for (;;) try { brush.line(0, 0, 1e300, 0); } catch {}"])
def test_what_a_loop_beside_the_library_uses_is_the_programs_own(loop):
    program = filled(
        f"function setup() {{ {{CANVAS}} brush.set('HB', 'red', 1); brush.listFields(); {loop} }}"
    )
    bounds = Bounds(0.2, 6.0, 512, 99, LIMITS.work, 99, 64, 1024)
    meter = Meter()
    drawn = asyncio.run(Engine().draw(program, 1, 1, bounds))
    assert meter.spent_s() < 3.0  # without the seconds that drawing may take
    assert (drawn.outcome, drawn.message) == (
        "work_limit",
        "The program's own code used more than 0.2 CPU seconds.",
    )


@pytest.mark.parametrize(("program", "times"), [(TWENTY_HATCHES, 20), (THREE_WASHES, 20)])
def test_four_hundred_hatches_and_sixty_washes_leave_room(program, times):
    drawn, work = draw(program)
    assert drawn.outcome == "done"
    assert times * work < 0.6 * LIMITS.work


def test_calls_that_are_too_long_to_write_down_end_by_their_length(monkeypatch):
    monkeypatch.setattr(isolates, "CHARACTERS", 500)
    program = filled(f"function setup() {{ {{CANVAS}} {LINES} }}")
    drawn, _ = draw(program)
    assert (drawn.outcome, drawn.message) == ("work_limit", "The drawing calls are too long to write down.")


def test_the_usual_work_takes_twelve_seconds_at_most_and_the_backstop_lies_three_times_above():
    seconds = LIMITS.work * 1e-9  # a unit takes about a nanosecond of an idle core
    assert seconds <= 12
    assert LIMITS.geometry_cpu_s >= 3 * seconds
