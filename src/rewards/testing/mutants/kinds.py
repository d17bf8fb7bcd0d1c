"""Mutants 29 to 39 and 51 to 57: small edits of correct similarities and judged rewards, as rows of a table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards.judged.judge import Question
from rewards.judged.pairs.symmetric import Comparison, Pair, SymmetricJudge
from rewards.judged.reply import Reply
from rewards.judged.rubric import load_rubric
from rewards.testing.judges.wrapped import Remembering
from rewards.testing.law import edit
from rewards.testing.mutants.judged_toys import STEEP, Duels, Likeness, WinRate, png
from rewards.types import Sample, Score

Verdicts = list[float | None]


def _one_way(self: Likeness, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    gaps = np.abs(one[:, None] - other[None]).mean(axis=-1)
    return float(max(0.0, 1 - STEEP * gaps.min(axis=1).mean()))


# -- what is made of the answers -----------------------------------------------------------------------------------


def _one_order(self: Duels, pairs: Sequence[Pair]) -> Verdicts:
    symmetric = self._symmetric()
    told = self.judge.ask([symmetric.question(pair.a, pair.b, pair.prompt) for pair in pairs])
    return [None if reply is None else symmetric.read(reply) for reply in told]


def _in_turn(self: Duels, pairs: Sequence[Pair]) -> Verdicts:
    """Shows the candidate first against every other reference, so that a blind judge gives 1/2."""
    turned = [replace(pair, a=pair.b, b=pair.a) if n % 2 else pair for n, pair in enumerate(pairs)]
    told = _one_order(self, turned)
    return [1 - value if n % 2 and value is not None else value for n, value in enumerate(told)]


def _other_order(self: Duels, pairs: Sequence[Pair]) -> Verdicts:
    """Makes do with the answer that came."""
    forth = _one_order(self, pairs)
    back = _one_order(self, [replace(pair, a=pair.b, b=pair.a) for pair in pairs])
    told = []
    for value, one, other in zip(Duels._verdicts(self, pairs), forth, back, strict=True):
        known = one if one is not None else None if other is None else 1 - other
        told.append(known if value is None else value)
    return told


def _paying(tie: float) -> Any:
    return lambda self, pairs: [tie if value == 0.5 else value for value in Duels._verdicts(self, pairs)]


def _first_of_ties(self: Duels, pairs: Sequence[Pair]) -> Verdicts:
    told = zip(pairs, Duels._verdicts(self, pairs), strict=True)
    return [float(pair.a <= pair.b) if value == 0.5 else value for pair, value in told]


class _Unflipped(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        return Comparison((forth + back) / 2)


class _Labels(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        return Comparison(1.0 if forth > 0.5 and back > 0.5 else 0.0 if forth < 0.5 and back < 0.5 else 0.5)


class _Averaged(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        p = (forth + 1 - back) / 2
        return Comparison(0.5 if abs(p - 0.5) <= self.tie_band else p)


class _FirstLabel(SymmetricJudge):
    def read(self, reply: Reply) -> float | None:
        found = re.search(r"[12]", reply.text)
        return None if found is None else float(found[0] == "1")


class _Lenient(SymmetricJudge):
    def read(self, reply: Reply) -> float | None:
        return 0.5 if reply.text.strip() == "{}" else super().read(reply)


# -- who meets whom, and what is asked -----------------------------------------------------------------------------


def _own_key(self: Duels, sample: Sample) -> str:
    image = sample.rendering.image
    return hashlib.sha256(b"" if image is None else np.ascontiguousarray(image).data).hexdigest()


def _random_games(self: WinRate, group: Sequence[Sample]) -> Iterator[tuple[int, int]]:
    """Draws as many pairs as a ring would have."""
    size = len(group)
    pairs = [(i, j) for i in range(size) for j in range(i)]
    wanted = size * min(self.games or 3, size - 1) // 2
    yield from (pairs[i] for i in np.random.default_rng(0).permutation(len(pairs))[:wanted])


def _rounded(self: WinRate, sample: Sample, won: Sequence[float | None]) -> Score:
    score = WinRate._score(self, sample, won)
    if score.value is None:
        return score
    return Score(round(score.value, 3), {"wins": round(score.components["wins"], 3)})


class _Unordered(Remembering):
    def key(self, question: Question) -> str:
        return super().key(replace(question, images=tuple(sorted(question.images))))


class _AnyRubric(Remembering):
    def key(self, question: Question) -> str:
        return super().key(replace(question, rubric=""))


def _greedy(self: Duels, samples: Sequence[Sample]) -> list[Score]:
    self._verdicts([Pair(png(np.zeros((2, 2, 3), np.uint8)), png(np.ones((2, 2, 3), np.uint8)), "")])
    return Duels.__call__(self, samples)


def _no_band(self: Duels) -> SymmetricJudge:
    return SymmetricJudge(self.judge, load_rubric("pairwise"), mode=self.mode, tie_band=0.0)


# fmt: off
edit(Likeness, "29", "similarity one way only", "21", _likeness=_one_way)
edit(Likeness, "30", "best reference by its place in the list", "22", _joined=lambda self, values: values[0])
edit(Duels, "31", "one fixed order", "25 27", _verdicts=_one_order)
edit(Duels, "32a", "second order not turned back", "25 30", symmetric=_Unflipped)
edit(Duels, "32b", "labels of both orders compared as they stand", "25 30", symmetric=_Labels)
edit(Duels, "33a", "tie counted as a win", "26 27", _verdicts=_paying(1.0))
edit(Duels, "33b", "tie counted as a loss", "26 27", _verdicts=_paying(0.0))
edit(Duels, "33c", "tie resolved to the file that sorts first", "26 27", _verdicts=_first_of_ties)
edit(Duels, "34", "references drawn for each sample", "28", _key=_own_key)
edit(WinRate, "35", "random tournament with unequal games", "29", _games=_random_games)
edit(WinRate, "36", "rates rounded to three digits", "29", _score=_rounded)
edit(
    Duels, "37a", "unreadable verdict counted as one half", "31",
    _verdicts=lambda self, pairs: [0.5 if each is None else each for each in Duels._verdicts(self, pairs)],
)
edit(Duels, "37b", "one order used when the other is lost", "31", _verdicts=_other_order)
edit(Duels, "38a", "cache key without the order", "32", remembering=_Unordered)
edit(Duels, "38b", "cache key without the rubric's version", "32", remembering=_AnyRubric)
edit(Duels, "39a", "verdict by the first label found in the text", "35", symmetric=_FirstLabel)
edit(Duels, "39b", "`{}` read as no faults", "35", symmetric=_Lenient)
edit(
    Likeness, "51", "features that are not normalised", "20",
    _likeness=lambda self, one, other: 0.95 * Likeness._likeness(self, one, other),
)
edit(
    Likeness, "52", "a ladder that is claimed and not kept", "24",
    _likeness=lambda self, one, other: float(round(Likeness._likeness(self, one, other))),
)
edit(Duels, "53", "a call for a program that failed", "33", __call__=_greedy)
edit(
    Duels, "54", "writing in pictures reaches the judge", "34",
    traits=replace(Duels.traits, disclaims={"18": "a verdict is a step function"}),
)
edit(
    Duels, "55", "the judge is sent the group's id", "46",
    _prompt=lambda self, sample: f"{sample.task.prompt} ({sample.group})",
)
edit(Duels, "56a", "chances averaged in place of log-odds", "50", symmetric=_Averaged)
edit(Duels, "56b", "one order each, in turn", "25 50", _verdicts=_in_turn)
edit(Duels, "57", "no tie band", "51", _symmetric=_no_band)
# fmt: on
