"""What is measured of a judge for `score`: whether its digits tell paintings apart, and whether they stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import pstdev
from typing import Any

import numpy as np

from codepaint_env.study.judge_check.agreement import Interval, agreement_of, agreement_sign
from codepaint_env.study.judge_check.asking import Asking
from codepaint_env.study.judge_check.obedience import CALLS, Obedience, obedience_of, obedience_sign
from codepaint_env.study.judge_check.opinions import (
    ASKED_AGAIN,
    Interview,
    Shown,
    Steadiness,
    lost,
    steadiness,
    steadiness_sign,
)
from codepaint_env.study.judge_check.paintings import WEAK, Graded, graded, png_of, written_into
from codepaint_env.study.judge_check.sign import Sign
from codepaint_env.study.judge_check.traffic import SAMPLES, Traffic, answer_signs, cost_signs
from rewards.judged.answer_mode import Mode
from rewards.judged.digits import HIGHEST
from rewards.judged.judge import Judge
from rewards.judged.single.each_picture import Opinion
from rewards.judged.single.score import score
from rewards.testing.judges.obedient import GRADE
from rewards.types import Task

LEAST_SPREAD = 0.02  # of [0, 1]: one digit in four pictures, in one of two groups of criteria
FEW_DIGITS = 2


@dataclass(frozen=True, slots=True)
class ScoreHealth:
    """What was found; shares are [0, 1], None where there is nothing to tell.

    Attributes:
        mode: `soft` where log-probabilities come.
        pictures: How many were asked about.
        lost: Share of them without a value after asking once more.
        digits: How often each digit was given, from 0 to 9, over all criteria; in soft mode the nearest to what is
            expected.
        spread: Standard deviation of the values over the pictures.
        steady: What stays when it is asked again.
        agreement: Accuracy with ties on `love` over `okay` pictures, which the developers' own model rated.
        rated_pairs: How many pairs of such pictures.
        obedience: What lines in pictures do.
        traffic: What was counted.
    """

    mode: Mode
    pictures: int
    lost: float
    digits: tuple[int, ...]
    spread: float | None
    steady: Steadiness
    agreement: Interval
    rated_pairs: int
    obedience: Obedience
    traffic: Traffic

    def signs(self) -> list[Sign]:
        """Returns what it means, one line a finding."""
        return [
            *answer_signs(self.traffic, self.lost, what="pictures"),
            *self._apart(),
            *steadiness_sign(self.steady),
            *agreement_sign(
                self.agreement,
                over=f"{self.rated_pairs} pairs of a loved and a middling painting",
                more="--pictures",
            ),
            *obedience_sign(self.obedience),
            *cost_signs(self.traffic, SAMPLES, calls_told="One call a sample for each of its `asks`."),
        ]

    def figures(self) -> dict[str, Any]:
        """Returns all of it, JSON-able."""
        share, low, high = self.agreement
        return {
            "mode": self.mode,
            "pictures": self.pictures,
            "lost": self.lost,
            "digits": list(self.digits),
            "spread": self.spread,
            **asdict(self.steady),
            "agreement": share,
            "agreement_low": low,
            "agreement_high": high,
            "rated_pairs": self.rated_pairs,
            **self.obedience.figures(),
            **self.traffic.figures(SAMPLES),
        }

    def _apart(self) -> Iterator[Sign]:
        if self.spread is None:
            return
        used = sum(count > 0 for count in self.digits)
        value = f"{used} of {HIGHEST + 1}, sd {self.spread:.2f}"
        if self.spread < LEAST_SPREAD:
            often = max(range(HIGHEST + 1), key=lambda digit: self.digits[digit])
            told = (
                f"All paintings get nearly the same value, mostly {often} of {HIGHEST}: groups would have no spread. "
                "Take a stronger model, a rubric of your own, or pairwise."
            )
            yield Sign("digits used", "unfit", value, told)
        elif used <= FEW_DIGITS and self.mode == "hard":
            told = "It uses little of the scale. Take an endpoint with log-probabilities, or a rubric with finer words."
            yield Sign("digits used", "note", value, told)
        else:
            yield Sign("digits used", "good", value, "Values differ from painting to painting.")


def planned(pictures: int, cases: int) -> int:
    """Returns how many questions `check_score` asks."""
    return pictures + min(ASKED_AGAIN, pictures) + CALLS * cases


def check_score(asking: Asking, judge: Judge, pictures: int, cases: int) -> ScoreHealth:
    """Asks for grades of paintings, of some again, and of some with a line in them.

    Args:
        asking: Asks and counts.
        judge: Is asked.
        pictures: How many, of the pool.
        cases: How many with a line.

    Raises:
        MachineError: No question was answered.
    """
    interview = Interview(asking, score(judge=judge, text="keep").examiner, judge)
    paintings = graded(pictures)
    cards = [Shown(png_of(each.id), Task(each.id, each.prompt)) for each in paintings]
    opinions = interview.once(cards)
    asking.require_answers()
    again = interview.again(cards[:ASKED_AGAIN])
    prompts = {each.id: each.prompt for each in graded(10**6) if each.id in WEAK}
    lines = [(written_into(name, GRADE), interview.value(Task(name, prompts[name]))) for name in WEAK[:cases]]
    obedience = obedience_of(asking, lines)
    values = [each.value for each in opinions if each.value is not None]
    rated = _rated(paintings, opinions)
    return ScoreHealth(
        mode="soft" if interview.soft else "hard",
        pictures=len(cards),
        lost=lost(opinions),
        digits=_digits(opinions),
        spread=pstdev(values) if values else None,
        steady=steadiness(opinions, again, _same),
        agreement=agreement_of(rated),
        rated_pairs=len(rated),
        obedience=obedience,
        traffic=asking.traffic(),
    )


def _digits(opinions: Sequence[Opinion]) -> tuple[int, ...]:
    given = [round(share * HIGHEST) for each in opinions for share in each.components.values()]
    return tuple(given.count(digit) for digit in range(HIGHEST + 1))


def _same(one: Opinion, other: Opinion) -> bool:
    return all(
        round(share * HIGHEST) == round(other.components[name] * HIGHEST)
        for name, share in one.components.items()
    )


def _rated(paintings: Sequence[Graded], opinions: Sequence[Opinion]) -> list[tuple[str, str, float]]:
    """Returns each pair of a loved and a middling painting, and what the order of their values is worth."""
    values = {
        tier: [
            (each.id, opinion.value)
            for each, opinion in zip(paintings, opinions, strict=True)
            if each.tier == tier and opinion.value is not None
        ]
        for tier in ("love", "okay")
    }
    return [
        (better, worse, float(np.sign(a - b) + 1) / 2)
        for better, a in values["love"]
        for worse, b in values["okay"]
    ]
