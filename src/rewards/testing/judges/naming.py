"""A judge that says the same words of every picture, whatever it shows, and one label of every text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rewards.judged.judge import Question
from rewards.judged.reply import Reply
from rewards.types import version_of

# What a judge's methods do stands in `rewards.judged.judge.Judge`.
# ruff: noqa: D102


@dataclass(frozen=True)
class NamingJudge:
    """Fills in any schema: texts with a name, lists with others, labels with the one at a place.

    Attributes:
        name: What it sees.
        others: What else it sees.
        label: Place of its label among those of a question, from the best to the worst; -1 is the worst.
        mute: Questions without a picture get no answer.
        asked: What it was asked, in order.
    """

    name: str
    others: tuple[str, ...] = ()
    label: int = -1
    mute: bool = False
    asked: list[Question] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def version(self) -> str:
        return version_of(type(self).__name__, [self.name, list(self.others), self.label, self.mute])

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        self.asked.extend(questions)
        return [
            None if self.mute and not question.images else self._reply(question) for question in questions
        ]

    def _reply(self, question: Question) -> Reply:
        parts = question.schema["properties"]
        return Reply(json.dumps({name: self._filled(part) for name, part in parts.items()}))

    def _filled(self, part: Any) -> object:
        if "enum" in part:
            return part["enum"][self.label]
        return list(self.others) if part["type"] == "array" else self.name
