"""Rewards made of rewards: what they pay, whom they ask, and what they claim of themselves."""

import asyncio
import copy
import logging
import math
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards import (
    BaseAndBonus,
    Gated,
    Mapped,
    Rendering,
    Reward,
    Sample,
    Score,
    SpecError,
    Task,
    Traits,
    Weighted,
)
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.preflight import NoSpread
from told_rewards import Told, sample, units, weights


class Awaited(Told):
    """The same, answering only when awaited, and only when another is asked at the same time."""

    def __init__(self, name, barrier):
        super().__init__(name)
        self.barrier = barrier

    async def ascore(self, samples):
        async with asyncio.timeout(5):
            await self.barrier.wait()
        return self(samples)


def painted(status="ok", paint=20, message=""):
    image = np.full((64, 64, 3), 250, np.uint8)
    image[20:50, 20:50] = paint
    return Sample(Task("t", ""), "", "", Rendering(status, image=image, message=message), "g")


BATCH = [
    painted(),
    painted("program_error"),
    painted(paint=250),
    painted("machine_error"),
    painted(paint=180),
]


def default():
    return Gated(Weighted([(0.4, Coverage()), (0.6, Coverage(low=0.3))]), gate=Renders())


@settings(max_examples=60, deadline=None)
@given(
    members=st.lists(st.tuples(weights, units), min_size=1, max_size=5).filter(lambda m: any(w for w, _ in m))
)
def test_law_36_the_value_is_the_sum_of_weights_times_unit_components(members):
    told = {f"m{i}": unit for i, (_, unit) in enumerate(members)}
    mix = Weighted([(weight, Told(f"m{i}")) for i, (weight, _) in enumerate(members)])
    [score] = mix([sample(**told)])
    assert score.value == pytest.approx(
        sum(w * score.components[f"m{i}"] for i, (w, _) in enumerate(members))
    )
    assert mix.traits.range == (0, pytest.approx(sum(weight for weight, _ in members)))


@settings(max_examples=60, deadline=None)
@given(scale=st.floats(0.1, 10), a=units, b=units, raised=units, weight=st.floats(0.01, 3))
def test_law_39_raising_a_member_never_lowers_the_mix_and_scaling_weights_scales_it(
    scale, a, b, raised, weight
):
    mix = Weighted([(weight, Told("a")), (1, Told("b"))])
    before, after = mix([sample(a=min(a, raised), b=b), sample(a=max(a, raised), b=b)])
    assert before.value <= after.value <= mix.traits.range[1]
    scaled = Weighted([(scale * weight, Told("a")), (scale, Told("b"))])
    assert scaled([sample(a=a, b=b)])[0].value == pytest.approx(scale * mix([sample(a=a, b=b)])[0].value)


def test_members_are_brought_to_their_unit_scale_first():
    mix = Weighted([(2, Told("percent", Traits(range=(0, 100)))), (1, Told("cosine", Traits(range=(-1, 1))))])
    [score] = mix([sample(percent=25, cosine=0)])
    assert score.components == {"percent": 0.25, "cosine": 0.5}
    assert score.value == pytest.approx(2 * 0.25 + 0.5)


@settings(max_examples=40, deadline=None)
@given(
    lost=st.sets(st.integers(0, 2)),
    weights=st.lists(st.sampled_from([0.0, 0.5, 2.0]), min_size=3, max_size=3),
)
def test_law_37_a_member_without_value_leaves_none_unless_it_weighs_nothing(lost, weights):
    weights = [*weights, 1.0]
    told = {f"m{i}": None if i in lost else 0.5 for i in range(4)}
    [score] = Weighted([(w, Told(f"m{i}")) for i, w in enumerate(weights)])([sample(**told)])
    if any(weights[i] for i in lost):
        assert score.value is None
        assert "no answer" in score.reason
    else:
        assert score.value == pytest.approx(sum(weights) * 0.5 - sum(weights[i] for i in lost) * 0.5)
        assert score.skipped == tuple(f"m{i}" for i in sorted(lost))
        assert [score.components[f"m{i}"] for i in lost] == [0.0] * len(lost)


def test_members_of_one_name_get_keys_of_their_own_and_bring_their_parts():
    mix = Weighted([(1, Told("a", parts=("x",))), (1, Told("a", parts=("x", "y"))), (1, Told("a#2"))])
    [score] = mix([sample(a=1, **{"a#2": 0})])
    assert score.components == {"a": 1, "a/x": 0.25, "a#2": 1, "a#2/x": 0.25, "a#2/y": 0.25, "a#2#2": 0}
    assert tuple(score.components) == mix.traits.components


