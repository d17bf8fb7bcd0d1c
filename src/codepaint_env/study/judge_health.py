"""The figures of a judge's health, what they mean in plain words, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rewards.judged.answer_mode import Mode

State = Literal["good", "note", "unfit"]

MOST_LOST = 0.05  # share of failed calls, of unreadable answers
LEAST_CONSISTENCY = 0.6  # a coin has 0.5
MOST_TIES = 0.8
STRONG_BIAS = 2.0  # log-odds: 88 % for whatever is shown first


@dataclass(frozen=True, slots=True)
class Sign:
    """One finding.

    Attributes:
        name: What was looked at.
        state: `good`, `note` (usable, but know it) or `unfit`.
        value: What was found, as people write it.
        text: What it means, and what to do.
    """

    name: str
    state: State
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; shares are [0, 1], None where there is nothing to tell.

    Attributes:
        mode: `soft` where log-probabilities come and the rubric can use them.
        logprobs: Whether they come.
        pairs: How many were judged in both orders.
        failed: Share of questions that got no answer.
        unreadable: Share of answers that could not be read, when first asked for.
        lost: Share of pairs without a verdict after asking once more.
        consistency: Share of pairs of which both orders name the same picture; in soft mode with the mean bias
            taken out.
        raw_consistency: The same as the judge said it.
        bias: Mean log-odds by which it prefers what it is shown first.
        ties: Share of verdicts that are ties.
        repeatability: Share of calls that say the same when asked again.
        drift: Largest change of P(first) when asked again.
        agreement: Accuracy with ties on `love` over `okay` pictures, which the developers' own model rated.
        agreement_low: Lower end of its 95 % interval, by bootstrap over pictures.
        agreement_high: Upper end.
        rated_pairs: How many of the pairs are such.
        tie_band: 90th percentile of abs(p - 0.5) between paintings and their re-seeded twins.
        call_ms: One call alone, the median.
        calls_per_s: With the calls under way that are allowed.
        tokens_in: A call.
        tokens_out: A call.
        usage: `OpenAIJudge.usage` of all that was asked.
    """

    mode: Mode
    logprobs: bool
    pairs: int
    failed: float
    unreadable: float
    lost: float
    consistency: float | None
    raw_consistency: float | None
    bias: float | None
    ties: float | None
    repeatability: float | None
    drift: float | None
    agreement: float | None
    agreement_low: float | None
    agreement_high: float | None
    rated_pairs: int
    tie_band: float | None
    call_ms: float | None
    calls_per_s: float
    tokens_in: float
    tokens_out: float
    usage: Mapping[str, int | float | None]

    def signs(self) -> list[Sign]:
        """Returns what it means, one line a finding."""
        return signs_of(self)

    @property
    def fit(self) -> bool:
        """True if rewards may rely on the judge."""
        return all(sign.state != "unfit" for sign in self.signs())

    def told(self) -> dict[str, Any]:
        """Returns all of it, JSON-able."""
        return asdict(self) | {"fit": self.fit, "signs": [asdict(sign) for sign in self.signs()]}


def signs_of(health: Health) -> list[Sign]:
    """Returns all findings, those that decide first."""
    return [*_answers(health), *_orders(health), *_steadiness(health), *_cost(health)]


def _answers(health: Health) -> Iterator[Sign]:
    if health.failed > MOST_LOST:
        todo = (
            "Too many calls fail: samples would go without a score. Ask less at once, or mend the endpoint."
        )
        yield Sign("failed calls", "unfit", _share(health.failed), todo)
    else:
        yield Sign(
            "failed calls", "good" if not health.failed else "note", _share(health.failed), "after retries"
        )
    lost = f"{_share(health.lost)} of the pairs stay without a verdict."
    if health.unreadable > MOST_LOST or health.lost > MOST_LOST:
        todo = f"{lost} Take a model that keeps to a JSON form, or an endpoint that enforces one."
        yield Sign("unreadable answers", "unfit", _share(health.unreadable), todo)
    else:
        yield Sign("unreadable answers", "good", _share(health.unreadable), f"Asked once more, {lost}")
    if health.logprobs:
        yield Sign("log-probabilities", "good", "come", "mode='soft' works, and tells small differences.")
    elif health.mode == "hard":
        todo = "mode='hard' it is: a pair is won, lost or tied. Take more references (k) for finer scores."
        yield Sign("log-probabilities", "note", "none", todo)


