"""What a judge said of a sample in words, kept for the critique that a policy may be shown."""

from __future__ import annotations

from collections import OrderedDict

from rewards.types import Sample

MOST = 1024  # samples whose words are kept


class Remembered:
    """Keeps a text for each of the last samples; any thread may write. A copy or a pickle begins empty."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, ...], str] = OrderedDict()

    def __reduce__(self) -> tuple[object, ...]:
        return Remembered, ()

    def keep(self, sample: Sample, words: str) -> None:
        """Remembers what was said of a sample; the last one seen stays longest."""
        # Threads may come here at once: an entry that is gone already is nothing to mind.
        self._said[_identity(sample)] = words
        while len(self._said) > MOST:
            self._said.pop(next(iter(self._said)), None)

    def of(self, sample: Sample) -> str:
        """Returns what was said of a sample; `""` where nothing was."""
        return self._said.get(_identity(sample), "")


def _identity(sample: Sample) -> tuple[str, ...]:
    rendering = sample.rendering
    return rendering.identity or sample.program, sample.task.prompt