def test_parts_that_a_member_skipped_stay_skipped():
    [score] = Weighted([(1, Told("a", parts=("x", "y"), skipped=("y",)))])([sample(a=1)])
    assert score.skipped == ("a/y",)


def test_references_and_reasons_of_members_are_kept():
    [score] = Weighted([(1, Told("a")), (1, Told("b"))])([sample(a=1, b=1)])
    assert score.references == ("a-1", "shared", "b-1")
    assert score.reason == "a: asked; b: asked"


def test_an_empty_batch_gives_no_scores():
    assert Weighted([(1, Renders())])([]) == []
    assert default()([]) == []


@pytest.mark.parametrize("weight", [-0.1, float("nan"), float("inf"), True, "1", None, 10**400])
def test_a_weight_is_a_finite_number_of_at_least_0(weight):
    with pytest.raises(SpecError, match="finite number of at least 0, not"):
        Weighted([(weight, Renders())])


@pytest.mark.parametrize("members", [[], [(0, Renders())]])
def test_a_mix_that_weighs_nothing_is_refused(members):
    with pytest.raises(SpecError, match="give one a weight above 0"):
        Weighted(members)


@pytest.mark.parametrize("scale", [None, (0, float("inf")), (1, 1)])
def test_a_member_without_a_range_is_refused_with_the_way_out(scale):
    with pytest.raises(SpecError, match=r"'a' has the range .* give its traits a lowest and a highest value"):
        Weighted([(1, Told("a", Traits(range=scale)))])
    with pytest.raises(SpecError, match="'a' has the range"):
        Gated(Renders(), gate=Told("a", Traits(range=scale)))


def test_a_member_that_claims_nothing_is_sent_to_make():
    with pytest.raises(SpecError, match=r"pass it through rewards\.make"):
        Weighted([(1, len)])


def test_a_member_that_returns_too_few_scores_is_a_bug_that_shows():
    class Short(Told):
        def __call__(self, samples, /):
            return super().__call__(samples)[1:]

    for mix in (
        Weighted([(1, Short("a"))]),
        Gated(Short("a"), gate=Told("b")),
        Gated(Told("b"), gate=Short("a")),
    ):
        with pytest.raises(ValueError, match="gave 1 scores for 2 samples"):
            mix([sample(a=1, b=1), sample(a=1, b=1)])


@settings(max_examples=60, deadline=None)
@given(gate=units, inner=units, lowest=st.floats(-100, 100), span=st.floats(0.1, 100))
def test_a_gate_pays_lowest_below_its_middle_and_more_above(gate, inner, lowest, span):
    highest = lowest + span
    gated = Gated(Told("q", Traits(range=(lowest, highest))), gate=Told("gate"))
    [score] = gated([sample(q=lowest + inner * span, gate=gate)])
    if gate < 0.5:
        assert score.value == lowest
    else:
        expected = lowest + 0.05 * span + 0.95 * inner * span
        assert score.value == pytest.approx(expected)
        assert lowest < score.value <= highest + 1e-9


def test_law_38_the_inner_reward_is_asked_once_and_only_for_samples_that_passed():
    inner, gate = Told("q"), Told("gate")
    batch = [
        sample("a", q=1, gate=1),
        sample("b", q=1, gate=0),
        sample("c", q=1, gate=None),
        sample("d", q=0, gate=1),
    ]
    scores = Gated(inner, gate=gate)(batch)
    assert inner.batches == [["a", "d"]]
    assert [score.value for score in scores] == [1, 0, None, pytest.approx(0.05)]


def test_an_inner_reward_is_not_asked_at_all_where_nothing_passed():
    inner = Told("q")
    Gated(inner, gate=Told("gate"))([sample(q=1, gate=0)])
    assert inner.batches == []


def test_what_a_failed_gate_left_unasked_is_0_and_listed():
    [score] = Gated(Told("q", parts=("x",)), gate=Told("gate"))([sample(q=1, gate=0.25)])
    assert score.components == {"gate": 0.25, "q": 0, "q/x": 0}
    assert score.skipped == ("q", "q/x")


