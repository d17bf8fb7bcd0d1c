"""The protocol of a scorer behind an address: what is sent, what may come back, and what each reply is worth."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rewards.types import ROUNDING

VERSION = 1  # of the protocol; a scorer may refuse others
LONGEST_REASON = 500  # characters that are kept of what a scorer says about a picture


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a scorer is told of one sample; what it is not to be told is left out.

    Attributes:
        image: A PNG file; base64 in JSON.
        prompt: What was asked for.
        program: What was run.
        completion: What the policy wrote, in full.
        canvas: The kind of program, such as `svg`.
    """

    image: bytes | None = None
    prompt: str | None = None
    program: str | None = None
    completion: str | None = None
    canvas: str | None = None

    def key(self, scorer: str) -> str:
        """Returns the name under which an answer is kept: 64 hex digits over all that could change it.

        Args:
            scorer: Its name and its own version.
        """
        image = "" if self.image is None else hashlib.sha256(self.image).hexdigest()
        told = [VERSION, scorer, image, self.prompt, self.program, self.completion, self.canvas]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


FIELDS = Item.__struct_fields__
"""What a scorer may be told; never an id, a group, a path or a secret."""


class Request(msgspec.Struct, frozen=True):
    """The body of a request.

    Attributes:
        version: `VERSION`.
        items: What is to be scored, at least one.
    """

    version: int
    items: list[Item]


class Reply(msgspec.Struct, frozen=True):
    """The body of a reply, its lists in the order of the items. Numbers are looked at one by one, by `Scale`.

    Attributes:
        scores: One a sample, null where the scorer has none.
        components: Named parts of each score; one mapping a sample.
        reasons: What the scorer says about each, for logs.
    """

    scores: list[Any]
    components: list[Any] | None = None
    reasons: list[str | None] | None = None


class Answer(msgspec.Struct, frozen=True):
    """What a reply says of one sample; also what is kept on disk."""

    score: Any = None
    components: Any = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer is worth.

    Attributes:
        value: [0, 1]; None where there is no score.
        components: Finite, the declared ones; empty without a value.
        reason: One sentence.
    """

    value: float | None
    components: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""


class Unreadable(ValueError):
    """A reply of which nobody can say what belongs to which sample."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a scorer's numbers mean.

    Attributes:
        lowest: Of its scores.
        highest: Of its scores.
        components: Names that each score comes with.
    """

    lowest: float = 0.0
    highest: float = 1.0
    components: tuple[str, ...] = ()

    def told(self, answer: Answer) -> Told:
        """Returns what an answer is worth; a number that cannot be one gives no value, and none is clipped."""
        score, span = answer.score, self.highest - self.lowest
        if score is None:
            return Told(None, reason=f"the scorer gave no score{answer.reason and f': {answer.reason}'}")
        number = _finite(score)
        if number is None:
            return Told(None, reason=f"the scorer gave {_shown(score)}, which is no finite number")
        if not -ROUNDING * span <= number - self.lowest <= (1 + ROUNDING) * span:
            between = f"{self.lowest:g} to {self.highest:g}"
            return Told(None, reason=f"the scorer gave {number:g}, outside of its range {between}")
        named = answer.components if isinstance(answer.components, Mapping) else {}
        parts = {name: _finite(named.get(name)) for name in self.components}
        for name, part in parts.items():
            if part is None:
                return Told(
                    None, reason=f"the scorer gave the component {name!r} as {_shown(named.get(name))}"
                )
        value = min(max((number - self.lowest) / span, 0.0), 1.0)  # it is outside by rounding alone
        return Told(value, {name: part for name, part in parts.items() if part is not None}, answer.reason)


def encoded(items: Sequence[Item]) -> bytes:
    """Returns the JSON of a request."""
    return msgspec.json.encode(Request(VERSION, list(items)))


def plain(text: str) -> str:
    """Returns a text as valid Unicode: U+FFFD in place of half characters, which JSON of others cannot hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read(data: bytes, count: int) -> list[Answer]:
    """Returns the answers in a reply, one a sample.

    `NaN` and `Infinity`, which Python's json writes though JSON has none, are read, so that they cost their own sample
    alone.

    Args:
        data: The body.
        count: How many items were sent.

    Raises:
        Unreadable: It is no reply, or its lists are shorter or longer than the request.
    """
    try:
        reply = msgspec.convert(json.loads(data), Reply)
    except msgspec.ValidationError as error:
        raise Unreadable(f"it is no reply: {error}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"it is no JSON: {str(error)[:80]}; it begins {_shown(data[:40])}") from None
    lists = {"scores": reply.scores, "components": reply.components, "reasons": reply.reasons}
    for name, told in lists.items():
        if told is not None and len(told) != count:
            raise Unreadable(f"it has {len(told)} {name} for {count} items")
    parts, reasons = reply.components or [None] * count, reply.reasons or [None] * count
    return [
        Answer(score, components, (reason or "")[:LONGEST_REASON])
        for score, components, reason in zip(reply.scores, parts, reasons, strict=True)
    ]


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # an integer of hundreds of digits
        return None
    return number if math.isfinite(number) else None


def _shown(thing: object) -> str:
    text = repr(thing)
    return text if len(text) <= 60 else f"{text[:60]}…"
