"""The pages that ship: each answers a task, is drawn without a complaint, works and looks like no other; some fail."""

from __future__ import annotations

from itertools import combinations

import pytest

import rewards
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.evaluate import Evaluator, paint
from codepaint_env.policies.fences import fenced
from codepaint_env.policies.files import DrawingsPolicy
from codepaint_env.pool.colours import distance, thumbnail
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks

FILES = sorted(HTML().drawings.rglob("*.html"))
BROKEN = {  # status, kind, kinds of findings
    "blank": ("program_error", "blank", {"network"}),
    "cdn-dependence": ("ok", "", {"network", "page_error"}),
    "dead-cart": ("ok", "", set()),
    "endless-loop": ("program_error", "work_limit", set()),
    "error-at-load": ("ok", "", {"page_error"}),
    "only-promises": ("program_error", "no_program", set()),
    "unclosed-tag": ("ok", "", {"lint"}),
}
PAGES = {path.stem: path for path in FILES if path.parent.name != "broken"}
TASKS = {task.id: task for task in load_tasks("pages", "html")}
FAULTS = {"lint", "page_error", "console", "network"}


def answer(path):
    return fenced(path.read_text(encoding="utf-8"), ".html")


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(HTML(), workers=2)
    yield renderer
    renderer.close()


@pytest.fixture(scope="module")
def drawn(renderer):
    """What came of each file, by its name."""
    told = paint(HTML(), renderer, [answer(path) for path in FILES], [1] * len(FILES))
    return {path.stem: rendering for path, (_, rendering) in zip(FILES, told, strict=True)}


def test_each_page_answers_a_task_and_every_field_has_two():
    assert set(PAGES) <= set(TASKS)
    assert len(PAGES) >= 12
    fields = [name.partition("-")[0] for name in PAGES]
    assert {field: fields.count(field) >= 2 for field in ("web", "3d", "viz", "game", "ui")} == dict.fromkeys(
        ("web", "3d", "viz", "game", "ui"), True
    )


def test_no_page_needs_anything_from_outside():
    for name, path in PAGES.items():
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, name
        assert "@import" not in text, name
        assert "<link" not in text, name


def test_the_demo_shows_all_pages_and_broken_ones_between_them():
    policy = DrawingsPolicy(HTML())
    assert {task.id for task in policy.tasks} == set(PAGES)


def test_each_page_is_drawn_without_a_complaint(drawn):
    told = {
        name: (drawn[name].status, [f for f in drawn[name].findings if f.kind in FAULTS]) for name in PAGES
    }
    assert told == dict.fromkeys(PAGES, ("ok", []))


def test_no_page_is_a_near_copy_of_another(drawn):
    looks = {name: thumbnail(drawn[name].image) for name in PAGES}
    apart = {(a, b): distance(looks[a], looks[b]) for a, b in combinations(looks, 2)}
    assert min(apart.values()) > 0.25, min(apart, key=apart.__getitem__)


def test_each_broken_one_ends_as_its_name_says(drawn):
    told = {path.stem: drawn[path.stem] for path in FILES if path.parent.name == "broken"}
    seen = {name: (r.status, r.kind, {f.kind for f in r.findings} - {"console"}) for name, r in told.items()}
    assert seen == BROKEN


def scored(renderer, paths):
    """The canvas's own score of each page, by its name."""
    evaluator = Evaluator(HTML(), rewards.make(HTML.default_reward), renderer)
    tasks = [TASKS.get(path.stem, TASKS["web-bakery-shop"]) for path in paths]
    told = evaluator.evaluate([answer(path) for path in paths], tasks)
    return {path.stem: each.score.value for path, each in zip(paths, told, strict=True)}


@pytest.mark.full
def test_each_page_has_the_full_score(renderer):
    assert scored(renderer, list(PAGES.values())) == dict.fromkeys(PAGES, 1.0)


@pytest.mark.full
def test_no_broken_page_earns_anything(renderer):
    paths = [path for path in FILES if path.stem in BROKEN]
    assert scored(renderer, paths) == dict.fromkeys(BROKEN, 0.0)
