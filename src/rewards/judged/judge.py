"""Judges look at pictures and answer in text; `SymmetricJudge` makes one verdict of both orders of a pair."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, Protocol

from rewards.errors import SpecError
from rewards.judged.rubric import Reply, Rubric
from rewards.types import version_of

Mode = Literal["hard", "soft"]

PROTOCOL = 2  # rises when the same answers would make another verdict
CLIP = 6.0  # log-odds beyond which one order says no more
TIE_BAND = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One call of a judge.

    Attributes:
        images: Whole PNG files, in the order in which they are shown.
        system: Says to the judge who it is.
        text: What is asked.
        rubric: `Rubric.version` of the text.
        schema: JSON schema that the answer is to follow.
        logprobs: Whether the log-probabilities of the answer's tokens are wanted.
        attempt: 1 where the answer to attempt 0 could not be read.
        function: Name of the function whose call is the answer, its arguments by `schema`; `""` asks for plain JSON.
        readable: Tells whether an answer can be read; only such are worth keeping. No part of `key`.
    """

    images: tuple[bytes, ...]
    system: str
    text: str
    rubric: str
    schema: Mapping[str, Any]
    logprobs: bool = False
    attempt: int = 0
    function: str = ""
    readable: Callable[[Reply], bool] = field(default=bool, repr=False)

    def key(self, judge: str) -> str:
        """Returns the name under which the answer is kept: 64 hex digits over all that could change it.

        Args:
            judge: `Judge.version`: model, endpoint name and decoding options.
        """
        told = {
            "protocol": PROTOCOL,
            "images": [_digest(image) for image in self.images],
            "system": self.system,
            "text": self.text,
            "rubric": self.rubric,
            "judge": judge,
            "schema": self.schema,
            "logprobs": self.logprobs,
            "ask": self.attempt,
        }
        if self.function:
            told["function"] = self.function
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


class Judge(Protocol):
    """Answers questions about pictures; may also have `aask`, `preflight` and `trouble`.

    `async def aask(questions) -> list[Reply | None]` is awaited in place of `ask` where a loop runs.
    `preflight(*, logprobs: bool) -> bool` raises what is misconfigured and tells whether log-probabilities come.
    `trouble: str` says in words why a call failed the last time.
    """

    @property
    def version(self) -> str:
        """Changes with model, endpoint name and decoding options; never with an address or a secret."""
        ...

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        """Answers in order; None where a call failed after its retries.

        Raises only what no later question would mend: a budget that is spent, a key that is refused.
        """
        ...


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
        asking = _Asking(self, pairs)
        asking.hear(self.judge.ask(asking.questions))
        if again := asking.unread():
            asking.hear(self.judge.ask(again))
        return asking.comparisons()

    async def acompare(self, pairs: Sequence[Pair]) -> list[Comparison]:
        """Does what `compare` does without blocking the event loop."""
        asking = _Asking(self, pairs)
        asking.hear(await self._aask(asking.questions))
        if again := asking.unread():
            asking.hear(await self._aask(again))
        return asking.comparisons()

    async def _aask(self, questions: Sequence[Question]) -> list[Reply | None]:
        aask = getattr(self.judge, "aask", None)
        return await (asyncio.to_thread(self.judge.ask, questions) if aask is None else aask(questions))

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


_Order = tuple[bytes, bytes, str]


class _Asking:
    """The questions behind some pairs, and what was answered so far."""

    def __init__(self, symmetric: SymmetricJudge, pairs: Sequence[Pair]) -> None:
        self._symmetric = symmetric
        self._pairs = pairs
        orders: dict[_Order, None] = {}
        for pair in pairs:
            if pair.a != pair.b:
                orders |= {(pair.a, pair.b, pair.prompt): None, (pair.b, pair.a, pair.prompt): None}
        self._pending: list[_Order] = list(orders)
        self._replies: dict[_Order, Reply | None] = {}
        self.questions = [symmetric.question(*order) for order in self._pending]

    def hear(self, replies: Sequence[Reply | None]) -> None:
        """Takes the answers to what was asked last."""
        self._replies |= zip(self._pending, replies, strict=True)

    def unread(self) -> list[Question]:
        """Returns what is to be asked once more: answers came that cannot be read."""
        self._pending = [
            order
            for order, reply in self._replies.items()
            if reply is not None and not self._symmetric.readable(reply)
        ]
        return [replace(self._symmetric.question(*order), attempt=1) for order in self._pending]

    def comparisons(self) -> list[Comparison]:
        """Returns what the answers amount to, one a pair."""
        return [self._comparison(pair) for pair in self._pairs]

    def _comparison(self, pair: Pair) -> Comparison:
        if pair.a == pair.b:
            return Comparison(0.5, 0.5, reason="the same picture")
        replies = [
            self._replies[order] for order in ((pair.a, pair.b, pair.prompt), (pair.b, pair.a, pair.prompt))
        ]
        if None in replies:
            why = getattr(self._symmetric.judge, "trouble", "")
            return Comparison(None, reason=f"a call of the judge failed{why and f' ({why})'}")
        heard = [reply for reply in replies if reply is not None]
        forth, back = map(self._symmetric.read, heard)
        if forth is None or back is None:
            unread = heard[0 if forth is None else 1]
            worded = self._symmetric.rubric.read(unread, soft=False) is not None
            what = "the log-probabilities of an answer" if worded else "an answer"
            return Comparison(None, reason=f"{what} of the judge could not be read, twice; {unread.told}")
        return self._symmetric.joined(forth, back)


# The same pictures are in many questions, and hashing one takes longer than to look an answer up.
@lru_cache(maxsize=256)
def _digest(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()


def _log_odds(chance: float) -> float:
    if chance <= 0 or chance >= 1:
        return math.copysign(CLIP, chance - 0.5)
    return min(max(math.log(chance / (1 - chance)), -CLIP), CLIP)


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
