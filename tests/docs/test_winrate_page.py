"""`docs/winrate.md` lists every argument of the reward, and holds the figures that the benchmark wrote."""

from __future__ import annotations

import inspect
import json

from markdown_pages import Page, column
from places import ROOT
from rewards.judged.pairs.winrate import WinRate, calls_a_group
from rewards.judged.rubric import load_rubric

PAGE = Page("docs/winrate.md")
FIGURES = json.loads((ROOT / "docs/winrate.json").read_text(encoding="utf-8"))
TOKENS, PRICES = (1500, 40), (0.40, 1.60)  # of a call, and of a million


def test_the_page_lists_every_argument_with_its_default():
    [table] = PAGE.tables("Arguments")
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    parameters = inspect.signature(WinRate).parameters.values()
    assert told == {p.name: repr(p.default) for p in parameters}


def test_the_page_names_every_component():
    [table] = PAGE.tables("Formula")
    told = [row[0].strip("`") for row in table[1:]]
    assert told == list(WinRate(judge=_Silent()).traits.components)


class _Silent:
    version = "silent"

    def ask(self, questions, /):
        return [None] * len(questions)


def test_the_page_holds_the_figures_of_the_benchmark():
    [table] = PAGE.tables("How many games")
    assert len(table) == len(FIGURES["rows"]) + 1
    for cells, row in zip(table[1:], FIGURES["rows"], strict=True):
        size, games, calls, tau, unsure, best, spread = cells
        assert (int(size), int(games.partition(",")[0]), int(calls)) == (
            row["size"],
            row["games"],
            row["calls"],
        )
        assert [tau, unsure, spread] == [f"{row[name]:.2f}" for name in ("tau", "tau_unsure", "spread_blind")]
        assert best == f"{row['best']:.0%}"
    assert f"{FIGURES['rubric_chars']:,} characters of rubric" in PAGE.text
    rubric = load_rubric("pairwise")
    assert len(rubric.system) + len(rubric.text) == FIGURES["rubric_chars"]


def test_the_prices_follow_from_the_calls():
    [table] = PAGE.tables("What a step costs")
    for size, games, calls, tokens, usd in table[1:]:
        due = 64 * calls_a_group(None if games == "all" else int(games), int(size), 0)
        assert calls == f"{due:,}"
        assert tokens == f"{due * TOKENS[0] / 1e6:.1f} million"
        cost = due * (TOKENS[0] * PRICES[0] + TOKENS[1] * PRICES[1]) / 1e6
        assert usd == f"{cost:.2f}"
