"""A batch as the scorer takes it: completions with what was asked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass

from rewards.types import Task


@dataclass(frozen=True, slots=True)
class Batch:
    """Completions with what was asked; all sequences have one entry a sample.

    Attributes:
        completions: What the policy wrote.
        tasks: What it was asked.
        groups: Which samples are compared with each other.
        broken: What failed before a sample could be scored, such as the machine in the middle of a rollout; None where
            nothing did.
        step: Of the training; None where the trainer tells none.
    """

    completions: tuple[str, ...]
    tasks: tuple[Task, ...]
    groups: tuple[str, ...]
    broken: tuple[Exception | None, ...]
    step: int | None = None

    @property
    def key(self) -> str:
        """Hash of all of it."""
        tasks = [astuple(task) for task in self.tasks]
        broken = [None if error is None else repr(error) for error in self.broken]
        told = json.dumps([self.completions, tasks, self.groups, broken, self.step], default=str)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def whole(self) -> tuple[list[str], list[Task], list[str]]:
        """Returns completions, tasks and groups of the samples that can be scored."""
        there = [index for index, error in enumerate(self.broken) if error is None]
        return (
            [self.completions[i] for i in there],
            [self.tasks[i] for i in there],
            [self.groups[i] for i in there],
        )
