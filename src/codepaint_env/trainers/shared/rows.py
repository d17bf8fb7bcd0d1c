"""Task sets in the columns of each trainer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from codepaint_env import canvases
from codepaint_env.tasks import load_tasks
from rewards.types import DEFAULT_CANVAS, STEPS, Task

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

    A set of which any task has a reference picture, features, letters, interactions or a number of steps of its own
    has the key `reference`, `features`, `letters`, `interactions` or `steps` too, in verl's `extra_info`. The path of a
    reference is absolute, and None for tasks without one.
    `read_task` makes the task of what a row says.

    Args:
        source: As for `load_tasks`.
        trainer: Whose columns.
        canvas: The kind of program that is asked for.
        system_prompt: What the policy is told first; None takes what the canvas says, `""` leaves it out.
    """
    tasks = load_tasks(source, canvas)
    told = canvases.get(canvas).system_prompt if system_prompt is None else system_prompt
    system = [{"role": "system", "content": told}] if told else []
    told_of = [told_besides(task) for task in tasks]
    names = [name for name in told_of[0] if any(each[name] for each in told_of)]
    made = []
    for index, (task, each) in enumerate(zip(tasks, told_of, strict=True)):
        messages = [*system, {"role": "user", "content": task.prompt}]
        made.append(_row(trainer, index, task, messages, {name: each[name] for name in names}))
    return made


def told_besides(task: Task) -> dict[str, Any]:
    """Returns what a task has besides id and prompt, JSON-able: its fields by name; false is none."""
    reference = None if task.reference is None else str(task.reference.resolve())
    return {
        "reference": reference,
        "features": list(task.features),
        "letters": task.letters,
        "interactions": list(task.interactions),
        "steps": None if task.steps == STEPS else task.steps,
    }


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
