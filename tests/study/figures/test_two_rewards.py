import numpy as np
import pytest

from codepaint_env.study.figures.figures import Estimate
from codepaint_env.study.figures.probe_scores import ProbeTable
from codepaint_env.study.figures.rank_correlation import weighted_ranks
from codepaint_env.study.figures.study_figures import figures_of
from codepaint_env.study.figures.told_apart import compared
from made_up_tables import column, table_of, truth_of
from rewards.measuring.ranks import spearman

GAIN = Estimate(0.1, 0.04, 0.16, 0.02, 0.18)
LOSS = Estimate(-0.1, -0.16, -0.04, -0.18, -0.02)


def pair_of(a, b, ratings=None, **told):
    truths = [] if ratings is None else [truth_of(ratings)]
    kin = told.pop("kin", None)
    return figures_of(table_of([column("a", a), column("b", b)], truths, kin), **told).pairs[0]


def test_rank_correlation_is_spearmans_over_pictures_with_both_values():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 9, (2, 30)).astype(float)
    told = pair_of([*a, None], [*b, 3.0])
    assert told.pictures == 30
    assert told.spearman.value == pytest.approx(spearman(a, b))


def test_intervals_of_rank_correlations_are_those_of_draws_that_are_written_out():
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 5, (2, 12)).astype(float)
    kin = [f"s{place % 3}" for place in range(12)]
    told = pair_of(a, b, kin=kin, draws=50, seed=4).spearman
    drawn = np.random.default_rng(4)
    counts = drawn.multinomial(12, np.full(12, 1 / 12), size=50)
    whole = drawn.multinomial(3, np.full(3, 1 / 3), size=50)[:, [place % 3 for place in range(12)]]
    for ends, weights in (((told.low, told.high), counts), ((told.kin_low, told.kin_high), whole)):
        found = [spearman(np.repeat(a, row), np.repeat(b, row)) for row in weights]
        assert ends == pytest.approx(np.percentile(found, [2.5, 97.5]))


def test_equal_values_share_their_mean_rank_in_every_draw():
    ranks = weighted_ranks(np.array([3.0, 1.0, 3.0]), np.array([[1.0, 1.0, 1.0], [2.0, 0.0, 1.0]]))
    assert ranks.tolist() == [[0.5, -1.0, 0.5], [0.0, -1.5, 0.0]]


def test_a_constant_reward_has_no_rank_correlation():
    assert pair_of([1, 1, 1], [1, 2, 3]).spearman == Estimate(None)


def test_the_paired_difference_uses_the_same_draws_for_both():
    # The second is the first with one value moved: on its own each interval is wide, their difference is not.
    rng = np.random.default_rng(2)
    ratings = np.repeat([1, 2, 3], 20)
    a = ratings + rng.normal(0, 1, 60)
    b = a.copy()
    b[0] += 0.4
    figures = figures_of(table_of([column("a", a), column("b", b)], [truth_of(ratings)]))
    alone = figures.rewards["a"].truths["ratings"].accuracy
    difference = figures.pairs[0].truths["ratings"].difference
    assert difference.high - difference.low < (alone.high - alone.low) / 10
    both = [figures.rewards[label].truths["ratings"].accuracy.value for label in "ab"]
    assert difference.value == pytest.approx(both[0] - both[1])


def test_two_rewards_are_compared_on_pairs_of_which_both_have_values():
    # Alone a is right on 3 of 3 and b on 1 of 1; on the one common pair they are equal.
    told = pair_of([1, 2, 3], [1, 2, None], [1, 2, 3]).truths["ratings"]
    assert (told.pairs, told.difference.value, told.better) == (1, 0.0, None)
    told = pair_of([1, 2, None], [1, 2, 3], [1, 2, 3]).truths["ratings"]
    assert (told.pairs, told.difference.value) == (1, 0.0)


def test_rewards_that_are_equal_in_every_pair_are_not_told_apart():
    told = pair_of([1, 2, 3, 4], [2, 4, 6, 8], [1, 1, 2, 2]).truths["ratings"]
    assert told.better is None
    assert "includes 0" in told.why


