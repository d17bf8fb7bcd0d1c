"""The figures of a judge that compares two pictures, what they mean in plain words, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codepaint_env.study.judge_check.agreement import Interval, agreement_sign
from codepaint_env.study.judge_check.obedience import Obedience, obedience_sign
from codepaint_env.study.judge_check.sign import Sign, share
from codepaint_env.study.judge_check.traffic import SAMPLES, Traffic, answer_signs, cost_signs
from rewards.judged.answer_mode import Mode

LEAST_CONSISTENCY = 0.6  # a coin has 0.5
MOST_TIES = 0.8
STRONG_BIAS = 2.0  # log-odds: 88 % for whatever is shown first
STEADY = 0.9  # share of answers that stay
REFERENCES = 2  # `pairwise` has that many, in both orders
GROUP = 8  # samples of a group of `winrate`


@dataclass(frozen=True, slots=True)
class PairwiseHealth:
    """What was found; shares are [0, 1], None where there is nothing to tell.

    Attributes:
        mode: `soft` where log-probabilities come and the rubric can use them.
        logprobs: Whether they come.
        pairs: How many were judged in both orders.
        lost: Share of pairs without a verdict after asking once more.
        consistency: Share of pairs of which both orders name the same picture; in soft mode with the mean bias
            taken out.
        raw_consistency: The same as the judge said it.
        bias: Mean log-odds by which it prefers what it is shown first.
        ties: Share of verdicts that are ties.
        repeatability: Share of calls that say the same when asked again.
        drift: Largest change of P(first) when asked again.
        agreement: Accuracy with ties on `love` over `okay` pictures, which the developers' own model rated.
        rated_pairs: How many of the pairs are such.
        tie_band: 90th percentile of abs(p - 0.5) between paintings and their re-seeded twins.
        obedience: What lines in pictures do.
        traffic: What was counted.
    """

    mode: Mode
    logprobs: bool
    pairs: int
    lost: float
    consistency: float | None
    raw_consistency: float | None
    bias: float | None
    ties: float | None
    repeatability: float | None
    drift: float | None
    agreement: Interval
    rated_pairs: int
    tie_band: float | None
    obedience: Obedience
    traffic: Traffic

    def signs(self) -> list[Sign]:
        """Returns what it means, one line a finding."""
        calls = SAMPLES * 2 * REFERENCES
        told = (
            f"That is `pairwise` at k = {REFERENCES}; `winrate` in groups of {GROUP} takes {SAMPLES * (GROUP - 1):,}, "
            f"or {SAMPLES * 4:,} with games=4."
        )
        return [
            *answer_signs(self.traffic, self.lost, what="pairs"),
            *_mode(self),
            *_orders(self),
            *_steadiness(self),
            *obedience_sign(self.obedience),
            *cost_signs(self.traffic, calls, calls_told=told),
        ]

    def figures(self) -> dict[str, Any]:
        """Returns all of it, JSON-able."""
        own = {
            name: getattr(self, name)
            for name in self.__slots__
            if name not in ("agreement", "obedience", "traffic")
        }
        share, low, high = self.agreement
        told = {"agreement": share, "agreement_low": low, "agreement_high": high}
        calls = SAMPLES * 2 * REFERENCES
        return {**own, **told, **self.obedience.figures(), **self.traffic.figures(calls)}


def _mode(health: PairwiseHealth) -> Iterator[Sign]:
    if health.logprobs:
        yield Sign("log-probabilities", "good", "come", "mode='soft' works, and tells small differences.")
    elif health.mode == "hard":
        todo = "Use mode='hard': a pair is won, lost or tied. Take more references (k) for finer scores."
        yield Sign("log-probabilities", "note", "none", todo)


def _orders(health: PairwiseHealth) -> Iterator[Sign]:
    if health.consistency is None or health.bias is None or health.ties is None:
        return
    value = share(health.consistency)
    if health.consistency < LEAST_CONSISTENCY:
        todo = "The order of the pictures or chance decides; a coin has 50 %. Take a stronger model."
        yield Sign("order consistency", "unfit", value, todo)
    else:
        raw = (
            ""
            if health.raw_consistency == health.consistency
            else f" ({share(health.raw_consistency)} before the bias is subtracted)"
        )
        yield Sign("order consistency", "good", value, f"Both orders name the same picture{raw}.")
    strong = abs(health.bias) > STRONG_BIAS
    side = "first" if health.bias > 0 else "second"
    bias = f"{health.bias:+.2f}"
    means = f"It leans to the picture that is shown {side}; asking in both orders cancels that."
    if float(bias) == 0:
        bias, means = "0.00", "It leans to neither place."
    elif strong:
        means = f"It leans strongly to the picture that is shown {side}; the rest of its opinion is coarse."
    yield Sign("bias for a place", "note" if strong else "good", f"{bias} log-odds", means)
    if health.ties <= MOST_TIES:
        yield Sign("ties", "good", share(health.ties), "of verdicts")
    elif health.consistency < LEAST_CONSISTENCY:
        told = "Orders that contradict each other make a tie: see order consistency."
        yield Sign("ties", "note", share(health.ties), told)
    else:
        todo = "It hardly tells paintings apart: groups would have no spread. Take a stronger model or another rubric."
        yield Sign("ties", "unfit", share(health.ties), todo)


def _steadiness(health: PairwiseHealth) -> Iterator[Sign]:
    if health.repeatability is not None:
        moved = f"P(first) moved by up to {health.drift:.3f}." if health.mode == "soft" else ""
        steady = health.repeatability >= STEADY
        means = (
            "It says the same when asked again."
            if steady
            else "Its answers change: the cache keeps the first."
        )
        value = share(health.repeatability)
        yield Sign("repeatability", "good" if steady else "note", value, f"{means} {moved}".strip())
    over = f"{health.rated_pairs} pairs of a loved and a middling painting"
    yield from agreement_sign(health.agreement, over=over, more="--pairs")
    if health.tie_band is not None:
        means = "90 % of re-painted twins stay within it: set pairwise(tie_band=…) to at least this value."
        yield Sign("tie band", "good" if health.tie_band <= 0.05 else "note", f"{health.tie_band:.3f}", means)