def test_an_inner_reward_without_value_leaves_none():
    [score] = Gated(Told("q"), gate=Told("gate"))([sample(q=None, gate=1)])
    assert (score.value, score.reason) == (None, "q: no answer")


def test_law_01_component_keys_are_the_same_whatever_happened():
    mix = default()
    scores = [score for score in mix(BATCH) if score.value is not None]
    assert len(scores) == 4
    assert all(tuple(score.components) == mix.traits.components for score in scores)


def test_law_05_a_score_does_not_depend_on_the_rest_of_the_batch():
    mix = default()
    assert mix(BATCH) == [mix([one])[0] for one in BATCH]


def test_law_14_program_errors_score_below_every_painting():
    values = [score.value for score in default()(BATCH)]
    assert values[1:4] == [0, 0, None]
    assert min(values[0], values[4]) > 0


def test_traits_are_derived_from_the_members():
    judged = Told(
        "j", Traits(scope="group", max_calls=count_calls, deterministic=False, tolerance=1e-4, gate=False)
    )
    mix = Weighted([(1, judged), (3, Coverage())])
    assert isinstance(mix, Reward)
    assert mix.needs == {"prompt", "image"}
    assert (mix.traits.kind, mix.traits.scope, mix.traits.range) == ("composite", "group", (0, 4))
    assert (mix.traits.deterministic, mix.traits.tolerance, mix.traits.gate) == (False, 1e-4, False)
    assert Gated(mix, gate=Renders()).traits.gate
    assert Gated(mix, gate=Renders()).traits.range == (0, 4)


def count_calls(size, references):
    return 2 * size * references


def test_judge_calls_add_up_and_each_member_keeps_its_own_k():
    four, free = Told("four", Traits(max_calls=count_calls)), Told("free", Traits(max_calls=count_calls))
    four.k = 4
    calls = Gated(Weighted([(1, four), (1, free), (1, Coverage())]), gate=Renders()).traits.max_calls
    assert pickle.loads(pickle.dumps(calls))(8, 2) == 2 * 8 * 4 + 2 * 8 * 2
    assert default().traits.max_calls is None


def test_a_law_that_a_member_disclaims_is_disclaimed_with_its_name():
    mix = Weighted([(1, Renders()), (1, Coverage())])
    assert mix.traits.disclaims == {"18": "renders: a gate is a step"}
    assert "16" in Weighted([(1, Renders()), (0, Coverage())]).traits.disclaims


def test_the_version_follows_members_and_weights():
    versions = {
        Weighted([(weight, Coverage(low=low))]).version
        for weight, low in [(1, 0.1), (2, 0.1), (1, 0.2), (1.0, 0.1)]
    }
    assert len(versions) == 3
    assert Gated(Coverage(), gate=Renders()).version != Gated(Renders(), gate=Coverage()).version


def test_members_are_public_for_trainers_that_ask_for_one_function_each():
    low, high = Coverage(), Renders()
    assert Weighted([(1, low), (0.5, high)]).members == ((1.0, low), (0.5, high))


def test_members_that_can_be_awaited_are_awaited_side_by_side():
    async def scored():
        barrier = asyncio.Barrier(2)
        mix = Weighted([(1, Awaited("a", barrier)), (1, Told("b")), (1, Awaited("c", barrier))])
        return await mix.ascore([sample(a=1, b=0.5, c=0)])

    assert [score.value for score in asyncio.run(scored())] == [1.5]


def test_law_11_ascore_and_threads_agree_with_the_serial_result():
    mix = default()
    expected = mix(BATCH)
    assert asyncio.run(mix.ascore(BATCH)) == expected
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(mix, [BATCH] * 32)) == [expected] * 32


def test_members_that_ask_a_judge_are_asked_at_the_same_time_in_a_plain_call_too():
    barrier = threading.Barrier(3, timeout=5)

    class Judged(Told):
        def __call__(self, samples, /):
            barrier.wait()
            return super().__call__(samples)

    judged = Traits(max_calls=count_calls)
    here = Told("free")
    members = [(1, Judged("a", judged)), (2, here), (1, Gated(Judged("b", judged), gate=Told("gate")))]
    mix = Weighted([*members, (1, Mapped(Judged("c", judged), "log_tamed"))])
    [score] = mix([sample(a=1, free=0.5, b=1, c=1, gate=1)])
    assert score.value == 1 + 1 + 1 + 1
    assert here.batches == [["t"]]


