"""A mix with ramps has an ordinary reward for each step of a training, and none without one."""

import asyncio
import pickle
import subprocess
import sys

import pytest

import rewards
from rewards import Gated, Penalised, Scheduled, SpecError, Traits, Weighted
from rewards.mixing.schedule import stepped
from rewards.painted.coverage import Coverage
from rewards.preflight import preflight
from rewards.testing import check_reward
from told_rewards import Told, sample

MOVING = "0.5*coverage + ramp(0, 0.5, steps=200)*renders"


def numbered(step):
    return rewards.make(f"0.5*coverage + {0.5 * min(step, 200) / 200!r}*renders")


@pytest.mark.parametrize("step", [0, 1, 50, 100, 199, 200, 10_000])
def test_the_reward_of_a_step_is_the_one_that_its_numbers_make(step):
    made = rewards.make(MOVING).at(step)
    assert type(made) is Weighted
    assert made.version == numbered(step).version
    assert made.traits == numbered(step).traits


def test_versions_differ_exactly_where_the_numbers_do():
    made = rewards.make(MOVING)
    versions = [made.at(step).version for step in range(0, 240, 20)]
    assert len(set(versions)) == 11
    assert versions[10] == versions[11]
    assert made.version not in versions


def test_the_version_of_the_whole_follows_each_end_the_steps_and_the_members():
    specs = [
        MOVING,
        "0.5*coverage + ramp(0, 0.6, steps=200)*renders",
        "0.5*coverage + ramp(0, 0.5, steps=300)*renders",
        "0.5*coverage + ramp(0, 0.5, steps=200, start=1)*renders",
        "0.5*coverage(low=0.3) + ramp(0, 0.5, steps=200)*renders",
    ]
    assert len({rewards.make(spec).version for spec in specs}) == len(specs)
    assert rewards.make(MOVING).version == rewards.make(rewards.normal_form(MOVING)).version


def test_members_are_made_once_for_all_steps():
    made = rewards.make(MOVING)
    for (_, one), (_, other) in zip(made.at(0).members, made.at(150).members, strict=True):
        assert one is other


def test_what_is_declared_holds_at_every_step():
    made = rewards.make(
        "ramp(0.2, 1.5, steps=10)*a + ramp(1, 0, steps=30, start=5)*b", a=Told("a"), b=Told("b")
    )
    assert made.bends == (0, 5, 10, 35)
    lowest, highest = made.traits.range
    assert (lowest, highest) == pytest.approx((0.0, 1.5 + 25 / 30))  # at step 10, where `a` has arrived
    for step in range(60):
        low, high = made.at(step).traits.range
        assert lowest <= low < high <= highest + 1e-12
        assert made.at(step).traits.components == made.traits.components


def test_only_what_every_step_claims_is_claimed():
    loose = Told("a", Traits(gate=False, floor=False, noise_floor=0.9, disclaims={"18": "steps"}))
    made = rewards.make("b + ramp(0, 1, steps=10)*a", a=loose, b=Told("b"))
    claims = made.traits
    assert (claims.gate, claims.floor, claims.disclaims["18"]) == (False, False, "a: steps")
    assert claims.noise_floor == pytest.approx(0.6)
    assert (made.at(0).traits.gate, made.at(0).traits.disclaims) == (True, {})


def test_without_a_step_it_raises_whatever_it_is_asked():
    made = rewards.make(MOVING)
    told = r"by ramp\(0, 0.5, steps=200\), and was told no step: take the reward of a step, reward.at\(step\)"
    for ask in (
        lambda: made([sample(a=1)]),
        lambda: made([]),
        lambda: asyncio.run(made.ascore([sample(a=1)])),
        lambda: made.preflight(),
        lambda: preflight(made, [sample(a=1)]),
        lambda: stepped(made, None),
    ):
        with pytest.raises(SpecError, match=told):
            ask()


@pytest.mark.parametrize(
    "mixed",
    [
        lambda moving: Weighted([(1.0, moving)]),
        lambda moving: Gated(Coverage(), gate=moving),
        lambda moving: Penalised(moving, penalty=Coverage()),
    ],
)
def test_a_mix_that_is_made_refuses_a_member_that_moves(mixed):
    with pytest.raises(
        SpecError, match=r"mix it by rewards.make, as a member of a spec, or mix reward.at\(step\)"
    ):
        mixed(rewards.make(MOVING))


