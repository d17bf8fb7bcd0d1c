"""What raters are shown and what they answer: paintings one by one, or in pairs."""

from __future__ import annotations

import hashlib
import random
import shlex
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from codepaint_env.pool.agreement import agreement
from codepaint_env.pool.candidates import RECORDS
from codepaint_env.pool.export import FORMATS, export
from codepaint_env.pool.gallery import Work
from codepaint_env.pool.ratings import Preference, Ratings
from rewards.errors import SpecError


class RatingSession:
    """The paintings of a folder and what is said of them; knows nothing of a server.

    Args:
        works: What is rated, by id.
        ratings: Where the ratings go.
        rater: The name that the page begins with.
    """

    def __init__(self, works: Mapping[str, Work], ratings: Ratings, rater: str = "") -> None:
        self.works, self.ratings, self.rater = works, ratings, rater

    def chosen(self, query: Mapping[str, str]) -> list[str]:
        """Returns the ids of the works of a study and a hue, or all, in an order that a rater's name shuffles."""
        study, hue = query.get("study", ""), query.get("hue", "")
        ids = [work.id for work in self.works.values() if study in ("", work.study) and hue in ("", work.hue)]
        return sorted(ids, key=lambda id: hashlib.sha256(f"{query.get('rater', '')} {id}".encode()).digest())

    def state(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Returns what the page shows beside the pictures."""
        said = self.ratings.said(query.get("rater", ""))
        return {
            "works": [
                {"id": id, "subject": self.works[id].subject, "prompt": self.works[id].prompt}
                for id in self.chosen(query)
            ],
            "ratings": {id: each.rating for id, each in said.items()},
            "comments": {id: each.comment for id, each in said.items() if each.comment},
            "rater": self.rater,
            "studies": sorted({work.study for work in self.works.values()} - {""}),
            "hues": sorted({work.hue for work in self.works.values()} - {""}),
            "next": next_steps(self.ratings.file.parent),
            **self._standing(),
        }

    def pair(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Returns the next two works to choose from; how many were shown before decides which."""
        ids, rater = self.chosen(query), query.get("rater", "")
        if len(ids) < 2:
            raise SpecError("There are fewer than two paintings of this study and colour; choose others.")
        shown = random.Random(f"{rater} {self.ratings.pairs_shown(rater)}").sample(ids, 2)
        left, right = ({"id": id, "prompt": self.works[id].prompt} for id in shown)
        return {"left": left, "right": right, "count": len(self.ratings.preferences(rater))}

    def take(self, what: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """Writes down a rating, a skip or a preference, or takes the last one back; returns where all raters stand."""
        rater, comment = _text(said, "rater"), _text(said, "comment")
        pairs = "left" in said
        told: dict[str, Any] = {}
        if what == "undo":
            told["id"] = self.ratings.undo(rater, what="preferences" if said.get("pairs") else "ratings")
        elif what == "rate":
            self.ratings.rate(rater, self._known(said, "id"), said.get("rating"), comment)  # type: ignore[arg-type]
        elif what == "skip" and not pairs:
            self.ratings.skip(rater, self._known(said, "id"), comment)
        else:
            left, right = self._known(said, "left"), self._known(said, "right")
            if what == "skip":
                self.ratings.skip_pair(rater, left, right, comment)
            else:
                self.ratings.prefer(rater, Preference(left, right, said.get("choice"), comment))  # type: ignore[arg-type]
        return told | self._standing()

    def table(self, query: Mapping[str, str]) -> tuple[str, bytes]:
        """Returns the name and the content of a file with everything that raters said; see `export`."""
        form, pairs = query.get("as", ""), query.get("what") == "pairs"
        if form not in FORMATS:
            raise SpecError(f"The format is {form!r}; it is one of {', '.join(FORMATS)}.")
        name = f"{'pairs' if pairs else 'ratings'}.{form}"
        return name, export(self.ratings, self.works, form, pairs=pairs)

    def _standing(self) -> dict[str, Any]:
        """Returns how much each has said, and how far those who rated agree."""
        ratings = {name: self.ratings.of(name) for name in self.ratings.everybody()}
        told = []
        for first, second in combinations(ratings, 2):
            found = agreement(ratings[first], ratings[second])
            if found is not None:
                told.append({"raters": [first, second], "words": found.in_words()})
        raters = [
            {"name": name, "rated": len(each), "compared": len(self.ratings.preferences(name))}
            for name, each in ratings.items()
        ]
        return {"raters": raters, "agreements": told}

    def _known(self, said: Mapping[str, Any], field: str) -> str:
        id = said.get(field)
        if not isinstance(id, str) or id not in self.works:
            raise SpecError(f"There is no painting {id!r} here.")
        return id


def next_steps(folder: Path) -> list[tuple[str, str]]:
    """Returns what can be done with a rated folder, and the command for it."""
    place = shlex.quote(str(folder))
    steps = [
        ("See how far raters agree", f"codepaint pool raters {place}"),
        ("Take ratings and comments along", f"codepaint pool export {place} ratings.csv"),
    ]
    if (folder / RECORDS).is_file():
        steps.append(("Make a pool of the best", f"codepaint pool keep {place} mypool"))
    return [*steps, ("Fit a reward to your taste", f"codepaint taste fit {place} --out taste.npz")]


def _text(said: Mapping[str, Any], field: str) -> str:
    value = said.get(field, "")
    if not isinstance(value, str):
        raise SpecError(f"The {field} is {value!r}; it is a text.")
    return value
