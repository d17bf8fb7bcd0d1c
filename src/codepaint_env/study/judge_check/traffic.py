"""Calls of a judge: how many fail or cannot be read, how long they take, and what 1,000 samples cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codepaint_env.study.judge_check.sign import Sign, share

MOST_LOST = 0.05  # share of failed calls, of unreadable answers
SAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was counted while a judge was asked; shares are [0, 1].

    Attributes:
        failed: Share of questions that got no answer.
        unreadable: Share of answers that could not be read, when first asked for.
        call_ms: One call alone, the median; None where none was answered.
        calls_per_s: With the calls under way that are allowed.
        tokens_in: A call; 0 where the endpoint tells none.
        tokens_out: A call.
        usage: `OpenAIJudge.usage` of what was asked; empty for a judge that counts nothing.
    """

    failed: float
    unreadable: float
    call_ms: float | None
    calls_per_s: float
    tokens_in: float
    tokens_out: float
    usage: Mapping[str, int | float | None]

    @property
    def usd_a_call(self) -> float | None:
        """USD, by the price that was told; None without one."""
        usd = self.usage.get("usd")
        return None if not usd else usd / max(1, self.usage.get("calls") or 0)

    def cost(self, calls: int) -> dict[str, float | None]:
        """Returns what so many calls for 1,000 samples take, each answered at once: calls, tokens, USD, seconds."""
        usd = self.usd_a_call
        return {
            "samples": SAMPLES,
            "calls": calls,
            "tokens_in": calls * self.tokens_in,
            "tokens_out": calls * self.tokens_out,
            "usd": None if usd is None else calls * usd,
            "seconds": calls / self.calls_per_s if self.calls_per_s else None,
        }

    def figures(self, calls: int) -> dict[str, Any]:
        """Returns all figures, with the cost of so many calls for 1,000 samples."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"usage": dict(self.usage), "cost": self.cost(calls)}


def answer_signs(traffic: Traffic, lost: float, *, what: str) -> Iterator[Sign]:
    """Tells whether calls come back and can be read.

    Args:
        traffic: What was counted.
        lost: Share of what was judged that stays without a value after asking once more.
        what: What was judged, such as `pairs`.
    """
    if traffic.failed > MOST_LOST:
        todo = "Too many calls fail: samples would go without a score. Send fewer calls at once, or fix the endpoint."
        yield Sign("failed calls", "unfit", share(traffic.failed), todo)
    else:
        yield Sign(
            "failed calls", "note" if traffic.failed else "good", share(traffic.failed), "after retries"
        )
    stay = f"{share(lost)} of the {what} stay without a value."
    if traffic.unreadable > MOST_LOST or (lost > MOST_LOST and traffic.failed <= MOST_LOST):
        todo = f"{stay} Take a model that keeps to a JSON form, or an endpoint that enforces one."
        yield Sign("unreadable answers", "unfit", share(traffic.unreadable), todo)
    else:
        yield Sign("unreadable answers", "good", share(traffic.unreadable), f"Asked once more, {stay}")


def cost_signs(traffic: Traffic, calls: int, *, calls_told: str) -> Iterator[Sign]:
    """Tells what calls take, and what 1,000 samples do.

    Args:
        traffic: What was counted.
        calls: That 1,000 samples take.
        calls_told: How that comes about, such as `One call a sample.`
    """
    alone = "" if traffic.call_ms is None else f"{traffic.call_ms:.0f} ms"
    yield Sign("time a call", "good", alone, f"{traffic.calls_per_s:.1f} a second in parallel.")
    if traffic.tokens_in:
        value = f"{traffic.tokens_in:.0f} in, {traffic.tokens_out:.0f} out"
        usd = traffic.usage.get("usd")
        told = f"These questions cost {usd:.4f} USD." if usd else "Give --price IN OUT to see what they cost."
        yield Sign("tokens a call", "good", value, told)
    else:
        todo = "The endpoint reports no tokens, so max_usd does not work."
        yield Sign("tokens a call", "note", "not reported", todo)
    cost = traffic.cost(calls)
    takes = [] if cost["seconds"] is None else [_time(cost["seconds"])]
    if traffic.tokens_in:
        takes.append(f"{_millions(cost['tokens_in'])} tokens in and {_millions(cost['tokens_out'])} out")
    if cost["usd"] is not None:
        takes.append(f"{cost['usd']:.2f} USD")
    means = f"{', '.join(takes)}. {calls_told}" if takes else calls_told
    yield Sign("1,000 samples", "good", f"{calls:,} calls", means)


def _time(seconds: float) -> str:
    if seconds >= 3600:
        return f"{seconds / 3600:.1f} h at this rate"
    return f"{seconds / 60:.0f} min at this rate" if seconds >= 60 else f"{seconds:.0f} s at this rate"


def _millions(count: float | None) -> str:
    return f"{(count or 0) / 1e6:.2f} M"
