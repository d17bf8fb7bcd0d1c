"""`Mapped`: a curve bends the unit scale, and what it leaves of its member's claims."""

import asyncio
import copy
import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rewards import (
    Mapped,
    SpecError,
    Traits,
)
from rewards.mixing.mapped import log_tamed
from told_rewards import Told, sample, units

FIGURE = 0.5


def square_root(unit):
    return math.sqrt(unit)


def threshold(unit):
    return float(unit >= 0.5)


def centred(unit):
    return 2 * unit - 1


centred.image = (-1, 1)


def falling(unit):
    return 1 - unit


def flat(unit):
    return 0.5


def undefined(unit):
    return math.log(unit)


def undefined_at_first(unit):
    return math.nan if unit < 0.1 else unit


def too_high(unit):
    return 10 * unit


@settings(max_examples=60, deadline=None)
@given(unit=units, raised=units, lowest=st.floats(-100, 100), span=st.floats(0.1, 100))
def test_a_mapped_reward_bends_the_unit_scale(unit, raised, lowest, span):
    mapped = Mapped(Told("a", Traits(range=(lowest, lowest + span))), "log_tamed")
    values = [lowest + u * span for u in (unit, max(unit, raised))]
    [score, better] = mapped([sample(a=value) for value in values])
    assert score.value == pytest.approx(math.log2(1 + unit), abs=1e-9)
    assert 0 <= score.value <= better.value <= 1
    assert score.components["a"] == pytest.approx(unit, abs=1e-9)


def test_log_taming_has_the_figures_of_its_formula():
    assert [log_tamed(u) for u in (0, 0.5, 1)] == pytest.approx([0, math.log(1.5) / math.log(2), 1])


@pytest.mark.parametrize("fn", [square_root, f"{__name__}:square_root"])
def test_a_curve_of_ones_own_is_a_function_or_its_place(fn):
    mapped = Mapped(Told("a"), fn)
    for one in (mapped, pickle.loads(pickle.dumps(mapped)), copy.deepcopy(mapped)):
        assert one([sample(a=0.25), sample(a=None)])[0].value == 0.5
    assert mapped([sample(a=None)])[0].value is None
    assert asyncio.run(mapped.ascore([sample(a=0.25)]))[0].value == 0.5


def test_a_curve_may_declare_its_image():
    mapped = Mapped(Told("a"), centred)
    assert mapped.traits.range == (-1, 1)
    assert [score.value for score in mapped([sample(a=0), sample(a=0.75)])] == [-1, 0.5]


@pytest.mark.parametrize(
    ("fn", "told"),
    [
        ("log_tame", r"no curve 'log_tame'\. Did you mean 'log_tamed'\?"),
        (f"{__name__}:cubed", "has no 'cubed'"),
        (f"{__name__}:FIGURE", "which is no function"),
        (falling, "'falling' falls near"),
        (flat, "'flat' is 0.5 throughout"),
        (undefined, "'undefined' fails at 0.0"),
        (undefined_at_first, r"has the value nan outside of \[0.0, 1.0\]"),
        (too_high, "outside of .* give the function an attribute `image"),
        (lambda unit: unit, "does not pickle"),
        (len, "'len' fails at 0.0"),
    ],
)
def test_a_curve_that_misleads_is_refused_when_made(fn, told):
    with pytest.raises(SpecError, match=told):
        Mapped(Told("a"), fn)


def test_a_curve_that_breaks_between_the_checked_places_raises():
    with pytest.raises(ValueError, match=r"The curve 'holed' is nan at 0\.3"):
        Mapped(Told("a"), holed)([sample(a=0.3)])


def holed(unit):
    return math.nan if unit == 0.3 else unit


def test_a_mapped_reward_claims_what_its_curve_leaves_of_the_claims():
    inner = Told("a", Traits(monotone=frozenset({"blur"}), noise_floor=0.5, tolerance=1e-4))
    tamed, stepped = Mapped(inner, "log_tamed").traits, Mapped(inner, threshold).traits
    assert tamed.noise_floor == pytest.approx(math.log2(1.5))
    assert (tamed.monotone, tamed.gate, tamed.floor, tamed.kind) == ({"blur"}, True, True, "composite")
    assert tamed.tolerance == pytest.approx(1e-4 / math.log(2), rel=0.01)
    assert "1.44 times as steep" in tamed.disclaims["18"]
    assert stepped.monotone == set()
    assert "2 values" in stepped.disclaims["16"]
    assert "18" not in Mapped(inner, centred).traits.disclaims
    versions = {Mapped(inner, fn).version for fn in ("log_tamed", square_root, threshold)}
    assert len(versions) == 3
