"""Rubrics: what a judge of pictures is asked, and how its answer is read; both live in files of `rubrics/`."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rewards.errors import SpecError
from rewards.judged.rubric_file import FOLDER, read_rubric_file
from rewards.types import version_of

Answer = Literal["winner", "scores"]

SCALE = 10.0  # a criterion's scores are 0 to this
SCHEMA_VERSION = 1
LEAST_MASS = 0.5  # that the labels must hold at the answer's token, else it does not count

THOUGHT = "</think>"  # ends what a reasoning model thought

_LABEL = re.compile(r'"winner"\s*:\s*"')
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of an answer with what else the judge might have said there.

    Attributes:
        text: As it stands in the answer.
        top: Log-probability of the likeliest tokens at this place, itself among them.
    """

    text: str
    top: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from a judge, unread.

    Attributes:
        text: The answer.
        tokens: Of the answer, in order; None where the judge gives no log-probabilities.
        truncated: True if the answer was cut off.
    """

    text: str
    tokens: tuple[Token, ...] | None = None
    truncated: bool = False

    @property
    def told(self) -> str:
        """What was said, in short, for a message."""
        said = self.text if len(self.text) <= 160 else f"{self.text[:80]} … {self.text[-80:]}"
        if self.truncated:
            return f"it was cut off after {said!r}; let it say more (max_tokens)"
        return f"it said {said!r}" if said else "it said nothing"


@dataclass(frozen=True, slots=True)
class Rubric:
    """A question about two pictures, read from `rubrics/NAME.md`.

    Attributes:
        id: Name of the file, without its ending.
        release: Rises with every change of the text.
        title: One line for people.
        answer: `winner` for `{"winner": "1" | "2" | "tie", "reason": ...}`, or `scores` for numbers on criteria.
        criteria: What is scored, where the answer is `scores`.
        system: Says to the judge who it is.
        text: Asks; `{prompt}` stands for what the painter was asked.
    """

    id: str
    release: int
    title: str
    answer: Answer
    criteria: tuple[str, ...]
    system: str
    text: str

    @property
    def version(self) -> str:
        """Changes with any word of the rubric."""
        told = [self.id, self.release, self.answer, self.criteria, self.system, self.text, SCHEMA_VERSION]
        return f"{self.id}@{self.release}-{version_of('Rubric', told)}"

    def ask(self, prompt: str) -> str:
        """Returns the text of the question for pictures that were painted on a prompt."""
        return self.text.replace("{prompt}", prompt)

    def schema(self, *, soft: bool) -> dict[str, Any]:
        """Returns the JSON schema of the answer.

        Args:
            soft: The answer's log-probabilities will be read: a tie is then what lies near one half, no label.
        """
        if self.answer == "winner":
            labels = ["1", "2"] if soft else ["1", "2", "tie"]
            told = {"winner": {"type": "string", "enum": labels}, "reason": {"type": "string"}}
        else:
            number = {"type": "number", "minimum": 0, "maximum": SCALE}
            told = {name: object_schema(dict.fromkeys(self.criteria, number)) for name in ("first", "second")}
        return object_schema(told)

    def read(self, reply: Reply, *, soft: bool) -> float | None:
        """Returns how likely the first picture is the better one, or None if the answer cannot be read.

        Never raises, whatever the judge wrote. Without `soft`, 1.0, 0.0 or 0.5 for a tie. The reason may come
        first, and thoughts that end with `</think>` are passed over. A missing, doubled or further key, a value
        outside its scale, text around the object (other than one code fence) and an answer that was cut off are
        unreadable.

        Args:
            reply: What came back.
            soft: Read the log-probabilities at the label: P = (e^l1 + e^lt / 2) / (e^l1 + e^l2 + e^lt) over all
                spellings of 1, 2 and tie, a label that endpoints without schemas may use.
        """
        if reply.truncated:
            return None
        start, told = parsed(reply.text)
        if told is None:
            return None
        if self.answer == "scores":
            return None if soft else self._read_scores(told)
        if set(told) != {"winner", "reason"} or not isinstance(told["reason"], str):
            return None
        label = told["winner"]
        if not isinstance(label, str) or label not in ("1", "2", "tie"):
            return None
        if soft:
            return None if reply.tokens is None else _soft(reply.text, start, reply.tokens)
        return {"1": 1.0, "2": 0.0, "tie": 0.5}[label]

    def _read_scores(self, told: Mapping[str, Any]) -> float | None:
        if tuple(told) != ("first", "second"):
            return None
        means = []
        for scores in told.values():
            if not isinstance(scores, dict) or set(scores) != set(self.criteria):
                return None
            values = list(scores.values())
            if not all(type(value) in (int, float) and 0 <= value <= SCALE for value in values):
                return None
            means.append(math.fsum(values) / len(values))
        first, second = means
        return 0.5 if first == second else float(first > second)


def load_rubric(name: str) -> Rubric:
    """Loads a rubric that ships by its name, or one of yours by the path of its file, as the file is now.

    A rubric is a Markdown file: `+++`, TOML with `release`, `title`, `answer` and, for scores, `criteria`, then
    `+++`, the system text, a line of `---`, and the question.

    Raises:
        SpecError: There is none, or it cannot be understood.
    """
    path = Path(name) if name.endswith(".md") else FOLDER / f"{name}.md"
    if not path.is_file():
        raise SpecError(
            f"There is no rubric {name!r}; there are {', '.join(rubrics())}, or give the path of a .md file."
        )
    file = read_rubric_file(path)
    criteria, answer = tuple(file.head.get("criteria", ())), file.head.get("answer")
    if answer not in ("winner", "scores") or (answer == "scores") != bool(criteria):
        raise SpecError(
            f"The head of {path} is {file.head!r}; it needs a whole 'release', a 'title', and the 'answer' 'winner', "
            "or 'scores' with 'criteria'."
        )
    return Rubric(file.id, file.release, file.title, answer, criteria, file.system, file.text)


def rubrics() -> list[str]:
    """Returns the names of the rubrics for two pictures that ship, sorted."""
    return ["pairwise", "scores"]


def object_schema(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the JSON schema of an object that holds exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def parsed(text: str) -> tuple[int, dict[str, Any] | None]:
    """Returns where the answer begins, and the JSON object that it consists of.

    A code fence round it is passed over, and so are thoughts before it, of which some endpoints give the end alone.
    """
    for start in dict.fromkeys((0, text.find(THOUGHT) + len(THOUGHT) if THOUGHT in text else 0)):
        told = _object_in(text[start:])
        if told is not None:
            return start, told
    return 0, None


def _object_in(text: str) -> dict[str, Any] | None:
    fenced = _FENCED.match(text)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) != len(pairs):
            raise ValueError("a key occurs twice")
        return told

    try:
        told = json.loads(fenced[1] if fenced else text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _soft(text: str, begin: int, tokens: Sequence[Token]) -> float | None:
    """Reads P(first) at the token that begins the winner's label, in the answer that begins at a place."""
    found = _LABEL.search(text, begin)
    start = 0
    for token in tokens if found else ():
        if not text.startswith(token.text, start):
            return None  # these are not the tokens of this text
        start += len(token.text)
        if found is not None and start > found.end():
            return _likelier(token.top)
    return None


def _likelier(top: Mapping[str, float]) -> float | None:
    mass = {"1": 0.0, "2": 0.0, "tie": 0.0}
    for spelling, chance in top.items():
        label = spelling.strip(" \t\n\"':,{}").lower()
        label = "tie" if label in ("t", "ti") else label  # its first token
        if label in mass and math.isfinite(chance):
            mass[label] += math.exp(min(chance, 0.0))
    total = math.fsum(mass.values())
    return (mass["1"] + mass["tie"] / 2) / total if total >= LEAST_MASS else None
