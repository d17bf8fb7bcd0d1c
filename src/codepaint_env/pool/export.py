"""Ratings and preferences as tables that other programs read: CSV, or JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

from codepaint_env.pool.gallery import Work
from codepaint_env.pool.ratings import Ratings
from rewards.json_lines import encode_line

Format = Literal["csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "jsonl")

_RATINGS = ("rater", "id", "rating", "comment", "prompt")
_PAIRS = ("rater", "left", "right", "choice", "comment")
Row = Mapping[str, str | int | None]


def export(ratings: Ratings, works: Mapping[str, Work], form: Format, *, pairs: bool = False) -> bytes:
    """Returns everything that raters said, in UTF-8: one row a painting and rater, or a preference.

    A painting has the rater's last word; one that was skipped has no rating.

    Args:
        ratings: What was said.
        works: The paintings, for their prompts.
        form: CSV with a head, or JSON lines.
        pairs: The preferences between two paintings instead.
    """
    rows = _preferences(ratings) if pairs else _ratings(ratings, works)
    if form == "jsonl":
        return b"".join(map(encode_line, rows))
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, _PAIRS if pairs else _RATINGS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _ratings(ratings: Ratings, works: Mapping[str, Work]) -> Sequence[Row]:
    return [
        {
            "rater": rater,
            "id": id,
            "rating": said.rating,
            "comment": said.comment,
            "prompt": works[id].prompt if id in works else None,
        }
        for rater in ratings.everybody()
        for id, said in ratings.said(rater).items()
    ]


def _preferences(ratings: Ratings) -> Sequence[Row]:
    return [
        {
            "rater": rater,
            "left": each.left,
            "right": each.right,
            "choice": each.choice,
            "comment": each.comment,
        }
        for rater in ratings.everybody()
        for each in ratings.preferences(rater)
    ]
