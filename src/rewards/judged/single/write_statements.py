"""Lets a model write what a checklist asks about tasks: once, into a file that people read and mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rewards.errors import SpecError
from rewards.json_lines import LineWriter
from rewards.judged.inquiry import Inquiry, conduct, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply, object_schema, parsed
from rewards.judged.rubric_file import FOLDER, read_rubric_file
from rewards.judged.single.statements import LONGEST, MOST, Statement, read_statements
from rewards.types import Task

COUNT = 6  # statements a task, where nothing else is said
BATCH = 16  # tasks that are asked about at once, and then written down

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one task.

    Attributes:
        task: It was asked about.
        statements: What the model wrote; empty where nothing came.
        trouble: Why nothing came.
    """

    task: Task
    statements: tuple[Statement, ...] = ()
    trouble: str = ""


def write_statements(
    tasks: Sequence[Task],
    path: Path,
    judge: Judge,
    *,
    count: int = COUNT,
    progress: Progress = lambda done, total: None,
) -> list[Written]:
    """Asks a model for statements about each task that the file does not tell about yet, and appends them to it.

    What is in the file stays as it is, whoever wrote it, so that a run that was ended goes on where it was. The model
    gets the task's prompt and no picture.

    Args:
        tasks: Each is asked about once.
        path: The file, as `checklist(statements=...)` reads it; made where it is missing.
        judge: Is asked.
        count: Statements a task, 1 to 32.
        progress: Is told how many tasks are done, and of how many.

    Returns:
        What came of each task that was asked about.

    Raises:
        SpecError: `count` is out of range, or the file holds something else.
        CodepaintError: What the judge raises, because no later question would mend it; what came before is kept.
    """
    if type(count) is not int or not 1 <= count <= MOST:
        raise SpecError(f"count is {count!r}; a task has 1 to {MOST} statements.")
    known = read_statements(path) if path.is_file() else {}
    missing = [task for task in {task.id: task for task in tasks}.values() if task.id not in known]
    found: list[Written] = []
    with LineWriter(path) as lines:
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            for each in conduct(judge, [_inquiry(task, count, judge) for task in batch]):
                found.append(each)
                if each.statements:
                    lines.append({"task": each.task.id, "statements": list(map(_told, each.statements))})
            progress(min(start + BATCH, len(missing)), len(missing))
    return found


def _inquiry(task: Task, count: int, judge: Judge) -> Inquiry[Written]:
    [reply] = yield [_question(task, count)]
    if reply is None:
        return Written(task, trouble=why_lost(judge))
    statements = read_written(reply)
    return Written(task, trouble=why_unread(reply)) if statements is None else Written(task, statements)


def _question(task: Task, count: int) -> Question:
    file = read_rubric_file(FOLDER / "statements.md", holds=("prompt", "count"))
    prompt = task.prompt.encode("utf-8", "replace").decode()
    statement = object_schema({"text": {"type": "string"}, "spatial": {"type": "boolean"}})
    return Question(
        images=(),
        system=file.system,
        text=file.filled({"prompt": prompt, "count": str(count)}),
        rubric=f"{file.id}@{file.release}",
        schema=object_schema({"statements": {"type": "array", "items": statement}}),
        readable=lambda reply: read_written(reply) is not None,
    )


def read_written(reply: Reply) -> tuple[Statement, ...] | None:
    """Returns the statements of an answer, or None if it cannot be read. Never raises."""
    told = None if reply.truncated else parsed(reply.text)[1]
    listed = told.get("statements") if told is not None and set(told) == {"statements"} else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
        return None
    found = list(map(_statement, listed))
    whole = [each for each in found if each is not None]
    return tuple(whole) if len(whole) == len(found) else None


def _statement(told: Any) -> Statement | None:
    if (
        not isinstance(told, dict)
        or set(told) != {"text", "spatial"}
        or not isinstance(told["spatial"], bool)
    ):
        return None
    text = told["text"].strip() if isinstance(told["text"], str) else ""
    return Statement(text, spatial=told["spatial"]) if 0 < len(text) <= LONGEST else None


def _told(statement: Statement) -> str | dict[str, object]:
    return {"text": statement.text, "spatial": True} if statement.spatial else statement.text
