"""How a judge is to decode its answers: options that are sent with every question, checked once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rewards.errors import SpecError

OURS = (
    "model",
    "messages",
    "temperature",
    "max_tokens",
    "logprobs",
    "top_logprobs",
    "response_format",
    "stream",
    "n",
)


@dataclass(frozen=True, slots=True)
class Decoding:
    """What `OpenAIJudge` says of its parameters of the same names.

    Raises:
        SpecError: A parameter cannot be what it is.
    """

    temperature: float | None
    max_tokens: int | None
    extra_body: Mapping[str, Any] | None
    image_detail: str | None

    def __post_init__(self) -> None:
        heat, most, detail = self.temperature, self.max_tokens, self.image_detail
        number = isinstance(heat, int | float) and not isinstance(heat, bool) and 0 <= heat < float("inf")
        _check("temperature", heat, heat is None or number, "a number from 0, or None, which sends none")
        whole = type(most) is int and most >= 1
        _check("max_tokens", most, most is None or whole, "a whole number from 1, or None, which sends none")
        text = isinstance(detail, str) and bool(detail.strip())
        _check(
            "image_detail",
            detail,
            detail is None or text,
            "such as 'low' or 'high', or None, which sends none",
        )
        extra = self.extra_body
        mapping = extra is None or (
            isinstance(extra, Mapping) and all(isinstance(name, str) for name in extra)
        )
        _check("extra_body", extra, mapping, "a mapping of fields of the request, or None")
        for name in extra or ():
            if name in OURS:
                raise SpecError(
                    f"judge: extra_body holds {name!r}, which the judge sets itself; leave it out."
                )
        try:
            json.dumps(self.told(), allow_nan=False)
        except (TypeError, ValueError) as error:
            raise SpecError(f"judge: extra_body is {extra!r}, which is no JSON: {error}.") from None

    def told(self) -> dict[str, Any]:
        """Returns what decides an answer, for `OpenAIJudge.version`."""
        told = {
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "image_detail": self.image_detail,
            "extra_body": None if self.extra_body is None else dict(self.extra_body),
        }
        return {name: value for name, value in told.items() if value is not None}


def _check(name: str, value: object, good: bool, wanted: str) -> None:
    if not good:
        raise SpecError(f"judge: {name} is {value!r}; it must be {wanted}.")
