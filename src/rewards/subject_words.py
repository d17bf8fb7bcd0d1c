"""The words by which a subject is named: it and its aliases, in singular and plural, as whole words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rewards.errors import SpecError


def spellings(label: str, aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Returns all forms of a label and of its aliases, in lower case."""
    return tuple(dict.fromkeys(form for words in (label, *aliases) for form in forms(words.lower())))


def whole_words(spelled: Iterable[str]) -> re.Pattern[str]:
    """Returns a pattern that finds any of some words, never inside another one; of words that overlap, the longer."""
    longest = sorted(spelled, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=512)
def forms(words: str) -> tuple[str, ...]:
    """Returns words with their last one in singular and plural, as English mostly makes them."""
    before, _, last = words.rpartition(" ")
    made = {last, *_plurals(last), *_singulars(last)}
    return tuple(sorted(f"{before} {each}".strip() for each in made))


def read_aliases(file: Path, labels: Sequence[str] | None = None) -> dict[str, list[str]]:
    """Reads further words for subjects: a JSON object of lists by subject.

    Args:
        file: Such as `aliases.json` of the pool that ships.
        labels: The subjects that there are; None takes any.

    Raises:
        SpecError: It is none, or names a subject that there is not.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SpecError(f"{file} cannot be read as JSON ({error}).") from None
    read = checked_aliases(told, str(file))
    if labels is not None and (unknown := sorted(set(read) - set(labels))):
        raise SpecError(
            f"{file} names {unknown[0]!r}, which no painting shows; there are {', '.join(labels)}."
        )
    return read


def checked_aliases(told: object, where: str) -> dict[str, list[str]]:
    """Returns lists of further words by subject.

    Args:
        told: A mapping, if all is well.
        where: A name for it, for the message.

    Raises:
        SpecError: It is something else.
    """
    if isinstance(told, Mapping) and all(map(_is_text, told)):
        listed = [words for words in told.values() if isinstance(words, list | tuple)]
        if len(listed) == len(told) and all(_is_text(word) for words in listed for word in words):
            return {label: list(words) for label, words in told.items()}
    raise SpecError(f'{where} is no object of lists, such as {{"bearded irises": ["iris"]}}.')


def _is_text(told: object) -> bool:
    return isinstance(told, str) and bool(told.strip())


def _plurals(word: str) -> Iterable[str]:
    if re.search(r"[^aeiou]y$", word):
        yield f"{word[:-1]}ies"
    elif re.search(r"(s|x|z|ch|sh)$", word):
        yield f"{word}es"
    else:
        yield f"{word}s"


def _singulars(word: str) -> Iterable[str]:
    if len(word) < 4:
        return
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif re.search(r"(s|x|z|ch|sh)es$", word):
        yield word[:-2]
    if re.search(r"[^s]s$", word):
        yield word[:-1]
