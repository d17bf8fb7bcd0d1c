"""Task sets as the rows that verl trains on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.trainers.shared import rows as shared
from rewards.types import DEFAULT_CANVAS, Task


def rows(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task] = "flowers",
    *,
    canvas: str = DEFAULT_CANVAS,
    system_prompt: str | None = None,
) -> list[dict[str, Any]]:
    """Returns a task set as rows for `data.train_files`, as `codepaint tasks export --for verl` writes them.

    Args:
        source: A shipped set, a file, or a list, as for `codepaint tasks list`.
        canvas: The kind of program that the tasks ask for.
        system_prompt: The policy's system prompt; None takes the canvas's own, `""` leaves it out.
    """
    return shared.rows(source, "verl", canvas=canvas, system_prompt=system_prompt)
