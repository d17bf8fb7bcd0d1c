"""What comes back from a judge: its text, its tokens, and the JSON object that the answer consists of."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEAST_MASS = 0.5  # that the labels must hold at the answer's token, else it does not count

THOUGHT = "</think>"  # ends what a reasoning model thought

_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of an answer with what else the judge might have said there.

    Attributes:
        text: As it stands in the answer.
        top: Log-probability of the likeliest tokens at this place, itself among them.
    """

    text: str
    top: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from a judge, unread.

    Attributes:
        text: The answer.
        tokens: Of the answer, in order; None where the judge gives no log-probabilities.
        truncated: True if the answer was cut off.
    """

    text: str
    tokens: tuple[Token, ...] | None = None
    truncated: bool = False

    @property
    def told(self) -> str:
        """What was said, in short, for a message."""
        said = self.text if len(self.text) <= 160 else f"{self.text[:80]} … {self.text[-80:]}"
        if self.truncated:
            return f"it was cut off after {said!r}; let it say more (max_tokens)"
        return f"it said {said!r}" if said else "it said nothing"


def object_schema(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the JSON schema of an object that holds exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def parsed(text: str) -> tuple[int, dict[str, Any] | None]:
    """Returns where the answer begins, and the JSON object that it consists of.

    A code fence round it is passed over, and so are thoughts before it, of which some endpoints give the end alone.
    """
    for start in dict.fromkeys((0, text.find(THOUGHT) + len(THOUGHT) if THOUGHT in text else 0)):
        told = _object_in(text[start:])
        if told is not None:
            return start, told
    return 0, None


def _object_in(text: str) -> dict[str, Any] | None:
    fenced = _FENCED.match(text)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) != len(pairs):
            raise ValueError("a key occurs twice")
        return told

    try:
        told = json.loads(fenced[1] if fenced else text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
