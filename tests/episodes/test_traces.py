"""The trace of a page is in the info, step by step, and its pictures are not."""

from __future__ import annotations

import numpy as np
import pytest

from codepaint_env.episodes.episode import Episode
from codepaint_env.episodes.setting import make_setting
from codepaint_env.episodes.turns import Turn
from codepaint_env.evaluate import Evaluated
from rewards.types import Interaction, Rendering, Sample, Score

CLICK = Interaction(
    1, "click", "button", "Add", "#add", (1, 2, 3, 4), "The cart counts.", "0 is 1", True, "a"
)
TYPED = Interaction(2, "type", "textbox", "Search", "input", None, "The list is shorter.", "", None, "")


@pytest.fixture
def episode():
    setting = make_setting(
        canvas="p5brush",
        reward="renders",
        tasks=["a page"],
        max_turns=2,
        reward_mode="final",
        renderer=None,
        on_machine_error="mask",
    )
    return Episode(setting)


def info_of(episode, trace):
    episode.begin(np.random.default_rng(0), None)
    rendering = Rendering("ok", interactions=trace, pictures={"step-1-before": b"png"})
    sample = Sample(episode.task, "", "", rendering, "group")
    return episode.end_turn(Turn(Evaluated(sample, Score(1.0)), False, ""))[2]


def test_each_step_is_a_mapping_with_every_field_and_no_picture(episode):
    told = info_of(episode, (CLICK, TYPED))["render/interactions"]
    assert type(told) is tuple
    assert told[0] == {
        "step": 1,
        "action": "click",
        "role": "button",
        "name": "Add",
        "selector": "#add",
        "box": (1, 2, 3, 4),
        "expectation": "The cart counts.",
        "effect": "0 is 1",
        "credited": True,
        "evidence": "a",
    }
    assert (told[1]["box"], told[1]["credited"]) == (None, None)


@pytest.mark.parametrize("trace", [None, ()])
def test_nothing_tried_is_an_empty_tuple(episode, trace):
    assert info_of(episode, trace)["render/interactions"] == ()


def test_whoever_changes_an_info_does_not_change_the_next(episode):
    info = info_of(episode, (CLICK,))
    info["render/interactions"][0]["name"] = "other"
    assert episode.info()["render/interactions"][0]["name"] == "Add"
