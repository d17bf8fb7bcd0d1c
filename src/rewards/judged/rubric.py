"""Rubrics: what a judge of two pictures is asked, and how its answer is read; both live in files of `rubrics/`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rewards.errors import SpecError
from rewards.judged.labels import top_at
from rewards.judged.reply import LEAST_MASS, Reply, Token, object_schema, parsed
from rewards.judged.rubric_file import FOLDER, read_rubric_file
from rewards.types import version_of

Answer = Literal["winner", "scores"]

SCALE = 10.0  # a criterion's scores are 0 to this
SCHEMA_VERSION = 1

_LABEL = re.compile(r'"winner"\s*:\s*"')


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


def _soft(text: str, begin: int, tokens: Sequence[Token]) -> float | None:
    """Reads P(first) at the token that begins the winner's label, in the answer that begins at a place."""
    found = _LABEL.search(text, begin)
    top = None if found is None else top_at(text, found.end(), tokens)
    return None if top is None else _likelier(top)


def _likelier(top: Mapping[str, float]) -> float | None:
    mass = {"1": 0.0, "2": 0.0, "tie": 0.0}
    for spelling, chance in top.items():
        label = spelling.strip(" \t\n\"':,{}").lower()
        label = "tie" if label in ("t", "ti") else label  # its first token
        if label in mass and math.isfinite(chance):
            mass[label] += math.exp(min(chance, 0.0))
    total = math.fsum(mass.values())
    return (mass["1"] + mass["tie"] / 2) / total if total >= LEAST_MASS else None
