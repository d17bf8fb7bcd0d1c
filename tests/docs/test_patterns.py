"""Regular expressions keep clear of what Python 3.11.4 and older, such as Debian 12's 3.11.2, get wrong."""

from __future__ import annotations

import re

import pytest

from places import ROOT

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+")
"""A group that is repeated possessively: where its body fails half-way, old Pythons go on from there (gh-106052)."""


@pytest.mark.parametrize("folder", ["src", "benchmarks", "examples"])
def test_no_pattern_repeats_a_group_possessively(folder):
    """`(?>(?:...)*)` says the same as `(?:...)*+`, and every Python of 3.11 reads it rightly."""
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("pattern", ["(?:a:)?+svg", "(?:a)*+", "(?:ab){2,3}+", "(?P<end>/)?+"])
def test_what_is_looked_for_is_found(pattern):
    assert POSSESSIVE_GROUP.search(pattern)
    assert not POSSESSIVE_GROUP.search(r"[-+]?+\d++ \)*+ (?>(?:a:)?)")
