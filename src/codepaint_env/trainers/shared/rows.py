"""Task sets in the columns of each trainer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from codepaint_env import canvases
from codepaint_env.tasks import load_tasks
from rewards.types import DEFAULT_CANVAS, Task

Trainer = Literal["trl", "verl", "openrlhf"]


def rows(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task],
    trainer: Trainer,
    *,
    canvas: str = DEFAULT_CANVAS,
    system_prompt: str | None = None,
) -> list[dict[str, Any]]:
    """Returns a task set as rows for a trainer, JSON-able; all of a set have the same keys.

    - `trl`: `prompt` (messages), `task_id`.
    - `verl`: `data_source`, `prompt` (messages), `ability`, `reward_model` (`ground_truth` is the task's id) and
      `extra_info` (`index`, `task_id`, `task`: the prompt alone).
    - `openrlhf`: `input` (messages; train with `--data.apply_chat_template`, `--data.input_key input` and
      `--data.label_key label`), `label` (the task's id) and `datasource`.

    A set of which any task has a reference picture has the key `reference` too, in verl's `extra_info`; its path is
    absolute, and None for tasks without one.

    Args:
        source: As for `load_tasks`.
        trainer: Whose columns.
        canvas: The kind of program that is asked for.
        system_prompt: What the policy is told first; None takes what the canvas says, `""` leaves it out.
    """
    tasks = load_tasks(source, canvas)
    told = canvases.get(canvas).system_prompt if system_prompt is None else system_prompt
    system = [{"role": "system", "content": told}] if told else []
    pictured = any(task.reference is not None for task in tasks)
    made = []
    for index, task in enumerate(tasks):
        messages = [*system, {"role": "user", "content": task.prompt}]
        path = None if task.reference is None else str(task.reference.resolve())
        extra = {"reference": path} if pictured else {}
        made.append(_row(trainer, index, task, messages, extra))
    return made


def _row(
    trainer: Trainer, index: int, task: Task, messages: list[dict[str, str]], extra: Mapping[str, Any]
) -> dict[str, Any]:
    origin = f"codepaint/{task.canvas}"
    if trainer == "trl":
        return {"prompt": messages, "task_id": task.id, **extra}
    if trainer == "openrlhf":
        return {"input": messages, "label": task.id, "datasource": origin, **extra}
    return {
        "data_source": origin,
        "prompt": messages,
        "ability": "painting",
        "reward_model": {"style": "rule", "ground_truth": task.id},
        "extra_info": {"index": index, "task_id": task.id, "task": task.prompt, **extra},
    }
