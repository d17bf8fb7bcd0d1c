"""The corpus of pages tells the truth: every control was operated in a plain browser, without the explorer."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from headless_chromium import chromium
from page_corpus import read_held_out, read_pairs, read_traps
from page_truth import lies

PAIRS = read_pairs()
HELD_OUT = read_held_out()
TRAPS = read_traps()


def test_there_are_at_least_thirty_pairs_and_twelve_traps():
    assert len(PAIRS) >= 30
    assert len(TRAPS) >= 12


def test_at_least_twelve_other_pairs_are_held_out():
    assert len(HELD_OUT) >= 12
    names = {working.name for working, _ in HELD_OUT}
    assert not names & {working.name for working, _ in PAIRS}


def test_both_pages_of_a_pair_differ_and_the_working_one_has_a_live_control():
    for working, dead in PAIRS + HELD_OUT:
        assert working.document != dead.document
        assert any(control.working == "live" for control in working.controls), working.name
        lives = Counter(
            page.variant for page in (working, dead) for each in page.controls if live(page, each)
        )
        assert lives["working"] > lives["dead"], working.name


def live(page, control):
    return (control.working if page.variant == "working" else control.dead) == "live"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("home")) as chrome:
        yield chrome


# Those that test_corpus.py and test_held_out.py explore; with CODEPAINT_ALL_PAGES=1, as in `make test-long`, all.
STRIDE = 1 if os.environ.get("CODEPAINT_ALL_PAGES") else 6
LOOKED_AT = PAIRS[::STRIDE] + HELD_OUT[::STRIDE]


@pytest.mark.full
@pytest.mark.parametrize("pair", LOOKED_AT, ids=[working.name for working, _ in LOOKED_AT])
def test_a_pair_is_as_the_corpus_says_in_a_plain_browser(browser, pair):
    assert [lie for page in pair for lie in lies(browser, page)] == []


@pytest.mark.full
@pytest.mark.parametrize("trap", TRAPS[::STRIDE], ids=str)
def test_a_trap_is_as_the_corpus_says_in_a_plain_browser(browser, trap):
    assert lies(browser, trap) == []
