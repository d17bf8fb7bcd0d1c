"""What a checklist asks about a task: short statements with weights, of the task itself or of a file beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewards.errors import SpecError
from rewards.json_lines import read_lines
from rewards.types import Task

MOST = 32  # statements a task
LONGEST = 300  # characters of one

_KEYS = {"text", "weight", "spatial"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that holds of a picture or does not.

    Attributes:
        text: Such as `two spoked wheels of about the same size`.
        weight: How much it counts, above 0.
        spatial: It says where something is: what judges see least reliably.
    """

    text: str
    weight: float = 1.0
    spatial: bool = False


def of_task(task: Task) -> tuple[Statement, ...]:
    """Returns the statements that a task brings along: its `features`."""
    return tuple(Statement(text) for text in task.features)


def read_statements(path: Path) -> Mapping[str, tuple[Statement, ...]]:
    """Reads the statements of tasks from a file of JSON lines, by the task's id.

    A line is `{"task": "riders-pelican-bicycle", "statements": ["two wheels", {"text": "the bird sits on the saddle",
    "weight": 2, "spatial": true}]}`.

    Raises:
        SpecError: There is no such file, or a line is something else; says which.
    """
    if not path.is_file():
        raise SpecError(
            f"There is no file of statements {str(path)!r}; write one with `codepaint tasks statements`, or leave it "
            "out to ask about the features of each task."
        )
    found: dict[str, tuple[Statement, ...]] = {}
    for line in read_lines(path, by_hand=True):
        told = line.value
        if not isinstance(told, dict) or set(told) != {"task", "statements"}:
            raise SpecError(
                f"{line.where} is {told!r}; it needs the keys 'task' and 'statements', and no others."
            )
        name, listed = told["task"], told["statements"]
        if not isinstance(name, str) or name in found:
            twice = (
                f"tells about the task {name!r} twice" if name in found else f"has the task {name!r}, no text"
            )
            raise SpecError(f"{line.where} {twice}.")
        if not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
            many = len(listed) if isinstance(listed, list) else repr(listed)
            raise SpecError(f"{line.where} has {many} statements; a task has 1 to {MOST}.")
        found[name] = tuple(_statement(each, line.where) for each in listed)
    return found


def _statement(told: Any, where: str) -> Statement:
    entry = {"text": told} if isinstance(told, str) else told
    if not isinstance(entry, dict) or not set(entry) <= _KEYS:
        raise SpecError(
            f"{where} has the statement {told!r}; it is a text, or has {', '.join(sorted(_KEYS))}."
        )
    text, weight, spatial = entry.get("text"), entry.get("weight", 1.0), entry.get("spatial", False)
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
        raise SpecError(f"{where} has the statement {text!r}; it must be text of 1 to {LONGEST} characters.")
    number = isinstance(weight, int | float) and not isinstance(weight, bool)
    if not number or not math.isfinite(weight) or weight <= 0:
        raise SpecError(f"{where} has the weight {weight!r}; it must be a number above 0.")
    if not isinstance(spatial, bool):
        raise SpecError(f"{where} has spatial={spatial!r}; it must be true or false.")
    return Statement(text.strip(), float(weight), spatial)
