"""The pages of rewards that ask a judge: every argument, what they cost, and the figures that a benchmark wrote."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace

import pytest

import rewards
from markdown_pages import Page, column
from places import ROOT
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.pairs.pairwise import Pairwise
from rewards.judged.single.checklist import checklist
from rewards.judged.single.score import score
from rewards.preflight import shipped_samples
from rewards.testing.judges import ScriptedJudge

PAGE = Page("docs/pairwise.md")
FIGURES = json.loads((ROOT / "docs/judge.json").read_text(encoding="utf-8"))


PAGES = {"score": score, "checklist": checklist}
ARGUMENTS = [("pairwise", "Arguments", Pairwise), ("pairwise", "The judge", OpenAIJudge)]
ARGUMENTS += [(name, "Arguments", factory) for name, factory in PAGES.items()]
PROMPT = "a purple iris with yellow beards, upright on its stem"
FEATURES = tuple(f"a statement of some six words {number}" for number in range(6))


@pytest.mark.parametrize(("name", "title", "constructor"), ARGUMENTS)
def test_a_page_lists_every_argument_with_its_default(name, title, constructor):
    [table] = Page(f"docs/{name}.md").tables(title)
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


@pytest.mark.parametrize("name", ["pairwise", *PAGES])
def test_a_price_table_follows_from_what_is_asked(name):
    [table] = Page(f"docs/{name}.md").tables("What it costs")
    for spec, calls, asked, said, *usd in table[1:]:
        judge = ScriptedJudge(record=True)
        reward = rewards.make(spec.strip("`"), judge=judge, text="keep")
        [sample] = shipped_samples(1)
        reward([replace(sample, task=replace(sample.task, prompt=PROMPT, features=FEATURES))])
        texts = [question.system + question.text + json.dumps(question.schema) for question in judge.asked]
        pictures = sum(len(question.images) for question in judge.asked)
        prompt = sum(map(len, texts)) / 4 + 300 * pictures
        completion = sum(len(reply.text) for reply in ScriptedJudge().ask(judge.asked)) / 4
        assert calls == f"{1000 * len(judge.asked):,}"
        assert [asked, said] == [f"{1000 * tokens / 1e6:.2f} M" for tokens in (prompt, completion)]
        prices = [(0.1, 0.4), (0.4, 1.6), (2.0, 8.0)]
        assert usd == [f"{(prompt * a + completion * b) / 1000:.2f}" for a, b in prices]
