"""Task sets in the columns of each trainer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codepaint_env import canvases
from codepaint_env.tasks import load_tasks
from rewards.errors import UnknownName
from rewards.lookup import guess
from rewards.types import DEFAULT_CANVAS, STEPS, Task


@dataclass(frozen=True, slots=True)
class Asked:
    """A task as it is put to a policy.

    Attributes:
        index: Its place in the set.
        task: What is asked.
        messages: The same as a conversation: the system prompt, unless there is none, and what the user says.
        besides: What else the rows of the set say of a task, see `told_besides`.
    """

    index: int
    task: Task
    messages: list[dict[str, str]]
    besides: dict[str, Any]


def rows(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task],
    trainer: str,
    *,
    canvas: str = DEFAULT_CANVAS,
    system_prompt: str | None = None,
) -> list[dict[str, Any]]:
    """Returns a task set as rows for a trainer, JSON-able; all of a set have the same keys.

    - `trl`: `prompt` (messages), `task_id`.
    - `verl`: `data_source`, `prompt` (messages), `ability`, `reward_model` (`ground_truth` is the task's id) and
      `extra_info` (`index`, `task_id`, `task`: the prompt alone).
    - `verifiers`: `id`, `prompt` (a text) and `system_prompt`, the fields of its `TaskData`.
    - `openenv`: `task_id` and `prompt`, which a client gives to `reset`; the server has all else in its own set.
    - `openrlhf`: `input` (messages; train with `--data.apply_chat_template`, `--data.input_key input` and
      `--data.label_key label`), `label` (JSON of `task_id`, `task`, which is the prompt alone, and `canvas`) and
      `datasource`.
    - `sb3`: `id`, `prompt` and what else is known of the task, such as its `reference`: a task file as `gym.make`
      takes it, for `StrokeActions`.
    - `gepa`: `prompt` (a text), `task_id`.

    A set of which any task has a reference picture, features, letters, interactions, a number of steps or a subject of
    its own has the key `reference`, `features`, `letters`, `interactions`, `steps` or `subject` too, in verl's
    `extra_info` and in OpenRLHF's `label`. The path of a reference is absolute, and None for tasks without one.
    `read_task` makes the task of what a row says.

    Args:
        source: As for `load_tasks`.
        trainer: Whose columns: a key of `COLUMNS`.
        canvas: The kind of program that is asked for.
        system_prompt: What the policy is told first; None takes what the canvas says, `""` leaves it out.
    """
    if trainer not in COLUMNS:
        raise UnknownName(
            f"No trainer is called {trainer!r}; there are {', '.join(COLUMNS)}.{guess(trainer, COLUMNS)}"
        )
    place = canvases.get(canvas)
    tasks = load_tasks(source, place.name)
    told = place.system_prompt if system_prompt is None else system_prompt
    system = [{"role": "system", "content": told}] if told else []
    told_of = [told_besides(task) for task in tasks]
    names = [name for name in told_of[0] if any(each[name] for each in told_of)]
    made = []
    for index, (task, each) in enumerate(zip(tasks, told_of, strict=True)):
        messages = [*system, {"role": "user", "content": task.prompt}]
        made.append(COLUMNS[trainer](Asked(index, task, messages, {name: each[name] for name in names})))
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
        "subject": task.subject,
    }


def _trl(asked: Asked) -> dict[str, Any]:
    return {"prompt": asked.messages, "task_id": asked.task.id, **asked.besides}


def _verl(asked: Asked) -> dict[str, Any]:
    task = asked.task
    return {
        "data_source": f"codepaint/{task.canvas}",
        "prompt": asked.messages,
        "ability": "painting",
        "reward_model": {"style": "rule", "ground_truth": task.id},
        "extra_info": {"index": asked.index, "task_id": task.id, "task": task.prompt, **asked.besides},
    }


def _openrlhf(asked: Asked) -> dict[str, Any]:
    task = asked.task
    label = {"task_id": task.id, "task": task.prompt, "canvas": task.canvas, **asked.besides}
    return {
        "input": asked.messages,
        "label": json.dumps(label, ensure_ascii=False),
        "datasource": f"codepaint/{task.canvas}",
    }


def _verifiers(asked: Asked) -> dict[str, Any]:
    task, [*system, _] = asked.task, asked.messages
    told = {"system_prompt": system[0]["content"]} if system else {}
    besides = {name: value for name, value in asked.besides.items() if value is not None}
    return {"id": task.id, "prompt": task.prompt, **told, **besides}


def _openenv(asked: Asked) -> dict[str, Any]:
    return {"task_id": asked.task.id, "prompt": asked.task.prompt}


def _sb3(asked: Asked) -> dict[str, Any]:
    besides = {name: value for name, value in asked.besides.items() if value}
    return {"id": asked.task.id, "prompt": asked.task.prompt, **besides}


def _gepa(asked: Asked) -> dict[str, Any]:
    return {"prompt": asked.task.prompt, "task_id": asked.task.id, **asked.besides}


COLUMNS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "trl": _trl,
    "verl": _verl,
    "openrlhf": _openrlhf,
    "verifiers": _verifiers,
    "openenv": _openenv,
    "sb3": _sb3,
    "gepa": _gepa,
}
"""What makes a row, by the trainer that reads it; `codepaint tasks export --for` takes each."""
