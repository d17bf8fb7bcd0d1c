import numpy as np
import pytest

from codepaint_env.study.figures.hackability import climb_of, hackability_of
from codepaint_env.study.figures.noise_split import noise_of
from codepaint_env.study.figures.probe_scores import ClimbScores, ProbeTable
from codepaint_env.study.figures.study_figures import figures_of
from made_up_tables import column, table_of
from rewards.errors import SpecError


def figures(values, group_size=4, **told):
    return figures_of(table_of([column("a", values, **told)], group_size=group_size)).rewards["a"]


def test_a_distribution_has_twenty_bins_over_the_claimed_range():
    told = figures([0.0, 0.01, 0.5, 1.0, None], value_range=(0, 1)).distribution
    assert (len(told.edges), told.counts[0], told.counts[10], told.counts[19]) == (21, 2, 1, 1)
    assert (told.quantiles["0"], told.quantiles["0.5"], told.quantiles["1"]) == (0.0, 0.255, 1.0)
    assert told.distinct == 4


def test_a_distribution_without_a_claimed_range_goes_from_the_lowest_to_the_highest_value():
    told = figures([2.0, 3.0, 6.0]).distribution
    assert (told.edges[0], told.edges[-1], sum(told.counts)) == (2.0, 6.0, 3)
    assert sum(figures([5.0, 5.0]).distribution.counts) == 2


def test_a_value_that_is_a_rounding_out_of_its_range_is_not_lost():
    assert sum(figures([-1e-12, 1 + 1e-12], value_range=(0, 1)).distribution.counts) == 2


def test_the_best_and_the_worst_pictures_are_ordered_and_ties_go_by_id():
    told = figures([0.5, 0.9, None, 0.5, 0.1, 0.9, 0.5, 0.5, 0.5])
    assert told.best == ("p001", "p005", "p000", "p003", "p006", "p007")
    assert told.worst == ("p004", "p000", "p003", "p006", "p007", "p008")


def test_groups_without_spread_are_counted_as_the_normalisers_do():
    # Two groups of four: one flat, one with a standard deviation of 0.1; the ninth picture is alone.
    told = figures([0.5] * 4 + [0.4, 0.6, 0.4, 0.6] + [0.9], value_range=(0, 2)).spread
    assert (told.groups, told.none) == (2, 0.5)
    sd = np.std([0.4, 0.6, 0.4, 0.6], ddof=1)
    assert told.mean_sd == pytest.approx(sd / 2)
    assert told.of_range == pytest.approx(sd / 4)


def test_a_group_with_one_value_left_has_no_spread():
    assert figures([0.5, None, None, None]).spread.none == 1.0
    assert figures([None] * 4).spread.none == 1.0


def test_pictures_without_a_group_have_no_spread_to_tell_of():
    told = figures([0.1, 0.2, 0.3], group_size=1).spread
    assert (told.groups, told.mean_sd, told.none) == (0, None, None)


def test_variance_is_split_as_in_a_case_worked_by_hand():
    # Pictures 0, 1, 2 and a draw that adds 1 to all of them: no rest.
    told = noise_of(column("a", [0, 1, 2], draws=[[1, 2, 3]]))
    assert (told.draws, told.pictures, told.group_floor) == (2, 3, pytest.approx(0, abs=1e-12))
    assert (told.sample, told.draw, told.rest) == pytest.approx((1 / 1.5, 0.5 / 1.5, 0))
    assert told.floor == pytest.approx(np.sqrt(0.5))


def test_what_is_left_of_the_variance_is_as_worked_by_hand():
    # Pictures 0, 4 and draws that differ by +1 and -1: means 0.5 and 3.5, no draw is higher, four residuals of 0.5.
    told = noise_of(column("a", [0, 4], draws=[[1, 3]]))
    rest = 4 * 0.25 / (1 * 1)
    of_picture = (2 * 4.5 - rest) / 2
    assert told.group_floor == pytest.approx(np.sqrt(rest))
    assert (told.sample, told.draw) == pytest.approx((of_picture / (of_picture + rest), 0))


def test_variance_shares_are_recovered_from_known_parts():
    rng = np.random.default_rng(0)
    values = 2 * rng.normal(size=400) + rng.normal(size=(40, 1)) + 0.5 * rng.normal(size=(40, 400))
    told = noise_of(column("a", values[0], draws=values[1:]))
    assert told.sample == pytest.approx(4 / 5.25, abs=0.05)
    assert told.rest == pytest.approx(0.25 / 5.25, abs=0.01)
    assert told.group_floor == pytest.approx(0.5, abs=0.02)
    assert told.sample + told.draw + told.rest == pytest.approx(1)


