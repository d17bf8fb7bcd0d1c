"""What a judge says of a page in words, made fit for whoever made the page: no points, one short paragraph."""

from __future__ import annotations

import re

from rewards.judged.sheet import Marks, Sheet

LONGEST = 600  # characters

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_GRADED = re.compile(
    r"\d\s*(?:/|out of|of|from)\s*\d|\d\s*(?:%|per ?cent)|\b(?:scored?|scores|points?|marks?|graded?|grades|rating)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")


def worded(marks: Marks, sheet: Sheet) -> str:
    """Returns the feedback without the sentences that tell points.

    A sentence is left out if it speaks of points or shares, or holds a number that is one of the parts, their sum, or
    one of those as a share of its most: better a sentence too few than a score.
    """
    total = sum(marks.parts.values())
    told = {*marks.parts.values(), total, total / sheet.most}
    told |= {points / sheet.parts[name] for name, points in marks.parts.items()}
    text = " ".join("".join(c if c.isprintable() else " " for c in marks.feedback).split())
    kept = [
        sentence
        for sentence in _SENTENCE.split(text)
        if not _GRADED.search(sentence)
        and not any(_near(float(number[0]), told) for number in _NUMBER.finditer(sentence))
    ]
    joined = " ".join(kept)
    return joined if len(joined) <= LONGEST else joined[:LONGEST].rsplit(" ", 1)[0] + " …"


def _near(number: float, told: set[float]) -> bool:
    return any(abs(number - points) < 0.005 for points in told)
