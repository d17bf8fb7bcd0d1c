"""Prompt sets: those that ship, a user's own file, or a list."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from rewards.errors import SpecError, UnknownName
from rewards.json_lines import parse_line, split_lines
from rewards.types import DEFAULT_CANVAS, STEPS, Task

SETS = ("flowers", "objects", "pages", "riders", "subjects")
PROMPT_CHARS = 100_000
_KEYS = {"features", "id", "interactions", "letters", "prompt", "reference", "steps", "subject"}
_MOST_STEPS = 20


def task_id(prompt: str) -> str:
    """Returns the default id of a prompt: `p-` and 12 hex digits of its sha256."""
    return "p-" + hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def load_tasks(
    source: str | Path | Sequence[str | Mapping[str, Any] | Task], canvas: str
) -> tuple[Task, ...]:
    """Loads tasks for a canvas.

    Args:
        source: The name of a set; the path of a file (one prompt per line, or JSON lines with `prompt` and optionally
            `id`, `reference`, `features`, `letters`, `interactions`, `steps` and `subject`); or a list of prompts, such
            mappings or tasks.
        canvas: The kind of program that the tasks ask for.

    Raises:
        UnknownName: There is neither a set nor a file of that name.
        SpecError: A task cannot be understood, an id occurs twice, or there is no task.
    """
    if isinstance(source, str | Path):
        tasks = _from_file(str(source), canvas)
        where = f"the task set {str(source)!r}"
    else:
        tasks = [_task(entry, canvas, f"tasks[{index}]", Path()) for index, entry in enumerate(source)]
        where = "the list of tasks"
    if not tasks:
        raise SpecError(f"There is no task in {where}; give at least one prompt.")
    seen: dict[str, Task] = {}
    for task in tasks:
        if seen.setdefault(task.id, task) is not task:
            raise SpecError(f"The task id {task.id!r} stands twice in {where}; ids must differ.")
    return tuple(tasks)


def checked_prompt(prompt: object, where: str) -> str:
    """Returns a prompt if an observation can hold it and there is something in it."""
    if isinstance(prompt, str) and prompt.strip() and len(prompt) <= PROMPT_CHARS and _is_unicode(prompt):
        return prompt
    told = repr(prompt)
    told = told if len(told) <= 80 else f"{told[:80]}…"
    raise SpecError(
        f"{where} has the prompt {told}; it must be Unicode text of 1 to {PROMPT_CHARS} characters."
    )


def _is_unicode(text: str) -> bool:
    """False for lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def describe_sets() -> dict[str, int]:
    """Returns the shipped sets and the number of tasks in each."""
    return {name: len(load_tasks(name, DEFAULT_CANVAS)) for name in SETS}


def _from_file(source: str, canvas: str) -> list[Task]:
    if source in SETS:
        text, name, folder = (
            files("codepaint_env").joinpath("data", f"{source}.jsonl").read_text("utf-8"),
            source,
            Path(),
        )
    else:
        path = Path(source).expanduser()
        if not os.path.isfile(path):  # unlike Path.is_file, False for a name that is too long
            near = difflib.get_close_matches(source, SETS, n=1)
            sets = f"The sets are {', '.join(map(repr, SETS[:-1]))} and {SETS[-1]!r}."
            hint = f"Did you mean {near[0]!r}?" if near else sets
            raise UnknownName(f"No task set and no file is called {source!r}. {hint}")
        try:
            text, name, folder = path.read_text("utf-8-sig"), path.name, path.parent
        except UnicodeDecodeError as error:
            raise SpecError(f"{path} is not UTF-8 text ({error.reason} at byte {error.start}).") from None
    return [_line(line, canvas, f"{name}, line {number}", folder) for number, line in split_lines(text)]


def _line(line: str, canvas: str, where: str, folder: Path) -> Task:
    return _task(parse_line(line, where) if line.startswith("{") else line, canvas, where, folder)


def _task(entry: str | Mapping[str, Any] | Task, canvas: str, where: str, folder: Path) -> Task:
    if isinstance(entry, Task):
        if entry.canvas != canvas:
            raise SpecError(f"{where} is for the canvas {entry.canvas!r}, not {canvas!r}.")
        checked_prompt(entry.prompt, where)
        return entry
    if isinstance(entry, str):
        entry = {"prompt": entry}
    if not isinstance(entry, Mapping):
        raise SpecError(f"{where} is {entry!r}; a task is a prompt, a mapping with 'prompt', or a Task.")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise SpecError(f"{where} has the key {unknown[0]!r}; there are {', '.join(sorted(_KEYS))}.")
    prompt = checked_prompt(entry.get("prompt"), where)
    name = entry.get("id", task_id(prompt))
    if not isinstance(name, str) or not name:
        raise SpecError(f"{where} has the id {name!r}; it must be text.")
    features = _statements(entry, "features", where)
    interactions = _statements(entry, "interactions", where)
    letters = entry.get("letters", False)
    if not isinstance(letters, bool):
        raise SpecError(f"{where} has the letters {letters!r}; it must be true or false.")
    steps = entry.get("steps", STEPS)
    if type(steps) is not int or not 1 <= steps <= _MOST_STEPS:
        raise SpecError(
            f"{where} has the steps {steps!r}; they must be a whole number from 1 to {_MOST_STEPS}."
        )
    subject = entry.get("subject", "")
    if not isinstance(subject, str):
        raise SpecError(f"{where} has the subject {subject!r}; it must be text, such as 'iris'.")
    picture = _reference(entry.get("reference"), where, folder)
    return Task(name, prompt, canvas, picture, features, letters, interactions, steps, subject.strip())


def _statements(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    told = entry.get(key, [])
    if not isinstance(told, list | tuple) or not all(isinstance(each, str) and each.strip() for each in told):
        raise SpecError(f"{where} has the {key} {told!r}; they must be a list of short statements.")
    return tuple(told)


def _reference(reference: object, where: str, folder: Path) -> Path | None:
    if reference is None:
        return None
    if not isinstance(reference, str | Path):
        raise SpecError(f"{where} has the reference {reference!r}; it must be the path of a picture.")
    picture = folder / reference
    if not picture.is_file():
        raise SpecError(f"{where} names the reference {str(picture)!r}, which is not there.")
    return picture
