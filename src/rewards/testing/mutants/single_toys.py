"""Correct toys that ask a judge about one picture at a time, of which mutants are small edits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rewards.judged.digits import HIGHEST, said_digits
from rewards.judged.inquiry import Inquiry, conduct
from rewards.judged.judge import Judge, Question
from rewards.judged.labels import said_yes
from rewards.judged.reply import Reply, object_schema
from rewards.testing.mutants.judged_toys import opens, png
from rewards.types import Sample, Score, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

CRITERIA = ("form", "colour")
STATEMENTS = ("1", "2", "3", "4")


def two_a_picture(size: int, references: int) -> int:
    """Returns 2 G: each picture is asked about twice."""
    return 2 * size


class Marked:
    """The lower of two marks, each from 0 to 9, the mean of two asks.

    A mutant edits `read`, which makes a value of one answer, or `joined`, which makes one of both.
    """

    name = "marked"
    needs = frozenset({"image", "prompt"})
    traits = Traits(
        noise_floor=1.0,
        max_calls=two_a_picture,
        disclaims={
            "16": "a toy of few values",
            "18": "a verdict is a step function",
            "34": "a toy shows pictures as they are",
        },
    )
    properties: ClassVar[dict[str, Any]] = {
        **{name: {"type": "integer", "minimum": 0, "maximum": HIGHEST} for name in CRITERIA},
        "reason": {"type": "string"},
    }

    def __init__(self, *, judge: Judge) -> None:
        self.judge = judge

    @property
    def version(self) -> str:
        return version_of(type(self).__qualname__, self.judge.version)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return conduct(self.judge, [self.inquiry(sample) for sample in samples])

    def inquiry(self, sample: Sample) -> Inquiry[Score]:
        if sample.rendering.status == "machine_error":
            return Score(None)
        if not opens(sample):
            return Score(0.0)
        replies = yield [self.question(sample, ask) for ask in range(2)]
        return Score(self.joined([None if reply is None else self.read(reply) for reply in replies]))

    def question(self, sample: Sample, ask: int) -> Question:
        return Question(
            (png(sample.rendering.image),),
            "You mark pictures.",
            f"Mark it: {sample.task.prompt}",
            "toy",
            object_schema(self.properties),
            attempt=2 * ask,
            readable=lambda reply: type(self).sound(reply),
        )

    @classmethod
    def sound(cls, reply: Reply) -> bool:
        return said_digits(reply, CRITERIA, ("reason",)) is not None

    def read(self, reply: Reply) -> float | None:
        told = said_digits(reply, CRITERIA, ("reason",))
        return None if told is None else min(told.values()) / HIGHEST

    def joined(self, values: Sequence[float | None]) -> float | None:
        whole = [value for value in values if value is not None]
        return sum(whole) / len(whole) if len(whole) == len(values) else None


class Listed(Marked):
    """The share of yes among four statements, the mean of two asks."""

    name = "listed"
    properties: ClassVar[dict[str, Any]] = {
        name: {"type": "string", "enum": ["yes", "no"]} for name in STATEMENTS
    }

    @classmethod
    def sound(cls, reply: Reply) -> bool:
        return said_yes(reply, STATEMENTS) is not None

    def read(self, reply: Reply) -> float | None:
        told = said_yes(reply, STATEMENTS)
        return None if told is None else sum(told.values()) / len(told)
