"""The engine's flat shapes: what p5's own drawing calls become, and that the page draws the same."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from py_mini_racer import JSEvalException, init_mini_racer, mini_racer

from codepaint_env.canvases.p5brush.canvas import P5Brush
from codepaint_env.canvases.p5brush.engine import parts
from codepaint_env.render.backend import Job
from codepaint_env.render.renderer import Renderer

NAMES = (
    "rect square ellipse circle arc line point triangle quad bezier spline beginShape vertex bezierVertex splineVertex "
    "beginContour endContour endShape bezierOrder splineProperty splineProperties curveDetail"
)
# A program calls the shapes by name and changes `style`; what they draw is kept.
HARNESS = """(shapes, drawn) => {
  const start = JSON.stringify({
    matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], width: 200, height: 200, fill: [1, 0.5, 0, 1],
    stroke: null, strokeWeight: 1, rectMode: 'corner', ellipseMode: 'center', isRadians: true,
  });
  for (const name of '$names'.split(' ')) globalThis[name] = (...args) => shapes.draw(name, args, style);
  globalThis.push = shapes.push;
  globalThis.pop = shapes.pop;
  globalThis.run = (program) => {
    drawn.length = 0;
    globalThis.style = JSON.parse(start);
    let error = '';
    try { (0, eval)(`{${program}}`); } catch (problem) { error = String(problem); }
    return JSON.stringify([drawn, error]);
  };
}"""
TRIANGLE_OF_POINTS = "vertex(-20, -20); vertex(20, -20); vertex(0, 20);"


class Drawn:
    """The commands of one program: rule, premultiplied colour and contours of each."""

    def __init__(self, commands: list[Any], error: str) -> None:
        self.error = error
        self.colours = [colour for _, colour, _ in commands]
        self.commands = [
            [np.reshape(np.array(contour, float), (-1, 2)) for contour in contours]
            for _, _, contours in commands
        ]
        self.contours = [contour for contours in self.commands for contour in contours]

    @property
    def areas(self) -> list[float]:
        return [area(contour) for contour in self.contours]

    @property
    def centre(self) -> NDArray[np.float64]:
        points = np.concatenate(self.contours)
        return (points.min(0) + points.max(0)) / 2 - 100


def area(polygon: NDArray[np.float64]) -> float:
    x, y = polygon[:, 0], polygon[:, 1]
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2


@pytest.fixture(scope="module")
def draw() -> Iterator[Callable[[str], Drawn]]:
    init_mini_racer(flags=parts.V8_FLAGS, ignore_duplicate_init=True)
    with mini_racer() as context:
        context.eval(
            "globalThis.drawn = []; globalThis.host = { flat: (...command) => drawn.push(command) };"
        )
        harness = HARNESS.replace("$names", NAMES)
        context.eval(f"({harness})(({parts.script('shapes')})({{ host }}), drawn)")
        run: Any = context.eval("run")
        yield lambda program: Drawn(*json.loads(run(program)))


def test_the_sketch_has_every_function_of_the_shapes():
    assert f"'{NAMES}'" in re.sub(r"' \+\s*'", "", parts.script("sketch"))
    calls = parts.script("shapes").partition("const calls = {")[2].partition("\n  };")[0]
    assert re.findall(r"^    (\w+)", calls, re.MULTILINE) == NAMES.split()


@pytest.mark.parametrize(
    ("program", "expected", "points"),
    [
        ("rect(-20, -10, 40, 30)", 1200, 4),
        ("rect(10, 10, -40, -30)", 1200, 4),
        ("square(-20, -10, 30)", 900, 4),
        ("triangle(0, 0, 40, 0, 0, 20)", 400, 3),
        ("circle(0, 0, 60)", 30**2 * 12.5 * math.sin(math.tau / 25), 26),
        ("ellipse(0, 0, 60, 40)", 30 * 20 * 12.5 * math.sin(math.tau / 25), 26),
        ("ellipse(0, 0, 60, 60, 4)", 2 * 30**2, 5),
        ("arc(0, 0, 80, 80, 0, PI = Math.PI, 'pie')", math.pi * 800, 27),
        ("arc(0, 0, 80, 80, 0, Math.PI / 2, 'open')", (math.pi / 4 - 0.5) * 1600, 26),
        ("arc(0, 0, 80, 80, 0, Math.PI / 2)", math.pi * 400, 27),
        ("style.isRadians = false; arc(0, 0, 80, 80, 0, 90)", math.pi * 400, 27),
        ("arc(0, 0, 60, 60, 1, 1 + 2 * Math.PI)", 30**2 * 12.5 * math.sin(math.tau / 25), 26),
        ("rect(-30, -20, 60, 40, 10)", 2400 - (4 - math.pi) * 100, None),
        ("rect(-30, -20, 60, 40, 999)", 2400 - (4 - math.pi) * 400, None),
        ("rect(-30, -20, 60, 40, 10, 0, 0, 0)", 2400 - (1 - math.pi / 4) * 100, None),
        ("style.matrix[0] = 2; style.matrix[5] = -3; rect(0, 0, 10, 10)", 600, 4),
        ("beginShape(); vertex(0, 0); vertex(40, 0); vertex(0, 30); endShape()", 600, 3),
        (
            "beginShape(); vertex(0, 0); bezierVertex(0, 0); bezierVertex(50, 0); bezierVertex(50, 50); endShape()",
            750,
            None,
        ),
    ],
)
def test_a_shape_is_one_contour_of_the_right_area(draw, program, expected, points):
    drawn = draw(program)
    assert drawn.error == ""
    assert len(drawn.contours) == 1
    assert drawn.areas[0] == pytest.approx(expected, rel=0.01)
    assert points in (None, len(drawn.contours[0]))


@pytest.mark.parametrize(
    ("program", "centre"),
    [
        ("rect(10, 20, 40, 30)", (30, 35)),
        ("style.rectMode = 'center'; rect(10, 20, 40, 30)", (10, 20)),
        ("style.rectMode = 'radius'; rect(10, 20, 40, 30)", (10, 20)),
        ("style.rectMode = 'corners'; rect(50, 20, 10, 30)", (30, 25)),
        ("ellipse(10, 20, 44, 36, 4)", (10, 20)),
        ("style.ellipseMode = 'corner'; ellipse(10, 20, 44, 36, 4)", (32, 38)),
        ("style.ellipseMode = 'corners'; ellipse(50, 20, 10, 30, 4)", (30, 25)),
        ("style.matrix[12] = 5; style.matrix[13] = -7; circle(0, 0, 40, 4)", (5, -7)),
    ],
)
def test_modes_and_the_matrix_place_a_shape(draw, program, centre):
    assert draw(program).centre == pytest.approx(centre, abs=0.2)


def test_a_circle_goes_round_its_centre(draw):
    ring = np.linalg.norm(draw("circle(0, 0, 50)").contours[0] - 100, axis=1)
    assert ring == pytest.approx(25, abs=1 / 16)


def test_vertices_lie_on_sixteenths_of_a_pixel(draw):
    corners = draw("rect(-20.3, -10.77, 33.3, 21.1)").contours[0]
    assert np.abs(corners * 16 - np.round(corners * 16)).max() < 0.02


def test_nothing_is_drawn_without_fill_and_stroke(draw):
    calls = "rect(0, 0, 9, 9); circle(0, 0, 9); line(0, 0, 9, 9); point(1, 1); arc(0, 0, 9, 9, 0, 1); quad(1, 2, 3, 4, 5, 6, 7, 8)"
    assert draw(f"style.fill = null; {calls}; beginShape(); {TRIANGLE_OF_POINTS} endShape()").commands == []


def test_colours_are_premultiplied(draw):
    assert draw("style.fill = [1, 0.5, 0, 0.5]; circle(0, 0, 9)").colours == [[0.5, 0.25, 0, 0.5]]


def test_a_hole_is_a_contour_that_runs_the_other_way(draw):
    square = "vertex(-30, -30); vertex(30, -30); vertex(30, 30); vertex(-30, 30);"
    hole = "beginContour(); vertex(-9, -9); vertex(-9, 9); vertex(9, 9); vertex(9, -9); endContour('close');"
    drawn = draw(f"beginShape(); {square} {hole} endShape('close')")
    assert [len(contours) for contours in drawn.commands] == [2]
    assert drawn.areas == pytest.approx([3600, 324], rel=0.01)


STROKE = "style.fill = null; style.stroke = [0, 0, 0, 1]; style.strokeWeight = 10;"


@pytest.mark.parametrize(
    ("program", "areas"),
    [
        ("line(-30, 0, 30, 0)", [600, 12.5 * math.pi, 12.5 * math.pi]),
        ("style.strokeCap = 'butt'; line(-30, 0, 30, 0)", [600]),
        ("style.strokeCap = 'square'; line(-30, 0, 30, 0)", [600, 50, 50]),
        ("style.matrix[0] = 2; line(-15, 0, 15, 0)", [600, 12.5 * math.pi, 12.5 * math.pi]),
        ("line(5, 5, 5, 5)", []),
        ("line(-30, 0, 30)", []),
        ("point(3, 4)", [12.5 * math.pi] * 3),
        ("triangle(-30, -30, 30, -30, 30, 30)", None),
    ],
)
def test_a_stroke_is_as_wide_as_its_weight_whatever_the_scale(draw, program, areas):
    drawn = draw(STROKE + program)
    assert drawn.error == ""
    if areas is None:
        assert len(drawn.contours) == 6  # three sides and three joins
    else:
        assert drawn.areas == pytest.approx([size for size in areas if size], rel=0.01)


def test_joins_differ_by_what_they_add_at_a_corner(draw):
    corner = "beginShape(); vertex(-30, 0); vertex(0, 0); vertex(0, 30); endShape()"
    added = {
        join: draw(f"{STROKE} style.strokeJoin = '{join}'; {corner}").areas[2]
        for join in ("bevel", "round", "miter")
    }
    assert added == pytest.approx({"bevel": 12.5, "round": 25 * math.pi / 4, "miter": 25}, rel=0.02)


def test_a_closed_line_has_joins_only_and_an_open_one_two_caps(draw):
    closed, open_ = (
        draw(f"{STROKE} beginShape(); {TRIANGLE_OF_POINTS} endShape({mode})") for mode in ("'close'", "")
    )
    assert (len(closed.contours), len(open_.contours)) == (3 + 3, 2 + 1 + 2)


def test_an_opaque_stroke_is_one_command_and_runs_one_way(draw):
    drawn = draw(STROKE + "circle(0, 0, 50)")
    assert len(drawn.commands) == 1
    for contour in drawn.contours:
        x, y = contour.T
        assert np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) > 0


def test_pieces_of_a_translucent_stroke_that_overlap_are_commands_of_their_own(draw):
    drawn = draw(STROKE + "style.stroke[3] = 0.5; circle(0, 0, 50)")
    assert 1 < len(drawn.commands) < len(drawn.contours)
    for contours in drawn.commands:
        for i, one in enumerate(contours):
            for other in contours[:i]:
                assert (one.min(0) > other.max(0)).any() or (other.min(0) > one.max(0)).any()


@pytest.mark.parametrize(
    ("kind", "triangles", "pieces"),
    [
        (4, 2, 6 + 6),
        (5, 4, None),
        (6, 4, None),
        ("'quads'", 2, None),
        ("'quad_strip'", 4, None),
        (1, 0, 3 + 6),
        (0, 0, 6 * 2 + 1),
    ],
)
def test_kinds_of_shape_have_their_triangles(draw, kind, triangles, pieces):
    points = (
        "vertex(-24, -20); vertex(-20, 18); vertex(-4, 22); vertex(-4, -20); vertex(15, -16); vertex(22, 22);"
    )
    filled = draw(f"beginShape({kind}); {points} endShape()")
    assert (filled.error, len(filled.contours)) == ("", triangles)
    stroked = draw(f"{STROKE} style.strokeWeight = 2; beginShape({kind}); {points} endShape()")
    assert stroked.error == ""
    assert pieces in (None, len(stroked.contours))


def test_curves_take_their_order_and_ends_from_the_settings_that_push_and_pop_keep(draw):
    quadratic = "beginShape(); vertex(0, 0); bezierVertex(40, 0); bezierVertex(40, 40); endShape();"
    assert "needs 3" in draw(quadratic).error
    assert draw(f"push(); bezierOrder(2); {quadratic} pop()").areas == pytest.approx([1600 / 3], rel=0.02)
    assert "needs 3" in draw(quadratic).error
    assert draw("if (bezierOrder() !== 3 || curveDetail() !== 0.25) throw 'changed'").error == ""
    spline = "spline(-40, 0, -20, -20, 20, -20, 40, 0);"
    widths = [
        np.ptp(draw(f"push(); splineProperty('ends', {ends}); {spline} pop()").contours[0][:, 0])
        for ends in ("Symbol('include')", "Symbol('exclude')")
    ]
    assert widths == pytest.approx([80, 40], abs=0.2)


BAD = [
    "NaN",
    "undefined",
    "Infinity",
    "-1e30",
    "1e30",
    "'7'",
    "'x'",
    "null",
    "{}",
    "[]",
    "true",
    "() => 1",
    "0",
]


@pytest.mark.parametrize("name", NAMES.split())
def test_bad_arguments_are_drawn_as_nothing_or_as_p5_does_but_never_thrown(draw, name):
    inside = name not in ("beginShape", "beginContour", "endContour")
    mode = "style.stroke = [0, 0, 0, 0.5];"
    for bad in BAD:
        for count in (0, 1, 2, 3, 4, 6, 7, 8, 9, 12):
            values = ", ".join([bad] * count)
            mixed = ", ".join(("3", bad)[k % 2] for k in range(count))
            for given in (values, mixed):
                program = (
                    f"push(); {mode} {'beginShape(); vertex(0, 0);' if inside else ''} {name}({given}); pop()"
                )
                drawn = draw(program)
                assert drawn.error == "", program
                assert all(np.isfinite(contour).all() for contour in drawn.contours), program


@pytest.mark.parametrize(
    "program",
    [
        "circle(0, 0, 9, 9, 1e12); ellipse(0, 0, 9, 9, 1e12); ellipse(0, 0, 9, 9, Infinity)",
        "bezier(0, 0, 1e12, 0, 0, 1e12, 5, 5)",
        "curveDetail(1e9); bezier(0, 0, 90, 0, 0, 90, 5, 5); curveDetail(0.25)",
        "style.strokeWeight = 1e12; style.stroke = [0, 0, 0, 1]; line(0, 0, 9, 9); circle(0, 0, 9)",
        "style.strokeWeight = Infinity; style.stroke = [0, 0, 0, 1]; line(0, 0, 9, 9); circle(0, 0, 9)",
        "style.matrix.fill(NaN); style.stroke = [0, 0, 0, 1]; line(0, 0, 9, 9); circle(0, 0, 9)",
    ],
)
def test_huge_numbers_make_few_vertices(draw, program):
    drawn = draw(program)
    assert drawn.error == ""
    assert sum(len(contour) for contour in drawn.contours) < 20_000


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("beginShape(); endShape('close')", "no vertex to close"),
        ("beginShape(); vertex(0, 0); bezierVertex(9, 9); endShape()", "A curve needs 3"),
        ("beginShape('tess'); vertex(0, 0)", "cannot be used"),
        ("beginShape(4); bezierVertex(0, 0)", "cannot be used"),
        (
            f"style.fill = null; beginShape(); {TRIANGLE_OF_POINTS} style.fill = [1, 0, 0, 1]; endShape()",
            "before the vertices",
        ),
    ],
)
def test_what_p5_trips_over_is_told_in_words(draw, program, words):
    drawn = draw(program)
    assert drawn.error.startswith("TypeError")
    assert words in drawn.error


def test_a_vertex_before_any_shape_is_told_in_words():
    with mini_racer() as context, pytest.raises(JSEvalException, match="beginShape"):
        context.eval(f"({parts.script('shapes')})({{ host: {{}} }}).draw('vertex', [1, 2], {{}})")


FILLS = """rect(-20.3, -15.7, 37.4, 28.9) | rotate(0.4); rect(-20, -15, 37, 28) | rect(-20.5, -15.5, 37, 28)
scale(1.7); rotate(-0.2); rect(-12, -10, 21, 17) | fill(200, 0, 80, 90); rotate(0.3); rect(-20, -18, 38, 33, 6, 0, 12)
rectMode(CORNERS); rect(20, -12, -18, 16) | square(-15, -15, 31, 8) | circle(0, 0, 50) | circle(1.3, 0.7, 5)
scale(3, 1.2); rotate(1); circle(0, 0, 17) | fill(0, 100, 200, 120); rotate(0.7); ellipse(2, 3, 50, 20)
ellipseMode(RADIUS); ellipse(0, 0, 22, 14) | arc(0, 0, 50, 40, 0.3, 4.1) | arc(0, 0, 50, 40, -1, 2, OPEN)
fill(0, 100, 0, 99); arc(0, 0, 44, 56, 0.2, 5.5, PIE) | arc(0, 0, 50, 50, 2, 1, CHORD) | triangle(-25, 20, 3, -26, 24, 17)
quad(-20, -22, 25, 22, 22, -20, -26, 12) | fill(120, 0, 200, 110); quad(-20, -22, 0, -3, 19, -24, 6, 25)
beginShape(); for (let i = 0; i < 5; i++) vertex(26 * cos(2.513 * i - 1.5), 26 * sin(2.513 * i - 1.5)); endShape(CLOSE)
beginShape(); vertex(-24, -24); vertex(24, -24); vertex(24, 24); beginContour(); vertex(5, -9); vertex(9, 9); vertex(15, -9); endContour(); endShape()
beginShape(); vertex(-20, -20); bezierVertex(30, -30); bezierVertex(30, 30); bezierVertex(-20, 20); endShape(CLOSE)
beginShape(); splineVertex(-20, -20); splineVertex(20, -15); splineVertex(24, 18); splineVertex(-12, 22); endShape(CLOSE)
fill(90, 50, 0, 99); beginShape(TRIANGLE_STRIP); vertex(-24, -20); vertex(-20, 18); vertex(-4, -22); vertex(24, 20); endShape()
spline(-25, 20, -10, -25, 20, -10, 22, 25) | bezier(-25, 20, -10, -50, 30, -10, 22, 25)"""
STROKES = """line(-25, -20, 24, 17) | line(-3, -25, 4, 26) | stroke(0, 0, 200, 90); line(-25, -20, 24, 17)
strokeWeight(3); line(-25.3, 11.2, 24.8, -17.9) | strokeWeight(14); stroke(0, 90, 30, 100); line(-16, -11, 18, 14)
strokeWeight(9); strokeCap(PROJECT); line(-16, -11, 18, 14) | scale(4); strokeWeight(3); line(-5, -5, 5, 4)
for (let i = 0; i < 60; i++) point(-26 + i * 0.87, 25 * sin(i)) | strokeWeight(20); stroke(100, 0, 0, 80); point(2.3, 1.6)
rect(-20, -15, 37, 28) | strokeWeight(6); stroke(0, 0, 90, 90); rect(-20, -15, 37, 28) | strokeWeight(3); rect(-20, -15, 37, 28, 8)
strokeWeight(8); strokeJoin(MITER); rotate(0.2); rect(-16, -12, 31, 23) | strokeWeight(8); strokeJoin(BEVEL); rect(-16, -12, 31, 23)
noFill(); circle(0, 0, 50) | strokeWeight(5); stroke(0, 0, 0, 70); fill(200, 200, 0, 70); circle(0, 0, 43)
strokeWeight(4); scale(2, 1); rotate(0.5); ellipse(0, 0, 22, 31) | strokeWeight(2); arc(0, 0, 46, 42, 0.3, 4.1, PIE)
strokeWeight(4); triangle(-22, 18, 3, -23, 21, 15) | noFill(); strokeWeight(2); bezier(-25, 20, -10, -50, 30, -10, 22, 25)
noFill(); strokeWeight(7); stroke(0, 0, 160, 90); beginShape(); vertex(-24, 3); vertex(-8, -25); vertex(15, -9); vertex(11, 24); endShape(CLOSE)
noFill(); beginShape(); splineVertex(-25, -20); splineVertex(20, -15); splineVertex(-14, 8); splineVertex(22, 22); endShape()
strokeWeight(2); beginShape(QUADS); vertex(-24, -20); vertex(-20, 18); vertex(-4, 22); vertex(-4, -20); endShape()"""


def sheet(cases: str, style: str, top: int) -> str:
    """Returns the statements that draw cases in cells of 64 pixels, from a row on."""
    lines = []
    for i, case in enumerate(case for line in cases.splitlines() for case in line.split(" | ")):
        place = f"translate({i % 8 * 64 - 224}, {(top + i // 8) * 64 - 224})"
        lines.append(f"push(); {place}; strokeCap(ROUND); strokeJoin(ROUND); {style}; {case}; pop();")
    return "\n".join(lines)


@pytest.mark.full
def test_the_page_draws_the_same_pixels(renderer):
    filled, stroked = (
        sheet(FILLS, "fill(220, 60, 40); noStroke()", 0),
        sheet(STROKES, "fill(250, 220, 120); stroke(20, 30, 60)", 4),
    )
    program = (
        f"function setup() {{\ncreateCanvas(512, 512, WEBGL);\nbackground(255);\n{filled}\n{stroked}\n}}"
    )
    engine = renderer.render([Job(program, 1)])[0]
    page = Renderer(P5Brush(), path="page", workers=1, cache=0)
    try:
        expected = page.render([Job(program, 1)])[0]
    finally:
        page.close()
    assert (engine.status, expected.status) == ("ok", "ok"), (engine.message, expected.message)
    painted = (engine.image != 255).any(2) | (expected.image != 255).any(2)
    near = (np.abs(engine.image.astype(int) - expected.image) <= 1).all(2)
    assert painted[:256].sum() > 15_000
    assert painted[256:].sum() > 10_000
    assert near[:256][painted[:256]].mean() > 0.999
    assert near[256:][painted[256:]].mean() > 0.998