def test_a_bug_in_a_member_that_is_asked_in_a_thread_passes_through():
    class Broken(Told):
        def __call__(self, samples, /):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Weighted([(1, Broken("a", Traits(max_calls=count_calls))), (1, Told("b"))])([sample(b=1)])


@settings(max_examples=60, deadline=None)
@given(base=units, bonus=units, share=st.floats(0.01, 1), raised=units)
def test_a_bonus_adds_to_a_base_and_never_makes_up_for_a_lower_one(base, bonus, share, raised):
    mix = BaseAndBonus(Told("e"), Told("c"), share=share)
    [score, better] = mix([sample(e=base, c=bonus), sample(e=max(base, raised), c=max(bonus, raised))])
    assert score.value == pytest.approx(base * ((1 - share) + share * bonus))
    assert 0 <= score.value <= better.value <= 1
    assert score.value <= base + 1e-12


def test_base_and_bonus_are_brought_to_their_unit_scale_first():
    mix = BaseAndBonus(Told("e", Traits(range=(-5, 5))), Told("c", Traits(range=(0, 5))))
    [score] = mix([sample(e=0, c=5)])
    assert (score.value, score.components) == (0.5, {"e": 0.5, "c": 1})
    assert mix.traits.range == (0, 1)
    assert mix.share == 0.4


def test_law_38_a_bonus_is_asked_once_and_only_where_there_is_a_base():
    base, bonus = Told("e"), Told("c", parts=("x",))
    batch = [sample("a", e=0, c=1), sample("b", e=0.1, c=1), sample("d", e=None, c=1), sample("f", e=1, c=0)]
    scores = BaseAndBonus(base, bonus)(batch)
    assert bonus.batches == [["b", "f"]]
    assert [score.value for score in scores] == [0, pytest.approx(0.1), None, pytest.approx(0.6)]
    assert scores[0].components == {"e": 0, "c": 0, "c/x": 0}
    assert scores[0].skipped == ("c", "c/x")
    assert asyncio.run(BaseAndBonus(base, bonus).ascore(batch)) == scores
    bonus.batches.clear()
    BaseAndBonus(base, bonus)(batch[:1])
    assert bonus.batches == []


def test_a_bonus_without_value_leaves_none():
    [score] = BaseAndBonus(Told("e"), Told("c"))([sample(e=1, c=None)])
    assert (score.value, score.reason) == (None, "c: no answer")


@pytest.mark.parametrize("share", [0, -0.1, 1.1, True, "0.4", None, math.nan])
def test_a_share_is_above_0_and_at_most_1(share):
    with pytest.raises(SpecError, match="A bonus has a share above 0 and at most 1, not"):
        BaseAndBonus(Coverage(), Renders(), share=share)


def test_base_and_bonus_claims_what_follows_from_its_members():
    mix = BaseAndBonus(Coverage(), Told("c", Traits(gate=False, floor=False, noise_floor=1, tolerance=1e-4)))
    assert isinstance(mix, Reward)
    assert (mix.traits.gate, mix.traits.floor, mix.traits.noise_floor) == (True, True, 0.3)
    assert (mix.traits.kind, mix.traits.tolerance) == ("composite", 1e-4)
    assert not BaseAndBonus(mix.bonus, mix.base).traits.gate
    assert mix.version != BaseAndBonus(mix.base, mix.bonus, share=0.5).version


def test_a_gate_claims_no_continuity():
    assert Gated(Coverage(), gate=Coverage(low=0.3)).traits.disclaims == {"18": "a gate is a step"}


class AmongItsGroup(Told):
    """A ten-line win rate: the share of the others of a sample's group that it beats."""

    def __call__(self, samples, /):
        values = [score.value for score in super().__call__(samples)]
        wins = [sum((a > b) + 0.5 * (a == b) for b in values) - 0.5 for a in values]
        return [Score(win / max(1, len(values) - 1)) for win in wins]


def test_a_group_reward_behind_a_gate_compares_those_that_passed():
    inner = AmongItsGroup("q", Traits(scope="group"))
    batch = [sample(q=0.9, gate=0), sample(q=0.1, gate=1), sample(q=0.2, gate=1), sample(q=0.3, gate=1)]
    gated = Gated(inner, gate=Told("gate"))
    assert gated.traits.scope == "group"
    assert [score.value for score in gated(batch)] == pytest.approx([0, 0.05, 0.05 + 0.95 / 2, 1])


