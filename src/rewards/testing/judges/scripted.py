"""Scripted judges: they read a known latent from the pictures alone and answer with faults that are known too."""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from rewards.judged.judge import Question
from rewards.judged.reply import Reply
from rewards.testing.judges.answers import Label, answer, plain_answer, quality_seen
from rewards.testing.judges.latents import read_latent
from rewards.types import version_of

# What a judge's methods do stands in `rewards.judged.judge.Judge`.
# ruff: noqa: D102


@dataclass(frozen=True, slots=True)
class Fault:
    """A call that goes wrong; what is None matches everything.

    Attributes:
        pair: sha256 of both PNG files, in any order.
        first: sha256 of the one that is shown first.
        attempt: 0 for the first asking, 1 for the second.
        kind: The call is `lost`, or its answer is `garbage` or `truncated`.
        question: What `asked_as` makes of it, whichever attempt it is.
    """

    pair: frozenset[str] | None = None
    first: str | None = None
    attempt: int | None = None
    kind: Literal["lost", "garbage", "truncated"] = "lost"
    question: str | None = None

    def hits(self, question: Question) -> bool:
        """Tells whether a question meets this fault."""
        shown = [digest(image) for image in question.images]
        return (
            (self.pair is None or self.pair == frozenset(shown))
            and (self.first is None or self.first == (shown or [""])[0])
            and (self.attempt is None or self.attempt == question.attempt)
            and (self.question is None or self.question == asked_as(question))
        )


