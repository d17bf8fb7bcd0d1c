"""Words that a page wrote, made fit to be quoted in a critique or a question."""

from __future__ import annotations

import re

from rewards.critique import without_scores

LONGEST = 160  # characters of one quotation
_SPACE = re.compile(r"\s+")


def quoted(words: str, longest: int = LONGEST) -> str:
    """Returns words of a page in one line of bounded length, without what reads like a score.

    A page chooses its own words. A number in them that happens to be the score, or a name of a tier, would make
    `leak` refuse the critique, and a page could end a run by writing one.
    """
    text = _SPACE.sub(" ", without_scores(words)).strip().encode("utf-8", "replace").decode()
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
