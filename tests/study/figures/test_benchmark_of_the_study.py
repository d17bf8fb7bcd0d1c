"""The study finds what was put into it; `benchmarks/ablation.py` does the same at length."""

import sys

import pytest

from places import BENCHMARKS

sys.path.insert(0, str(BENCHMARKS))

from ablation_parts.planted import COIN, PROBES, SATURATION, TRUTH, planted_study
from ablation_parts.simulated import ALIKE, BETTER, EQUAL, OURS, SMALL, comparison

SHORT = [ALIKE, pytest.param(OURS, marks=pytest.mark.full)]


@pytest.fixture(scope="module")
def planted():
    return planted_study(draws=300)


def better_of(figures, one, other):
    [pair] = [pair for pair in figures.pairs if {pair.one, pair.other} == {one, other}]
    return pair.truths["ink"].better


def test_a_planted_reward_that_likes_saturation_comes_out_as_hackable(planted):
    fooled = planted.rewards[SATURATION].hackability
    assert (fooled.probes, fooled.beaten.value) == (PROBES, 1.0)
    assert fooled.beaten.low > 0.8
    assert planted.rewards[TRUTH].hackability.beaten.high < 0.2


def test_a_planted_reward_that_is_the_truth_with_noise_comes_out_best(planted):
    assert (better_of(planted, TRUTH, SATURATION), better_of(planted, TRUTH, COIN)) == (TRUTH, TRUTH)
    accuracy = {label: reward.truths["ink"].accuracy.value for label, reward in planted.rewards.items()}
    assert max(accuracy, key=accuracy.get) == TRUTH


def test_a_reward_that_probes_fool_beats_nothing_though_it_is_more_accurate_than_a_coin(planted):
    assert planted.rewards[SATURATION].truths["ink"].accuracy.low > 0.6
    assert better_of(planted, SATURATION, COIN) is None


@pytest.mark.parametrize("design", SHORT)
def test_two_equal_rewards_are_hardly_ever_told_apart(design):
    told = [comparison(design, EQUAL, seed=seed, draws=100).better for seed in range(10)]
    assert told.count(None) >= 9


@pytest.mark.parametrize("design", SHORT)
def test_a_reward_that_is_better_by_fifteen_hundredths_is_found(design):
    told = [comparison(design, BETTER, seed=seed, draws=100).better for seed in range(10)]
    assert told.count("A") >= 8
    assert "B" not in told


def test_forty_pictures_against_forty_leave_equal_rewards_alone():
    told = [comparison(SMALL, EQUAL, seed=seed, draws=100).better for seed in range(50)]
    assert told.count(None) >= 45


@pytest.mark.full
@pytest.mark.parametrize("design", [OURS, ALIKE])
def test_of_a_hundred_studies_ninety_leave_equal_rewards_alone_and_eighty_find_the_better(design):
    equal = [comparison(design, EQUAL, seed=seed, draws=400).better for seed in range(100)]
    assert equal.count(None) >= 90
    better = [comparison(design, BETTER, seed=seed, draws=400).better for seed in range(100)]
    assert better.count("A") >= 80