@dataclass(frozen=True)
class ScriptedJudge:
    """Prefers by P(first) = sigmoid(kappa dq + beta + gamma ds + iota dt).

    dq, ds and dt are first minus second of `Latent`. All chance is a hash of (pair, order, attempt, `seed`), so
    that the same question has the same answer in any thread, process and order of asking. A pickled copy begins
    to count anew.

    Attributes:
        kappa: Log-odds for one unit of quality.
        beta: Log-odds for being shown first.
        gamma: Log-odds for one unit of saturation.
        iota: Log-odds for one unit of written area.
        tie_width: Where abs(P - 1/2) is at most this, it is a tie; without that label both have equal chances.
        drawn: The label is drawn with chance P; else it is the likelier one (temperature 0).
        lapse: Share of the answers that have nothing to do with the pictures.
        cyclic: Share of the pairs that are judged round a ring, on which each picture beats the half after it.
        no: Share of the yes-or-no questions that are answered with no, such as a veto.
        yes: Share of the lists of yes-or-no questions of which all are answered with yes.
        shy: Share of the answers whose numbers are written as words.
        lost: Share of the calls that fail.
        garbage: Share of the answers that are no JSON.
        truncation: Share of the answers that are cut off.
        faults: Calls that go wrong whatever the shares say.
        logprobs: Answers carry log-probabilities where they are asked for.
        seed: Of all chance.
        record: Keep the questions in `asked`.
    """

    kappa: float = 20.0
    beta: float = 0.0
    gamma: float = 0.0
    iota: float = 0.0
    tie_width: float = 0.0
    drawn: bool = False
    lapse: float = 0.0
    cyclic: float = 0.0
    no: float = 0.0
    yes: float = 0.0
    shy: float = 0.0
    lost: float = 0.0
    garbage: float = 0.0
    truncation: float = 0.0
    faults: tuple[Fault, ...] = ()
    logprobs: bool = True
    seed: int = 0
    record: bool = False
    asked: list[Question] = field(default_factory=list, init=False, repr=False, compare=False)
    _counter: _Counter = field(default_factory=lambda: _Counter(), init=False, repr=False, compare=False)

    @property
    def version(self) -> str:
        return version_of(type(self).__name__, {name: repr(value) for name, value in self._knobs().items()})

    @property
    def calls(self) -> int:
        return self._counter.count

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        self._counter.add(len(questions))
        if self.record:
            self.asked.extend(questions)
        return [self._reply(question) for question in questions]

    async def aask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        return self.ask(questions)

    def preflight(self, *, logprobs: bool) -> bool:
        return logprobs and self.logprobs

    def log_odds(self, first: bytes, second: bytes) -> float:
        """Returns the log-odds of P(first), before lapses."""
        a, b = read_latent(first), read_latent(second)
        worth = self.kappa * (a.quality - b.quality)
        if self._on_ring(first, second):
            worth = abs(worth) * (1 if _ring(first, second) else -1)
        return worth + self.beta + self.gamma * (a.saturation - b.saturation) + self.iota * (a.text - b.text)

    def _on_ring(self, first: bytes, second: bytes) -> bool:
        pair = sorted([digest(first), digest(second)])
        return self.cyclic > 0 and _chance("cyclic", pair, self.seed) < self.cyclic

    def _reply(self, question: Question) -> Reply | None:
        shown = [digest(image) for image in question.images]

        def chance(of: str) -> float:
            told = [sorted(shown), shown[0], question.attempt] if shown else [question.text, question.attempt]
            return _chance(of, told, self.seed)

        kinds = {fault.kind for fault in self.faults if fault.hits(question)}
        if "lost" in kinds or (self.lost and chance("lost") < self.lost):
            return None
        if "garbage" in kinds or (self.garbage and chance("garbage") < self.garbage):
            return Reply("Both have their charm: 1 for the sky, 2 for the tree.")
        odds = self.log_odds(*question.images) if _compares(question) else 0.0
        if self.lapse and chance("lapse") < self.lapse:
            odds = math.log(1 / max(chance("lapsed"), 1e-12) - 1)
        if abs(_sigmoid(odds) - 0.5) <= self.tie_width:
            odds = 0.0
        told = (
            answer(
                question,
                odds,
                self._label(odds, chance("drawn") if self.drawn else 0.0),
                logprobs=self.logprobs,
            )
            if _compares(question)
            else plain_answer(
                question,
                quality_seen(question),
                no=chance("no") < self.no,
                yes=chance("yes") < self.yes,
                shy=chance("shy") < self.shy,
                logprobs=self.logprobs,
            )
        )
        if "truncated" in kinds or (self.truncation and chance("truncation") < self.truncation):
            return Reply(told.text[: len(told.text) // 2], truncated=True)
        return told

    def _label(self, odds: float, drawn: float) -> Label:
        if odds == 0:
            return "tie"
        if self.drawn:
            return "1" if drawn < _sigmoid(odds) else "2"
        return "1" if odds > 0 else "2"

    def _knobs(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self) if f.init and f.name != "record"}

    def __reduce__(self) -> tuple[Any, ...]:
        # What was asked stays behind: neither locks nor pictures travel.
        return _scripted, (self._knobs() | {"record": self.record},)


class FixedJudge(ScriptedJudge):
    """Says the same whatever it is shown: always `1` (the first), `2` (the second) or `tie`."""

    def __init__(self, says: Label) -> None:
        super().__init__(kappa=0.0, beta={"1": 50.0, "2": -50.0, "tie": 0.0}[says])
        object.__setattr__(self, "says", says)

    def __reduce__(self) -> tuple[Any, ...]:
        return FixedJudge, (self.says,)  # type: ignore[attr-defined]


def always_first() -> FixedJudge:
    """Returns a judge that prefers what it is shown first."""
    return FixedJudge("1")


def always_second() -> FixedJudge:
    """Returns a judge that prefers what it is shown second."""
    return FixedJudge("2")


def always_tie() -> FixedJudge:
    """Returns a judge that never decides; where there is no such label both have equal chances."""
    return FixedJudge("tie")


def _compares(question: Question) -> bool:
    """Tells whether a question is which of two pictures is the better one."""
    asked = question.schema["properties"]
    return "winner" in asked or {"first", "second"} <= set(asked)


def asked_as(question: Question) -> str:
    """Returns a name of what is asked and about which pictures, whichever attempt it is."""
    return replace(question, attempt=0).key("")


def digest(png: bytes) -> str:
    """Returns the sha256 of a file, by which `Fault` names it."""
    return hashlib.sha256(png).hexdigest()


class _Counter:
    """A number that threads may raise at the same time."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def add(self, calls: int) -> None:
        with self._lock:
            self.count += calls


def _scripted(knobs: Mapping[str, Any]) -> ScriptedJudge:
    return ScriptedJudge(**knobs)


def _ring(first: bytes, second: bytes) -> bool:
    """Tells whether the second lies in the half of the ring after the first; for two pictures either does."""
    low, high = sorted([first, second])
    near = (_chance("ring", digest(high), 0) - _chance("ring", digest(low), 0)) % 1 < 0.5
    return near == (first == low)


def _chance(of: str, key: object, seed: int) -> float:
    """Returns a number in [0, 1) that depends on nothing but its arguments."""
    told = json.dumps([of, key, seed]).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big") / 2**64


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(log_odds, -700.0), 700.0)))
