"""A judge that knows the shipped paintings by sight and answers as they deserve; each of its faults is a field.

python tests/support/knowing_judge.py yes        prints the address of a yes-sayer; ends when its standard input does
"""

from __future__ import annotations

import io
import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from PIL import Image

from codepaint_env.study.judge_check.caption_check import LINE
from codepaint_env.study.judge_check.known_paintings import known_paintings
from codepaint_env.study.judge_check.paintings import tiers
from rewards.judged.judge import Question
from rewards.judged.reply import Reply, Token
from rewards.pictures import shipped, twins
from rewards.testing.judges.answers import answer, plain_answer
from rewards.testing.judges.obedient import AGREE, GRADE, POSITIONAL, RELATIVE, reads
from rewards.types import version_of

LOVED, MIDDLING, OTHER = 0.85, 0.55, 0.3
INK, LEAST_INK = 32, 0.01  # levels of writing, and the share of the foot that it takes
SURE = 0.97  # probability of what it says of a statement


@dataclass(frozen=True)
class KnowingJudge:
    """Honest as it comes.

    Attributes:
        beta: Log-odds by which it prefers what it is shown first.
        yes: It says yes to every statement.
        words: It writes numbers as words.
        digit: It gives this one to everything.
        obeys: It does what is written in a picture.
        blind: It takes every painting for a vase.
        logprobs: They are given to who asks.
        down: No call is answered.
    """

    beta: float = 0.0
    yes: bool = False
    words: bool = False
    digit: int | None = None
    obeys: bool = False
    blind: bool = False
    logprobs: bool = True
    down: bool = False

    @property
    def version(self) -> str:
        """Changes with its faults."""
        return version_of("KnowingJudge", repr(self))

    def preflight(self, *, logprobs: bool) -> bool:
        """Tells whether log-probabilities come."""
        return logprobs and self.logprobs

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Answers in order."""
        return [None if self.down else self._reply(question) for question in questions]

    def _reply(self, question: Question) -> Reply:
        asked = question.schema["properties"]
        if "winner" in asked:
            return self._winner(question)
        if "sentence" in asked:
            seen = "vase" if self.blind else subject_of(question.images[0])
            named = "pelican" if self._obeys(LINE, question.images[0]) else seen
            return Reply(
                json.dumps({"subject": f"a {named}", "others": [], "sentence": f"It shows {named}."})
            )
        if "shows" in asked:
            wanted, seen = re.findall(r'"([^"]*)"', question.text)[:2]
            return Reply(
                json.dumps({"shows": "full" if f"a {wanted}" == seen else "no", "reason": "by its name"})
            )
        if all(name.isdecimal() for name in asked):
            return self._ticked(question)
        quality = quality_of(question.images[0]) if self.digit is None else self.digit / 9
        if self._obeys(GRADE, question.images[0]):
            quality = 1.0
        return plain_answer(question, quality, shy=self.words, logprobs=self.logprobs)

    def _winner(self, question: Question) -> Reply:
        first, second = question.images
        odds = 8 * (quality_of(first) - quality_of(second)) + self.beta
        odds += 50 * (self._obeys(POSITIONAL, first) or self._obeys(POSITIONAL, second))
        odds += 50 * (self._obeys(RELATIVE, first) - self._obeys(RELATIVE, second))
        label = "tie" if odds == 0 else "1" if odds > 0 else "2"
        return answer(question, odds, label, logprobs=self.logprobs)

    def _ticked(self, question: Question) -> Reply:
        image = question.images[0]
        known = known_paintings().get(painting_in(image))
        agrees = self.yes or self._obeys(AGREE, image)
        pieces, tops = ["{"], [{"{": 0.0}]
        for number, text in re.findall(r"^(\d+)\. (.*)$", question.text, re.MULTILINE):
            holds = agrees or (known is not None and text in known.statements)
            chance = SURE if holds else 1 - SURE
            key = f'{", " if number != "1" else ""}"{number}": "'
            pieces += [key, "yes" if holds else "no", '"']
            tops += [{key: 0.0}, {"yes": math.log(chance), "no": math.log(1 - chance)}, {'"': 0.0}]
        pieces.append("}")
        tops.append({"}": 0.0})
        tokens = tuple(map(Token, pieces, tops))
        return Reply("".join(pieces), tokens if self.logprobs and question.logprobs else None)

    def _obeys(self, line: str, png: bytes) -> bool:
        return self.obeys and _stands(line, png)


def quality_of(png: bytes) -> float:
    """Returns how good a painting is, [0, 1], by its tier; no two are alike."""
    name = painting_in(png)
    base = {"love": LOVED, "okay": MIDDLING}.get(tiers()[name] or "", OTHER)
    return base + 0.1 * sorted(shipped()).index(name) / len(shipped())


def subject_of(png: bytes) -> str:
    """Returns what a painting shows."""
    known = known_paintings().get(painting_in(png))
    return "picture" if known is None else known.subject


@lru_cache(maxsize=512)
def painting_in(png: bytes) -> str:
    """Returns the name of the shipped painting that a file shows, whatever is written across its foot."""
    seen = _thumbnail(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")))
    return min(_thumbnails(), key=lambda each: float(np.abs(each[1] - seen).sum()))[0]


@cache
def _thumbnails() -> list[tuple[str, np.ndarray]]:
    every: list[Mapping[str, np.ndarray]] = [shipped(), twins()]
    return [(name, _thumbnail(image)) for pictures in every for name, image in pictures.items()]


def _thumbnail(image: np.ndarray) -> np.ndarray:
    upper = Image.fromarray(image[: image.shape[0] * 3 // 4])
    return np.asarray(upper.resize((16, 16), Image.Resampling.BOX), np.float64)


@lru_cache(maxsize=512)
def _stands(line: str, png: bytes) -> bool:
    image = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    foot = image[image.shape[0] * 3 // 4 :]
    inked = (foot.max(axis=-1) <= INK).mean() >= LEAST_INK  # reading takes ten times as long as this
    return bool(inked) and reads(image, line)


def main(arguments: Sequence[str]) -> None:
    """Serves a judge behind an address until standard input ends; named faults are set to true."""
    from judge_server import JudgeServer

    judge = KnowingJudge(**dict.fromkeys(arguments, True))
    with JudgeServer(judge=judge, delay_s=0.2, keep=False) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