def test_a_draw_that_repeats_the_values_counts_once():
    assert noise_of(column("a", [0, 1, 2], draws=[[0, 1, 2], [1, 2, 3]])).draws == 2


def test_a_reward_that_always_says_the_same_has_no_noise():
    told = noise_of(column("a", [0.1, 0.5, 0.9], draws=[[0.1, 0.5, 0.9]] * 3))
    assert (told.sample, told.floor) == pytest.approx((1, 0))
    told = noise_of(column("a", [0.1] * 3, draws=[[0.1] * 3] * 3))
    assert (told.sample, told.floor) == (None, pytest.approx(0))


def test_without_other_draws_nothing_is_said_of_noise():
    assert noise_of(column("a", [0.1, 0.5])) is None
    assert noise_of(column("a", [0.1, None, 0.5], draws=[[None, 0.2, 0.5]])) is None


def test_a_group_whose_spread_is_noise_is_counted():
    rng = np.random.default_rng(0)
    quiet, loud = np.full(4, 0.5), np.array([0.0, 0.3, 0.6, 0.9])
    values = np.r_[quiet, loud] + rng.normal(0, 0.05, (6, 8))
    told = figures_of(table_of([column("a", values[0], draws=values[1:])])).rewards["a"]
    assert (told.spread.none, told.spread.in_noise) == (0.0, 0.5)


def probes(lures, twins):
    told = {"a": np.array(lures, float)}, {"a": np.array(twins, float)}
    return ProbeTable(tuple(f"probe {k}" for k in range(len(lures))), *told)


def test_a_probe_beats_its_twin_with_a_higher_score_and_half_with_the_same():
    told = hackability_of(probes([0.9, 0.5, 0.1, 0.1, np.nan], [0.5, 0.5, 0.5, 0.5, 0.5]), "a")
    assert (told.probes, told.left_out, told.ties) == (4, 1, pytest.approx(1 / 4))
    assert told.beaten.value == pytest.approx(1.5 / 4)
    assert told.fooled_by == ("probe 0",)
    assert told.beaten.low < 1.5 / 4 < told.beaten.high


def test_a_reward_that_no_probe_was_scored_by_has_no_share():
    assert hackability_of(probes([np.nan], [0.5]), "a").beaten.value is None
    assert hackability_of(probes([0.1], [0.5]), "b") is None


def test_as_many_values_as_probes_are_asked_for():
    with pytest.raises(SpecError, match="There are 1 probes, and 'a' has values of shape"):
        hackability_of(ProbeTable(("one",), {"a": np.zeros(2)}, {"a": np.zeros(2)}), "a")


def test_a_climb_tells_what_the_gold_lost_since_its_best():
    own = np.array([[0.1, 0.5, 0.9], [0.1, 0.7, 0.7]])
    gold = np.array([[0.5, 0.8, 0.4], [0.5, 0.6, 0.6]])
    told = climb_of(ClimbScores((0, 16, 64), own, gold), width=2)
    assert told.climbed.value == pytest.approx((0.4 + 0.3) / 2)
    assert told.gold_change.value == pytest.approx(0.0)
    assert told.gold_lost.value == pytest.approx(-0.2)
    assert told.gold == pytest.approx((0.5, 0.7, 0.5))


def test_the_interval_of_five_starts_is_students():
    gold = np.array([[0.0, each] for each in (0.1, 0.2, 0.3, 0.4, 0.5)])
    told = climb_of(ClimbScores((0, 16), gold, gold), width=1).gold_change
    half = 2.776 * np.std(gold[:, 1], ddof=1) / np.sqrt(5)
    assert (told.low, told.high) == pytest.approx((0.3 - half, 0.3 + half))


def test_a_climb_of_the_wrong_shape_is_refused():
    with pytest.raises(SpecError, match="give one row a start"):
        climb_of(ClimbScores((0, 16), np.zeros((5, 3)), np.zeros((5, 3))), 1)


def test_costs_are_passed_on():
    one = column("a", [0.1, 0.2])
    one.cost["seconds_cold"] = 1.5
    assert figures_of(table_of([one])).rewards["a"].cost == {"seconds_cold": 1.5}
