"""The pages that ship: each answers a task, is drawn without a complaint, works and looks like no other; some fail."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

import rewards
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.evaluate import Evaluator, paint
from codepaint_env.policies.fences import fenced
from codepaint_env.policies.files import DrawingsPolicy
from codepaint_env.render.renderer import Renderer
from codepaint_env.tasks import load_tasks

FILES = sorted(HTML().drawings.rglob("*.html"))
BROKEN = {  # status, kind, kinds of findings
    "blank": ("program_error", "blank", {"network"}),
    "cdn-dependence": ("ok", "", {"network", "page_error"}),
    "dead-cart": ("ok", "", set()),
    "endless-loop": ("program_error", "work_limit", set()),
    "error-at-load": ("ok", "", {"page_error"}),
    "only-promises": ("ok", "", {"lint"}),  # prose in a block of HTML
    "unclosed-tag": ("ok", "", {"lint"}),
}
PAGES = {path.stem: path for path in FILES if path.parent.name != "broken"}
TASKS = {task.id: task for task in load_tasks("pages", "html")}
SOME = ["3d-gift-box", "viz-electricity-mix"]
GATE = 0.05  # of a page whose markup is whole, and on which nothing works
FAULTS = {"lint", "page_error", "console", "network"}


def answer(path):
    return fenced(path.read_text(encoding="utf-8"), ".html")


@pytest.fixture(scope="module")
def renderer():
    renderer = Renderer(HTML(), workers=2)
    yield renderer
    renderer.close()


def drawn(renderer, names):
    """What comes of some files, by their names."""
    paths = [path for path in FILES if path.stem in names]
    told = paint(HTML(), renderer, [answer(path) for path in paths], [1] * len(paths))
    return {path.stem: rendering for path, (_, rendering) in zip(paths, told, strict=True)}


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


def faults(renderings):
    return {
        name: (rendering.status, [each for each in rendering.findings if each.kind in FAULTS])
        for name, rendering in renderings.items()
    }


def outcomes(renderings):
    return {
        name: (rendering.status, rendering.kind, {each.kind for each in rendering.findings} - {"console"})
        for name, rendering in renderings.items()
    }


def test_some_pages_are_drawn_without_a_complaint(renderer):
    assert faults(drawn(renderer, SOME)) == dict.fromkeys(SOME, ("ok", []))


@pytest.mark.full
def test_each_broken_one_ends_as_its_name_says(renderer):
    quick = {name: told for name, told in BROKEN.items() if name != "endless-loop"}
    assert outcomes(drawn(renderer, quick)) == quick


@pytest.mark.full
def test_every_page_is_drawn_without_a_complaint_and_is_no_near_copy_of_another(renderer):
    renderings = drawn(renderer, PAGES)
    assert faults(renderings) == dict.fromkeys(PAGES, ("ok", []))
    looks = {name: look(rendering.pictures["viewport"]) for name, rendering in renderings.items()}
    apart = {(a, b): float(np.abs(looks[a] - looks[b]).mean()) for a, b in combinations(looks, 2)}
    assert min(apart.values()) > 0.05, (min(apart, key=apart.__getitem__), min(apart.values()))


@pytest.mark.full
def test_the_endless_one_ends_too(renderer):
    assert outcomes(drawn(renderer, ["endless-loop"])) == {"endless-loop": BROKEN["endless-loop"]}


def look(png):
    """A page in 48 x 27 pixels of [0, 1]."""
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB").resize((48, 27))) / 255.0


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
def test_no_broken_page_earns_more_than_the_gate(renderer):
    paths = [path for path in FILES if path.stem in BROKEN and path.stem != "endless-loop"]
    values = scored(renderer, paths)
    assert max(values.values()) <= GATE
    assert values["dead-cart"] == GATE  # nothing is wrong with it but that it does nothing
