"""Group normalisers: the figures of their sources, and every degenerate group."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards import SpecError, groups
from rewards.groups import diagnostics, dr_grpo, gdpo, grpo, leave_one_out, pareto

OF_VALUES = (grpo, dr_grpo, leave_one_out)
OF_ROWS = (gdpo, pareto)

# A group of four judged in pairs: p12 = .688, p13 = .5, p14 = .95, p23 = .35, p24 = .8, p34 = .9.
RATES = [(0.688 + 0.5 + 0.95) / 3, (0.312 + 0.35 + 0.8) / 3, (0.5 + 0.65 + 0.9) / 3, (0.05 + 0.2 + 0.1) / 3]


def rows(values):
    return [None if value is None else [value] for value in values]


def normalised(function, values, keys=None, **options):
    return function(rows(values) if function in OF_ROWS else values, groups=keys, **options)


def advantages(function, values, keys=None, **options):
    return normalised(function, values, keys, **options)[0].tolist()


@pytest.fixture(params=[*OF_VALUES, *OF_ROWS], ids=lambda function: function.__name__)
def function(request):
    return request.param


def test_grpo_gives_the_figures_of_the_worked_example():
    assert advantages(grpo, RATES) == pytest.approx([0.775, -0.046, 0.668, -1.396], abs=5e-4)


def test_grpo_is_torchs_formula_and_numpys_at_ddof_0():
    r = np.array([0.1, 0.4, 0.4, 0.9])
    assert advantages(grpo, r) == pytest.approx((r - r.mean()) / (r.std(ddof=1) + 1e-4), abs=1e-12)
    assert advantages(grpo, r, ddof=0, eps=0) == pytest.approx((r - r.mean()) / r.std(), abs=1e-12)


def test_dr_grpo_keeps_the_scale_and_leave_one_out_compares_with_the_others():
    assert advantages(dr_grpo, [0.0, 0.5, 1.0]) == [-0.5, 0.0, 0.5]
    assert advantages(leave_one_out, [0.0, 0.5, 1.0]) == pytest.approx([-0.75, 0.0, 0.75])


def test_gdpo_adds_up_what_grpo_makes_of_each_component_and_whitens_over_the_batch():
    matrix = np.array([[0.0, 3.0], [1.0, 1.0], [0.5, 2.0], [0.2, 2.0]])
    keys, weights = ["a", "a", "b", "b"], [2.0, 0.5]
    z = np.stack([grpo(matrix[:, k], keys)[0] for k in range(2)], axis=1)
    t = z @ weights
    assert gdpo(matrix, weights, keys, whiten=False)[0] == pytest.approx(t)
    assert gdpo(matrix, weights, keys)[0] == pytest.approx((t - t.mean()) / (t.std(ddof=1) + 1e-4))


def test_gdpo_inflates_a_quiet_component_so_a_gate_belongs_inside_its_component():
    # Seven pass a gate of weight 0.1, one with the best quality fails it; the quality spreads by 0.02.
    quality = [0.50, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.58]
    gate = [1.0] * 7 + [0.0]
    apart = gdpo(list(zip(gate, quality, strict=True)), [0.1, 0.9])[0]
    summed = grpo([0.1 * g + 0.9 * q for g, q in zip(gate, quality, strict=True)])[0]
    assert apart[-1] > np.median(apart)
    assert summed[-1] == min(summed) < -1


def test_gdpo_passes_the_bound_of_a_group_but_not_that_of_the_batch():
    keys = [i // 8 for i in range(64)]
    matrix = [[float(i == 0), float(i == 0)] for i in range(64)]
    largest = np.abs(gdpo(matrix, groups=keys)[0]).max()
    assert 7 / math.sqrt(8) < largest <= 63 / math.sqrt(64)


def test_gdpo_gives_nothing_where_its_terms_cancel():
    assert gdpo([[0.1, 0.3], [0.2, 0.2], [0.3, 0.1]], eps=0)[0].tolist() == [0, 0, 0]


def test_pareto_sorts_into_fronts_and_equal_samples_share_one():
    points = [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [0.5, 0.5], [0.5, 0.4], [0.0, 0.0]]
    assert pareto(points)[0] == pytest.approx(grpo([0.0, 0.0, 0.0, 0.0, -1.0, -2.0])[0])


def test_pareto_leaves_out_a_component_whose_spread_in_the_group_is_noise():
    points = [[0.2, 0.500], [0.9, 0.501]]
    assert pareto([[0.9, 0.500], [0.2, 0.501]])[0].tolist() == [0, 0]
    assert pareto([[0.9, 0.500], [0.2, 0.501]], min_spread=0.01)[0] == pytest.approx(
        [0.707, -0.707], abs=1e-3
    )
    assert pareto(points)[0] == pytest.approx([-0.707, 0.707], abs=1e-3)


def test_groups_are_told_by_their_keys_wherever_their_samples_stand(function):
    together, mask = normalised(function, [0.1, 5.0, 0.7, 7.0], ["a", "b", "a", "b"], **_apart(function))
    first = advantages(function, [0.1, 0.7], **_apart(function))
    assert together.tolist()[::2] == pytest.approx(first)
    assert mask.all()
    assert (together.dtype, mask.dtype) == (np.float64, np.bool_)


def _apart(function):
    return {"whiten": False} if function is gdpo else {}


def test_none_is_masked_with_advantage_0_and_changes_no_other(function):
    with_none, mask = normalised(function, [None, 0.1, 0.4, None, 0.9])
    assert mask.tolist() == [False, True, True, False, True]
    assert with_none[[0, 3]].tolist() == [0, 0]
    assert with_none[mask].tolist() == pytest.approx(advantages(function, [0.1, 0.4, 0.9]), abs=1e-9)


def test_a_row_with_any_component_none_is_masked():
    for rowwise in OF_ROWS:
        advantage, mask = rowwise([[None, 1.0], [0.5, 0.5], None, [0.7, 0.7]])
        assert mask.tolist() == [False, True, False, True]
        assert advantage[[0, 2]].tolist() == [0, 0]


@pytest.mark.parametrize("values", [[0.7], [0.7, None], [None, None, 0.7]])
def test_a_sample_alone_gets_0_and_is_not_masked(function, values):
    advantage, mask = normalised(function, values)
    assert advantage.tolist() == [0.0] * len(values)
    assert mask.sum() == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_batch_without_any_value_is_all_masked(function, count):
    advantage, mask = normalised(function, [None] * count)
    assert advantage.tolist() == [0.0] * count
    assert not mask.any()
    assert mask.shape == (count,)


@pytest.mark.parametrize(
    "values", [[0.3] * 5, [0.1 * 3, 0.3, 0.3], [0.3, 0.3 + 1e-17], [0.0] * 3, [1e6, 1e6 + 1e-3]]
)
def test_a_group_without_spread_gets_exactly_0(function, values):
    assert advantages(function, values) == [0.0] * len(values)
    assert advantages(function, values, **({} if function in (dr_grpo, leave_one_out) else {"eps": 0.0})) == [
        0.0
    ] * len(values)


def test_two_finite_members_get_707_however_small_their_gap_is():
    assert advantages(grpo, [0.2, None, 0.9], eps=0) == pytest.approx([-math.sqrt(0.5), 0, math.sqrt(0.5)])
    assert advantages(grpo, [0.20, None, 0.21], eps=0) == pytest.approx([-math.sqrt(0.5), 0, math.sqrt(0.5)])


def test_eps_alone_lets_illusory_gaps_through_and_min_spread_does_not(function):
    assert advantages(grpo, [0.5] * 7 + [0.501])[-1] == pytest.approx(1.93, abs=5e-3)
    assert advantages(grpo, [0.5] * 7 + [0.50001])[-1] == pytest.approx(0.08, abs=5e-3)
    assert advantages(function, [0.5] * 7 + [0.501], min_spread=0.001) == [0.0] * 8
    assert advantages(function, [0.5] * 7 + [0.6], min_spread=0.001)[-1] > 0


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_finite_is_a_bug_that_raises(function, value):
    with pytest.raises(ValueError, match=f"Sample 1 has the value {value}: a bug in its reward"):
        normalised(function, [0.5, value])


def test_what_cannot_be_meant_is_refused(function):
    with pytest.raises(ValueError, match="There are 2 samples and 1 group keys"):
        normalised(function, [0.5, 0.6], ["a"])
    with pytest.raises(SpecError, match="finite and at least 0"):
        normalised(function, [0.5], min_spread=-1)


@pytest.mark.parametrize("function", [grpo, gdpo, pareto])
def test_eps_and_ddof_are_checked(function):
    for options, told in [({"eps": -1}, "finite"), ({"eps": math.nan}, "finite"), ({"ddof": 2}, "ddof is 2")]:
        with pytest.raises(SpecError, match=told):
            normalised(function, [0.5], **options)


def test_rows_and_weights_must_fit():
    with pytest.raises(ValueError, match=r"\[1, 2\] entries"):
        gdpo([[1.0], [1.0, 2.0]])
    for weights in ([1.0], [1.0, -1.0], [1.0, math.nan]):
        with pytest.raises(SpecError, match="give 2 finite numbers"):
            gdpo([[1.0, 2.0]], weights)


groups_of_values = st.lists(st.none() | st.integers(0, 100).map(lambda n: n / 100), min_size=1, max_size=9)


@settings(max_examples=100, deadline=None)
@given(values=groups_of_values, ddof=st.sampled_from([0, 1]))
def test_law_41_advantages_are_centred_and_bounded_by_the_size_of_the_group(values, ddof):
    m = sum(value is not None for value in values)
    for function in (grpo, pareto, gdpo):
        advantage, mask = normalised(function, values, ddof=ddof)
        bound = 0 if m < 2 else math.sqrt(m - 1) if ddof == 0 else (m - 1) / math.sqrt(m)
        assert np.abs(advantage).max() <= bound + 1e-6
        assert abs(advantage[mask].sum()) <= 1e-6 * m


def test_diagnostics_tell_what_a_trainer_should_log():
    values = [0.0, 1.0, None, 0.5, 0.5, 0.5, 0.5, 0.5]
    keys = ["a"] * 3 + ["b"] * 4 + ["c"]
    told = diagnostics(values, keys, {"gate": [1.0, 1.0, None, 0.0, 1.0, 1.0, 1.0, 1.0]})
    assert told == {
        "no_spread": pytest.approx(2 / 3),
        "small": pytest.approx(2 / 3),
        "masked": 1 / 8,
        "mean_abs_advantage": pytest.approx(2 * math.sqrt(0.5) / 7, rel=1e-3),
        "spread": pytest.approx(math.sqrt(0.5) / 2),
        "spread/gate": 0.25,
    }
    assert diagnostics(values, keys, advantage=np.ones(8))["mean_abs_advantage"] == 1
    assert diagnostics([], [])["masked"] == 0
    with pytest.raises(ValueError, match="advantages of shape"):
        diagnostics(values, keys, advantage=np.ones(3))


def test_the_functions_pickle_and_numpy_arrays_are_welcome():
    assert pickle.loads(pickle.dumps(groups.grpo)) is grpo
    assert advantages(dr_grpo, np.array([0.0, 1.0], np.float32), np.array([3, 3])) == [-0.5, 0.5]
