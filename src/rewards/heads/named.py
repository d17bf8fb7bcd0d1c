"""Which subject a task names, among those that a head knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rewards.errors import SpecError
from rewards.lookup import guess
from rewards.subject_words import spellings, whole_words
from rewards.types import Task


class Subjects:
    """The labels of a head, with the words by which a prompt names them.

    Args:
        labels: In the order of the head's columns.
        aliases: Further words of a label. A label and its aliases are known in singular and plural.
    """

    def __init__(self, labels: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(labels)
        self._of = {form: label for label in labels for form in spellings(label, aliases.get(label, ()))}
        self._pattern = whole_words(self._of)

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
