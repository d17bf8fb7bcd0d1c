"""A reward says whose pictures it can judge, alone and in every mix, and the catalogue, its description and card say so."""

from __future__ import annotations

import json

import pytest

import rewards
from rewards import SpecError, Traits
from rewards.card import card
from rewards.catalogue import catalogue
from rewards.mixing.mix import BaseAndBonus, Gated, Mapped, Weighted
from rewards.pool import Pool
from rewards.preflight import NoSpread, check_spread, shipped_samples
from rewards.types import DEFAULT_CANVAS


def judging(*canvases):
    """Returns a reward that judges pictures of these canvases only; of any without one."""
    claims = {"canvases": frozenset(canvases)} if canvases else {}
    return rewards.reward(needs={"image"}, **claims)(lambda sample: 0.5)


BOUND, FREE = judging("svg", "html"), judging()


@pytest.mark.parametrize(
    "mix",
    [
        BOUND,
        Weighted([(0.3, FREE), (0.7, BOUND)]),
        Gated(BOUND, gate=FREE),
        Gated(FREE, gate=BOUND),
        Mapped(BOUND, "log_tamed"),
        BaseAndBonus(FREE, BOUND),
        BaseAndBonus(BOUND, FREE),
        Weighted([(1.0, Gated(Mapped(BOUND, "log_tamed"), gate=FREE)), (1.0, FREE)]),
    ],
    ids=lambda mix: type(mix).__name__,
)
def test_a_mix_judges_what_its_bound_members_judge(mix):
    assert mix.traits.canvases == {"svg", "html"}


def test_a_mix_of_rewards_that_judge_anything_judges_anything():
    assert Weighted([(1.0, FREE), (1.0, FREE)]).traits.canvases is None


def test_members_leave_the_canvases_that_all_of_them_judge():
    assert Weighted([(1.0, BOUND), (1.0, judging("svg", "p5"))]).traits.canvases == {"svg"}


@pytest.mark.parametrize(
    "make", [BaseAndBonus, lambda a, b: Weighted([(1, a), (1, b)]), lambda a, b: Gated(b, gate=a)]
)
def test_members_without_a_canvas_in_common_make_no_mix(make):
    told = r"No canvas can be judged by all of a mix: '\S+' judges html, svg and '\S+' judges p5\. Give them pools"
    with pytest.raises(SpecError, match=told):
        make(BOUND, judging("p5"))


@pytest.mark.parametrize(("spec", "told"), [(f"{__name__}:BOUND", ["html", "svg"]), ("coverage", None)])
def test_a_description_and_a_card_tell_the_canvases_as_json(spec, told):
    assert json.loads(json.dumps(rewards.describe(spec)))["traits"]["canvases"] == told
    if told is None:
        assert json.loads(json.dumps(card(spec)))["canvases"] is None


def test_the_catalogue_tells_which_rewards_are_bound_to_the_canvas_of_their_pool():
    found = {each.name: each for each in catalogue()}
    assert Pool.load().canvases == {DEFAULT_CANVAS}
    assert found["coverage"].canvases is None
    if not found["pairwise"].problem:
        assert found["pairwise"].canvases == (DEFAULT_CANVAS,)


def test_silence_claims_any_canvas():
    assert Traits().canvases is None


def test_a_preflight_shows_a_reward_no_pictures_of_a_canvas_that_it_does_not_judge():
    check_spread(BOUND)
    for flat in (FREE, judging(DEFAULT_CANVAS, "svg")):
        with pytest.raises(NoSpread):
            check_spread(flat)
    with pytest.raises(NoSpread):
        check_spread(BOUND, shipped_samples(8))
