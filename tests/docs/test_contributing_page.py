"""`CONTRIBUTING.md` shows every room, and the files that it names are there."""

from __future__ import annotations

import importlib
import re

import pytest

from markdown_pages import Page
from places import ROOT

PAGE = Page("CONTRIBUTING.md")
[TREE] = re.findall(r"^## The tree\n\n```\n(.*?)^```", PAGE.text, re.MULTILINE | re.DOTALL)
SHOWN = [line[:30].strip() for line in TREE.splitlines()]
# Data of a room, not code.
NO_ROOMS = {"__pycache__", "rubrics", "templates", "js", "drawings", "broken", "fonts"}


def rooms(package):
    """Returns the folders of a package below it, as the tree writes them."""
    folders = {path.parent for path in (ROOT / "src" / package).rglob("*.py")}
    kept = [
        path
        for path in folders - {ROOT / "src" / package}
        if not NO_ROOMS & set(path.relative_to(ROOT).parts)
    ]
    return {f"{path.relative_to(ROOT / 'src' / package)}/" for path in kept}


def shown(package):
    """Returns what the tree shows below a package."""
    start = SHOWN.index(f"src/{package}/")
    names: list[str] = []
    for line, cell in zip(TREE.splitlines()[start + 1 :], SHOWN[start + 1 :], strict=True):
        if not line.startswith("  "):
            break
        names += cell.split(", ")
    return names


@pytest.mark.parametrize("package", ["rewards", "codepaint_env"])
def test_the_tree_shows_every_room_and_nothing_that_is_gone(package):
    names = shown(package)
    for name in names:
        assert (ROOT / "src" / package / name).exists(), name
    commands = {room for room in rooms(package) if room.startswith("cli/")} - {"cli/"}
    assert rooms(package) - commands - {"trainers/"} <= set(names)  # of trainers both parts are shown


def recipes():
    """Returns the files and rooms that the recipes name; what is to be added is called NAME there."""
    text = PAGE.section("Recipes")
    return re.findall(r"`((?:src|tests|docs|reference_pool)/[\w./-]*)`", text)


@pytest.mark.parametrize("path", sorted(set(recipes())))
def test_every_file_of_a_recipe_is_there(path):
    room = path.partition("NAME")[0]
    assert (ROOT / (room.rpartition("/")[0] if room != path else path)).exists()


@pytest.mark.parametrize("recipe", ["a reward", "a canvas", "a trainer", "a command"])
def test_there_is_a_recipe_to_add(recipe):
    assert f"**Add {recipe}**" in PAGE.text


def test_the_questions_of_a_newcomer_are_answered_by_files_that_are_there():
    package = ROOT / "src"
    for file in (
        "rewards/painted/coverage.py",
        "codepaint_env/render/backend.py",
        "codepaint_env/cli/score.py",
    ):
        assert (package / file).is_file()
    for name in ("coverage.py", "render/backend.py", "cli/score.py", "canvases/NAME/"):
        assert f"`{name}`" in PAGE.section("The tree")


def test_docs_and_examples_import_from_public_addresses_only():
    public = set(re.findall(r"`((?:rewards|codepaint_env)[\w.]*)`", PAGE.section("Public imports")))
    pages = [
        ROOT / "README.md",
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("examples/*.py"),
        *ROOT.glob("examples/*.ipynb"),
    ]
    found = {
        (page.name, address)
        for page in pages
        for address in re.findall(
            r"^\s*(?:from|import) ((?:rewards|codepaint_env)[\w.]*)", page.read_text("utf-8"), re.M
        )
    }
    assert len(found) > 20
    assert {each for each in found if each[1] not in public} == set()
    for address in public:
        importlib.import_module(address)
