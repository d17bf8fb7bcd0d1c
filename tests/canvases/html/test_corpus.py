"""The explorer tells pages that work from pages that do not, and earns nothing on traps."""

from __future__ import annotations

import random

import pytest

from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.render.renderer import Renderer
from page_corpus import read_pairs, read_traps
from page_outcome import outcomes

# Every sixth of the corpus; `make test-long` takes all of it.
PAIRS = {working.name: (working, dead) for working, dead in read_pairs()[::6]}
TRAPS = {trap.name: trap for trap in read_traps()[::6]}


@pytest.fixture(scope="module")
def renderer():
    made = Renderer(HTML(), workers=2, cache=0)
    yield made
    made.close()


@pytest.fixture(scope="module")
def runs(renderer):
    """A run over all of these pages and one over every third, each in an order of its own: outcomes by page."""
    pages = [page for pair in PAIRS.values() for page in pair] + list(TRAPS.values())
    met = {}
    for run, share in enumerate((1, 3)):
        for each in outcomes(renderer, random.Random(run).sample(pages, len(pages))[::share]):
            met.setdefault(str(each.page), []).append(each)
    return met


@pytest.mark.full
@pytest.mark.parametrize("name", PAIRS)
def test_a_working_page_scores_above_the_dead_one_in_every_run(runs, name):
    working, dead = ([each.score for each in runs[f"{name}-{kind}"]] for kind in ("working", "dead"))
    assert min(working) > max(dead)


@pytest.mark.full
@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_earns_a_point(runs, name):
    assert {each.score for each in runs[f"{name}-trap"]} == {0.0}


@pytest.mark.full
def test_no_dead_control_is_credited(runs):
    assert [line for some in runs.values() for each in some for line in each.wrong] == []


@pytest.mark.full
def test_nine_of_ten_live_controls_that_were_judged_are_credited(runs):
    met = [each for some in runs.values() for each in some]
    judged = [step for each in met for step in each.live if step.credited is not None]
    assert sum(step.credited for step in judged) >= 0.9 * len(judged), [
        line for each in met for line in each.missed
    ]


@pytest.mark.full
def test_a_page_has_the_same_trace_pictures_and_score_in_every_run(runs):
    again = {name: some for name, some in runs.items() if len(some) > 1}
    assert len(again) == len(range(0, 2 * len(PAIRS) + len(TRAPS), 3))
    assert [name for name, (one, other) in again.items() if one.trace != other.trace] == []
