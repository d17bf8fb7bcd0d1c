"""Mutants 29 to 39 and 51 to 57: small edits of correct similarities and judged rewards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rewards.judged.judge import Comparison, Pair, Question, SymmetricJudge
from rewards.judged.rubric import Reply, load_rubric
from rewards.testing.judges.wrapped import Remembering
from rewards.testing.law import mutant
from rewards.testing.mutants import mixes as mutants_mixes  # noqa: F401 (its mutants, 40 to 42, belong to these)
from rewards.testing.mutants.judged_toys import STEEP, Duels, Likeness, WinRate, png
from rewards.types import Sample, Score

# The docstring of a mutant says what it does.
# ruff: noqa: D102

# -- similarities ----------------------------------------------------------------------------------------------


@mutant("29", "similarity one way only", caught_by="21", of=Likeness)
class OneWay(Likeness):
    """Looks for the picture's patches in the reference, never the other way."""

    def _likeness(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
        gaps = np.abs(one[:, None] - other[None]).mean(axis=-1)
        return float(max(0.0, 1 - STEEP * gaps.min(axis=1).mean()))


@mutant("30", "best reference by its place in the list", caught_by="22", of=Likeness)
class FirstReference(Likeness):
    """Takes the first reference for the nearest."""

    def _joined(self, values: Sequence[float]) -> float:
        return values[0]


@mutant("51", "features that are not normalised", caught_by="20", of=Likeness)
class NotNormalised(Likeness):
    """Never finds a picture quite like itself."""

    def _likeness(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
        return 0.95 * super()._likeness(one, other)


@mutant("52", "a ladder that is claimed and not kept", caught_by="24", of=Likeness)
class Coarse(Likeness):
    """Rounds until it sees no damage."""

    def _likeness(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
        return round(super()._likeness(one, other))


# -- comparisons -----------------------------------------------------------------------------------------------


@mutant("31", "one fixed order", caught_by="25 27", of=Duels)
class OneOrder(Duels):
    """Shows the candidate first and believes what it hears."""

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        symmetric = self._symmetric()
        asked = [symmetric.question(pair.a, pair.b, pair.prompt) for pair in pairs]
        told = self.judge.ask(asked)
        return [None if reply is None else symmetric.read(reply) for reply in told]


class _Unflipped(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        return Comparison((forth + back) / 2)


@mutant("32a", "second order not turned back", caught_by="25 30", of=Duels)
class Unflipped(Duels):
    """Averages P(first) over both orders."""

    symmetric = _Unflipped


class _Labels(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        return Comparison(1.0 if forth > 0.5 and back > 0.5 else 0.0 if forth < 0.5 and back < 0.5 else 0.5)


@mutant("32b", "labels of both orders compared as they stand", caught_by="25 30", of=Duels)
class Labels(Duels):
    """Takes the same label twice for the same winner."""

    symmetric = _Labels


def _ties_as(worth: float) -> type[Duels]:
    class Ties(Duels):
        """Counts a tie as something else."""

        def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
            return [worth if value == 0.5 else value for value in super()._verdicts(pairs)]

    return Ties


@mutant("33a", "tie counted as a win", caught_by="26 27", of=Duels)
class TiesWin(_ties_as(1.0)):  # type: ignore[misc]
    """Pays a tie in full."""


@mutant("33b", "tie counted as a loss", caught_by="26 27", of=Duels)
class TiesLose(_ties_as(0.0)):  # type: ignore[misc]
    """Pays nothing for a tie."""


@mutant("33c", "tie resolved to the first", caught_by="26 27", of=Duels)
class FirstOfTies(Duels):
    """Takes the file that sorts first for the winner of a tie."""

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        told = zip(pairs, super()._verdicts(pairs), strict=True)
        return [float(pair.a <= pair.b) if value == 0.5 else value for pair, value in told]


@mutant("34", "references drawn for each sample", caught_by="28", of=Duels)
class OwnReferences(Duels):
    """Lets the picture decide whom it meets."""

    def _key(self, sample: Sample) -> str:
        image = sample.rendering.image
        return hashlib.sha256(b"" if image is None else np.ascontiguousarray(image).data).hexdigest()


@mutant("35", "random tournament with unequal games", caught_by="29", of=WinRate)
class RandomGames(WinRate):
    """Draws as many pairs as a ring would have."""

    def _games(self, group: Sequence[Sample]) -> Iterator[tuple[int, int]]:
        size = len(group)
        pairs = [(i, j) for i in range(size) for j in range(i)]
        wanted = size * min(self.games or 3, size - 1) // 2
        yield from (pairs[i] for i in np.random.default_rng(0).permutation(len(pairs))[:wanted])


@mutant("36", "rates rounded to three digits", caught_by="29", of=WinRate)
class RoundedRates(WinRate):
    """Writes rates as people do."""

    def _score(self, sample: Sample, won: Sequence[float | None]) -> Score:
        score = super()._score(sample, won)
        if score.value is None:
            return score
        return Score(round(score.value, 3), {"wins": round(score.components["wins"], 3)})


@mutant("37a", "unreadable verdict counted as one half", caught_by="31", of=Duels)
class UnreadableIsHalf(Duels):
    """Takes silence for a tie."""

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        return [0.5 if value is None else value for value in super()._verdicts(pairs)]


@mutant("37b", "one order used when the other is lost", caught_by="31", of=Duels)
class OtherOrder(Duels):
    """Makes do with the answer that came."""

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        symmetric, told = self._symmetric(), []
        for pair, value in zip(pairs, super()._verdicts(pairs), strict=True):
            if value is None:
                orders = ((pair.a, pair.b), (pair.b, pair.a))
                replies = self.judge.ask([symmetric.question(*order, pair.prompt) for order in orders])
                forth, back = (None if reply is None else symmetric.read(reply) for reply in replies)
                value = forth if forth is not None else None if back is None else 1 - back
            told.append(value)
        return told


class _Unordered(Remembering):
    def key(self, question: Question) -> str:
        return super().key(replace(question, images=tuple(sorted(question.images))))


@mutant("38a", "cache key without the order", caught_by="32", of=Duels)
class UnorderedCache(Duels):
    """Keeps one answer for both orders, so that all pairs tie."""

    remembering = _Unordered


class _AnyRubric(Remembering):
    def key(self, question: Question) -> str:
        return super().key(replace(question, rubric=""))


@mutant("38b", "cache key without the rubric's version", caught_by="32", of=Duels)
class AnyRubricCache(Duels):
    """Keeps answers to the rubric of last week."""

    remembering = _AnyRubric


class _FirstLabel(SymmetricJudge):
    def read(self, reply: Reply) -> float | None:
        found = re.search(r"[12]", reply.text)
        return None if found is None else float(found[0] == "1")


@mutant("39a", "verdict by the first label found in the text", caught_by="35", of=Duels)
class FirstLabel(Duels):
    """Reads any digit as a verdict."""

    symmetric = _FirstLabel


class _Lenient(SymmetricJudge):
    def read(self, reply: Reply) -> float | None:
        return 0.5 if reply.text.strip() == "{}" else super().read(reply)


@mutant("39b", "`{}` read as no faults", caught_by="35", of=Duels)
class NoFaults(Duels):
    """Takes an empty answer for one that found nothing wrong."""

    symmetric = _Lenient


@mutant("53", "a call for a program that failed", caught_by="33", of=Duels)
class Greedy(Duels):
    """Asks one question more, whatever the samples are."""

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        self._verdicts([Pair(png(np.zeros((2, 2, 3), np.uint8)), png(np.ones((2, 2, 3), np.uint8)), "")])
        return super().__call__(samples)


@mutant("54", "writing in pictures reaches the judge", caught_by="34", of=Duels)
class Legible(Duels):
    """Claims that no painted instruction sways its judge."""

    traits = replace(Duels.traits, disclaims={"18": "a verdict is a step function"})


@mutant("55", "the judge is sent the group's id", caught_by="46", of=Duels)
class Leaking(Duels):
    """Puts the group into the prompt."""

    def _prompt(self, sample: Sample) -> str:
        return f"{sample.task.prompt} ({sample.group})"


class _Averaged(SymmetricJudge):
    def joined(self, forth: float, back: float) -> Comparison:
        p = (forth + 1 - back) / 2
        return Comparison(0.5 if abs(p - 0.5) <= self.tie_band else p)


@mutant("56a", "chances averaged in place of log-odds", caught_by="50", of=Duels)
class Averaged(Duels):
    """Leaves half of the judge's bias in."""

    symmetric = _Averaged


@mutant("56b", "one order each, in turn", caught_by="25 50", of=Duels)
class InTurn(Duels):
    """Lets the candidate come first against every other reference, so that a blind judge gives 1/2."""

    def _verdicts(self, pairs: Sequence[Pair]) -> list[float | None]:
        symmetric, told = self._symmetric(), []
        for number, pair in enumerate(pairs):
            first, second = (pair.a, pair.b) if number % 2 else (pair.b, pair.a)
            [reply] = self.judge.ask([symmetric.question(first, second, pair.prompt)])
            value = None if reply is None else symmetric.read(reply)
            told.append(value if value is None or number % 2 else 1 - value)
        return told


@mutant("57", "no tie band", caught_by="51", of=Duels)
class NoBand(Duels):
    """Pays a chance that is a hair off one half."""

    def _symmetric(self) -> SymmetricJudge:
        return self.symmetric(self.judge, load_rubric("pairwise"), mode=self.mode, tie_band=0.0)