def _orders(health: Health) -> Iterator[Sign]:
    if health.consistency is None or health.bias is None or health.ties is None:
        return
    value = _share(health.consistency)
    if health.consistency < LEAST_CONSISTENCY:
        todo = "The order of the pictures decides, or chance: a coin has 50 %. Take a stronger model."
        yield Sign("order consistency", "unfit", value, todo)
    else:
        raw = (
            ""
            if health.raw_consistency == health.consistency
            else f" ({_share(health.raw_consistency)} as said)"
        )
        yield Sign("order consistency", "good", value, f"Both orders name the same picture{raw}.")
    strong = abs(health.bias) > STRONG_BIAS
    side = "first" if health.bias > 0 else "second"
    bias = f"{health.bias:+.2f}"
    means = f"It leans to what is shown {side}; asking in both orders takes that out."
    if float(bias) == 0:
        bias, means = "0.00", "It leans to neither place."
    elif strong:
        means = f"It leans strongly to what is shown {side}; what is left of its opinion is coarse."
    yield Sign("bias for a place", "note" if strong else "good", f"{bias} log-odds", means)
    if health.ties > MOST_TIES:
        todo = "It hardly tells paintings apart: groups would have no spread. Take a stronger model or another rubric."
        yield Sign("ties", "unfit", _share(health.ties), todo)
    else:
        yield Sign("ties", "good", _share(health.ties), "of verdicts")


def _steadiness(health: Health) -> Iterator[Sign]:
    if health.repeatability is not None:
        moved = f"P(first) moved by up to {health.drift:.3f}." if health.mode == "soft" else ""
        steady = health.repeatability >= 0.9
        means = (
            "It says the same when asked again."
            if steady
            else "Its answers wander: the cache keeps the first."
        )
        value = _share(health.repeatability)
        yield Sign("repeatability", "good" if steady else "note", value, f"{means} {moved}".strip())
    if (
        health.agreement is not None
        and health.agreement_low is not None
        and health.agreement_high is not None
    ):
        value = f"{health.agreement:.2f} [{health.agreement_low:.2f}, {health.agreement_high:.2f}]"
        over = (
            f"the pool's ratings, which are a model's and no person's, on {health.rated_pairs} pairs of a loved and a "
            "middling painting; 95 % interval over pictures."
        )
        if health.agreement_high < 0.5:
            yield Sign("agreement", "unfit", value, f"It contradicts {over} Take another model.")
        elif health.agreement_low <= 0.5:
            told = f"It agrees no better than a coin, which has 0.5, with {over} Try more --pairs, or a stronger model."
            yield Sign("agreement", "note", value, told)
        else:
            yield Sign("agreement", "good", value, f"It agrees with {over}")
    if health.tie_band is not None:
        means = "90 % of re-painted twins stay within it: pairwise(tie_band=…) should be no smaller."
        yield Sign("tie band", "good" if health.tie_band <= 0.05 else "note", f"{health.tie_band:.3f}", means)


def _cost(health: Health) -> Iterator[Sign]:
    alone = "" if health.call_ms is None else f"{health.call_ms:.0f} ms"
    group = f"A group of 8 with k = 2 takes 32 calls, {32 / health.calls_per_s:.1f} s at this rate."
    yield Sign("time a call", "good", alone, f"{health.calls_per_s:.1f} a second side by side. {group}")
    if not health.tokens_in:
        yield Sign(
            "tokens a call", "note", "not told", "The endpoint tells no tokens: max_usd will not work."
        )
        return
    usd = health.usage["usd"]
    value = f"{health.tokens_in:.0f} in, {health.tokens_out:.0f} out"
    if not usd:
        yield Sign("tokens a call", "good", value, "--price IN OUT tells the money.")
        return
    asked = usd / max(1, health.usage["calls"] or 0)
    yield Sign(
        "tokens a call", "good", value, f"This check cost {usd:.4f} USD; such a group costs {32 * asked:.4f}."
    )


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.0%}" if value in (0, 1) else f"{value:.1%}"
