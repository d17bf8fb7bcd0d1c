"""`docs/scorers.md` lists every argument and column, a protocol that is the code's, and the laws with their mutants."""

from __future__ import annotations

import inspect

import msgspec
import pytest

from markdown_pages import Page, column
from places import ROOT
from rewards.scorers.columns import COLUMNS, IN_A_BATCH
from rewards.scorers.function import Function
from rewards.scorers.http import Http
from rewards.scorers.wire import FIELDS, VERSION, Request, Scale, read
from rewards.testing.law import all_laws, all_mutants

PAGE = Page("docs/scorers.md")


@pytest.mark.parametrize(
    ("title", "factory"), [("Arguments of `http`", Http), ("Arguments of `function`", Function)]
)
def test_the_page_lists_every_argument_with_its_default(title, factory):
    [table] = PAGE.tables(title)
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    parameters = inspect.signature(factory).parameters.values()
    assert told == {p.name: "required" if p.default is p.empty else repr(p.default) for p in parameters}
    assert all(column(table, "meaning").values())


def test_the_page_lists_every_column():
    [table] = PAGE.tables("Columns")
    assert list(column(table, "what it is")) == [*IN_A_BATCH, *COLUMNS]


def test_the_protocol_of_the_page_is_that_of_the_code():
    request, *replies = PAGE.blocks("json")
    sent = msgspec.json.decode(request, type=Request)
    assert (sent.version, len(sent.items)) == (VERSION, 2)
    [first, _], second = (read(reply.encode(), 2) for reply in replies)
    assert Scale().told(first).value == 0.81
    assert Scale(components=("alignment", "beauty")).told(second[1]).reason == "there is no iris"
    assert all(
        f"`{name}`" in column(PAGE.tables("Arguments of `http`")[0], "meaning")["sends"] for name in FIELDS
    )


def test_the_functions_that_were_not_run_here_are_python_and_the_page_says_so():
    for block in PAGE.blocks("python"):
        compile(block, "docs/scorers.md", "exec")
    assert "**ImageReward and HPSv3 were not run here.**" in PAGE.text


def test_the_server_is_as_short_as_promised():
    assert len((ROOT / "examples/score_server.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_the_page_lists_the_laws_of_scorers_with_the_mutants_that_each_catches():
    [table] = PAGE.tables("Laws")
    caught = {law.id: [each for each in all_mutants() if law.id in each.caught_by] for law in all_laws()}
    assert [tuple(row) for row in table[1:]] == [
        (
            f"{law.id} {law.name}",
            law.sentence,
            "; ".join(f"{each.id}: {each.name}" for each in caught[law.id]),
        )
        for law in all_laws()
        if law.id in ("62", "63", "64")
    ]
