"""Pages of the docs: sections, tables, fenced blocks and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from places import ROOT

Table = list[list[str]]
_FENCED = r"^(```+){}\n(.*?)^\1$"


@dataclass(frozen=True)
class Page:
    """A Markdown file of the checkout.

    Attributes:
        name: Its path below the root.
    """

    name: str

    @property
    def path(self) -> Path:
        return ROOT / self.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def section(self, title: str) -> str:
        """Returns what stands between a heading and the next one of any level."""
        found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", self._without_code, re.M | re.S)
        assert found, f"{self.name} has no section {title!r}"
        return found[1]

    def tables(self, title: str) -> list[Table]:
        """Returns the tables of a section, each as a list of rows of cells; the first row is the head."""
        found = re.findall(r"(?:^\|.*\|\n)+", self.section(title), re.M)
        lines = [[line.strip("|").split(" | ") for line in table.splitlines()] for table in found]
        return [[[cell.strip() for cell in row] for row in (rows[0], *rows[2:])] for rows in lines]

    def blocks(self, language: str) -> list[str]:
        """Returns the fenced blocks of a language, in order."""
        return [block[2] for block in re.finditer(_FENCED.format(language), self.text, re.M | re.S)]

    def python(self, unless: re.Pattern[str] | None = None) -> str:
        """Returns the Python blocks as one program, whose lines have the numbers that they have in the page.

        Args:
            unless: What stands before a block that is left out.
        """
        program = ""
        for block in re.finditer(_FENCED.format("python"), self.text, re.M | re.S):
            before = self.text[: block.start(2)]
            if unless is None or not unless.search(self.text[: block.start()]):
                program += "\n" * (before.count("\n") - program.count("\n")) + block[2]
        return program

    def run_python(self, unless: re.Pattern[str] | None = None) -> None:
        """Runs the Python blocks; a traceback and `inspect` find their lines in the page."""
        exec(compile(self.python(unless), str(self.path), "exec"), {})

    @property
    def anchors(self) -> set[str]:
        """The headings, as links name them."""
        headings = re.findall(r"^#+ (.*)", self._without_code, re.M)
        return {re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-") for heading in headings}

    @property
    def links(self) -> list[str]:
        """Where its links and pictures lead, but for other hosts."""
        found = re.findall(r"\]\(([^)\s]+)\)", self._without_code)
        return [link for link in found if not re.match(r"\w+:", link)]

    @cached_property
    def _without_code(self) -> str:
        return re.sub(r"^(```+).*?^\1$", "", self.text, flags=re.M | re.S)


def column(table: Table, name: str) -> dict[str, str]:
    """Returns a column by the first one, which loses its backticks."""
    head, *rows = table
    place = head.index(name)
    assert len({row[0] for row in rows}) == len(rows), "a row stands twice"
    return {row[0].strip("`"): row[place] for row in rows}
