"""Prompts and completions as trainers hand them over: plain text, or messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.tasks import task_id
from codepaint_env.trainers.shared.settings import Settings
from rewards.errors import SpecError
from rewards.types import STEPS, Task

Message = Mapping[str, Any]
TASK_COLUMNS = ("task_id", "reference", "features", "letters", "interactions", "steps", "subject")
"""What a row says of its task besides the prompt."""


def read_task(prompt: Any, columns: Mapping[str, Any], canvas: str) -> Task:
    """Returns the task behind a row of a dataset.

    Args:
        prompt: Text, or messages of which the user's last one counts.
        columns: What else the row says: the `TASK_COLUMNS`, as `rows` writes them. Each may be missing or
            None; without a `task_id` the task is named after its text.
        canvas: The kind of program that is asked for.

    Raises:
        SpecError: It is no task.
    """
    text = text_of(prompt, role="user")
    if not text.strip():
        raise SpecError(f"{prompt!r:.80} is no task: the user says nothing in it")
    named = columns.get("task_id")
    features = columns.get("features")
    interactions = columns.get("interactions")
    reference = columns.get("reference")
    try:
        return Task(
            task_id(text) if named is None or named == "" else str(named),
            text,
            canvas,
            Path(reference) if reference else None,
            () if features is None else tuple(features),  # parquet makes an array of a list
            bool(columns.get("letters")),
            () if interactions is None else tuple(interactions),
            int(columns.get("steps") or STEPS),
            str(columns.get("subject") or ""),
        )
    except (TypeError, ValueError) as error:
        besides = {name: columns.get(name) for name in TASK_COLUMNS if columns.get(name) is not None}
        raise SpecError(f"{besides!r:.200} is told of a task, which cannot be: {error}") from None


def read_told_task(told: Any, canvas: str, settings: Settings) -> tuple[Task, str]:
    """Returns the task of what `rows` wrote beside a prompt, and the group of the sample.

    The group is what `group` says, else the task, so that all samples of a task meet the same references.

    Args:
        told: `task` (the prompt alone) and the `TASK_COLUMNS`.
        canvas: The kind of program that the scorer paints.
        settings: What the trainer calls things, for messages.

    Raises:
        SpecError: It is no task, or one of another canvas.
    """
    told_by = f"take rows that `codepaint tasks export` wrote as {settings.rows}."
    if not isinstance(told, Mapping):
        raise SpecError(f"{told!r:.80} is no task; {told_by}")
    prompt = told.get("task")
    if not isinstance(prompt, str):
        raise SpecError(f"The row says {sorted(map(str, told))} and no 'task'; {told_by}")
    of = told.get("canvas") or canvas
    if of != canvas:
        raise SpecError(
            f"The row asks for the canvas {of!r} and the reward paints {canvas!r}; give both the same, in "
            f"{settings.rows} and beside {settings.reward}."
        )
    try:
        task = read_task(prompt, told, canvas)
    except SpecError as error:
        raise SpecError(f"{error}; {told_by}") from None
    return task, str(told.get("group") or task.id)


def text_of(told: str | Sequence[Message] | None, *, role: str) -> str:
    """Returns a text as it is, or the text of the last message of a role; `""` where there is none.

    The content of a message may be text, blocks of which some are text, or None (a call of a tool).

    Raises:
        SpecError: It is neither a text nor messages.
    """
    if told is None or isinstance(told, str):
        return told or ""
    try:
        said = next((message for message in reversed(told) if message.get("role") == role), {})
        content = said.get("content")
        if content is None or isinstance(content, str):
            return content or ""
        return "".join(block.get("text") or "" for block in content if block.get("type") == "text")
    except (TypeError, AttributeError):
        raise SpecError(f"{told!r:.80} is neither a text nor a list of messages") from None
