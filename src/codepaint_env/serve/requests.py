"""What is asked of the server, field by field; what is unknown or of another type is refused by its name."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from codepaint_env.render.codec import convert, parse
from codepaint_env.render.identity import seed_of
from codepaint_env.render.remote.wire import Seed
from codepaint_env.tasks import checked_prompt, task_id
from rewards.errors import SpecError
from rewards.types import STEPS, Task

PLAIN_SEED = 1
"""Of a program that nobody asked for, as with `codepaint render`."""

COLUMNS = ("query", "prompts", "labels")


class AskedTask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a policy was asked: the fields of `Task`, but for its reference picture."""

    prompt: str
    id: str = ""
    features: tuple[str, ...] = ()
    letters: bool = False
    interactions: tuple[str, ...] = ()
    steps: Annotated[int, Meta(ge=1, le=20)] = STEPS
    subject: str = ""

    def task(self, canvas: str) -> Task:
        """Returns the task, named after its prompt where it brings no name."""
        prompt = checked_prompt(self.prompt, "the task")
        return Task(
            self.id or task_id(prompt),
            prompt,
            canvas,
            None,
            self.features,
            self.letters,
            self.interactions,
            self.steps,
            self.subject,
        )


class RenderRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture.

    Attributes:
        completion: A program, or what a policy wrote with a program in it.
        task: What was asked; None where nobody asked.
        seed: Of the program's random numbers; None takes that of the task, or 1 without a task.
        stages: What to record besides the canvas's own stages.
        path: What draws; None takes the server's own.
    """

    completion: str
    task: AskedTask | None = None
    seed: Seed | None = None
    stages: tuple[str, ...] = ()
    path: str | None = None

    def seed_for(self, task: Task | None) -> int:
        """Returns where the program's random numbers start."""
        if self.seed is not None:
            return self.seed
        return PLAIN_SEED if task is None else seed_of(task.id)


class ScoreRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Completions to score together.

    Attributes:
        completions: What the policy wrote.
        tasks: What was asked, one a completion.
        groups: Which samples are compared with each other; None takes the tasks.
    """

    completions: tuple[str, ...]
    tasks: tuple[AskedTask, ...]
    groups: tuple[str, ...] | None = None


def read_renders(body: bytes) -> tuple[list[RenderRequest], bool]:
    """Returns what is to be drawn, and whether it came as a list."""
    said = parse(body)
    if isinstance(said, list):
        return convert(said, list[RenderRequest]), True
    return [convert(said, RenderRequest)], False


def read_columns(body: bytes) -> list[list[Any]]:
    """Returns queries, prompts and labels, as OpenRLHF posts them; what else it sends is passed over."""
    said = parse(body)
    columns = [said.get(name) if isinstance(said, dict) else None for name in COLUMNS]
    if not all(isinstance(column, list) for column in columns):
        raise SpecError(f"The request must have the lists {', '.join(COLUMNS)}, as OpenRLHF 0.11 sends them.")
    return [list(column) for column in columns if column is not None]
