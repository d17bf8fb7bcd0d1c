"""Prompts and completions as trainers hand them over: plain text, or messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.tasks import task_id
from rewards.types import STEPS, Task

Message = Mapping[str, Any]
TASK_COLUMNS = ("task_id", "reference", "features", "letters", "interactions", "steps")
"""What a row says of its task besides the prompt."""


def read_task(prompt: Any, columns: Mapping[str, Any], canvas: str) -> Task:
    """Returns the task behind a row of a dataset.

    Args:
        prompt: Text, or messages of which the user's last one counts.
        columns: What else the row says: the `TASK_COLUMNS`, as `rows` writes them. Each may be missing or
            None; without a `task_id` the task is named after its text.
        canvas: The kind of program that is asked for.
    """
    text = text_of(prompt, role="user")
    features = columns.get("features")
    interactions = columns.get("interactions")
    reference = columns.get("reference")
    return Task(
        columns.get("task_id") or task_id(text),
        text,
        canvas,
        Path(reference) if reference else None,
        () if features is None else tuple(features),  # parquet makes an array of a list
        bool(columns.get("letters")),
        () if interactions is None else tuple(interactions),
        int(columns.get("steps") or STEPS),
    )


def text_of(told: str | Sequence[Message] | None, *, role: str) -> str:
    """Returns a text as it is, or the text of the last message of a role; `""` where there is none.

    The content of a message may be text, blocks of which some are text, or None (a call of a tool).
    """
    if told is None or isinstance(told, str):
        return told or ""
    said = next((message for message in reversed(told) if message.get("role") == role), {})
    content = said.get("content")
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(block.get("text") or "" for block in content if block.get("type") == "text")
