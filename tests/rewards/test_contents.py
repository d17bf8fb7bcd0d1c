"""What versions are made of: the contents of values, never the names of their types."""

import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import rewards
from rewards import Score, SpecError
from rewards.types import version_of


class Tone(Enum):
    DARK = 1
    LIGHT = 2


@dataclass(frozen=True)
class Brush:
    width_px: int


class Judge:
    def __init__(self, version):
        self.version = version


def curve(unit, power=2):
    return unit**power


def closing_over(power):
    def closed(unit):
        return unit**power

    return closed


def countdown():
    def down(number):
        return down(number - 1) if number else 0

    return down


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.int64(3), np.int64(4)),
        (Path("a"), Path("b")),
        ({"a", "b"}, {"a", "c"}),
        (frozenset({1}), frozenset({2})),
        (np.zeros((2, 3)), np.ones((2, 3))),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.zeros(3, np.uint8), np.zeros(3, np.int8)),
        (partial(curve, power=2), partial(curve, power=3)),
        (closing_over(2), closing_over(3)),
        (curve, closing_over(2)),
        (Tone.DARK, Tone.LIGHT),
        (Brush(1), Brush(2)),
        (Judge("1"), Judge("2")),
        (b"one", b"other"),
        ({1: "a"}, {1: "b"}),
        (float("nan"), 1.0),
        (Judge, Brush),
        (eval("lambda: 1"), eval("lambda: 2")),
        ("x".upper, "y".upper),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_that_differ_have_versions_that_differ_and_equal_ones_the_same(one, other):
    for wrapped in (lambda value: value, lambda value: [value], lambda value: {"key": value}):
        assert version_of("code", wrapped(one)) != version_of("code", wrapped(other))
        assert version_of("code", wrapped(one)) == version_of("code", wrapped(one))


def test_numbers_of_numpy_count_as_what_they_are():
    assert version_of("code", [np.int64(3), np.float32(0.5), np.bool_(True)]) == version_of(
        "code", [3, 0.5, True]
    )


def test_a_function_that_calls_itself_has_a_version():
    assert version_of("code", countdown()) == version_of("code", countdown())


def test_of_what_nothing_tells_apart_no_version_is_made():
    with pytest.raises(SpecError, match=r"cannot be made of object: .*Give it an attribute `version`"):
        version_of("code", object())
    loop = []
    loop.append(loop)
    with pytest.raises(SpecError, match="which holds itself"):
        version_of("code", loop)


def test_a_set_counts_alike_whatever_the_seed_of_hashes():
    code = "from rewards.types import version_of; print(version_of('code', {'a', 'b', 'c', 'd'}))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    }
    assert len(told) == 1


class Weighs:
    """A reward of somebody's own, with what it holds."""

    def __init__(self, weights):
        self.weights = weights

    def __call__(self, samples):
        return [Score(0.5) for _ in samples]


def scoring(level):
    def scored(samples):
        return [Score(level) for _ in samples]

    return scored


def judging(level):
    @rewards.reward()
    def judged(sample):
        return level

    return judged


def test_callables_without_a_version_get_one_that_follows_what_they_hold():
    made = [Weighs(np.zeros(3)), Weighs(np.ones(3)), Weighs({"a"}), scoring(0.25), scoring(0.5)]
    made += [partial(scoring, 0.25)(), judging(0.25), judging(0.5)][1:]
    versions = [rewards.make(one).version for one in made]
    assert all(one != other for one, other in combinations(versions, 2))
    assert (
        rewards.make(Weighs(object())).version == rewards.make(Weighs(object())).version
    )  # told by its type


def test_a_curve_with_other_parameters_makes_another_version():
    versions = {
        rewards.Mapped(rewards.make("coverage"), partial(curve, power=power)).version for power in (1, 2, 3)
    }
    assert len(versions) == 3
