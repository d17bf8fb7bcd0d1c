"""A reward that shows what a trainer must carry: it depends on task, group and seed, and one machine fails in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rewards import Sample, Score, Traits
from rewards.pool import Pool

DOWN = "the judge is down"  # what a program holds whose judge fails


class Company:
    """How near a picture's mean colour is to those of two paintings, drawn for its task and group, [0, 1]."""

    name, version = "company", "1"
    needs = frozenset({"image", "task_id", "group"})
    traits = Traits(floor=False, disclaims={"16": "a stand-in, which shows that groups arrive"})

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._means: dict[str, np.ndarray] = {}

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return [self._score(sample) for sample in samples]

    def _score(self, sample: Sample) -> Score:
        if sample.rendering.status == "machine_error":
            return Score(None, reason=sample.rendering.message)
        if DOWN in sample.program:
            return Score(None, reason=DOWN)
        if sample.rendering.image is None or not sample.rendering.ok:
            return Score(0.0, reason=sample.rendering.message)
        drawn = Pool.load().draw(2, seed=self._seed, task_id=sample.task.id, group=sample.group)
        for entry in drawn:
            if entry.id not in self._means:
                self._means[entry.id] = entry.read_image().reshape(-1, 3).mean(0)
        own = sample.rendering.image.reshape(-1, 3).mean(0)
        away = [float(np.abs(own - self._means[entry.id]).mean()) for entry in drawn]
        return Score(1 - sum(away) / len(away) / 255, references=tuple(entry.id for entry in drawn))
