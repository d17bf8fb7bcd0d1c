"""The search, on a value that is read off the text of a program."""

import re

import pytest

from codepaint_env.study.climb.search import BROOD, PATIENCE, Search, Value
from codepaint_env.study.climb.starts import Start
from rewards.types import Task

START = Start(
    "dots",
    Task("dots", "dots"),
    "function setup() { createCanvas(64, 64, WEBGL); brush.circle(0, 0, 10); brush.circle(5, 5, 10); }",
)


def widest(program):
    """The largest radius, up to 1."""
    return Value(max([0.0, *map(float, re.findall(r", ([\d.]+)\);", program))]) / 100, True)


def climbed(evaluations=64, value=widest, seed=0):
    search = Search(START, ["brush.circle(1, 1, 12);"], evaluations, seed)
    while not search.finished:
        search.tell([value(program) for program in search.generation().values()])
    return search


def test_the_value_rises_within_sixteen_evaluations_and_never_falls():
    records = climbed(64).records
    assert [each.evaluations for each in records] == [0, 16, 64]
    values = [each.value.value for each in records]
    assert values[0] == 0.1
    assert values[0] < values[1] < values[2]


def test_the_same_values_lead_to_the_same_programs():
    assert climbed().records == climbed().records
    assert climbed().records[-1].program != climbed(seed=1).records[-1].program


def test_more_evaluations_begin_with_the_same_ones():
    assert climbed(64).records[:2] == climbed(16).records


def test_the_last_generation_ends_with_the_last_evaluation():
    search = climbed(11)
    assert search.done == 11
    assert search.records[-1].evaluations == 11


def test_of_equal_values_one_that_painted_is_taken():
    search = climbed(8, lambda program: Value(0.0, "10" in program))
    assert search.records[-1].value.ok


def test_a_search_that_finds_nothing_better_starts_again_near_its_best():
    search = Search(START, [], 10_000)
    search.tell([Value(1.0, True)])
    for _ in range(PATIENCE):
        before = search.generation()
        search.tell([Value(0.5, True)] * BROOD)
    after = search.generation()
    search.tell([Value(0.4, True)] * BROOD)
    assert min(after) == max(before) + 1
    assert not set(after.values()) & set(before.values())
    child = next(iter(search.generation().values()))
    assert child != START.program
    assert search.records[-1].program == START.program


def test_a_generation_takes_as_many_values_as_it_has_programs():
    with pytest.raises(ValueError, match="shorter"):
        Search(START, [], 8).tell([])
