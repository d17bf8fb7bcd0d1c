"""Mutants 91 to 94: small edits of a correct reward that asks what a picture shows before it tells the task."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rewards.judged.inquiry import Inquiry, conduct
from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply, object_schema, parsed
from rewards.subject_words import spellings, whole_words
from rewards.testing.law import edit
from rewards.testing.mutants.judged_toys import opens, png
from rewards.types import Sample, Score, Task, Traits, version_of

# What each method does stands in the docstring of its class.
# ruff: noqa: D102

TEXT = {"type": "string"}
LOOK = {"thing": TEXT, "others": {"type": "array", "items": TEXT}}
LABELS = ("full", "partly", "no")


def two_each(size: int, references: int) -> int:
    """Returns 2 G: what it shows, and whether that names what was asked for."""
    return 2 * size


class Captions:
    """Asks what a picture shows, then whether that names what was asked for, where whole words do not settle it.

    A mutant edits `look`, the first question, `finds`, whether words name a subject, `worth` of a label, or `lost`,
    the score where the second question got no answer.
    """

    name = "captions"
    needs = frozenset({"image", "prompt"})
    traits = Traits(
        noise_floor=1.0,  # a scripted judge may see something in noise
        max_calls=two_each,
        disclaims={
            "16": "three values by design",
            "18": "a verdict is a step function",
            "34": "a toy shows pictures as they are",
        },
    )
    blind_first = True

    def __init__(self, *, judge: Judge) -> None:
        self.judge = judge

    @property
    def version(self) -> str:
        return version_of(type(self).__name__, self.judge.version)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return conduct(self.judge, [self._inquiry(sample) for sample in samples])

    def look(self, task: Task) -> str:
        return "What does it show?"

    def finds(self, subject: str, words: str) -> bool:
        return bool(whole_words(spellings(subject)).search(words))

    def worth(self, label: str) -> float:
        return {"full": 1.0, "partly": 0.5, "no": 0.0}[label]

    def lost(self) -> Score:
        return Score(None)

    def _inquiry(self, sample: Sample) -> Inquiry[Score]:
        if sample.rendering.status == "machine_error":
            return Score(None)
        if not opens(sample):
            return Score(0.0)
        [reply] = yield [_asking(self.look(sample.task), LOOK, (png(sample.rendering.image),))]
        seen = _read(reply, LOOK)
        if seen is None:
            return Score(None)
        label = self._by_words(seen, sample.task.subject)
        if label is None:
            wanted = json.dumps([sample.task.subject or sample.task.prompt, seen])
            shows = {"shows": {**TEXT, "enum": list(LABELS)}}
            [reply] = yield [_asking(f"Is it there? {wanted}", shows)]
            told = _read(reply, shows)
            if told is None:
                return self.lost()
            label = told["shows"]
        return Score(self.worth(label))

    def _by_words(self, seen: Mapping[str, Any], subject: str) -> str | None:
        if subject and self.finds(subject, seen["thing"]):
            return "full"
        return "partly" if subject and any(self.finds(subject, each) for each in seen["others"]) else None


def _asking(text: str, parts: Mapping[str, Any], images: tuple[bytes, ...] = ()) -> Question:
    return Question(
        images,
        "You look.",
        text,
        "captions@1",
        object_schema(parts),
        readable=lambda r: _read(r, parts) is not None,
    )


def _read(reply: Reply | None, parts: Mapping[str, Any]) -> dict[str, Any] | None:
    told = None if reply is None or reply.truncated else parsed(reply.text)[1]
    return (
        told
        if told is not None and set(told) == set(parts) and all(map(_fits, told.values(), parts.values()))
        else None
    )


def _fits(told: object, part: Mapping[str, Any]) -> bool:
    if part["type"] == "array":
        return isinstance(told, list) and all(isinstance(each, str) for each in told)
    return isinstance(told, str) and told in part.get("enum", [told])


def _with_prompt(self: Captions, task: Task) -> str:
    return f"What does it show? It was to be this: {task.prompt}"


def _inside(self: Captions, subject: str, words: str) -> bool:
    return re.search(re.escape(subject), words) is not None


# fmt: off
edit(Captions, "91", "the first question says what was asked for", "66", look=_with_prompt)
edit(Captions, "92", "a lost second answer counts as no recognition", "66", lost=lambda self: Score(0.0))
edit(Captions, "93", "partial recognition counts as full", "66", worth=lambda self, label: float(label != "no"))
edit(Captions, "94", "the subject is found inside of other words", "66", finds=_inside)
# fmt: on