def test_a_group_reward_is_refused_as_a_gate():
    with pytest.raises(SpecError, match="'q' compares the samples of a group and can be no gate"):
        Gated(Coverage(), gate=AmongItsGroup("q", Traits(scope="group")))
    assert BaseAndBonus(AmongItsGroup("q", Traits(scope="group")), Coverage()).traits.scope == "group"


class Checked(Told):
    """Notes what its preflight is given; finds nothing to learn where told so."""

    def __init__(self, name, finds=None, traits=None):
        super().__init__(name, traits)
        self.finds = finds

    def preflight(self, samples=None):
        self.batches.append(samples)
        if self.finds:
            raise self.finds


def test_preflight_reaches_every_member_that_has_one():
    members = [Checked(name) for name in "abcdef"]
    a, b, c, d, e, f = members
    mix = Weighted(
        [(1, Gated(Weighted([(1, a), (0, b)]), gate=c)), (1, BaseAndBonus(d, Mapped(e, "log_tamed")))]
    )
    Gated(mix, gate=f).preflight(None)
    assert [member.batches for member in members] == [[None]] * 6


def test_what_is_misconfigured_in_any_member_raises():
    broken = Checked("b", SpecError("no key"))
    for mix in (
        Weighted([(1, Checked("a")), (0, broken)]),
        Gated(broken, gate=Checked("a")),
        Gated(Checked("a"), gate=broken),
        BaseAndBonus(Checked("a"), broken),
        Mapped(broken, "log_tamed"),
    ):
        with pytest.raises(SpecError, match="no key"):
            mix.preflight()


def test_a_mix_has_nothing_to_teach_only_if_no_member_has(caplog):
    caplog.set_level(logging.WARNING)
    lost = NoSpread("'a' sees no wins")
    Weighted([(1, Checked("a", lost)), (1, Checked("b"))]).preflight()
    assert "'a' sees no wins" in caplog.text
    gate = Checked("gate", traits=Traits(disclaims={"16": "two values"}))
    for mix in (
        Weighted([(1, Checked("a", lost))]),
        Weighted([(1, Checked("a", lost)), (0, Checked("b"))]),
        Weighted([(1, Checked("a", lost)), (1, gate)]),
        BaseAndBonus(gate, Checked("a", lost)),
        Gated(Checked("a", lost), gate=Checked("b")),
        Mapped(Checked("a", lost), "log_tamed"),
    ):
        with pytest.raises(NoSpread, match="no wins"):
            mix.preflight()
    Gated(Checked("b"), gate=Checked("a", lost)).preflight()


def test_a_gate_that_no_probe_passes_is_told():
    gated = Gated(Checked("q"), gate=Told("gate"))
    gated.preflight([sample(q=0.5, gate=0), sample(q=1, gate=1)])
    with pytest.raises(NoSpread, match="'gate' lets none of 2 probes pass"):
        gated.preflight([sample(q=1, gate=0), sample(q=0, gate=None)])


def test_a_deep_copy_agrees():
    mix = default()
    assert copy.deepcopy(mix)(BATCH) == mix(BATCH)


def test_law_07_a_fresh_process_with_another_hash_seed_agrees(tmp_path):
    mix = default()
    path = tmp_path / "mix.pickle"
    path.write_bytes(pickle.dumps((mix, BATCH)))
    code = (
        "import pickle, sys; mix, batch = pickle.loads(open(sys.argv[1], 'rb').read());"
        "print(repr((mix.version, [score.value for score in mix(batch)])))"
    )
    expected = repr((mix.version, [score.value for score in mix(BATCH)]))
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code, path],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == expected
    assert len(pickle.dumps(mix)) < 64_000


def test_composites_nest():
    inner = Weighted([(1, Told("a")), (3, Told("b"))])
    outer = Weighted([(1, Gated(inner, gate=Told("gate"))), (1, Told("a"))])
    [score] = outer([sample(a=1, b=0, gate=1)])
    assert score.value == pytest.approx(0.05 + 0.95 * 0.25 + 1)
    assert score.components["gated/weighted/b"] == 0


def test_importing_rewards_loads_no_heavy_library_and_scans_no_entry_points():
    code = (
        "import sys, importlib.metadata as m; m.entry_points = None; import rewards;"
        "print(sorted(set(sys.modules) & {'torch', 'transformers', 'gymnasium', 'playwright', 'openai'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