def test_a_spec_takes_a_live_member_that_moves_and_moves_with_it():
    inner = rewards.make("ramp(0, 1, steps=10)*a + b", a=Told("a"), b=Told("b"))
    whole = rewards.make({"gate": Told("g"), "of": inner})
    batch = [sample(g=1, a=1, b=0)]
    assert whole.at(5)([*batch])[0].value == pytest.approx(0.05 * 1.5 + 0.95 * 0.5)
    assert whole.at(10)([*batch])[0].value == pytest.approx(0.05 * 2 + 0.95)


@pytest.mark.parametrize(
    ("spec", "step", "due"),
    [
        ("gated(q, gate=g, threshold=ramp(0.2, 0.8, steps=6))", 1, 0.525),
        ("gated(q, gate=g, threshold=ramp(0.2, 0.8, steps=6))", 5, 0.0),
        ("gated(q, gate=g, bonus=ramp(0, 0.4, steps=4))", 2, 0.6),
        ("penalised(q, penalty=g, weight=ramp(0, 0.8, steps=4))", 1, 0.4),
        ("penalised(q, penalty=g, weight=ramp(0, 0.8, steps=4))", 4, 0.1),
        ("bonus(q, g, share=ramp(0.2, 1, steps=4))", 0, 0.45),
        ("bonus(q, g, share=ramp(0.2, 1, steps=4))", 4, 0.25),
    ],
)
def test_thresholds_bonuses_penalties_and_shares_move_too(spec, step, due):
    made = rewards.make(spec, q=Told("q"), g=Told("g"))
    assert made.at(step)([sample(q=0.5, g=0.5)])[0].value == pytest.approx(due)


@pytest.mark.parametrize(
    ("spec", "step"),
    [
        ("ramp(0, 1, steps=9)*coverage", 0),
        ("ramp(1, 0, steps=9)*coverage + ramp(0, 1, steps=9, start=9)*renders", 9),
        ("gated(ramp(1, 0, steps=9)*coverage, gate=renders)", 9),
    ],
)
def test_a_mix_that_scores_nothing_at_some_step_is_refused_when_it_is_made(spec, step):
    with pytest.raises(SpecError, match=rf"At step {step}: A mix with the weights .* scores nothing"):
        rewards.make(spec)


def test_steps_are_asked_in_any_order_and_the_answers_do_not_depend_on_it():
    made = rewards.make("ramp(0, 1, steps=10)*a + b", a=Told("a"), b=Told("b"))
    batch = [sample(a=0.5, b=0.25)]
    forth = [made.at(step)(batch)[0].value for step in range(12)]
    back = [made.at(step)(batch)[0].value for step in reversed(range(12))]
    assert forth == back[::-1]
    assert forth == pytest.approx([0.25 + 0.05 * min(step, 10) for step in range(12)])


def test_it_pickles_and_has_the_same_versions_in_another_process():
    made = rewards.make(MOVING)
    copy = pickle.loads(pickle.dumps(made))
    assert isinstance(copy, Scheduled)
    code = f"import rewards; made = rewards.make({MOVING!r}); print(made.version, made.at(70).version)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [made.version, made.at(70).version]
    assert [copy.version, copy.at(70).version] == [made.version, made.at(70).version]


def test_a_reward_that_does_not_move_is_the_same_at_every_step():
    coverage = Coverage()
    assert stepped(coverage, None) is stepped(coverage, 7) is coverage
    assert not isinstance(rewards.make("0.5*coverage + 0.5*renders"), Scheduled)


def test_a_description_tells_the_ramps_and_the_range_of_all_steps():
    told = rewards.describe(MOVING)
    assert told["spec"]["weighted"][1][0] == {"ramp": [0.0, 0.5], "steps": 200}
    assert told["range"] == [0.0, 1.0]
    assert told["components"] == ["coverage", "coverage/share", "renders"]


def test_a_reward_that_moves_keeps_the_laws_of_mixes_and_its_own():
    report = check_reward(MOVING, laws=["01", "02", "36", "37", "39", "49", "58"], examples=10)
    report.raise_if_failed()
    assert {outcome.law.id for outcome in report.outcomes if outcome.state == "passed"} >= {
        "36",
        "37",
        "39",
        "58",
    }
