"""The kit's own test: each mutant is caught by the laws named beside it, and what it is an edit of is not."""

import pytest

from rewards.testing import check_reward
from rewards.testing.law import all_mutants
from rewards.testing.shipped_check import missed, originals

MUTANTS = [mutant for mutant in all_mutants() if mutant.make.__module__ == "rewards.testing.mutants.plain"]
TABLE = [str(number) for number in range(1, 29)] + ["45"]  # numbers of mutants


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.id} {mutant.name}")
def test_a_mutant_is_caught_by_each_law_named_beside_it(mutant):
    assert missed(mutant) == []


@pytest.mark.parametrize("toy", originals(MUTANTS), ids=lambda toy: toy.__name__)
def test_what_a_mutant_is_an_edit_of_keeps_every_law(toy):
    report = check_reward(toy, examples=8)
    report.raise_if_failed()
    assert report["01"].state == "passed"


@pytest.mark.parametrize("id", ["7", "21", "28"])
def test_some_mutants_keep_every_law_but_the_one_named(id):
    [mutant] = [mutant for mutant in MUTANTS if mutant.id == id]
    report = check_reward(mutant.make, examples=30)
    assert [outcome.law.id for outcome in report.failed] == list(mutant.caught_by)


def test_no_mutant_of_the_table_is_missing():
    assert set(TABLE) <= {mutant.id for mutant in MUTANTS}
