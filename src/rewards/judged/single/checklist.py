"""`checklist`: a judge says of each statement of a task whether it holds of the picture; the share of yes counts."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from rewards.errors import SpecError
from rewards.judged.answer_mode import WantedMode
from rewards.judged.inquiry import Inquiry, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.judge_option import judge_of
from rewards.judged.labels import NO, YES, likely_yes, said_yes
from rewards.judged.pictures import SIDE_PX
from rewards.judged.reply import Reply, object_schema
from rewards.judged.rubric_file import FOLDER, RubricFile, read_rubric_file
from rewards.judged.single.each_picture import JudgedPicture, Opinion, Text
from rewards.judged.single.statements import Statement, of_task, read_statements
from rewards.types import Task, version_of

CODE = 1  # rises when the same answers would make another value
SPATIAL_WEIGHT = 0.5
HELD = ("prompt", "statements", "form")


def checklist(
    *,
    statements: str | Path | None = None,
    spatial_weight: float = SPATIAL_WEIGHT,
    rubric: str = "checklist",
    mode: WantedMode = "auto",
    text: Text = "blur",
    size_px: int = SIDE_PX,
    judge: Mapping[str, Any] | Judge | None = None,
) -> JudgedPicture:
    """The weighted share of a task's statements that are true of the picture, as a judge checks them.

        value = sum of w_i y_i / sum of w_i

    y_i is 1 if the judge says yes to statement i, and 0 if it says no; in soft mode y_i = P(yes) under its
    log-probabilities. w_i is the statement's weight, times `spatial_weight` if the statement says where something is,
    because judges see that least reliably. One call asks all statements. If one is not answered, the sample has no
    value.

    The statements are those of `statements`, else the task's `features`. A task without any cannot be judged:
    `check_tasks` raises an error when tasks and reward meet, and its samples have no value.

    Range [0, 1], higher is better. Components: `yes`, the share of statements with a yes, unweighted, and `text_area`.
    `critique` names what the judge did not see. Calls: one per sample. Source: the share of yes over a checklist is
    that of TIFA (Hu et al. 2023, arXiv 2303.11897); weights, and asking all at once, are ours.

    Args:
        statements: A file of JSON lines by the task's id, see `read_statements`; `codepaint tasks statements` writes
            one. None asks about the features of each task.
        spatial_weight: Factor for the weight of a statement marked `spatial`, above 0 and at most 1.
        rubric: Name of the shipped rubric, or the path of your own file.
        mode: `soft` reads log-probabilities, `hard` the words; `auto` lets the judge's preflight decide.
        text: `blur` makes letters in the picture unreadable before it is judged; `keep` leaves them, for pages.
        size_px: Side of the square in which the picture is shown, at least 16; smaller pictures cost fewer tokens.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, such as `{"model": ..., "base_url": ...}`,
            or a `Judge` object.

    Raises:
        SpecError: A parameter, the rubric or the file of statements cannot be understood.
        MissingPart: The extra `text` (for `blur`) or `judge` (for options), or a key is missing.
    """
    number = isinstance(spatial_weight, int | float) and not isinstance(spatial_weight, bool)
    if not number or not 0 < spatial_weight <= 1:
        raise SpecError(f"spatial_weight is {spatial_weight!r}; it must be above 0 and at most 1.")
    file = read_rubric_file(Path(rubric) if rubric.endswith(".md") else FOLDER / f"{rubric}.md", holds=HELD)
    listed = None if statements is None else read_statements(Path(statements))
    return JudgedPicture(
        Checks(file, float(spatial_weight), listed),
        judge_of("checklist", judge),
        mode=mode,
        text=text,
        size_px=size_px,
    )


@dataclass(frozen=True, slots=True)
class Checks:
    """The examiner behind `checklist`: see there.

    Attributes:
        file: The rubric.
        spatial_weight: Factor for statements about places.
        listed: Statements by the task's id; None where each task brings its own.
    """

    file: RubricFile
    spatial_weight: float = SPATIAL_WEIGHT
    listed: Mapping[str, tuple[Statement, ...]] | None = None

    name: ClassVar[str] = "checklist"
    can_be_soft: ClassVar[bool] = True
    components: ClassVar[tuple[str, ...]] = ("yes",)
    calls: ClassVar[int] = 1
    disclaims: ClassVar[Mapping[str, str]] = MappingProxyType({})

    @property
    def version(self) -> str:
        """Changes with the rubric, the weights and what is asked about any task."""
        file = self.file
        listed = (
            None
            if self.listed is None
            else {
                name: [[each.text, each.weight, each.spatial] for each in told]
                for name, told in self.listed.items()
            }
        )
        told = [CODE, file.id, file.release, file.system, file.text, self.spatial_weight, listed]
        return version_of("Checks", told)

    @property
    def needs(self) -> frozenset[str]:
        """The prompt, with which the features come, and the id where statements are found by it."""
        return frozenset({"prompt"} if self.listed is None else {"prompt", "task_id"})

    def statements(self, task: Task) -> tuple[Statement, ...]:
        """Returns what is asked about a task; empty where nothing is."""
        return of_task(task) if self.listed is None else self.listed.get(task.id) or of_task(task)

    def check_task(self, task: Task) -> None:
        """Raises `SpecError` for a task without statements."""
        if not self.statements(task):
            where = (
                "nor has the file of statements any for it"
                if self.listed is not None
                else ("give it some, or a file of them: checklist(statements='statements.jsonl')")
            )
            raise SpecError(
                f"'checklist' has nothing to ask about the task {task.id!r}: it has no features; {where}. "
                "`codepaint tasks statements` lets a model write them once."
            )

    def examine(self, png: bytes, task: Task, judge: Judge, *, soft: bool) -> Inquiry[Opinion]:
        """Asks about all statements of the task at once."""
        statements = self.statements(task)
        names = _numbers(statements)
        [reply] = yield [self._question(png, task.prompt, statements, soft)]
        if reply is None:
            return Opinion(None, reason=why_lost(judge))
        held = _read(reply, names, soft=soft)
        if held is None:
            return Opinion(None, reason=why_unread(reply))
        weights = [each.weight * (self.spatial_weight if each.spatial else 1.0) for each in statements]
        value = math.fsum(w * held[name] for w, name in zip(weights, names, strict=True)) / math.fsum(weights)
        unseen = [each.text for each, name in zip(statements, names, strict=True) if held[name] < 0.5]
        share = 1 - len(unseen) / len(statements)
        told = f"{len(statements) - len(unseen)} of {len(statements)} hold"
        missing = "; ".join(unseen)
        return Opinion(
            value,
            {YES: share},
            f"{told}, not: {missing}" if unseen else told,
            f"Not seen in the picture: {missing}." if unseen else "",
        )

    def _question(self, png: bytes, prompt: str, statements: Sequence[Statement], soft: bool) -> Question:
        names = _numbers(statements)
        listed = "\n".join(f"{name}. {each.text}" for name, each in zip(names, statements, strict=True))
        words = {"prompt": prompt, "statements": listed, "form": json.dumps(dict.fromkeys(names, YES))}

        def readable(reply: Reply) -> bool:
            return _read(reply, names, soft=soft) is not None

        return Question(
            images=(png,),
            system=self.file.system,
            text=self.file.filled(words),
            rubric=f"{self.file.id}@{self.file.release}",
            schema=object_schema({name: {"type": "string", "enum": [YES, NO]} for name in names}),
            logprobs=soft,
            readable=readable,
        )


def _numbers(statements: Sequence[Statement]) -> list[str]:
    return [str(number) for number in range(1, len(statements) + 1)]


def _read(reply: Reply, names: Sequence[str], *, soft: bool) -> dict[str, float] | None:
    return (likely_yes if soft else said_yes)(reply, names)
