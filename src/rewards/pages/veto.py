"""A judge's veto: shown a step of a trace by its pictures, it may take the credit away and never give any."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rewards.errors import MachineError
from rewards.judged.inquiry import Inquiry, aconduct, conduct, why_lost, why_unread
from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply, parsed
from rewards.pages.page_words import quoted
from rewards.types import Interaction, Sample, version_of

RUBRIC = Path(__file__).parent / "rubrics" / "veto.md"
PROTOCOL = 1  # rises when the same answers would make another ruling
LABELS = ("yes", "no")
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"works": {"type": "string", "enum": list(LABELS)}, "reason": {"type": "string"}},
    "required": ["works", "reason"],
    "additionalProperties": False,
}

Step = tuple[Sample, Interaction]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a judge says of a credited step.

    Attributes:
        stands: True if the credit stands, False if it is vetoed, None where there is no verdict.
        reason: One sentence for logs.
    """

    stands: bool | None
    reason: str = ""


class Veto:
    """Asks a judge about credited steps, one question each; equal ones are asked about once.

    The judge gets the picture before and after, the task's prompt, what was done to what, and what one would expect:
    no program, no id, no selector. An answer that cannot be read is asked for once more.

    Args:
        judge: Is asked.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    @property
    def version(self) -> str:
        """Changes whenever the same step could get another ruling."""
        return version_of("Veto", [PROTOCOL, self.judge.version, _rubric()])

    def rule(self, steps: Sequence[Step]) -> list[Ruling]:
        """Rules on steps, in order."""
        return conduct(self.judge, [self._inquiry(*step) for step in steps])

    async def arule(self, steps: Sequence[Step]) -> list[Ruling]:
        """Does what `rule` does without blocking the event loop."""
        return await aconduct(self.judge, [self._inquiry(*step) for step in steps])

    def preflight(self) -> None:
        """Lets the judge raise what is misconfigured, and asks it about one made-up step.

        Raises:
            MachineError: It gives no verdict.
        """
        own = getattr(self.judge, "preflight", None)
        if own is not None:
            own(logprobs=False)
        made_up = question_of(
            "a page with one button", "click on a button", "the sheet turns dark", _sheets()
        )
        [reply] = self.judge.ask([made_up])
        if reply is None or read(reply) is None:
            why = getattr(self.judge, "trouble", "") if reply is None else reply.told
            raise MachineError(
                f"The judge gave no verdict on a made-up step{why and f' ({why})'}; try it with `codepaint "
                "judge-check`, or make the reward without this judge: it is asked only to take credit away."
            )

    def _inquiry(self, sample: Sample, step: Interaction) -> Inquiry[Ruling]:
        question = _question(sample, step)
        if question is None:
            return Ruling(None, "its pictures before and after were not kept")
        [reply] = yield [question]
        if reply is None:
            return Ruling(None, why_lost(self.judge))
        verdict = read(reply)
        return Ruling(None, why_unread(reply)) if verdict is None else Ruling(*verdict)


def read(reply: Reply) -> tuple[bool, str] | None:
    """Returns whether the credit stands and why, or None if the answer cannot be read. Never raises."""
    if reply.truncated:
        return None
    _, told = parsed(reply.text)
    if told is None or set(told) != {"works", "reason"} or not isinstance(told["reason"], str):
        return None
    works = told["works"]
    return (works == "yes", told["reason"]) if isinstance(works, str) and works in LABELS else None


def readable(reply: Reply) -> bool:
    """Tells whether an answer can be read."""
    return read(reply) is not None


def question_of(prompt: str, done: str, expected: str, pictures: tuple[bytes, bytes]) -> Question:
    """Returns what the judge is asked about one step.

    Args:
        prompt: What the page was written for.
        done: What was done, in words.
        expected: What one would expect of it; `""` where nobody said.
        pictures: PNG files of the viewport before and after.
    """
    system, text = _rubric()
    words = {"prompt": prompt, "done": done, "expected": expected or "some change that one can see"}
    text = re.sub(r"\{(prompt|done|expected)\}", lambda name: words[name[1]], text)
    return Question(
        pictures, system, text, f"veto-{version_of('veto', _rubric())}", SCHEMA, readable=readable
    )


def _question(sample: Sample, step: Interaction) -> Question | None:
    pictures = sample.rendering.pictures
    names = (f"step-{step.step}-before", f"step-{step.step}-after")
    if not all(name in pictures for name in names):
        return None
    done = f"{quoted(step.action, 20)} on the {quoted(step.role, 30)} named {quoted(step.name, 60)!r}"
    shown = (pictures[names[0]], pictures[names[1]])
    prompt = sample.task.prompt.encode("utf-8", "replace").decode()
    return question_of(prompt, done, quoted(step.expectation), shown)


@cache
def _rubric() -> tuple[str, str]:
    """Returns the system text and the question."""
    system, question = RUBRIC.read_text(encoding="utf-8").split("\n---\n")
    return system.strip(), question.strip()


@cache
def _sheets() -> tuple[bytes, bytes]:
    """Returns two small pictures, a light and a dark one."""
    from PIL import Image

    files = [io.BytesIO(), io.BytesIO()]
    for file, level in zip(files, (250, 40), strict=True):
        Image.new("RGB", (64, 36), (level, level, level)).save(file, "PNG")
    return files[0].getvalue(), files[1].getvalue()