def test_a_reward_that_is_clearly_more_accurate_beats_the_other_from_either_side():
    rng = np.random.default_rng(0)
    ratings = np.repeat([1, 2, 3], 40)
    good, poor = (ratings + rng.normal(0, noise, 120) for noise in (0.3, 4))
    assert pair_of(good, poor, ratings).truths["ratings"].better == "a"
    assert pair_of(poor, good, ratings).truths["ratings"].better == "b"


def test_a_reward_that_more_probes_fool_does_not_win():
    told = compared(("a", "b"), 9, GAIN, beaten=Estimate(0.3, 0.1, 0.5))
    assert (told.better, "more probes fool it" in told.why) == (None, True)
    assert compared(("a", "b"), 9, GAIN, beaten=Estimate(0.3, 0.0, 0.5)).better == "a"
    assert compared(("a", "b"), 9, LOSS, beaten=Estimate(0.3, 0.1, 0.5)).better == "b"
    assert compared(("a", "b"), 9, LOSS, beaten=Estimate(-0.3, -0.5, -0.1)).better is None


def test_a_reward_that_breaks_a_law_does_not_win_and_an_unchecked_one_says_so():
    assert compared(("a", "b"), 9, GAIN, laws=(False, True)).better is None
    assert compared(("a", "b"), 9, GAIN, laws=(True, False)).better == "a"
    assert "its laws were not checked" in compared(("a", "b"), 9, GAIN).why
    assert "its laws" not in compared(("a", "b"), 9, GAIN, laws=(True, None)).why
    assert compared(("a", "b"), 9, LOSS, laws=(True, False)).better is None


def test_a_gain_that_draws_of_whole_kin_do_not_show_is_not_told_apart():
    told = compared(("a", "b"), 9, Estimate(0.1, 0.04, 0.16, -0.01, 0.2))
    assert (told.better, "by draws of whole kin the interval, -0.010 to +0.200, includes 0" in told.why) == (
        None,
        True,
    )
    assert compared(("a", "b"), 9, Estimate(-0.1, -0.16, -0.04, -0.2, 0.01)).better is None
    assert compared(("a", "b"), 9, Estimate(0.1, 0.04, 0.16)).better == "a", (
        "without kin there is nothing to hold"
    )


def test_the_interval_of_a_loss_is_told_from_the_winners_side():
    assert compared(("a", "b"), 9, LOSS).why.startswith(
        "b is right on 0.100 (0.040 to 0.160) more of the pairs"
    )


def test_probes_decide_in_a_whole_study():
    rng = np.random.default_rng(0)
    ratings = np.repeat([1, 2, 3], 40)
    good, poor = (ratings + rng.normal(0, noise, 120) for noise in (0.3, 4))
    lures = {"a": np.ones(20), "b": np.zeros(20)}
    probes = ProbeTable(
        tuple(f"probe {k}" for k in range(20)), lures, {label: np.full(20, 0.5) for label in "ab"}
    )
    told = pair_of(good, poor, ratings, probes=probes)
    assert told.beaten.value == 1.0
    assert told.truths["ratings"].better is None


def test_laws_decide_in_a_whole_study():
    rng = np.random.default_rng(0)
    ratings = np.repeat([1, 2, 3], 40)
    good, poor = (ratings + rng.normal(0, noise, 120) for noise in (0.3, 4))
    assert pair_of(good, poor, ratings, laws={"a": False, "b": True}).truths["ratings"].better is None
    assert pair_of(good, poor, ratings, laws={"a": True, "b": False}).truths["ratings"].better == "a"


def test_the_pictures_that_two_rewards_rank_most_differently_come_first():
    told = pair_of([0, 1, 2, 3, 4], [4, 1, 2, 3, 0]).disagreements
    assert [(each.id, each.one, each.other) for each in told] == [("p000", 0.0, 1.0), ("p004", 1.0, 0.0)]
