"""`docs/pages.md` says what the code does: families of fonts, rules of the linter, findings and pictures; its code runs."""

from __future__ import annotations

import json
import re

import pytest

from codepaint_env.canvases.html import fonts, virtual_page
from codepaint_env.canvases.html.canvas import HTML
from codepaint_env.canvases.html.lint.htmlhint import MOST_ERRORS, MOST_WARNINGS
from codepaint_env.canvases.html.seal import ORIGIN
from codepaint_env.render.browser import assets
from codepaint_env.render.browser.recipe import RECIPE
from markdown_pages import Page, column
from places import ROOT

PAGE = Page("docs/pages.md")
FOLDER = ROOT / "src/codepaint_env/canvases/html"


def test_the_page_tells_which_family_stands_for_which_names():
    [table] = PAGE.tables("Fonts")
    told = {row[1].partition(",")[0]: row[0] for row in table[1:]}
    assert list(told) == list(fonts.FAMILIES)
    for family, names in told.items():
        known = fonts.FAMILIES[family].split(", ")
        named = [name.strip(" `…") for name in names.partition(", and ")[0].split(",")]
        assert set(named) <= set(known), family
    assert all(
        family in PAGE.section("Fonts").replace("Nanum Gothic", "NanumGothic") for family in fonts.FALLBACK
    )


def test_the_page_tells_the_weights_that_are_fetched():
    [table] = PAGE.tables("Fonts")
    told = {
        family: re.findall(r"\d{3}", weights) for family, weights in column(table, "weights").items()
    } or {}
    files = [name for package in RECIPE.values() for name in package.values() if name.endswith(".ttf")]
    for row in table[1:-1]:
        stem = row[1].replace(" ", "")
        there = {int(re.search(r"_(\d{3})", name)[1]) for name in files if f"/{stem}_" in name}
        roman = row[2].partition(", italics")[0]
        low, high = int(re.findall(r"\d+", roman)[0]), int(re.findall(r"\d+", roman)[-1])
        listed = set(map(int, re.findall(r"\d+", roman)))
        assert {low, high} <= there, row
        assert there <= (set(range(low, high + 1, 100)) if " to " in roman else listed), row
    assert told is not None


def test_the_page_tells_of_every_rule_with_its_level():
    [table] = PAGE.tables("The linter")
    rules = json.loads((FOLDER / "lint/rules.json").read_text())
    told = {
        rule: row[1].split()[0].strip(":") for row in table[1:] for rule in re.findall(r"`([\w-]+)`", row[0])
    }
    assert told == {rule: each["level"] for rule, each in rules.items()}
    assert f"At most {MOST_ERRORS} errors and {MOST_WARNINGS} warnings" in PAGE.section("The linter")
    assert (
        f"HTMLHint](https://htmlhint.com) {assets.read_lock()['packages']['htmlhint']['version']}"
        in PAGE.text
    )


def test_the_page_lists_every_finding():
    [table] = PAGE.tables("Findings")
    told = {kind for row in table[1:] for kind in re.findall(r"`(\w+)`", row[0])}
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    named = set(re.findall(r'Finding\(\s*"(\w+)"', code)) | {"lint_warning"}
    told_by_events = set(re.findall(r'"(page_error|console|network)"', code))
    audited = set(re.findall(r'Damage\(\s*"(\w+)"', code))
    assert named | told_by_events | audited | {"text"} <= told
    stages = {row[1].strip("`") for row in table[1:]}
    assert stages <= HTML().stages | HTML().on_request


def test_the_page_tells_sizes_and_address_as_they_are():
    assert ORIGIN in PAGE.text
    assert f"{virtual_page.WIDTH_PX} × {virtual_page.HEIGHT_PX} pixels" in PAGE.text
    assert f"down to {virtual_page.FULL_HEIGHT_PX:,} pixels" in PAGE.text
    assert f"drawn {virtual_page.SETTLED_MS / 1000:g} seconds" in PAGE.text


def test_the_sizes_of_the_set_up_are_as_told():
    parts = assets.read_lock()["files"]
    megabytes = sum(part["bytes"] for part in parts.values()) / 1e6
    ours = (
        sum(part["bytes"] for name, part in parts.items() if name.startswith(("fonts/", "axe", "htmlhint")))
        / 1e6
    )
    kept, of_these = map(int, re.search(r"keeps (\d+) MB.* and (\d+) MB of these", PAGE.text).groups())
    assert megabytes == pytest.approx(kept, abs=10)
    assert ours == pytest.approx(of_these, abs=2)


@pytest.mark.full
def test_the_code_of_the_page_runs(capsys):
    PAGE.run_python()
    told = capsys.readouterr().out
    assert "You are a web designer" in told
    assert re.search(r"^ok (1\.0|0\.[3-9])\d* \[", told, re.MULTILINE), told
