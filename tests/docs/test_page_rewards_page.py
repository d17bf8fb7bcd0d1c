"""`docs/page-rewards.md` lists every argument, the laws of traces with their mutants, and what cheap pages score."""

from __future__ import annotations

import inspect

import pytest

from markdown_pages import Page, column
from rewards.pages.agentic import WEIGHTS, Agentic
from rewards.pages.execution import Execution
from rewards.pages.interactive import Interactive
from rewards.testing.law import all_laws, all_mutants

PAGE = Page("docs/page-rewards.md")


@pytest.mark.parametrize(
    ("title", "constructor"), [("Execution", Execution), ("Interactive", Interactive), ("Agentic", Agentic)]
)
def test_the_page_lists_every_argument_with_its_default(title, constructor):
    [table] = PAGE.tables(title)
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    parameters = inspect.signature(constructor).parameters.values()
    assert told == {p.name: repr(p.default) for p in parameters}
    assert all(column(table, "meaning").values())


def test_the_page_holds_the_papers_weights():
    assert " + ".join(f"{weight:g} · {name}" for name, weight in WEIGHTS.items()) in PAGE.text


def test_the_page_lists_the_laws_of_traces_with_the_mutant_that_each_catches():
    [table] = PAGE.tables("Laws")
    mutants = {law: mutant for mutant in all_mutants() for law in mutant.caught_by}
    laws = [law for law in all_laws() if 52 <= int(law.id) <= 57]
    assert [tuple(row) for row in table[1:]] == [
        (f"{law.id} {law.name}", law.sentence, f"{mutants[law.id].id}: {mutants[law.id].name}")
        for law in laws
    ]


def test_the_blocks_run_in_the_order_of_the_page():
    PAGE.run_python()
