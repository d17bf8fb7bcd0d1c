"""Checks the health of a judge: asks it about paintings that ship, and says what its answers are good for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, median

import numpy as np

from codepaint_env.study.judge_health import Health
from rewards.errors import MachineError
from rewards.judged.client.openai_judge import OpenAIJudge
from rewards.judged.judge import Question
from rewards.judged.pictures import shown
from rewards.judged.rubric import Reply, Rubric
from rewards.judged.symmetric import CLIP, Comparison, SymmetricJudge
from rewards.painted.lettering import Picture
from rewards.pictures import shipped, twins
from rewards.pool import Pool

PROMPT = "a painting of plants or a landscape in watercolour"  # fits all pictures, so that none wins by its subject
ASKED_AGAIN = 5  # pairs, one call at a time
DRAWS = 2000  # of the bootstrap

Progress = Callable[[int, int], None]


def examine(judge: OpenAIJudge, rubric: Rubric, pairs: int, progress: Progress) -> Health:
    """Asks a judge about pairs of the shipped pictures, both ways round, and some of them again.

    Args:
        judge: Is asked; it must keep no answers, or asking again tells nothing.
        rubric: The question.
        pairs: How many; every second one of a `love` and an `okay` picture, while there are such.
        progress: Is told what is done, and of how much.

    Raises:
        CodepaintError: The preflight failed, or no question at all was answered.
    """
    can_be_soft = rubric.answer == "winner"
    logprobs = judge.preflight(logprobs=can_be_soft)
    before = judge.usage
    symmetric = SymmetricJudge(judge, rubric, mode="soft" if logprobs else "hard")
    files, again = (
        {name: shown(Picture.of(image), kept=True) for name, image in pictures.items()}
        for pictures in (shipped(), twins())
    )
    chosen = choose_pairs({name: _tiers().get(name) for name in files}, pairs)
    orders = [(files[a], files[b]) for a, b in chosen] + [(files[name], again[name]) for name in again]
    asked = [symmetric.question(*order, PROMPT) for one in orders for order in (one, (one[1], one[0]))]
    repeated = asked[: 2 * ASKED_AGAIN]
    asking = _Asking(judge, symmetric, len(asked) + len(repeated), progress)
    chances = asking.ask(asked)
    if asking.failed == len(asked):
        raise MachineError(
            f"The judge {judge.endpoint.model!r} answered none of {len(asked)} questions; see the log."
        )
    told_again, call_ms = asking.alone(repeated)
    forth, back = chances[::2], chances[1::2]
    both = [
        None if one is None or other is None else symmetric.joined(one, other)
        for one, other in zip(forth, back, strict=True)
    ]
    judged = [verdict for verdict in both[: len(chosen)] if verdict is not None]
    rated = _rated(chosen, both[: len(chosen)])
    agreement = agreement_of(rated)
    kept = [(a, b) for a, b in zip(chances, told_again, strict=False) if a is not None and b is not None]
    usage = judge.usage
    return Health(
        mode=symmetric.mode,
        logprobs=logprobs,
        pairs=len(chosen),
        failed=asking.failed / len(asked),
        unreadable=asking.unreadable / max(1, asking.answered),
        lost=1 - len(judged) / len(chosen),
        consistency=_consistency(
            judged, fmean(_biases(judged)) if symmetric.mode == "soft" and judged else 0.0
        ),
        raw_consistency=_consistency(judged, 0.0),
        bias=fmean(_biases(judged)) if judged else None,
        ties=fmean(verdict.value == 0.5 for verdict in judged) if judged else None,
        repeatability=fmean((a > 0.5, a < 0.5) == (b > 0.5, b < 0.5) for a, b in kept) if kept else None,
        drift=max(abs(a - b) for a, b in kept) if kept else None,
        agreement=agreement[0],
        agreement_low=agreement[1],
        agreement_high=agreement[2],
        rated_pairs=len(rated),
        tie_band=_tie_band(both[len(chosen) :]) if symmetric.mode == "soft" else None,
        call_ms=call_ms,
        calls_per_s=asking.calls_per_s,
        tokens_in=_since(before, usage, "tokens_in") / max(1, asking.heard),
        tokens_out=_since(before, usage, "tokens_out") / max(1, asking.heard),
        usage=usage,
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


def agreement_of(
    rated: Sequence[tuple[str, str, float]], *, draws: int = DRAWS, seed: int = 0
) -> tuple[float | None, float | None, float | None]:
    """Returns accuracy with ties, and its 95 % interval by bootstrap over pictures within their tiers.

    Over pairs the interval would be far too narrow, because each picture is in many.

    Args:
        rated: The better picture, the worse one, and what the judge's verdict for the better one is worth: 1 for a win,
            0.5 for a tie, 0 for a loss.
        draws: Of the bootstrap.
        seed: Of the draws.
    """
    if not rated:
        return None, None, None
    better, worse = (sorted({pair[side] for pair in rated}) for side in (0, 1))
    rows = np.array([better.index(str(pair[0])) for pair in rated])
    columns = np.array([worse.index(str(pair[1])) for pair in rated])
    values = np.array([pair[2] for pair in rated])
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        left = np.bincount(chance.integers(len(better), size=len(better)), minlength=len(better))
        right = np.bincount(chance.integers(len(worse), size=len(worse)), minlength=len(worse))
        weights = left[rows] * right[columns]
        if weights.any():
            found.append(float(weights @ values / weights.sum()))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


class _Asking:
    """Asks, counts what came back, and shows how far it is."""

    def __init__(self, judge: OpenAIJudge, symmetric: SymmetricJudge, total: int, progress: Progress) -> None:
        self._judge, self._symmetric, self._total, self._progress = judge, symmetric, total, progress
        self._done = 0
        self.failed = self.answered = self.unreadable = self.heard = 0
        self.calls_per_s = 0.0

    def ask(self, questions: Sequence[Question]) -> list[float | None]:
        """Returns P(first) for each question; asks once more for what cannot be read."""
        started = time.perf_counter()
        size = 2 * self._judge.endpoint.concurrency  # enough to keep all of them busy
        replies: list[Reply | None] = []
        for start in range(0, len(questions), size):
            replies += self._heard(questions[start : start + size])
        self.calls_per_s = len(questions) / (time.perf_counter() - started)
        self.failed = sum(reply is None for reply in replies)
        self.answered = len(replies) - self.failed
        again = [
            at
            for at, reply in enumerate(replies)
            if reply is not None and not self._symmetric.readable(reply)
        ]
        self.unreadable = len(again)
        self._total += len(again)
        for at, reply in zip(
            again, self._heard([replace(questions[at], attempt=1) for at in again]), strict=True
        ):
            replies[at] = reply
        return [None if reply is None else self._symmetric.read(reply) for reply in replies]

    def alone(self, questions: Sequence[Question]) -> tuple[list[float | None], float | None]:
        """Returns P(first) for each question, asked one at a time, and the median of their milliseconds."""
        chances, spent = [], []
        for question in questions:
            started = time.perf_counter()
            [reply] = self._heard([question])
            if reply is not None:
                spent.append(1000 * (time.perf_counter() - started))
            chances.append(None if reply is None else self._symmetric.read(reply))
        return chances, median(spent) if spent else None

    def _heard(self, questions: Sequence[Question]) -> list[Reply | None]:
        if not questions:
            return []
        replies = self._judge.ask(questions)
        self.heard += sum(reply is not None for reply in replies)
        self._done += len(questions)
        self._progress(self._done, self._total)
        return replies


def _since(
    before: Mapping[str, int | float | None], usage: Mapping[str, int | float | None], name: str
) -> float:
    return (usage[name] or 0) - (before[name] or 0)


def _tiers() -> dict[str, str | None]:
    return {entry.id: entry.tier for entry in Pool.load().entries}


def _rated(
    chosen: Sequence[tuple[str, str]], verdicts: Sequence[Comparison | None]
) -> list[tuple[str, str, float]]:
    tiers, found = _tiers(), []
    for (a, b), verdict in zip(chosen, verdicts, strict=True):
        if verdict is None or verdict.value is None or {tiers.get(a), tiers.get(b)} != {"love", "okay"}:
            continue
        worth = float(np.sign(verdict.value - 0.5) + 1) / 2
        found.append((a, b, worth) if tiers[a] == "love" else (b, a, 1 - worth))
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
