"""Ratings, preferences and comments of several raters, written one by one as they are made."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rewards.errors import SpecError

RATINGS = "ratings.sqlite"
SCALE = (1, 2, 3, 4, 5)
Choice = Literal["left", "right", "even"]
CHOICES: tuple[Choice, ...] = ("left", "right", "even")
NAME_CHARS, COMMENT_CHARS = 100, 2_000

_SKIP = "skip"
_TABLES = """
CREATE TABLE IF NOT EXISTS ratings (
    place INTEGER PRIMARY KEY, rater TEXT, id TEXT, rating INTEGER, comment TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS preferences (
    place INTEGER PRIMARY KEY, rater TEXT, first TEXT, second TEXT, choice TEXT, comment TEXT NOT NULL DEFAULT '');
"""
_COMMENT = "ALTER TABLE {} ADD COLUMN comment TEXT NOT NULL DEFAULT ''"


@dataclass(frozen=True, slots=True)
class Said:
    """A rater's last word on a painting.

    Attributes:
        rating: From 1 to 5; None where the painting was skipped.
        comment: What was written beside it.
    """

    rating: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two paintings a rater liked better.

    Attributes:
        left: Id of the painting on the left.
        right: Of the other.
        choice: `left`, `right` or `even`.
        comment: What was written beside it.
    """

    left: str
    right: str
    choice: Choice
    comment: str = ""


class Ratings:
    """What raters said, in an SQLite file; each word is on the disk when its call returns.

    A painting that is rated again has the later rating; the earlier one comes back when that is undone.

    Args:
        file: Made if it is not there.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with closing(self._open()) as base:
            base.executescript(_TABLES)
            for table in ("ratings", "preferences"):  # of a file that knows no comments yet
                if "comment" not in [row[1] for row in base.execute(f"PRAGMA table_info({table})")]:
                    base.execute(_COMMENT.format(table))

    def rate(self, rater: str, id: str, rating: int, comment: str = "") -> None:
        """Writes a rating down.

        Raises:
            SpecError: It is no whole number from 1 to 5, the rater has no name, or the comment is too long.
        """
        if type(rating) is not int or rating not in SCALE:
            raise SpecError(f"The rating of {id!r} is {rating!r}; it is a whole number from 1 to 5.")
        self._add("ratings", "rater, id, rating, comment", (_named(rater), id, rating, _comment(comment)))

    def skip(self, rater: str, id: str, comment: str = "") -> None:
        """Writes down that a rater was shown a painting and gave no rating; an earlier one counts no more."""
        self._add("ratings", "rater, id, rating, comment", (_named(rater), id, None, _comment(comment)))

    def prefer(self, rater: str, preference: Preference) -> None:
        """Writes down which of two was liked better.

        Raises:
            SpecError: The choice is none, or the rater has no name.
        """
        if preference.choice not in CHOICES:
            raise SpecError(f"The choice is {preference.choice!r}; it is 'left', 'right' or 'even'.")
        self._add_pair(rater, preference.left, preference.right, preference.choice, preference.comment)

    def skip_pair(self, rater: str, left: str, right: str, comment: str = "") -> None:
        """Writes down that a rater was shown a pair and preferred none."""
        self._add_pair(rater, left, right, _SKIP, comment)

    def undo(self, rater: str, *, what: Literal["ratings", "preferences"] = "ratings") -> str | None:
        """Takes back what a rater said or skipped last; returns the painting, or the left one of two, or None."""
        column = "id" if what == "ratings" else "first"
        with closing(self._open()) as base, base:
            last = base.execute(
                f"SELECT place, {column} FROM {what} WHERE rater = ? ORDER BY place DESC LIMIT 1",
                (_named(rater),),
            ).fetchone()
            if last is not None:
                base.execute(f"DELETE FROM {what} WHERE place = ?", (last[0],))
        return None if last is None else str(last[1])

    def said(self, rater: str) -> dict[str, Said]:
        """Returns a rater's last word on each painting, skipped ones too, in the order of the first words."""
        asked = "SELECT id, rating, comment FROM ratings WHERE rater = ? ORDER BY place"
        with closing(self._open()) as base:
            return {id: Said(rating, comment) for id, rating, comment in base.execute(asked, (rater,))}

    def of(self, rater: str) -> dict[str, int]:
        """Returns a rater's ratings by painting."""
        return {id: said.rating for id, said in self.said(rater).items() if said.rating is not None}

    def preferences(self, rater: str) -> list[Preference]:
        """Returns a rater's preferences in the order in which they were given, without the pairs that were skipped."""
        asked = "SELECT first, second, choice, comment FROM preferences WHERE rater = ? AND choice != ? ORDER BY place"
        with closing(self._open()) as base:
            return [Preference(*each) for each in base.execute(asked, (rater, _SKIP))]

    def pairs_shown(self, rater: str) -> int:
        """Returns how many pairs a rater was shown and has answered, skipped ones too."""
        with closing(self._open()) as base:
            asked = "SELECT COUNT(*) FROM preferences WHERE rater = ?"
            return int(base.execute(asked, (rater,)).fetchone()[0])

    def raters(self) -> dict[str, int]:
        """Returns who rated, and how many paintings, most first."""
        sizes = Counter({name: len(self.of(name)) for name in self._names("ratings")})
        return {name: size for name, size in sizes.most_common() if size}

    def comparers(self) -> list[str]:
        """Returns who compared pairs."""
        return [name for name in self._names("preferences") if self.preferences(name)]

    def everybody(self) -> list[str]:
        """Returns who rated, compared, or skipped what was shown."""
        return sorted({*self._names("ratings"), *self._names("preferences")})

    def _names(self, table: str) -> list[str]:
        with closing(self._open()) as base:
            return [str(rater) for (rater,) in base.execute(f"SELECT DISTINCT rater FROM {table}")]

    def _add_pair(self, rater: str, left: str, right: str, choice: str, comment: str) -> None:
        said = (_named(rater), left, right, choice, _comment(comment))
        self._add("preferences", "rater, first, second, choice, comment", said)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=30)

    def _add(self, table: str, columns: str, values: tuple[object, ...]) -> None:
        marks = ", ".join("?" * len(values))
        with closing(self._open()) as base, base:
            base.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _named(rater: str) -> str:
    if not rater.strip():
        raise SpecError("The rater has no name; give one, so that ratings can be kept apart.")
    return _text(rater.strip(), "name of a rater", NAME_CHARS)


def _comment(text: str) -> str:
    return _text(text.strip(), "comment", COMMENT_CHARS)


def _text(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise SpecError(f"The {what} has {len(text)} characters; it may have {most}.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SpecError(f"The {what} is no Unicode text ({error.reason} at {error.start}).") from None
    return text
