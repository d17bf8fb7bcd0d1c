"""`docs/clip.md` lists every argument, the templates, and the laws of alignment with their mutants."""

from __future__ import annotations

import inspect

from markdown_pages import Page, column
from rewards.features.alignment import clip
from rewards.features.prompt_templates import TEMPLATES
from rewards.testing.law import all_laws, all_mutants

PAGE = Page("docs/clip.md")


def test_the_page_lists_every_argument_with_its_default():
    table, _ = PAGE.tables("Arguments")
    told = {name: default.strip("`") for name, default in column(table, "default").items()}
    assert told == {p.name: repr(p.default) for p in inspect.signature(clip).parameters.values()}
    assert all(column(table, "meaning").values())


def test_the_page_lists_the_templates():
    _, table = PAGE.tables("Arguments")
    assert {name: text.strip("`") for name, text in column(table, "template").items()} == dict(TEMPLATES)


def test_the_page_lists_the_laws_of_alignment_with_the_mutants_that_each_catches():
    [table] = PAGE.tables("Laws")
    caught = {law.id: [each for each in all_mutants() if law.id in each.caught_by] for law in all_laws()}
    assert [tuple(row) for row in table[1:]] == [
        (
            f"{law.id} {law.name}",
            law.sentence,
            "; ".join(f"{each.id}: {each.name}" for each in caught[law.id]),
        )
        for law in all_laws()
        if law.id in ("59", "60")
    ]
