"""Which subject a task names, among those that a head knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rewards.errors import SpecError
from rewards.lookup import guess
from rewards.types import Task


class Subjects:
    """The labels of a head, with the words by which a prompt names them.

    Args:
        labels: In the order of the head's columns.
        aliases: Further words of a label. A label and its aliases are known in singular and plural.
    """

    def __init__(self, labels: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(labels)
        self._of = {
            form: label
            for label in labels
            for words in (label, *aliases.get(label, ()))
            for form in forms(words.lower())
        }
        longest = sorted(self._of, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)

    def of(self, task: Task) -> str:
        """Returns the label of what a task asks for: `Task.subject`, else the one that its prompt names.

        Of words that overlap, such as `lake` in `mountain lake`, the longer count.

        Raises:
            SpecError: It names none that is known, or two.
        """
        if task.subject:
            label = self._of.get(" ".join(task.subject.lower().split()))
            if label is None:
                raise SpecError(
                    f"The task {task.id!r} has the subject {task.subject!r}, which the head of 'subject' does not "
                    f"know.{guess(task.subject, self.labels)} It knows: {self.known}."
                )
            return label
        prompt = " ".join(task.prompt.split())
        named = list(dict.fromkeys(self._of[each.lower()] for each in self._pattern.findall(prompt)))
        if len(named) == 1:
            return named[0]
        shown = prompt if len(prompt) <= 80 else f"{prompt[:80]}…"
        if named:
            raise SpecError(
                f"The task {task.id!r} ({shown!r}) names {len(named)} subjects, {' and '.join(map(repr, named))}; give "
                "it the one to look for (the key 'subject' in a task file)."
            )
        raise SpecError(
            f"The task {task.id!r} ({shown!r}) names no subject that the head of 'subject' knows; give it one (the key "
            f"'subject' in a task file) of: {self.known}."
        )

    @property
    def known(self) -> str:
        """The labels in one line."""
        return ", ".join(self.labels)


@lru_cache(maxsize=512)
def forms(words: str) -> tuple[str, ...]:
    """Returns words with their last one in singular and plural, as English mostly makes them."""
    before, _, last = words.rpartition(" ")
    made = {last, *_plurals(last), *_singulars(last)}
    return tuple(sorted(f"{before} {each}".strip() for each in made))


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
