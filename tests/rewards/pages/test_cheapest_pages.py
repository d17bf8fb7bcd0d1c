"""The cheapest page that each reward of pages loves: drawn, tried out, and its score in the docs."""

from __future__ import annotations

import pytest

import rewards
from codepaint_env import canvases
from codepaint_env.evaluate import Evaluator
from codepaint_env.render.renderer import Renderer
from markdown_pages import Page
from places import ROOT
from rewards import Task

FOLDER = ROOT / "tests" / "rewards" / "pages" / "cheapest"
PAGES = sorted(FOLDER.glob("*.html"))
TASK = Task("shop", "A shop with a cart.", canvas="html")
DOCS = Page("docs/page-rewards.md")


@pytest.fixture(scope="module")
def scores():
    """What each cheap page scores, by its name."""
    canvas = canvases.get("html")
    renderer = Renderer(canvas, disk_cache=False)
    try:
        evaluator = Evaluator(canvas, rewards.make("agentic(by='audit')"), renderer)
        told = evaluator.evaluate([path.read_text(encoding="utf-8") for path in PAGES], [TASK] * len(PAGES))
    finally:
        renderer.close()
    return {path.stem: each.score for path, each in zip(PAGES, told, strict=True)}


@pytest.mark.full
def test_every_cheap_page_runs_and_the_linter_has_nothing_against_it(scores):
    assert {name: score.components["execution"] for name, score in scores.items()} == dict.fromkeys(scores, 1)


@pytest.mark.full
def test_what_it_takes_to_be_loved_stands_in_the_docs(scores):
    [table] = DOCS.tables("The cheapest page that each loves")
    rows = {name.split("`")[1]: figures for name, *figures in table[1:]}
    assert rows == {
        f"{name}.html": [f"{score.components[part]:.2f}" for part in ("execution", "static", "interactive")]
        + [f"{score.value:.2f}"]
        for name, score in scores.items()
    }


@pytest.mark.full
def test_more_buttons_than_one_are_needed_and_no_shop(scores):
    assert scores["text"].components["interactive"] == 0
    assert scores["one_counter"].components["interactive"] == pytest.approx(1 / 3)
    assert scores["three_counters"].components["interactive"] == 1
    assert scores["tidy_counters"].value == pytest.approx(1.0)
