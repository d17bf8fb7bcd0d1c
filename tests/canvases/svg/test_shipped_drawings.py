"""The drawings that ship: each answers a task, is drawn without a complaint and looks like no other; some fail on purpose."""

from __future__ import annotations

from itertools import combinations

import pytest

from codepaint_env.canvases.svg.canvas import SVG
from codepaint_env.evaluate import paint
from codepaint_env.policies.fences import fenced
from codepaint_env.pool.colours import distance, thumbnail
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks

FILES = sorted(SVG().drawings.rglob("*.svg"))
BROKEN = {  # status, kind, kinds of findings
    "blank": ("program_error", "blank", []),
    "cut-off": ("program_error", "syntax", ["truncated"]),
    "embedded-photograph": ("ok", "", ["embedded"]),
    "mismatched-tag": ("program_error", "syntax", []),
    "script": ("program_error", "script", []),
    "use-of-itself": ("program_error", "cycle", []),
}
DRAWINGS = [path.stem for path in FILES if path.parent.name != "broken"]


@pytest.fixture(scope="module")
def drawn():
    """What came of each file, by its name."""
    renderer = Renderer(SVG(), workers=2)
    answers = [fenced(path.read_text(encoding="utf-8"), ".svg") for path in FILES]
    try:
        told = paint(SVG(), renderer, answers, [1] * len(answers))
    finally:
        renderer.close()
    return {path.stem: rendering for path, (_, rendering) in zip(FILES, told, strict=True)}


def outcome(rendering):
    return rendering.status, rendering.kind, [finding.kind for finding in rendering.findings]


def test_each_drawing_answers_a_task_of_a_set_that_ships():
    ids = {task.id for name in ("riders", "objects") for task in load_tasks(name, "svg")}
    assert set(DRAWINGS) <= ids
    assert len(DRAWINGS) >= 12
    assert sum(name.startswith("riders-") for name in DRAWINGS) >= 6


def test_each_drawing_is_drawn_without_a_complaint(drawn):
    assert {name: outcome(drawn[name]) for name in DRAWINGS} == dict.fromkeys(DRAWINGS, ("ok", "", []))


def test_no_drawing_is_a_near_copy_of_another(drawn):
    looks = {name: thumbnail(drawn[name].image) for name in DRAWINGS}
    apart = {(a, b): distance(looks[a], looks[b]) for a, b in combinations(looks, 2)}
    assert min(apart.values()) > 0.3, min(apart, key=apart.__getitem__)


def test_each_broken_one_ends_as_its_name_says(drawn):
    assert {path.stem: outcome(drawn[path.stem]) for path in FILES if path.parent.name == "broken"} == BROKEN
