"""A ramp is a straight line over some steps, level before and after; what is no ramp is refused in a sentence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rewards
from rewards import BaseAndBonus, Gated, Penalised, SpecError, Weighted
from rewards.mixing.ramp import Ramp, checked_step, times
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.spec import expression, normal_form

ends = st.floats(0, 3)
ramps = st.builds(Ramp, ends, ends, st.integers(1, 400), st.integers(0, 300))
RAMP = {"ramp": [0.0, 0.5], "steps": 200}


@given(ramps, st.integers(0, 1000))
def test_a_ramp_is_a_straight_line_between_its_ends_and_level_outside(ramp, step):
    gone = min(1.0, max(0.0, (step - ramp.start) / ramp.steps))
    assert ramp.at(step) == pytest.approx((1 - gone) * ramp.first + gone * ramp.last, abs=1e-12)
    assert min(ramp.first, ramp.last) <= ramp.at(step) <= max(ramp.first, ramp.last)
    assert ramp.at(ramp.start) == ramp.first
    assert ramp.at(ramp.start + ramp.steps) == ramp.at(10**9) == ramp.last


@given(ramps, st.integers(0, 1000), st.integers(0, 1000))
def test_a_ramp_never_turns_back(ramp, one, other):
    sign = 1 if ramp.last >= ramp.first else -1
    assert sign * (ramp.at(max(one, other)) - ramp.at(min(one, other))) >= 0


@given(ramps, st.floats(0, 4), st.integers(0, 1000))
def test_a_multiple_of_a_ramp_has_the_multiple_of_its_number(ramp, factor, step):
    assert times(factor, ramp).at(step) == pytest.approx(factor * ramp.at(step), abs=1e-9)
    assert times(ramp, factor) == times(factor, ramp)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ramp(0, 0.5, steps=200)*a", {"weighted": [[RAMP, {"name": "a"}]]}),
        ("a*ramp(0, 0.5, steps=200)", {"weighted": [[RAMP, {"name": "a"}]]}),
        ("0.5*ramp(0, 1, steps=200)*a", {"weighted": [[RAMP, {"name": "a"}]]}),
        ("ramp(0, 1/1, steps=200)/2*a", {"weighted": [[RAMP, {"name": "a"}]]}),
        ("ramp(0, 2, steps=200)*(a/4)", {"weighted": [[RAMP, {"name": "a"}]]}),
        (
            "ramp(1, 0, steps=9, start=3)*(0.5*a + b)",
            {
                "weighted": [
                    [{"ramp": [0.5, 0.0], "steps": 9, "start": 3}, {"name": "a"}],
                    [{"ramp": [1.0, 0.0], "steps": 9, "start": 3}, {"name": "b"}],
                ]
            },
        ),
        (
            "gated(a, gate=b, threshold=ramp(0.2, 0.8, steps=5), bonus=ramp(0.05, 0, steps=5))",
            {
                "gate": {"name": "b"},
                "of": {"name": "a"},
                "threshold": {"ramp": [0.2, 0.8], "steps": 5},
                "bonus": {"ramp": [0.05, 0.0], "steps": 5},
            },
        ),
        (
            "penalised(a, penalty=b, weight=2*ramp(0, 1, steps=5))",
            {"penalty": {"name": "b"}, "of": {"name": "a"}, "weight": {"ramp": [0.0, 2.0], "steps": 5}},
        ),
        (
            "bonus(a, b, share=ramp(0.1, 1, steps=5))",
            {"base": {"name": "a"}, "bonus": {"name": "b"}, "share": {"ramp": [0.1, 1.0], "steps": 5}},
        ),
        (
            {"a": 0.5, "b": {"ramp": [0, 0.5], "steps": 200}},
            {"weighted": [[0.5, {"name": "a"}], [RAMP, {"name": "b"}]]},
        ),
    ],
)
def test_a_ramp_stands_where_a_number_of_a_mix_does(text, form):
    assert normal_form(text) == form == normal_form(form)
    assert normal_form(expression(form)) == form


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("ramp(0, 1, steps=0)*a", "whole number of steps above 0, not 0; to jump at step 100, write steps=1"),
        ("ramp(0, 1, steps=-3)*a", "above 0, not -3"),
        ("ramp(0, 1, steps=1.5)*a", "above 0, not 1.5"),
        ("ramp(0, 1, steps=True)*a", "above 0, not True"),
        ("ramp(0, 1, steps=3, start=-1)*a", "of at least 0, not -1"),
        ("ramp(-1, 1, steps=3)*a", "A weight is a finite number of at least 0, not -1.0"),
        ("ramp(0, 1e999, steps=3)*a", "from one finite number to another, not by inf"),
        ("ramp('0', 1, steps=3)*a", "not by '0'"),
        ("ramp(ramp(0, 1, steps=2), 1, steps=3)*a", r"but ramp\(0, 1, steps=2\) is a ramp itself"),
        ("ramp(0, 1, steps=3)*(ramp(0, 1, steps=3)*a + b)", "is a ramp of a ramp"),
        ("-1*ramp(0, 1, steps=3)*a", "A weight is a finite number of at least 0, not -1"),
        ("a/ramp(1, 2, steps=3)", "is divided by a number only"),
        ("ramp(0, 1)*a", r"write ramp\(0, 0.5, steps=200\)\*reward"),
        ("ramp(0, steps=3)*a", r"write ramp\(0, 0.5, steps=200\)\*reward"),
        ("a + ramp(0, 1, steps=3)", r"write ramp\(0, 0.5, steps=200\)\*reward"),
        ("ramp(0, 1, steps=3)", r"write ramp\(0, 0.5, steps=200\)\*reward"),
        ("gated(a, gate=b, threshold=ramp(0, 1, steps=3))", "threshold above 0 and at most 1"),
        ("gated(a, gate=b, bonus=ramp(0, 1, steps=3))", "bonus of at least 0 and below 1"),
        ("bonus(a, b, share=ramp(0, 1, steps=3))", "a share above 0 and at most 1, not 0.0"),
        ({"weighted": [[{"ramp": [0, 1]}, "a"]]}, "is not understood; a ramp is"),
        ({"weighted": [[{"ramp": [0], "steps": 3}, "a"]]}, "is not understood; a ramp is"),
        ({"weighted": [[{"ramp": [0, 1], "steps": 3, "end": 1}, "a"]]}, "is not understood; a ramp is"),
        ({"weighted": [[{"ramp": [{"ramp": [0, 1], "steps": 1}, 1], "steps": 3}, "a"]]}, "is a ramp itself"),
        ({"weighted": [[{"ramp": [math.nan, 1], "steps": 3}, "a"]]}, "not by nan"),
    ],
)
def test_what_is_no_ramp_is_refused_in_one_sentence(spec, told):
    with pytest.raises(SpecError, match=told):
        normal_form(spec)


@pytest.mark.parametrize("ramp", [RAMP, Ramp(0.1, 0.5, 200)])
@pytest.mark.parametrize(
    "made",
    [
        lambda ramp: Weighted([(ramp, Coverage())]),
        lambda ramp: Gated(Coverage(), gate=Renders(), threshold=ramp),
        lambda ramp: BaseAndBonus(Coverage(), Renders(), share=ramp),
        lambda ramp: Penalised(Coverage(), penalty=Renders(), weight=ramp),
    ],
)
def test_a_ramp_inside_a_mix_that_is_made_already_is_refused(made, ramp):
    with pytest.raises(SpecError, match=r"whose numbers are fixed; give it to rewards.make in a spec"):
        made(ramp)


@pytest.mark.parametrize("step", [-1, 1.0, "3", None, True])
def test_a_step_is_a_whole_number_of_at_least_0(step):
    with pytest.raises(SpecError, match="must be a whole number of at least 0") as raised:
        checked_step(step)
    assert repr(step) in str(raised.value)
    with pytest.raises(SpecError, match="must be a whole number of at least 0"):
        rewards.make("ramp(0.1, 1, steps=3)*coverage").at(step)
