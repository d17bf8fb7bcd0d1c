"""`codepaint/HTML-v0` pays for what works, offline, and tells the next turn what failed."""

from __future__ import annotations

import gymnasium as gym
import pytest

from places import ROOT

CHEAPEST = ROOT / "tests" / "rewards" / "pages" / "cheapest"
WORKS = (CHEAPEST / "one_counter.html").read_text(encoding="utf-8")
DEAD = WORKS.replace("this.nextElementSibling.textContent++", "void 0")
UNCLEAN = WORKS.replace("</button>", "")


@pytest.fixture(scope="module")
def turns():
    """What came of three turns of one episode: a page with a lint error, a dead page and one that works."""
    env = gym.make(
        "codepaint/HTML-v0",
        tasks=[{"prompt": "A shop.", "steps": 1}],
        max_turns=3,
        reward_mode="delta",
        renderer={"workers": 1},
    )
    env.reset(seed=0)
    told = [env.step(f"```html\n{page}\n```") for page in (UNCLEAN, DEAD, WORKS)]
    env.close()
    return told


def test_the_default_reward_pays_what_works_and_no_judge_is_needed(turns):
    assert [turn[1] for turn in turns] == [0.0, pytest.approx(0.05), pytest.approx(0.95)]
    assert [turn[4]["reward/components"]["execution"] for turn in turns] == [0.0, 1.0, 1.0]
    assert all(turn[4]["reward/valid"] for turn in turns)


def test_a_page_with_a_lint_error_is_not_tried_out(turns):
    traces = [turn[4]["render/interactions"] for turn in turns]
    assert traces[0] == ()
    assert [step["credited"] for step in traces[1]] == [False]
    assert traces[2][0]["credited"]
    assert (traces[2][0]["role"], traces[2][0]["name"]) == ("button", "Add to cart")


def test_the_next_turn_is_told_the_rule_the_line_and_the_button_that_did_nothing(turns):
    unclean, dead, works = (turn[0]["feedback"] for turn in turns)
    assert "The markup has an error: " in unclean
    assert "tag-pair, line 4" in unclean
    assert "Click on the button 'Add to cart'" in dead
    assert "did nothing" in dead
    assert works == "ok"
