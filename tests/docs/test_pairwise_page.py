"""`docs/pairwise.md` lists every argument of the reward and of its judge, and the figures that the benchmark wrote."""

from __future__ import annotations

import inspect
import json

import pytest

from markdown_pages import Page, column
from places import ROOT
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairwise import Pairwise

PAGE = Page("docs/pairwise.md")
FIGURES = json.loads((ROOT / "docs/judge.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("title", "constructor"), [("Arguments", Pairwise), ("The judge", OpenAIJudge)])
def test_the_page_lists_every_argument_with_its_default(title, constructor):
    [table] = PAGE.tables(title)
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    parameters = inspect.signature(constructor).parameters.values()
    assert told == {p.name: "required" if p.default is p.empty else repr(p.default) for p in parameters}
    assert all(column(table, name)[argument] for name in ("unit", "meaning") for argument in told)


def test_the_page_holds_the_figures_of_the_benchmark():
    [table] = PAGE.tables("When an endpoint is in trouble")
    rows = {name: cells for name, *cells in table[1:]}
    for name, trouble in FIGURES["trouble"].items():
        sent, answered, lost = rows[f"`{name}`"][1:4]
        assert (int(sent.replace(",", "")), int(answered.replace(",", ""))) == (
            trouble["sent"],
            trouble["answered"],
        )
        assert lost == f"{trouble['lost_s']:.1f} s"
    assert len(rows) == len(FIGURES["trouble"])


def test_a_refused_key_and_a_hanging_endpoint_cost_what_is_promised():
    trouble = FIGURES["trouble"]
    for name in ("refused_key", "spent_credit"):
        assert trouble[name]["sent"] <= 1 + 32 + 10
    assert trouble["hangs"]["questions"] == 2048
    assert trouble["hangs"]["lost_s"] <= 120
    assert "patience_s" in trouble["hangs"]["read"]
