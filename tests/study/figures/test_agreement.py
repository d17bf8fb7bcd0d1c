import math

import numpy as np
import pytest

from codepaint_env.study.figures.study_figures import figures_of
from made_up_tables import column, items_of, table_of, truth_of
from rewards.errors import SpecError


def agreement(values, truth, **told):
    return (
        figures_of(table_of([column("a", values)], [truth], told.pop("kin", None)), **told)
        .rewards["a"]
        .truths["ratings"]
    )


def test_accuracy_counts_wins_and_half_of_the_ties():
    # Pairs (1, 0), (2, 0), (2, 1): won, tied, lost.
    told = agreement([0.2, 0.5, 0.2], truth_of([1, 2, 3]))
    assert told.accuracy.value == pytest.approx((1 + 0.5) / 3)
    assert told.ties.value == pytest.approx(1 / 3)
    assert (told.pairs, told.left_out) == (3, 0)


def test_tau_b_of_a_case_worked_by_hand():
    # 5 pairs of ratings 1 1 2 3 (those of 1 and 1 are no pair): concordant 3, discordant 1, tied 1.
    told = agreement([0.0, 0.4, 0.4, 0.3], truth_of([1, 1, 2, 3]))
    assert told.tau.value == pytest.approx((2 - 2) / math.sqrt(4 * 5)) == 0
    told = agreement([0.0, 0.1, 0.1, 0.05], truth_of([1, 1, 2, 3]))
    # (2, 0) won, (2, 1) tied, (3, 0) won, (3, 1) lost, (3, 2) lost.
    assert told.tau.value == 0
    told = agreement([0.0, 0.1, 0.1, 0.3], truth_of([1, 1, 2, 3]))
    assert told.tau.value == pytest.approx(4 / math.sqrt(4 * 5))


def test_a_picture_without_a_value_takes_its_pairs_out_and_they_are_counted():
    told = agreement([0.2, None, 0.3], truth_of([1, 2, 3]))
    assert (told.pairs, told.left_out, told.accuracy.value) == (1, 2, 1.0)


def naive(values, truth, kin, draws, seed):
    """The same intervals one draw and one pair at a time, with the pictures that were drawn written out."""
    rng = np.random.default_rng(seed)
    used = np.unique(truth.pairs)
    strata = truth.strata[used]
    counts = np.zeros((draws, len(values)), int)
    for stratum in np.unique(strata):
        members = used[strata == stratum]
        counts[:, members] = rng.multinomial(
            len(members), np.full(len(members), 1 / len(members)), size=draws
        )
    names = sorted({kin[place] for place in used})
    drawn_kin = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    by_kin = [[row[names.index(each)] for each in kin] for row in drawn_kin]
    rows = []
    for weights in (counts, by_kin):
        found = []
        for each in weights:
            drawn = [place for place in used for _ in range(each[place])]
            wins = ties = pairs = 0
            truths = {tuple(pair) for pair in truth.pairs.tolist()}
            for one in drawn:
                for other in drawn:
                    if (one, other) in truths and None not in (values[one], values[other]):
                        pairs += 1
                        wins += values[one] > values[other]
                        ties += values[one] == values[other]
            if pairs:
                untied = pairs - ties
                found.append(
                    [
                        (wins + ties / 2) / pairs,
                        ties / pairs,
                        (2 * wins + ties - pairs) / math.sqrt(untied * pairs),
                    ]
                )
        rows.append(np.percentile(found, [2.5, 97.5], axis=0))
    return rows


def test_intervals_are_those_of_draws_that_are_written_out():
    rng = np.random.default_rng(3)
    ratings, kin = rng.integers(1, 4, 14), [f"s{place % 4}" for place in range(14)]
    values = [round(float(each), 1) for each in ratings + rng.normal(0, 1, 14)]
    values[5] = None
    truth = truth_of(ratings)
    told = agreement(values, truth, kin=kin, draws=60, seed=7)
    pictures, whole = naive(values, truth, kin, 60, 7)
    for place, estimate in enumerate((told.accuracy, told.ties, told.tau)):
        assert [estimate.low, estimate.high] == pytest.approx(pictures[:, place])
        assert [estimate.kin_low, estimate.kin_high] == pytest.approx(whole[:, place])


def test_sums_by_a_matrix_and_pair_by_pair_are_the_same(monkeypatch):
    rng = np.random.default_rng(4)
    truth = truth_of(rng.integers(1, 4, 40))
    values = rng.integers(0, 6, 40).astype(float).tolist()
    told = []
    for weighing in (0, 10**6):
        monkeypatch.setattr("codepaint_env.study.figures.pair_sums.WEIGHING", weighing)
        told.append(agreement(values, truth, draws=50))
    assert told[0] == told[1]


