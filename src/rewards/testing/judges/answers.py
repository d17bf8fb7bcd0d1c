"""What scripted judges write: answers in the schema that was asked for, as a real judge would give them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from rewards.judged.judge import Question
from rewards.judged.reply import Reply, Token
from rewards.judged.rubric import SCALE
from rewards.testing.judges.latents import read_latent

Label = Literal["1", "2", "tie"]

WORDS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def answer(question: Question, odds: float, label: Label, *, logprobs: bool) -> Reply:
    """Writes an answer as a real judge would, in the schema that was asked for.

    Args:
        question: Says which labels or criteria there are, and whether log-probabilities are wanted.
        odds: Log-odds of P(first), for the log-probabilities.
        label: What is said; `tie` becomes the first label where the schema does not know it.
        logprobs: They are given, if they are wanted.
    """
    asked: Mapping[str, Any] = question.schema["properties"]
    if "winner" not in asked:
        return Reply(json.dumps(_scores(asked, label)))
    labels = asked["winner"]["enum"]
    said = label if label in labels else labels[0]
    pieces = ['{"', "winner", '": "', said, '", "', "reason", '": "', "It is", " scripted.", '"}']
    text = "".join(pieces)
    if not (logprobs and question.logprobs):
        return Reply(text)
    tokens = [Token(piece, {piece: 0.0}) for piece in pieces]
    # log sigmoid(x) = -log(1 + e^-x), written so that neither end overflows.
    tokens[3] = Token(said, {"1": -float(np.logaddexp(0, -odds)), "2": -float(np.logaddexp(0, odds))})
    return Reply(text, tuple(tokens))


def plain_answer(
    question: Question,
    quality: float,
    *,
    no: bool = False,
    yes: bool = False,
    shy: bool = False,
    logprobs: bool = False,
) -> Reply:
    """Fills in the schema of a question that compares nothing.

    Args:
        question: Asks for words, for numbers with a maximum, or for one of some labels.
        quality: Of what is shown, [0, 1]: the share of its maximum that each number has, the share of yes among
            questions that are named by numbers, and what decides among labels that go from the best to the worst.
        no: Any other label that may be `no` is `no`.
        yes: All questions that are named by numbers have the answer yes.
        shy: Numbers are written as words.
        logprobs: They are given, if they are wanted: whole numbers lie between their neighbours.
    """
    properties: Mapping[str, Any] = question.schema["properties"]
    pieces, tokens = ["{"], [Token("{", {"{": 0.0})]
    for place, (name, each) in enumerate(properties.items()):
        key = f"{', ' if place else ''}{json.dumps(name)}: "
        value, top = _filled(name, each, quality, len(properties), no=no, yes=yes, shy=shy)
        pieces += [key, value]
        tokens += [Token(key, {key: 0.0}), Token(value, top or {value: 0.0})]
    pieces.append("}")
    tokens.append(Token("}", {"}": 0.0}))
    return Reply("".join(pieces), tuple(tokens) if logprobs and question.logprobs else None)


def quality_seen(question: Question) -> float:
    """Returns the quality of the last picture of a question; of one without pictures, that which its text names."""
    if question.images:
        return read_latent(question.images[-1]).quality
    named = re.search(r"quality (\d\.\d+)", question.text)
    return float(named[1]) if named else 0.0


def _filled(
    name: str, schema: Mapping[str, Any], quality: float, items: int, *, no: bool, yes: bool, shy: bool
) -> tuple[str, Mapping[str, float] | None]:
    """Returns a value as JSON, and what else might have stood there."""
    if "enum" in schema:
        labels = schema["enum"]
        if {"yes", "no"} == set(labels):
            chance = (
                1.0
                if yes
                else min(max(quality * items - int(name) + 1, 0.0), 1.0)
                if name.isdecimal()
                else 1.0 - no
            )
            top = {"yes": chance, "no": 1 - chance}
            return json.dumps("yes" if chance >= 0.5 else "no"), _logs(top)
        return json.dumps(labels[min(int((1 - quality) * len(labels)), len(labels) - 1)]), None
    if schema["type"] in ("number", "integer"):
        return _number(quality * schema.get("maximum", SCALE), whole=schema["type"] == "integer", shy=shy)
    if schema["type"] == "array":
        return "[]", None
    return json.dumps("It is scripted." if name == "reason" else f"a picture of quality {quality:.3f}"), None


def _number(number: float, *, whole: bool, shy: bool) -> tuple[str, Mapping[str, float] | None]:
    nearest = round(number)
    if shy:
        return json.dumps(WORDS[nearest % len(WORDS)]), None
    if not whole:
        return json.dumps(number), None
    low, share = math.floor(number), number - math.floor(number)
    return str(nearest), _logs({str(low): 1 - share, str(low + 1): share})


def _logs(chances: Mapping[str, float]) -> dict[str, float]:
    return {label: math.log(chance) for label, chance in chances.items() if chance > 0}


def _scores(asked: Mapping[str, Any], label: Label) -> dict[str, dict[str, float]]:
    """Returns scores on each criterion that amount to a label."""
    better = {"1": ("first",), "2": ("second",), "tie": ()}[label]
    return {
        name: dict.fromkeys(told["properties"], 0.6 * SCALE if name in better else 0.5 * SCALE)
        for name, told in asked.items()
    }
