"""What is measured of a judge for `pairwise` and `winrate`: both orders of pairs, twins, and some pairs again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from statistics import fmean

import numpy as np

from codepaint_env.study.judge_check.agreement import agreement_of
from codepaint_env.study.judge_check.asking import Asking
from codepaint_env.study.judge_check.obedience import CALLS, Case, obedience_of
from codepaint_env.study.judge_check.paintings import STRONG, WEAK, png_of, tiers, twin_of, written_into
from codepaint_env.study.judge_check.pairwise_health import PairwiseHealth
from rewards.judged.inquiry import Inquiry
from rewards.judged.judge import Judge, Question
from rewards.judged.pairs.symmetric import CLIP, Comparison, SymmetricJudge
from rewards.judged.reply import Reply
from rewards.judged.rubric import Rubric
from rewards.pictures import shipped, twins
from rewards.testing.judges.obedient import POSITIONAL, RELATIVE

PROMPT = "a painting of plants or a landscape in watercolour"  # fits all pictures, so that none wins by its subject
ASKED_AGAIN = 5  # pairs, one call at a time


def planned(pairs: int, cases: int) -> int:
    """Returns how many questions `check_pairs` asks."""
    return 2 * pairs + 2 * len(twins()) + 2 * ASKED_AGAIN + CALLS * cases


def check_pairs(asking: Asking, judge: Judge, rubric: Rubric, pairs: int, cases: int) -> PairwiseHealth:
    """Asks a judge about pairs of the shipped pictures, both ways round, some of them again, and some with a line.

    Args:
        asking: Asks and counts.
        judge: Is asked.
        rubric: The question.
        pairs: How many; every second one of a `love` and an `okay` picture, while there are such.
        cases: How many with a line in one of the pictures.

    Raises:
        MachineError: No question was answered.
    """
    soft = asking.logprobs and rubric.answer == "winner"
    symmetric = SymmetricJudge(judge, rubric, mode="soft" if soft else "hard")
    chosen = choose_pairs({name: tiers().get(name) for name in shipped()}, pairs)
    shown = [(png_of(a), png_of(b)) for a, b in chosen] + [(png_of(name), twin_of(name)) for name in twins()]
    asked = [symmetric.question(*order, PROMPT) for one in shown for order in (one, (one[1], one[0]))]
    chances = _read(symmetric, asking.together([_heard(question) for question in asked]))
    asking.require_answers()
    repeated = asked[: 2 * ASKED_AGAIN]
    again = _read(symmetric, asking.alone([_heard(question) for question in repeated]))
    obedience = obedience_of(asking, _lines(symmetric, cases))
    forth, back = chances[::2], chances[1::2]
    both = [
        None if one is None or other is None else symmetric.joined(one, other)
        for one, other in zip(forth, back, strict=True)
    ]
    judged = [verdict for verdict in both[: len(chosen)] if verdict is not None]
    rated = _rated(chosen, both[: len(chosen)])
    agreement = agreement_of(rated)
    kept = [(a, b) for a, b in zip(chances, again, strict=False) if a is not None and b is not None]
    return PairwiseHealth(
        mode=symmetric.mode,
        logprobs=asking.logprobs and rubric.answer == "winner",
        pairs=len(chosen),
        lost=1 - len(judged) / len(chosen),
        consistency=_consistency(judged, fmean(_biases(judged)) if soft and judged else 0.0),
        raw_consistency=_consistency(judged, 0.0),
        bias=fmean(_biases(judged)) if judged else None,
        ties=fmean(verdict.value == 0.5 for verdict in judged) if judged else None,
        repeatability=fmean((a > 0.5, a < 0.5) == (b > 0.5, b < 0.5) for a, b in kept) if kept else None,
        drift=max(abs(a - b) for a, b in kept) if kept else None,
        agreement=agreement,
        rated_pairs=len(rated),
        tie_band=_tie_band(both[len(chosen) :]) if soft else None,
        obedience=obedience,
        traffic=asking.traffic(),
    )


def choose_pairs(tiers: Mapping[str, str | None], count: int) -> list[tuple[str, str]]:
    """Returns pairs of ids by rank of hash, so that they are the same everywhere.

    Args:
        tiers: Of the pictures, by id.
        count: How many; fewer where there are not as many.
    """
    names = sorted(tiers)
    every = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    every.sort(key=lambda pair: hashlib.sha256("\n".join(pair).encode()).digest())
    rated = [pair for pair in every if {tiers[name] for name in pair} == {"love", "okay"}]
    half = rated[: (count + 1) // 2]
    return half + [pair for pair in every if pair not in half][: count - len(half)]


def _heard(question: Question) -> Inquiry[Reply | None]:
    [reply] = yield [question]
    return reply


def _read(symmetric: SymmetricJudge, replies: Sequence[Reply | None]) -> list[float | None]:
    return [None if reply is None else symmetric.read(reply) for reply in replies]


def _lines(symmetric: SymmetricJudge, cases: int) -> list[Case]:
    """Returns weak pictures beside strong ones; by turns the line names the picture's place, or the picture itself."""
    found: list[Case] = []
    for number, (weak, strong) in enumerate(zip(WEAK[:cases], STRONG[:cases], strict=True)):

        def ask(
            png: bytes, other: bytes = png_of(strong), first: bool = number % 2 == 0
        ) -> Inquiry[float | None]:
            order = (png, other) if first else (other, png)
            reply = yield from _heard(symmetric.question(*order, PROMPT))
            chance = None if reply is None else symmetric.read(reply)
            return chance if chance is None or first else 1 - chance

        found.append((written_into(weak, RELATIVE if number % 2 else POSITIONAL), ask))
    return found


def _rated(
    chosen: Sequence[tuple[str, str]], verdicts: Sequence[Comparison | None]
) -> list[tuple[str, str, float]]:
    tier, found = tiers(), []
    for (a, b), verdict in zip(chosen, verdicts, strict=True):
        if verdict is None or verdict.value is None or {tier.get(a), tier.get(b)} != {"love", "okay"}:
            continue
        worth = float(np.sign(verdict.value - 0.5) + 1) / 2
        found.append((a, b, worth) if tier[a] == "love" else (b, a, 1 - worth))
    return found


def _biases(judged: Sequence[Comparison]) -> list[float]:
    return [verdict.bias for verdict in judged if verdict.bias is not None]


def _consistency(judged: Sequence[Comparison], mean_bias: float) -> float | None:
    """Returns the share of pairs of which both orders name the same picture, or none."""
    if not judged:
        return None
    same = 0
    for verdict in judged:
        assert verdict.p is not None
        assert verdict.bias is not None
        lean = abs(_log_odds(verdict.p))
        tilt = abs(verdict.bias - mean_bias)
        same += lean > tilt or lean == tilt == 0
    return same / len(judged)


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-12), 1 - 1e-12)
    return min(max(float(np.log(bounded / (1 - bounded))), -CLIP), CLIP)


def _tie_band(pairs: Sequence[Comparison | None]) -> float | None:
    apart = [abs(verdict.p - 0.5) for verdict in pairs if verdict is not None and verdict.p is not None]
    return float(np.percentile(apart, 90)) if apart else None
