"""The code keeps clear of what the first releases of Python 3.11, such as Debian 12's 3.11.2, get wrong."""

from __future__ import annotations

import ast
import re

import pytest

from places import ROOT

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+")
"""A group that is repeated possessively: where its body fails half-way, 3.11.4 goes on from there (gh-106052)."""
FOLDERS = pytest.mark.parametrize("folder", ["src", "benchmarks", "examples"])


def sources(folder):
    return [(path, path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).rglob("*.py"))]


@FOLDERS
def test_no_pattern_repeats_a_group_possessively(folder):
    """`(?>(?:...)*)` says the same as `(?:...)*+`, and every Python of 3.11 reads it rightly."""
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path, text in sources(folder)
        for number, line in enumerate(text.splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert not lines, "\n".join(lines)


@FOLDERS
def test_no_frozen_dataclass_with_slots_pickles_by_getstate(folder):
    """3.11.3 puts its own `__getstate__` in the place of the class's (gh-104035); `__reduce__` stays."""
    for path, text in sources(folder):
        if "slots=True" not in text or "state__" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and any(
                "slots=True" in ast.unparse(d) for d in node.decorator_list
            ):
                own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
                assert not own & {"__getstate__", "__setstate__"}, f"{path.relative_to(ROOT)}: {node.name}"


@pytest.mark.parametrize("pattern", ["(?:a:)?+svg", "(?:a)*+", "(?:ab){2,3}+", "(?P<end>/)?+"])
def test_what_is_looked_for_is_found(pattern):
    assert POSSESSIVE_GROUP.search(pattern)
    assert not POSSESSIVE_GROUP.search(r"[-+]?+\d++ \)*+ (?>(?:a:)?)")
