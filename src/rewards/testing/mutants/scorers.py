"""Mutants 80 to 85: small edits of the rewards that ask a scorer or call a function."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from rewards.judged.client.failures import Trouble
from rewards.scorers.calls import Calls, Keep
from rewards.scorers.client import ScorerClient
from rewards.scorers.function import Function
from rewards.scorers.http import Http
from rewards.scorers.wire import Answer, Item, Told
from rewards.testing.law import edit
from rewards.types import Sample, Score

# What each method does stands in the docstring of its class.
# ruff: noqa: D102


def by(client: type[ScorerClient]) -> Any:
    """Returns an `__init__` of `Http` after which it asks by another client."""

    @wraps(Http.__init__)
    def __init__(self: Http, **given: Any) -> None:
        Http.__init__(self, **given)
        old = self.client
        self.client = client(old.address, old.transport, None, old.scale)

    return __init__


class _Padded:
    """Fills a reply that is too short with zeros, and cuts one that is too long."""

    version = ""

    def __init__(self, inner: Any) -> None:
        self.inner, self.version = inner, inner.version

    async def post(self, body: bytes) -> bytes:
        reply, count = await self.inner.post(body), len(json.loads(body)["items"])
        try:
            scores = json.loads(reply)["scores"]
            return json.dumps({"scores": [*scores, *[0.0] * count][:count]}).encode()
        except (ValueError, TypeError, KeyError, RecursionError):
            return bytes(reply)


class Zipping(ScorerClient):
    """Takes the numbers of a reply as far as they go."""

    async def _answers(self, items: Sequence[Item], retries: int, keep: Keep) -> list[Answer | Trouble]:
        return await Calls(self.address, _Padded(self.transport), self._usage).answers(items, retries, keep)


class Clipping(ScorerClient):
    """Takes the end of the range for a number that is none."""

    def told(self, answer: Answer | Trouble) -> Told:
        number = not isinstance(answer, Trouble) and isinstance(answer.score, float)
        told = super().told(answer)
        return Told(1.0) if number and told.value is None else told


class Appending(ScorerClient):
    """Puts what was asked again behind what was answered at once."""

    async def _answers(self, items: Sequence[Item], retries: int, keep: Keep) -> list[Answer | Trouble]:
        told = await super()._answers(items, retries, keep)
        return sorted(told, key=lambda answer: isinstance(answer, Trouble))


class KeepingFailures(ScorerClient):
    """Keeps a lost call as if it had been answered with 0."""

    def _noted(self, items: Sequence[Item], answers: Sequence[Answer | Trouble]) -> dict[Item, Told]:
        lost = [item for item, answer in zip(items, answers, strict=True) if isinstance(answer, Trouble)]
        self._keep(lost, [Answer(0.0)] * len(lost))
        return super()._noted(items, answers)


class Promptless(ScorerClient):
    """Leaves the prompt out of the key under which it keeps an answer."""

    def key(self, item: Item) -> str:
        return Item(image=item.image).key(self.address.known_as)


def _lost_is_nothing(self: Http, told: Told) -> Score:
    score = Http._score(self, told)
    return replace(score, value=0.0) if score.value is None else score


def _none_is_nothing(self: Function, value: object) -> Score:
    return Function._score(self, 0.0 if value is None else value)


def _zipped(self: Function, samples: Sequence[Sample]) -> list[Score]:
    told = self._called(self.columns.filled(samples, messages=self.messages, pil=self.pil))
    values = [*told, *[None] * len(samples)]  # type: ignore[misc]
    return [self._score(value) for value in values[: len(samples)]]


# fmt: off
edit(Http, "80", "a lost call scored 0", "62", _score=_lost_is_nothing)
edit(Http, "81", "a reply shorter than its batch zipped silently", "62", __init__=by(Zipping))
edit(Http, "82", "a NaN clipped to 1", "62", __init__=by(Clipping))
edit(Http, "83", "scores by position after a retry", "62", __init__=by(Appending))
edit(Http, "84a", "a failure that is kept", "63", __init__=by(KeepingFailures))
edit(Http, "84b", "a kept score found by the picture alone", "63", __init__=by(Promptless))
edit(Function, "85a", "a None of the function scored 0", "64", _score=_none_is_nothing)
edit(Function, "85b", "too few values zipped silently", "64", _answers=_zipped)
# fmt: on
