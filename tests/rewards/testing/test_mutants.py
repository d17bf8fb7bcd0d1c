"""The kit's own test: each mutant is caught by the laws named beside it, and what it is an edit of is not."""

import pytest

from rewards.testing import check_reward
from rewards.testing.check import Checker, chosen_laws
from rewards.testing.law import all_laws, all_mutants
from rewards.testing.shipped_check import missed, originals
from rewards.testing.subject import subject_of

MUTANTS = {mutant.id: mutant for mutant in all_mutants()}


# `codepaint check-reward --mutants`, which `make test-full` runs, does this with all of them.
@pytest.mark.parametrize("mutant", [*MUTANTS.values()][::3], ids=lambda mutant: f"{mutant.id} {mutant.name}")
def test_a_mutant_is_caught_by_each_law_named_beside_it(mutant):
    assert missed(mutant) == []


def test_every_law_has_a_mutant_that_it_alone_must_not_miss():
    laws = {law.id for family in ("reward", "normaliser") for law in all_laws(family)}
    assert laws == {id for mutant in MUTANTS.values() for id in mutant.caught_by}


# All laws on all originals: `codepaint check-reward --mutants`.
@pytest.mark.parametrize("toy", originals(), ids=lambda toy: toy.__name__)
def test_what_a_mutant_is_an_edit_of_keeps_the_laws_that_catch_its_mutants(toy):
    named = {id for mutant in MUTANTS.values() if mutant.original is toy for id in mutant.caught_by}
    laws = chosen_laws(named - {"07", "34"})  # other processes, and whole pictures that are read
    Checker(subject_of(toy), examples=8).report(laws).raise_if_failed()


PAGES = [pytest.param(str(number), marks=pytest.mark.full) for number in range(62, 68)]


@pytest.mark.parametrize("id", ["7", "21", "28", *PAGES])
def test_some_mutants_keep_every_law_but_the_one_named(id):
    mutant = MUTANTS[id]
    report = check_reward(mutant.make, examples=8)
    assert {outcome.law.id for outcome in report.failed} <= set(mutant.caught_by)


def test_the_numbers_of_the_table_are_all_there():
    assert {int(id.rstrip("abcdef")) for id in MUTANTS} == {*range(1, 43), *range(45, 77), *range(80, 100)}
