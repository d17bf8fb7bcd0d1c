"""Prompts and completions as trainers hand them over: plain text, or messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codepaint_env.tasks import task_id
from rewards.types import Task

Message = Mapping[str, Any]


def read_task(prompt: Any, name: str | None, reference: str | None, canvas: str) -> Task:
    """Returns the task behind a prompt; without a name, it has that of its text."""
    text = text_of(prompt, role="user")
    return Task(name or task_id(text), text, canvas, Path(reference) if reference else None)


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
