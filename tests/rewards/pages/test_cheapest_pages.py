"""The cheapest page that each reward of pages loves: drawn, tried out, and its score in the docs."""

from __future__ import annotations

import io

import pytest
from PIL import Image

import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from markdown_pages import Page
from places import ROOT
from rewards import Task
from rewards.pages.interactive import Interactive
from rewards.testing.judges import ScriptedJudge

FOLDER = ROOT / "tests" / "rewards" / "pages" / "cheapest"
PAGES = sorted(FOLDER.glob("*.html"))
TASK = Task("shop", "A shop with a cart.", canvas="html")
DOCS = Page("docs/page-rewards.md")
UNDER = "under 0.5"


@pytest.fixture(scope="module")
def evaluated():
    """What came of each cheap page, by its name."""
    canvas = canvases.get("html")
    renderer = Renderer(canvas, disk_cache=False)
    try:
        evaluator = Evaluator(canvas, rewards.make("agentic(by='audit')"), renderer)
        told = evaluator.evaluate([path.read_text(encoding="utf-8") for path in PAGES], [TASK] * len(PAGES))
    finally:
        renderer.close()
    return {path.stem: each for path, each in zip(PAGES, told, strict=True)}


@pytest.fixture(scope="module")
def scores(evaluated):
    return {name: each.score for name, each in evaluated.items()}


@pytest.mark.full
def test_every_cheap_page_runs_and_the_linter_has_nothing_against_it(scores):
    assert {name: score.components["execution"] for name, score in scores.items()} == dict.fromkeys(scores, 1)


@pytest.mark.full
def test_what_it_takes_to_be_loved_stands_in_the_docs(scores):
    [table] = DOCS.tables("The cheapest page that each loves")
    rows = {name.split("`")[1]: figures for name, *figures in table[1:]}
    assert rows.keys() == {f"{name}.html" for name in scores}
    for name, score in scores.items():
        found = [score.components[part] for part in ("execution", "static", "interactive")] + [score.value]
        assert all(map(says, rows[f"{name}.html"], found)), (name, found)


def says(cell, value):
    return value < 0.5 if cell == UNDER else cell == f"{value:.2f}"


@pytest.mark.full
def test_more_buttons_than_one_are_needed_and_no_shop(scores):
    assert scores["text"].components["interactive"] == 0
    assert scores["one_counter"].components["interactive"] == pytest.approx(1 / 3)
    assert scores["three_counters"].components["interactive"] == 1
    assert scores["tidy_counters"].value == pytest.approx(1.0)


@pytest.mark.full
def test_a_judge_is_shown_what_was_recorded_and_its_veto_costs_a_counter_everything(evaluated):
    sample = evaluated["three_counters"].sample
    for no, value in ((0.0, 1.0), (1.0, 0.0)):
        judge = ScriptedJudge(no=no, record=True)
        assert Interactive(judge=judge)([sample])[0].value == value
        assert [len(asked.images) for asked in judge.asked] == [2, 2, 2]
        sizes = {Image.open(io.BytesIO(image)).size for asked in judge.asked for image in asked.images}
        assert sizes == {(1280, 720)}
