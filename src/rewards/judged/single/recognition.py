"""Whether a description names what was asked for: by whole words where they settle it, else by a judge's label."""

from __future__ import annotations

import re
from typing import Any, Literal

from rewards.judged.reply import Reply, object_schema, parsed
from rewards.judged.single.description import Description

Label = Literal["full", "partly", "no"]

LABELS: tuple[Label, ...] = ("full", "partly", "no")

# What follows one of these says more of a thing, and is not the thing: a vase OF roses.
_AFTER = re.compile(
    r"\s(?:of|in|on|with|at|by|under|over|above|below|beside|near|behind|before|against|among|between|from|to|for"
    r"|that|which)\s",
    re.IGNORECASE,
)
# A phrase with one of these, or a comma, names no one thing for certain, or names it in letters.
_UNCERTAIN = re.compile(
    r"\b(?:no|not|none|non|never|without|or|and|either|maybe|perhaps|possibly|probably|apparently|like|likely|unclear"
    r"|resembling|similar|almost|half|pseudo|fake|mock|words?|letters?|lettering|text|name|sign|label|logo|written)\b"
    r"|[^\w\s'’-]",
    re.IGNORECASE,
)


def named_by_words(description: Description, words: re.Pattern[str]) -> Label | None:
    """Returns what whole words settle, or None where the meaning must decide.

    `full` where the main thing is one of the words: its phrase, up to a word such as `of` or `with`, ends with it and
    neither doubts nor lists. `partly` where one of the other things is, and the main thing does not mention it at
    all. `no` where nothing was recognised.

    Args:
        description: What was seen.
        words: Finds the words for what was asked for, as `rewards.subject_words.whole_words` does.
    """
    if description.is_nothing:
        return "no"
    if _is_thing(description.subject, words):
        return "full"
    if words.search(description.subject):
        return None
    return "partly" if any(_is_thing(each, words) for each in description.others) else None


def label_schema() -> dict[str, Any]:
    """Returns the JSON schema of the answer to whether a description names what was asked for."""
    return object_schema({"shows": {"type": "string", "enum": list(LABELS)}, "reason": {"type": "string"}})


def read_label(reply: Reply) -> Label | None:
    """Returns the label of an answer in that schema, or None if it cannot be read. Never raises."""
    told = None if reply.truncated else parsed(reply.text)[1]
    if told is None or set(told) != {"shows", "reason"} or not isinstance(told["reason"], str):
        return None
    return next((label for label in LABELS if label == told["shows"]), None)


def _is_thing(phrase: str, words: re.Pattern[str]) -> bool:
    phrase = phrase.rstrip(" .")
    if _UNCERTAIN.search(phrase):
        return False
    thing = _AFTER.split(phrase, maxsplit=1)[0]
    return any(found.end() == len(thing) for found in words.finditer(thing))
