"""Judges look at pictures and answer questions in text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from rewards.judged.reply import Reply

PROTOCOL = 2  # rises when the same answers would make another verdict


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
        attempt: 1 where the answer to attempt 0 could not be read; 2 and 3 where the same is asked a second time, ...
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


# The same pictures are in many questions, and hashing one takes longer than to look an answer up.
@lru_cache(maxsize=256)
def _digest(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()
