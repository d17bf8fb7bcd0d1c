"""A reward less a penalty: what it takes, whom it asks, and what it claims."""

import asyncio
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rewards
from rewards import Penalised, SpecError, Traits
from rewards.critique import critique
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.preflight import NoSpread, preflight
from told_rewards import Told, sample, units, weights

WIDE = Traits(range=(-1.0, 3.0))


@given(units, units, weights, st.sampled_from([(0.0, 1.0), (-1.0, 3.0), (0.0, 100.0)]))
def test_a_penalty_takes_its_weight_of_the_range_and_never_more_than_there_is(inner, penalty, weight, span):
    lowest, highest = span
    made = Penalised(Told("q", Traits(range=span)), penalty=Told("p", WIDE), weight=weight)
    [score] = made([sample(q=lowest + inner * (highest - lowest), p=-1 + 4 * penalty)])
    due = lowest + (highest - lowest) * max(0.0, inner - weight * penalty)
    assert score.value == pytest.approx(due, abs=1e-9 * (highest - lowest))
    assert made.traits.range == span


def test_a_penalty_is_asked_once_and_only_where_there_is_something_to_take():
    inner, penalty = Told("q"), Told("p")
    scores = Penalised(inner, penalty=penalty)(
        [sample("a", q=0.8, p=0.2), sample("b", q=0, p=1), sample("c", q=None, p=1), sample("d", q=1, p=1)]
    )
    assert (inner.batches, penalty.batches) == ([["a", "b", "c", "d"]], [["a", "d"]])
    assert [score.value for score in scores] == [pytest.approx(0.7), 0.0, None, 0.5]
    assert (scores[1].components, scores[1].skipped) == ({"q": 0.0, "p": 0.0}, ("p",))


def test_a_penalty_is_not_asked_at_all_where_everything_is_at_the_bottom():
    penalty = Told("p")
    assert [s.value for s in Penalised(Told("q"), penalty=penalty)([sample(q=0, p=1)])] == [0.0]
    assert penalty.batches == []


def test_a_penalty_without_a_value_leaves_none_unless_it_weighs_nothing():
    batch = [sample(q=0.8, p=None)]
    assert Penalised(Told("q"), penalty=Told("p"))(batch)[0].value is None
    [score] = Penalised(Told("q"), penalty=Told("p"), weight=0)(batch)
    assert (score.value, score.skipped) == (pytest.approx(0.8), ("p",))


def test_a_penalty_of_weight_0_is_reported_and_takes_nothing():
    made = Penalised(Told("q", Traits(monotone=frozenset({"blur"}))), penalty=Told("p"), weight=0)
    [score] = made([sample(q=0.8, p=1)])
    assert (score.value, dict(score.components)) == (pytest.approx(0.8), {"q": 0.8, "p": 1.0})
    assert "18" not in made.traits.disclaims


def test_the_value_follows_from_the_components_by_the_rule():
    made = Penalised(Told("q", WIDE), penalty=Told("p", parts=("ink",)), weight=0.75)
    for score in made([sample(q=2.0, p=0.4), sample(q=0.0, p=0.9), sample(q=-1.0, p=1)]):
        assert made.rule(score.components) == score.value
        assert score.components.keys() == {"q", "p", "p/ink"} == set(made.traits.components)


def test_awaiting_it_gives_the_same():
    made = Penalised(Told("q"), penalty=Told("p"))
    batch = [sample(q=0.8, p=0.2), sample(q=0, p=1), sample(q=None, p=1), sample(q=0.9, p=None)]
    awaited = asyncio.run(made.ascore(batch))
    assert [score.value for score in awaited] == [score.value for score in made(batch)]


def test_what_a_damage_does_is_no_longer_claimed_and_both_may_move_at_once():
    damaged = Traits(monotone=frozenset({"blur"}), gate=True, floor=False)
    claims = Penalised(Told("q", damaged), penalty=Told("p", damaged), weight=2).traits
    assert (claims.monotone, claims.gate, claims.floor, claims.kind) == (
        frozenset(),
        True,
        False,
        "composite",
    )
    assert claims.disclaims["18"] == "both may move at once, by 1 + 2 times as much"


@pytest.mark.parametrize("weight", [-0.5, float("nan"), float("inf"), "1", True, None])
def test_a_penalty_has_a_weight_of_at_least_0(weight):
    with pytest.raises(SpecError, match="A weight is a finite number of at least 0, not") as raised:
        Penalised(Coverage(), penalty=Renders(), weight=weight)
    assert repr(weight) in str(raised.value)


def test_the_version_follows_both_members_and_the_weight():
    made = [
        Penalised(Coverage(), penalty=Renders()),
        Penalised(Coverage(), penalty=Renders(), weight=0.4),
        Penalised(Coverage(low=0.3), penalty=Renders()),
        Penalised(Coverage(), penalty=Coverage()),
    ]
    assert len({reward.version for reward in made}) == len(made)
    assert made[0].version == pickle.loads(pickle.dumps(made[0])).version


def test_a_spec_makes_it_and_its_weight_is_told():
    made = rewards.make("penalised(coverage, penalty=coverage(low=0.3), weight=0.25)")
    assert isinstance(made, Penalised)
    assert made.version == Penalised(Coverage(), penalty=Coverage(low=0.3), weight=0.25).version
    assert rewards.make("penalised(coverage, penalty=renders)").weight == 0.5
    live = rewards.make({"of": Told("q"), "penalty": Told("p"), "weight": 1})
    assert live([sample(q=0.75, p=0.5)])[0].value == 0.25


def test_any_painting_stays_above_any_failure_behind_a_gate():
    gated = rewards.make({"gate": Told("g"), "of": {"of": Told("q"), "penalty": Told("p"), "weight": 1}})
    punished, failed = gated([sample(q=0.5, p=1, g=1), sample(q=0.5, p=0, g=0)])
    assert punished.value > failed.value == 0.0


def test_preflight_raises_what_is_misconfigured_in_either_and_forgives_a_penalty_without_spread():
    class Broken(Told):
        def preflight(self, samples=None):
            raise SpecError("no key")

    batch = [sample(q=value, p=0) for value in (0.1, 0.5, 0.9)]
    for inner, penalty in ((Broken("q"), Told("p")), (Told("q"), Broken("p"))):
        with pytest.raises(SpecError, match="no key"):
            preflight(Penalised(inner, penalty=penalty), batch)
    preflight(Penalised(Told("q"), penalty=Told("p")), batch)
    with pytest.raises(NoSpread):
        preflight(Penalised(Told("p"), penalty=Told("q")), batch)


def test_the_words_of_a_penalty_reach_the_painter():
    class Words(Told):
        def critique(self, sample):
            return "There are letters."

    assert critique(Penalised(Told("q"), penalty=Words("p")), sample(q=1, p=1)) == "There are letters."
