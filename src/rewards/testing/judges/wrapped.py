"""Judges round a judge: one that remembers, one whose inner judge is exchanged, one whose answers are edited."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from rewards.judged.judge import Judge, Question
from rewards.judged.reply import Reply
from rewards.types import version_of

# What a judge's methods do stands in `rewards.judged.judge.Judge`.
# ruff: noqa: D102


class Kept(Protocol):
    """Where answers are kept, such as `rewards.judged.client.verdict_cache.Verdicts`."""

    def get(self, key: str) -> Reply | None: ...

    def put(self, key: str, reply: Reply) -> None: ...


class Exchanged:
    """Asks a judge that may be exchanged for another while a reward holds this one."""

    version = version_of("Exchanged")

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        return self.judge.ask(questions)

    def preflight(self, *, logprobs: bool) -> bool:
        own = getattr(self.judge, "preflight", None)
        return own is None or bool(own(logprobs=logprobs))


class Remembering(Exchanged):
    """Asks its judge what it has not kept: answers that can be read, by `Question.key`."""

    def __init__(self, judge: Judge, kept: Kept) -> None:
        super().__init__(judge)
        self.version, self.kept = judge.version, kept

    def key(self, question: Question) -> str:
        return question.key(self.version)

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        known = {question: self.kept.get(self.key(question)) for question in questions}
        missing = [question for question, reply in known.items() if reply is None]
        for question, reply in zip(missing, self.judge.ask(missing) if missing else [], strict=True):
            known[question] = reply
            if reply is not None and question.readable(reply):
                self.kept.put(self.key(question), reply)
        return [known[question] for question in questions]


class Edited(Exchanged):
    """Lets another write each answer of its judge anew; the tokens stay, if the text does."""

    def __init__(self, judge: Judge, edit: Callable[[str], Reply]) -> None:
        super().__init__(judge)
        self.edit = edit

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        told = self.judge.ask(questions)
        return [each and dataclasses.replace(self.edit(each.text), tokens=each.tokens) for each in told]


def _whole(change: Callable[[dict[str, Any]], object]) -> Callable[[str], Reply]:
    def edit(text: str) -> Reply:
        told = json.loads(text)
        changed = change(told)
        return Reply(json.dumps(told if changed is None else changed))

    return edit


def _each(change: Callable[[Any], Any]) -> Callable[[str], Reply]:
    """Changes the verdict, or each number of the scores."""

    def walk(told: Any) -> Any:
        if isinstance(told, Mapping):
            return {key: part if key == "reason" else walk(part) for key, part in told.items()}
        return change(told)

    return lambda text: Reply(json.dumps(walk(json.loads(text))))


UNREADABLE: Mapping[str, Callable[[str], Reply]] = {
    "cut": lambda text: Reply(text[: len(text) * 2 // 3], truncated=True),
    "cut in silence": lambda text: Reply(text[:-2]),
    "empty": lambda text: Reply(""),
    "no key": lambda text: Reply("{}"),
    "both labels": _each(lambda told: "1 and 2"),
    "out of scale": _each(lambda told: 125),
    "below the scale": _each(lambda told: -1),
    "in words": _each(lambda told: "seven"),
    "no number": lambda text: Reply('{"winner": NaN, "reason": ""}'),
    "a list": _each(lambda told: [told]),
    "true": _each(lambda told: True),
    "another key": _whole(lambda told: told.update(second_thoughts="2")),
    "only reasons": _whole(lambda told: {"reason": "Picture 1 is better: 10 of 10."}),
    "prose": lambda text: Reply("The first picture, 1, is better; I give it 10 of 10."),
    "refusal": lambda text: Reply("I'm sorry, but I can't compare these 2 pictures."),
    "twice": lambda text: Reply(text + text),
    "two verdicts": lambda text: Reply(text[:-1] + ", " + text[1:]),
    "a number": lambda text: Reply("7"),
    "deep": lambda text: Reply("[" * 100_000),
}
"""Edits of a good answer, after each of which nobody can say what was meant."""
