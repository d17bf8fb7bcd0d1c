"""A card measures what a reward makes of the shipped pictures, of nothing, of noise and of damage."""

import json
from types import SimpleNamespace

import pytest

import rewards
from rewards import SpecError
from rewards.card import card, live_calls
from rewards.catalogue import has_extra


@pytest.fixture(scope="module")
def measured():
    steps = []
    told = card("mapped(coverage, fn='log_tamed')", progress=lambda done, total: steps.append((done, total)))
    return SimpleNamespace(card=told, steps=steps)


def test_a_card_measures_the_shipped_pictures_nothing_noise_and_damage(measured):
    told = measured.card
    assert json.loads(json.dumps(told)) == told
    assert len(told["values"]) == sum(told["histogram"]) == 24
    assert told["least"] == min(told["values"].values()) <= told["median"] <= told["most"]
    assert told["spread"] == told["most"] - told["least"] > 0.1
    assert (told["floors"]["blank"], told["floors"]["solid"]) == (0, 0)
    assert 0 < told["floors"]["gaussian noise"] < 0.3
    assert set(told["ladder"]) == {"blur", "noise", "posterise", "occlusion", "palette"}
    for share in told["ladder"].values():
        low, high = share["interval"]
        assert low <= share["kept"] / share["of"] <= high
    assert (told["judge"], told["cost"], told["shortcuts"]) == ("none", 0, {})
    assert told["seconds_a_picture"] > 0
    assert measured.steps[-1] == (288, 288)


def test_a_card_of_a_reward_that_reads_more_than_pictures_is_refused():
    with pytest.raises(SpecError, match="'wordy' needs source; a card shows what a reward makes of pictures"):
        card(f"{__name__}:wordy")


@rewards.reward(needs={"source", "image"})
def wordy(sample):
    return 0.5


def test_a_live_card_tells_how_often_it_asks():
    assert live_calls("coverage") == 0
    if has_extra("text"):
        assert live_calls("pairwise(k=1)") == 2 * (1 + 4 + 24 * 12)