def test_pairs_within_one_kin_count_once_a_copy_where_no_pair_crosses():
    ratings, kin = np.array([1, 2, 1, 2, 1, 2]), ["a", "a", "b", "b", "c", "c"]
    truth = truth_of(ratings)
    inside = truth.pairs[truth.pairs[:, 0] - truth.pairs[:, 1] == 1]
    truth = type(truth)("ratings", inside, truth.strata, "Made up.")
    told = agreement([0, 1, 0, 1, 1, 0], truth, kin=kin, draws=400)
    drawn = np.random.default_rng(0)
    for _ in range(2):  # those of the pictures come first
        drawn.multinomial(3, np.full(3, 1 / 3), size=400)
    counts = drawn.multinomial(3, np.full(3, 1 / 3), size=400)
    expected = np.percentile((counts[:, 0] + counts[:, 1]) / 3, [2.5, 97.5])
    assert [told.accuracy.kin_low, told.accuracy.kin_high] == pytest.approx(expected)


def test_an_interval_over_pictures_is_far_wider_than_one_over_pairs():
    rng = np.random.default_rng(0)
    ratings = np.repeat([1, 2], 20)
    told = agreement((ratings + rng.normal(0, 1.5, 40)).tolist(), truth_of(ratings))
    share = told.accuracy.value
    over_pairs = 1.96 * math.sqrt(share * (1 - share) / told.pairs)
    assert (told.accuracy.high - told.accuracy.low) / 2 > 2 * over_pairs


def test_an_interval_holds_what_is_true_in_about_95_of_100_studies():
    # P(better wins) of two normal tiers that lie one standard deviation apart is Phi(1 / sqrt 2) = 0.760.
    rng = np.random.default_rng(5)
    ratings = np.repeat([1, 2], 30)
    held = 0
    for seed in range(100):
        told = agreement((ratings + rng.normal(0, 1, 60)).tolist(), truth_of(ratings), draws=200, seed=seed)
        held += told.accuracy.low <= 0.7602 <= told.accuracy.high
    assert held >= 88


@pytest.mark.parametrize("values", [[None] * 4, [None, None, None, 1.0]])
def test_a_reward_without_values_has_no_figures_and_no_crash(values):
    told = figures_of(table_of([column("a", values)], [truth_of([1, 2, 3, 4])])).rewards["a"]
    assert told.truths["ratings"].accuracy.value is None
    assert (told.truths["ratings"].pairs, told.truths["ratings"].left_out) == (0, 6)
    assert told.missing == sum(value is None for value in values)


def test_a_constant_reward_ties_every_pair_and_has_no_tau():
    told = agreement([0.5] * 4, truth_of([1, 2, 3, 4]), draws=50)
    assert (told.accuracy.value, told.ties.value, told.tau.value) == (0.5, 1.0, None)


def test_a_truth_without_pairs_says_nothing():
    told = agreement([0.1, 0.2], truth_of([3, 3]))
    assert (told.pairs, told.accuracy.value, told.tau.value) == (0, None, None)


def test_one_picture_of_each_tier_and_one_kin_give_no_interval():
    told = agreement([0.1, 0.2], truth_of([1, 2]))
    assert (told.accuracy.value, told.accuracy.low, told.accuracy.kin_low) == (1.0, None, None)


def test_a_study_without_rewards_or_pictures_has_empty_figures():
    nothing = type(table_of([column("a", [])]))((), {}, ())
    assert figures_of(nothing).rewards == {}
    assert (
        figures_of(table_of([column("a", []), column("b", [])], [truth_of([])])).pairs[0].spearman.value
        is None
    )
    assert figures_of(table_of([column("a", [0.5])], [truth_of([1])])).rewards["a"].best == ("p000",)


def test_a_truth_that_names_a_picture_that_is_not_there_is_refused():
    with pytest.raises(SpecError, match="names places 0 to 2 of 2 pictures"):
        figures_of(
            table_of(
                [column("a", [1, 2])], [type(truth_of([1, 2]))("t", np.array([[2, 0]]), np.zeros(2, int), "")]
            )
        )
    with pytest.raises(SpecError, match="draws=0"):
        figures_of(table_of([column("a", [1])]), draws=0)


def test_a_column_of_another_length_is_refused_by_its_label():
    table = table_of([column("a", [1, 2])])
    with pytest.raises(SpecError, match=r"3 pictures, and 'a' has values of shape \(2,\)"):
        figures_of(type(table)(items_of(["a"] * 3), table.columns, ()))
