"""`execution`: the linter's verdict as 1 or -1, faithful or strict."""

import numpy as np
import pytest

import rewards
from made_pages import page
from rewards import SpecError
from rewards.critique import critique, leak

FAITHFUL, STRICT = rewards.make("execution"), rewards.make("execution(mode='strict')")
FAILED = page(status="program_error", kind="crash", message="the page crashed")
DOWN = page(status="machine_error", message="the browser died")
BLANK = page(image=np.full((36, 64, 3), 255, np.uint8))


@pytest.mark.parametrize(
    ("sample", "faithful", "strict"),
    [
        (page(), 1, 1),
        (page("", "lint"), -1, -1),
        (page("", "lint_warning", "console", "network"), 1, 1),
        (page("", "page_error"), 1, -1),
        (BLANK, 1, -1),
        (FAILED, -1, -1),
        (DOWN, None, None),
        (page(evidence=frozenset({"source", "image"})), None, None),
    ],
    ids=[
        "clean",
        "lint error",
        "warnings",
        "uncaught error",
        "one colour",
        "failed",
        "machine",
        "not linted",
    ],
)
def test_a_page_runs_or_it_does_not(sample, faithful, strict):
    assert [FAITHFUL([sample])[0].value, STRICT([sample])[0].value] == [faithful, strict]


def test_what_settles_it_is_what_it_fails_by():
    assert FAITHFUL.settled_by == {"lint"}
    assert STRICT.settled_by == {"lint", "page_error"}


def test_the_modes_are_two_rewards_of_two_versions():
    assert FAITHFUL.version != STRICT.version
    assert (FAITHFUL.needs, STRICT.needs) == ({"lint"}, {"lint", "image"})
    with pytest.raises(SpecError, match="mode is 'loose'; it is 'faithful' or 'strict'"):
        rewards.make("execution(mode='loose')")


def test_a_critique_names_rule_and_line_of_a_few_and_counts_the_rest():
    told = critique(FAITHFUL, page("", *["lint"] * 7, "page_error"))
    assert told.splitlines() == [
        *(f"The markup has an error: lint at line {12 + n}" for n in range(5)),
        "There are 2 more of these.",
    ]
    assert "A script failed while the page loaded" in critique(STRICT, page("", "page_error"))
    assert critique(STRICT, BLANK) == "There is nothing on the page."
    assert critique(FAITHFUL, page("++-", "console")) == ""


@pytest.mark.parametrize(
    "words", ["-1.000", "id 1.000 is not unique", "a 100.0 % wide image", "the okay tier"]
)
def test_a_page_cannot_put_its_score_or_a_tier_into_the_critique(words):
    finding = rewards.types.Finding("lint", f"Of {words} (id-unique, line 3).")
    sample = page(findings=(finding,))
    [score] = FAITHFUL([sample])
    told = critique(FAITHFUL, sample)
    assert "line 3" in told
    assert leak(told, score) == leak(told, rewards.Score(1.0)) == ""
