"""What members of a mix give is checked: a value that is none of theirs is named, and never mixed in."""

import logging
import math

import pytest

import rewards
from rewards import BaseAndBonus, Gated, Mapped, Rendering, Sample, Score, Task, Traits, Weighted
from rewards.mixing.members import leaf_keys
from rewards.painted.coverage import Coverage

SAMPLES = [Sample(Task("t", "Paint."), "", "", Rendering("ok"), "g")]


class Gives:
    """Gives what it is told to."""

    needs, version = frozenset({"image"}), "1"

    def __init__(self, value, name="stray", parts=None, **traits):
        self.name, self.value, self.parts = name, value, parts or {}
        self.traits = Traits(**traits)

    def __call__(self, samples, /):
        return [Score(self.value, self.parts) for _ in samples]


@pytest.mark.parametrize("value", [7.0, -0.5, math.nan, math.inf])
def test_a_value_outside_of_a_members_range_is_named_and_not_mixed_in(value):
    stray, fine = Gives(value), Gives(0.5, "fine")
    for mix in (
        Weighted([(1, fine), (8, stray)]),
        Gated(stray, gate=fine),
        Gated(fine, gate=stray),
        BaseAndBonus(stray, fine),
        BaseAndBonus(fine, stray),
        Mapped(stray, "log_tamed"),
    ):
        with pytest.raises(ValueError, match=f"The reward stray gave {value:g}"):
            mix(SAMPLES)


def test_what_rounding_puts_outside_passes():
    mix = Weighted([(0.1, Gives(1 + 1e-9)), (0.2, Gives(-1e-9, range=(0, 100)))])
    assert mix(SAMPLES)[0].value == pytest.approx(0.1)


def test_a_component_that_no_traits_declare_is_told_once(caplog):
    caplog.set_level(logging.WARNING)
    mix = rewards.Weighted([(1, Gives(0.5, "painter", {"reds": 0.25, "blues": 0.5}, components=("blues",)))])
    [score] = mix(SAMPLES)
    assert dict(score.components) == {"painter": 0.5, "painter/blues": 0.5}
    mix(SAMPLES)
    assert caplog.text.count("'painter' gives the component 'reds', which its traits do not declare") == 1
    assert "Traits(components=('reds',))" in caplog.text


def test_a_gate_opens_at_its_threshold_and_passing_it_is_worth_its_bonus():
    for gate, value in [(0.5, 0.25 + 0.75 * 0.4), (0.8, 0.25 + 0.75 * 0.4), (0.2, 0.0)]:
        mix = Gated(Gives(0.4), gate=Gives(gate, "gate"), threshold=0.5, bonus=0.25)
        assert mix(SAMPLES)[0].value == pytest.approx(value)
    strict = Gated(Gives(0.4), gate=Gives(0.8, "gate"), threshold=0.9)
    assert strict(SAMPLES)[0].value == 0.0
    assert strict.version != Gated(Gives(0.4), gate=Gives(0.8, "gate")).version
    made = rewards.make("gated(coverage, gate=renders, threshold=0.9, bonus=0)")
    assert (made.threshold, made.bonus) == (0.9, 0.0)


def test_the_keys_of_leaves_are_those_under_which_a_score_has_what_they_gave():
    made = rewards.make("0.2*renders + gated(coverage + mapped(coverage, fn='log_tamed'), gate=renders)")
    keys = leaf_keys(made)
    assert keys == ["renders", "gated/renders", "gated/weighted/coverage", "gated/weighted/mapped/coverage"]
    assert set(keys) <= set(made.traits.components)
    assert leaf_keys(rewards.make("0.5*coverage + 0.5*coverage(low=0.3)")) == ["coverage", "coverage#2"]
    assert leaf_keys(rewards.make("coverage")) == []


def test_what_holds_a_reward_but_gives_no_component_for_it_has_no_leaf():
    wrapped = Coverage()
    wrapped.inner = Gives(0.5, range=None)
    assert leaf_keys(wrapped) == []
