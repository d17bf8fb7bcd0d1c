"""`docs/laws.md` lists every law with what holds, what claims it, what usually breaks it, and its mutants."""

from __future__ import annotations

import pytest

from markdown_pages import Page
from rewards.testing.law import all_laws, all_mutants

PAGE = Page("docs/laws.md")


def table(family: str) -> str:
    """Returns the table of a family as the page has it."""
    caught: dict[str, list[str]] = {}
    for mutant in all_mutants():
        for id in mutant.caught_by:
            caught.setdefault(id, []).append(mutant.name)
    rows = [
        "| law | what holds | who must keep it | what usually breaks it | mutants |",
        "|---|---|---|---|---|",
    ]
    for law in all_laws(family):
        who = (
            "every reward"
            if law.contract
            else f"by the trait `{law.trait}`"
            if law.trait
            else "who it is about"
        )
        mutants = "; ".join(caught.get(law.id, ["none"]))
        cells = (f"{law.id} {law.name}", law.sentence.rstrip("."), who, law.cause, mutants)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("family", ["reward", "normaliser"])
def test_the_page_lists_every_law_as_the_code_has_it(family):
    assert table(family) in PAGE.text
