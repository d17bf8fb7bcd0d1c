"""`SymmetricJudge` asks about two pictures in both orders, and makes one verdict of the answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rewards.errors import SpecError
from rewards.judged.answer_mode import Mode
from rewards.judged.inquiry import Inquiry, aconduct, conduct, why_lost
from rewards.judged.judge import PROTOCOL, Judge, Question
from rewards.judged.reply import Reply
from rewards.judged.rubric import Rubric
from rewards.types import version_of

CLIP = 6.0  # log-odds beyond which one order says no more
TIE_BAND = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures to compare: PNG files made by the same encoder, and the prompt that they were painted on."""

    a: bytes
    b: bytes
    prompt: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both orders of a pair amount to.

    Attributes:
        value: How much `a` is preferred, [0, 1], ties at 0.5; None where an answer is missing.
        p: The same before the tie band.
        bias: Log-odds by which the judge prefers what it is shown first; None where it was not asked.
        reason: One sentence for logs.
    """

    value: float | None
    p: float | None = None
    bias: float | None = None
    reason: str = ""


class SymmetricJudge:
    """Asks any judge in both orders and takes its position bias out.

    Soft: with s(x, y) = P(the first shown is better) and l = logit(s), s clipped to log-odds of 6,
    `p = sigmoid((l(a, b) - l(b, a)) / 2)`, so that a bias that is constant in log-odds cancels; within
    `tie_band` of 0.5 it is a tie. Hard: 1 if both orders name a, 0 if both name b, else 0.5.
    Byte-identical pictures tie without a call. An answer that cannot be read is asked for once more; if that
    fails too, or a call was lost, there is no verdict: never a half, and never one order alone.

    Args:
        judge: Is asked.
        rubric: The question.
        mode: `soft` reads log-probabilities, `hard` the words.
        tie_band: Half width of the band of ties, [0, 0.5); for `soft`.
    """

    def __init__(self, judge: Judge, rubric: Rubric, *, mode: Mode, tie_band: float = TIE_BAND) -> None:
        if mode == "soft" and rubric.answer != "winner":
            raise SpecError(
                f"The rubric {rubric.id!r} asks for scores, which have no soft mode; take mode='hard'."
            )
        if not 0 <= tie_band < 0.5:
            raise SpecError(f"tie_band is {tie_band!r}; it must be at least 0 and below 0.5.")
        self.judge, self.rubric, self.mode, self.tie_band = judge, rubric, mode, tie_band

    @property
    def version(self) -> str:
        """Changes whenever the same pair could get another verdict."""
        return version_of(
            "SymmetricJudge", [PROTOCOL, self.judge.version, self.rubric.version, self.mode, self.tie_band]
        )

    def compare(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Compares pairs, in order; equal pairs are asked about once."""
        return conduct(self.judge, [self._inquiry(pair) for pair in pairs])

    async def acompare(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Does what `compare` does without blocking the event loop."""
        return await aconduct(self.judge, [self._inquiry(pair) for pair in pairs])

    def read(self, reply: Reply) -> float | None:
        """Returns P(the first shown is better), or None if the answer cannot be read."""
        return self.rubric.read(reply, soft=self.mode == "soft")

    def readable(self, reply: Reply) -> bool:
        """Tells whether an answer can be read."""
        return self.read(reply) is not None

    def question(self, first: bytes, second: bytes, prompt: str) -> Question:
        """Returns what the judge is asked about two pictures in this order."""
        soft = self.mode == "soft"
        return Question(
            images=(first, second),
            system=self.rubric.system,
            text=self.rubric.ask(prompt),
            rubric=self.rubric.version,
            schema=self.rubric.schema(soft=soft),
            logprobs=soft,
            readable=self.readable,
        )

    def joined(self, forth: float, back: float) -> Comparison:
        """Makes one verdict of s(a, b) and s(b, a)."""
        l_forth, l_back = _log_odds(forth), _log_odds(back)
        bias = (l_forth + l_back) / 2
        if self.mode == "hard":
            p = 1.0 if (forth, back) == (1.0, 0.0) else 0.0 if (forth, back) == (0.0, 1.0) else 0.5
            return Comparison(p, p, bias)
        # By the size of the difference, so that v(a, b) + v(b, a) = 1 to the last bit, on the edge of the band too.
        lean = (l_forth - l_back) / 2
        strength = _sigmoid(abs(lean))
        p = strength if lean >= 0 else 1 - strength
        return Comparison(0.5 if strength <= 0.5 + self.tie_band else p, p, bias)

    def _inquiry(self, pair: Pair) -> Inquiry[Comparison]:
        if pair.a == pair.b:
            return Comparison(0.5, 0.5, reason="the same picture")
        replies = yield [
            self.question(pair.a, pair.b, pair.prompt),
            self.question(pair.b, pair.a, pair.prompt),
        ]
        heard = [reply for reply in replies if reply is not None]
        if len(heard) < len(replies):
            return Comparison(None, reason=why_lost(self.judge))
        forth, back = map(self.read, heard)
        if forth is None or back is None:
            unread = heard[0 if forth is None else 1]
            worded = self.rubric.read(unread, soft=False) is not None
            what = "the log-probabilities of an answer" if worded else "an answer"
            return Comparison(None, reason=f"{what} of the judge could not be read, twice; {unread.told}")
        return self.joined(forth, back)


def _log_odds(chance: float) -> float:
    if chance <= 0 or chance >= 1:
        return math.copysign(CLIP, chance - 0.5)
    return min(max(math.log(chance / (1 - chance)), -CLIP), CLIP)


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
