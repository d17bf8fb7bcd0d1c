"""`subject`: how likely it is that a painting shows what its task names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.errors import SpecError
from rewards.features.embeddings import Picture
from rewards.heads.headed import Headed
from rewards.heads.named import Subjects
from rewards.painted.blank import image_of, without_looking
from rewards.types import Sample, Score, Task, Traits

NONE = "none"
"""The label of pictures that show nothing: discs, washes, rings, strokes, speckles."""

COMPONENTS = ("subject_guard",)
SEEN = 0.5  # from which on there is nothing to criticise


class Subject(Headed):
    """The probability that a painting shows its task's subject, by a head on frozen features.

    value = p(subject | x) * guard(x), where x is the feature of an encoder beside a 16 x 16 thumbnail in OKLab. p is
    multinomial logistic regression over all subjects and "none" (`codepaint subject fit`). Its temperature was fitted
    to paintings that the head had not seen (Guo et al. 2017, arXiv 1706.04599). "none" was fitted on discs, washes,
    rings, strokes and speckles. guard falls from 1 to 0 for pictures unlike all those that were fitted.

    The subject is `Task.subject`, else the one that the prompt names, in singular or plural. A task that names no
    subject, or two, cannot be judged: `check_tasks` raises an error when tasks and reward meet, and its scores have no
    value.

    Range [0, 1], higher is better. Component `subject_guard`: the value of guard, 1 if it takes nothing away.

    Args:
        file: File of the head; None takes the one that was fitted on the candidates of the shipped pool. `"garden"`
            takes the one for sketches with the prelude `garden`, which knows 20 subjects
            (`canvas="p5brush(prelude='garden')"`).
        device: Device of the encoder, as torch names it; None takes a GPU if there is one.

    Raises:
        MissingPart: There is no such file, or the extra `models` is not installed.
        SpecError: The file is damaged, of another kind, or fitted on features that this encoder does not give.
    """

    needs = frozenset({"image", "prompt"})

    def __init__(self, *, file: str | Path | None = None, device: str | None = None) -> None:
        super().__init__("subject", file, device, Traits(tolerance=1e-4, components=COMPONENTS))

    @cached_property
    def subjects(self) -> Subjects:
        """The subjects that it knows."""
        labels = [label for label in self.head.labels if label != NONE]
        return Subjects(labels, self.head.told.get("aliases", {}))

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        """Raises `SpecError` for the first task that does not name exactly one known subject."""
        for task in tasks:
            self.subjects.of(task)

    def refused(self, sample: Sample) -> Score | None:
        """Returns a score without a value, and with the reason, if the task names no subject or two; else None."""
        try:
            self.subjects.of(sample.task)
        except SpecError as error:
            return Score(None, reason=str(error))
        return None

    def scored(self, sample: Sample, row: NDArray[np.float64]) -> Score:
        """Returns the score of a painted sample from its row, `(1, d)`."""
        shares, left = self._shares(row), float(self.head.guard.left(row)[0])
        share = float(shares[self.head.labels.index(self.subjects.of(sample.task))])
        return Score(share * left, {COMPONENTS[0]: left}, reason=f"most like: {self._likeliest(shares)}")

    def critique(self, sample: Sample, /) -> str:
        """Tells a painter, without figures, what the picture looks like; `""` if it shows the subject or nothing."""
        if without_looking(sample) is not None or self.refused(sample) is not None:
            return ""
        picture = Picture.of_pixels(image_of(sample))
        row = self.looks.at([picture])[picture.key]
        if not isinstance(row, np.ndarray):
            return ""
        shares = self._shares(row[np.newaxis])
        wanted = self.subjects.of(sample.task)
        if shares[self.head.labels.index(wanted)] >= SEEN:
            return ""
        seen = self._likeliest(shares)
        if seen == NONE:
            return f"Nothing can be recognised: draw what makes out {wanted}."
        return f"It looks more like {seen} than {wanted}: draw what tells the two apart."

    def _shares(self, row: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(softmax(self.head.raw(row))[0])

    def _likeliest(self, shares: NDArray[np.float64]) -> str:
        return self.head.labels[int(shares.argmax())]

    def __getstate__(self) -> dict[str, Any]:
        return {name: each for name, each in super().__getstate__().items() if name != "subjects"}


def softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the shares of raw numbers, `(n, k)`, each row of which sums to 1."""
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
