"""Ratings and preferences of several raters, written one by one as they are made."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from rewards.errors import SpecError

RATINGS = "ratings.sqlite"
SCALE = (1, 2, 3, 4, 5)
Choice = Literal["left", "right", "even"]
CHOICES: tuple[Choice, ...] = ("left", "right", "even")

_TABLES = """
CREATE TABLE IF NOT EXISTS ratings (place INTEGER PRIMARY KEY, rater TEXT, id TEXT, rating INTEGER);
CREATE TABLE IF NOT EXISTS preferences (place INTEGER PRIMARY KEY, rater TEXT, first TEXT, second TEXT, choice TEXT);
"""


@dataclass(frozen=True, slots=True)
class Preference:
    """Which of two paintings a rater liked better.

    Attributes:
        left: Id of the painting on the left.
        right: Of the other.
        choice: `left`, `right` or `even`.
    """

    left: str
    right: str
    choice: Choice


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

    def rate(self, rater: str, id: str, rating: int) -> None:
        """Writes a rating down.

        Raises:
            SpecError: It is no whole number from 1 to 5, or the rater has no name.
        """
        if type(rating) is not int or rating not in SCALE:
            raise SpecError(f"The rating of {id!r} is {rating!r}; it is a whole number from 1 to 5.")
        self._add("ratings", "rater, id, rating", (_named(rater), id, rating))

    def prefer(self, rater: str, preference: Preference) -> None:
        """Writes down which of two was liked better.

        Raises:
            SpecError: The choice is none, or the rater has no name.
        """
        if preference.choice not in CHOICES:
            raise SpecError(f"The choice is {preference.choice!r}; it is 'left', 'right' or 'even'.")
        said = (_named(rater), preference.left, preference.right, preference.choice)
        self._add("preferences", "rater, first, second, choice", said)

    def undo(self, rater: str, *, what: Literal["ratings", "preferences"] = "ratings") -> str | None:
        """Takes back what a rater said last; returns the painting, or the left one of two, or None."""
        column = "id" if what == "ratings" else "first"
        with closing(self._open()) as base, base:
            last = base.execute(
                f"SELECT place, {column} FROM {what} WHERE rater = ? ORDER BY place DESC LIMIT 1", (rater,)
            ).fetchone()
            if last is not None:
                base.execute(f"DELETE FROM {what} WHERE place = ?", (last[0],))
        return None if last is None else str(last[1])

    def of(self, rater: str) -> dict[str, int]:
        """Returns a rater's ratings by painting."""
        with closing(self._open()) as base:
            said = base.execute("SELECT id, rating FROM ratings WHERE rater = ? ORDER BY place", (rater,))
            return {str(id): int(rating) for id, rating in said}

    def preferences(self, rater: str) -> list[Preference]:
        """Returns a rater's preferences in the order in which they were given."""
        with closing(self._open()) as base:
            said = base.execute(
                "SELECT first, second, choice FROM preferences WHERE rater = ? ORDER BY place", (rater,)
            )
            return [Preference(*each) for each in said]

    def raters(self) -> dict[str, int]:
        """Returns who rated, and how many paintings, most first."""
        with closing(self._open()) as base:
            said = base.execute("SELECT rater, COUNT(DISTINCT id) FROM ratings GROUP BY rater")
            return dict(Counter({str(rater): int(size) for rater, size in said}).most_common())

    def comparers(self) -> list[str]:
        """Returns who compared pairs."""
        with closing(self._open()) as base:
            return [str(rater) for (rater,) in base.execute("SELECT DISTINCT rater FROM preferences")]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=30)

    def _add(self, table: str, columns: str, values: tuple[object, ...]) -> None:
        marks = ", ".join("?" * len(values))
        with closing(self._open()) as base, base:
            base.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _named(rater: str) -> str:
    if not rater.strip():
        raise SpecError("The rater has no name; give one, so that ratings can be kept apart.")
    return rater.strip()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two raters agree on the paintings that both have rated.

    Attributes:
        both: How many these are.
        same: Share of them with the same rating.
        kappa: Cohen's kappa (Educational and Psychological Measurement 20, 1960): the agreement beyond chance.
        weighted: The same with squared distances as weights (Psychological Bulletin 70, 1968), which counts a 4
            against a 5 as less than a 1 against a 5.
    """

    both: int
    same: float
    kappa: float
    weighted: float


def agreement(first: Mapping[str, int], second: Mapping[str, int]) -> Agreement | None:
    """Returns how far two raters agree; None where they have no painting in common.

    Where chance alone would make them agree on everything, kappa is 1 if they do.
    """
    both = sorted(first.keys() & second.keys())
    if not both:
        return None
    table = np.zeros((len(SCALE), len(SCALE)))
    for each in both:
        table[first[each] - 1, second[each] - 1] += 1
    table /= len(both)
    chance = np.outer(table.sum(axis=1), table.sum(axis=0))
    apart = np.subtract.outer(np.arange(len(SCALE)), np.arange(len(SCALE)))
    kappas = []
    for cost in ((apart != 0).astype(float), apart.astype(float) ** 2):
        expected = float((cost * chance).sum())
        kappas.append(1.0 if expected == 0 else 1 - float((cost * table).sum()) / expected)
    return Agreement(len(both), float(np.trace(table)), *kappas)
