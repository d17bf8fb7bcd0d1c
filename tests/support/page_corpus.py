"""The corpus of pages in `tests/pages`: pairs of a working page and a subtly dead one, traps, and what is true of them.

Some pairs are held out: whoever works on the explorer looks at the others.

A pair is a working page, `NAME.html`, and `NAME.json`, whose `break` makes the dead page of it by replacing texts that
each stand once. A trap is one page on which nothing may be credited.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

from places import PAGES

Truth = Literal["live", "dead", "either"]
Variant = Literal["working", "dead", "trap"]


@dataclass(frozen=True, slots=True)
class Control:
    """Something on a page that a person could use, and what is true of it.

    Attributes:
        role: ARIA role; `*` for any.
        name: Accessible name as a pattern of `fnmatch`.
        act: What a person does: a word such as `click`, and its arguments.
        first: Acts without which this one can show nothing.
        shows: A JavaScript expression that has another value after the act where the control is live, or `pixels:` and
            a selector.
        does: What it does where it is live.
        working: What is true of it in the working page.
        dead: What is true of it in the dead one.
        within: Milliseconds in which it acts.
    """

    role: str
    name: str
    act: tuple[Any, ...]
    shows: str
    does: str
    first: tuple[tuple[Any, ...], ...] = ()
    working: Truth = "live"
    dead: Truth = "dead"
    within: int = 120

    def matches(self, role: str, name: str) -> bool:
        """True if a control of this role and accessible name is this one, or one of this group."""
        return fnmatchcase(role, self.role) and fnmatchcase(" ".join(name.split()), self.name)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the corpus.

    Attributes:
        name: Its file's name without the ending.
        variant: `working` or `dead` page of a pair, or `trap`.
        document: Its text.
        controls: What is true of its controls; the first one that matches counts.
    """

    name: str
    variant: Variant
    document: str
    controls: tuple[Control, ...]

    def __str__(self) -> str:
        return f"{self.name}-{self.variant}"

    def control(self, role: str, name: str) -> Control | None:
        """Returns the control of this role and accessible name; None where the truth tells of none."""
        return next((each for each in self.controls if each.matches(role, name)), None)

    def truth(self, role: str, name: str) -> Truth:
        """Returns what is true of a control; what the truth does not name is dead, or `either` in a working page."""
        if self.variant == "trap":
            return "dead"
        control = self.control(role, name)
        if control is None:
            return "either" if self.variant == "working" else "dead"
        return control.working if self.variant == "working" else control.dead


def read_pairs(folder: Path = PAGES / "pairs") -> list[tuple[Page, Page]]:
    """Returns the pairs, the working page first, in the order of their names.

    Raises:
        ValueError: A text that the dead page replaces does not stand exactly once in the working page.
    """
    return [_pair(path) for path in sorted(folder.glob("*.html"))]


def read_held_out() -> list[tuple[Page, Page]]:
    """Returns the pairs that nothing was made to suit, the working page first, in the order of their names."""
    return read_pairs(PAGES / "held_out")


def read_traps(folder: Path = PAGES / "traps") -> list[Page]:
    """Returns the traps in the order of their names."""
    traps = []
    for path in sorted(folder.glob("*.html")):
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        traps.append(Page(path.stem, "trap", path.read_text(encoding="utf-8"), _controls(told["controls"])))
    return traps


def _pair(path: Path) -> tuple[Page, Page]:
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    working = path.read_text(encoding="utf-8")
    controls = _controls(told["controls"])
    return (
        Page(path.stem, "working", working, controls),
        Page(path.stem, "dead", _broken(path, working, told["break"]), controls),
    )


def _broken(path: Path, text: str, replacements: Sequence[tuple[str, str]]) -> str:
    for old, new in replacements:
        if text.count(old) != 1:
            raise ValueError(f"{path.name} holds {old!r} {text.count(old)} times; it must stand there once.")
        text = text.replace(old, new)
    return text


def _controls(told: Sequence[dict[str, Any]]) -> tuple[Control, ...]:
    return tuple(Control(**{key: _frozen(value) for key, value in control.items()}) for control in told)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


if __name__ == "__main__":
    import argparse

    reading = argparse.ArgumentParser(description="Writes the pages of the pairs and traps to files.")
    reading.add_argument("folder", type=Path, help="where to; made if it is not there")
    folder = reading.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for page in (*(page for pair in read_pairs() for page in pair), *read_traps()):
        (folder / f"{page}.html").write_text(page.document, encoding="utf-8")
