"""Mutants 74 to 76: small edits of a correct reward that looks for a subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rewards.errors import SpecError
from rewards.heads.named import Subjects
from rewards.heads.subject import softmax
from rewards.painted.blank import image_of, without_looking
from rewards.preflight import check_spread
from rewards.testing.law import edit
from rewards.testing.mutants.toys import Pixels
from rewards.types import Sample, Score, Task, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

TINTS = {"poppy": (1, 0, -1), "tulip": (1, -1, 0), "heron": (-1, 0, 1), "lake": (-1, 1, 0)}
SHARP = 1 / 24  # of a softmax over levels
FAINT = 24.0  # levels of spread under which a picture shows nothing


class Tinted:
    """Which of four subjects a painting shows, by the tint of its colours: a softmax, times how far it is no noise.

    A mutant edits `shares` of a picture, `left`, what a guard leaves of it, or `sought`, the subject of a task.
    """

    name = "tinted"
    needs = frozenset({"image", "prompt"})
    traits = Traits(noise_floor=0.05, disclaims={"18": "the guard is a step"})
    subjects = Subjects(tuple(TINTS), {})

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return [without_looking(sample) or self.score(sample) for sample in samples]

    def score(self, sample: Sample) -> Score:
        try:
            wanted = self.sought(sample.task)
        except SpecError as error:
            return Score(None, reason=str(error))
        image = image_of(sample)
        return Score(float(self.shares(image, wanted) * self.left(image)))

    def sought(self, task: Task) -> str:
        return self.subjects.of(task)

    def shares(self, image: Pixels, wanted: str) -> float:
        mean = image.mean(axis=(0, 1))
        told = softmax(SHARP * np.array([[mean @ np.array(tint) for tint in TINTS.values()]]))[0]
        return float(told[list(TINTS).index(wanted)])

    def left(self, image: Pixels) -> float:
        if min(image.shape[:2]) < 2:
            return 0.0
        levels = image.astype(np.int16)
        rough = abs(np.diff(levels, axis=0)).mean() + abs(np.diff(levels, axis=1)).mean()
        return float(rough < FAINT)

    def check_tasks(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            self.sought(task)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        if samples is not None:
            check_spread(self, samples)


def _any(self: Tinted, image: Pixels, wanted: str) -> float:
    return max(Tinted.shares(self, image, each) for each in TINTS)


def _first(self: Tinted, task: Task) -> str:
    try:
        return Tinted.sought(self, task)
    except SpecError:
        return next(iter(TINTS))


# fmt: off
edit(Tinted, "74", "the likeliest subject is paid, whichever was asked for", "61", shares=_any)
edit(Tinted, "75", "a task that names no subject is taken for one of the first", "61", sought=_first)
edit(Tinted, "76", "a guard that is left out", "15", left=lambda self, image: 1.0)
# fmt: on
