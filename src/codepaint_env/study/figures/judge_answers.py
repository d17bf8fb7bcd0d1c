"""What a judge says of pairs of pictures in both orders, call by call: what its knobs are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from codepaint_env.study.figures.picture_draws import Numbers
from rewards.judged.judge import Judge
from rewards.judged.pairs.symmetric import SymmetricJudge
from rewards.judged.rubric import Rubric
from rewards.testing.judges.latents import read_latent

LOST, GARBAGE, TRUNCATED, ANSWERED = range(4)  # of a call


@dataclass(frozen=True, slots=True, eq=False)
class JudgeAnswers:
    """Calls of a judge, all `(calls,)`.

    Attributes:
        first: Place of the picture that was shown first.
        second: Place of the other.
        chances: P(first) where log-probabilities came, else 1, 0 or, for a tie, 0.5; NaN where there is no answer.
        states: `LOST`, `GARBAGE` (unreadable), `TRUNCATED` (unreadable and cut off) or `ANSWERED`.
        soft: Whether log-probabilities came.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    chances: Numbers
    states: NDArray[np.intp]
    soft: bool


def ask_pairs(
    judge: Judge, pictures: Sequence[bytes], rubric: Rubric, *, soft: bool, prompt: str = "", asks: int = 1
) -> JudgeAnswers:
    """Asks a judge about all pairs of pictures, in both orders.

    Args:
        judge: Should keep no answers where `asks` is above 1.
        pictures: PNG files.
        rubric: The question.
        soft: Ask for log-probabilities, and read the words where none come.
        prompt: That the pictures were painted on.
        asks: How often each question is asked.
    """
    both = SymmetricJudge(judge, rubric, mode="soft" if soft else "hard")
    orders = [order for pair in combinations(range(len(pictures)), 2) for order in (pair, pair[::-1])] * asks
    # An odd attempt is the second try at an answer that could not be read.
    tries = np.repeat(2 * np.arange(asks), len(orders) // max(asks, 1))
    plain = both.question(b"", b"", prompt)
    questions = [
        replace(plain, images=(pictures[a], pictures[b]), attempt=int(attempt))
        for (a, b), attempt in zip(orders, tries, strict=True)
    ]
    chances, states = np.full(len(orders), np.nan), np.full(len(orders), LOST)
    came = False
    for place, reply in enumerate(judge.ask(questions)):
        if reply is None:
            continue
        said = both.read(reply)
        came |= soft and said is not None
        if said is None:
            said = rubric.read(reply, soft=False)
        if said is None:
            states[place] = TRUNCATED if reply.truncated else GARBAGE
        else:
            chances[place], states[place] = said, ANSWERED
    first, second = np.array(orders, np.intp).reshape(-1, 2).T
    return JudgeAnswers(first, second, chances, states, came)


def traits_of(pictures: Sequence[bytes], qualities: Sequence[float] | None = None) -> Numbers:
    """Returns what a judge may go by, `(n, 3)`: quality, saturation [0, 1] and share of written area [0, 1].

    Args:
        pictures: PNG files.
        qualities: Known ones, such as mean ratings; None for the share of ink, which scripted judges go by.
    """
    seen = [read_latent(picture) for picture in pictures]
    known = [each.quality for each in seen] if qualities is None else qualities
    told = [(quality, each.saturation, each.text) for quality, each in zip(known, seen, strict=True)]
    return np.array(told, np.float64).reshape(-1, 3)
