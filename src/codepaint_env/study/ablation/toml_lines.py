"""On which line of a TOML file a key stands: parsers tell what a file says, not where."""

from __future__ import annotations

import re
from collections import Counter

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(?P<open>\[\[?)(?P<name>[^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(
    r"^\s*(?P<name>(?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*="
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")
_TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*$")


def lines_of(text: str) -> dict[Path, int]:
    """Returns the number of the line, from 1, on which each table and each key of a TOML text begins.

    A key has its path: `("samples", 0, "name")` is the name in the first table `[[samples]]`. Keys within a value, such
    as those of an inline table, are not told apart from the value.
    """
    found: dict[Path, int] = {}
    tables: Counter[str] = Counter()
    table: Path = ()
    closing = ""  # what ends the value that goes on over several lines
    depth = 0  # of brackets that are open
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            _, ended, line = line.partition(closing)
            if not ended:
                continue
            closing = ""
        elif not depth:
            if header := _HEADER.match(line):
                name = _parts(header["name"])
                table = name
                if header["open"] == "[[":
                    table = (*name, tables[".".join(name)])
                    tables[".".join(name)] += 1
                found.setdefault(name, number)
                found[table] = number
                continue
            if key := _KEY.match(line):
                path = (*table, *_parts(key["name"]))
                found.setdefault(path, number)
                line = line[key.end() :]
        line, closing = _without_texts(line)
        depth = max(0, depth + sum(map(line.count, "[{")) - sum(map(line.count, "]}")))
    return found


def line_at(lines: dict[Path, int], path: Path) -> int:
    """Returns the line of a path, or of the nearest thing around it; 1 where there is none."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _parts(name: str) -> tuple[str, ...]:
    return tuple("".join(groups) for groups in _PART.findall(name))


def _without_texts(line: str) -> tuple[str, str]:
    """Returns a line without texts and comments, and what ends the text that it leaves open."""
    for mark in ('"""', "'''"):
        while mark in line:
            before, _, rest = line.partition(mark)
            _, ended, after = rest.partition(mark)
            if not ended:
                return _TEXT.sub("", before), mark
            line = before + after
    return _TEXT.sub("", line), ""
