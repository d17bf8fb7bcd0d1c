"""A judge that loses every call and an encoder that fails at every call, for the law on None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from rewards.errors import MachineError, MissingPart
from rewards.judged.judge import Judge, Question
from rewards.judged.rubric import Reply
from rewards.types import version_of

# What a judge's methods do stands in `rewards.judged.judge.Judge`.
# ruff: noqa: D102


class LosingJudge:
    """Answers None to everything, as a judge does whose endpoint stays silent; counts the questions."""

    version = version_of("LosingJudge")

    def __init__(self) -> None:
        self.calls = 0

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        self.calls += len(questions)
        return [None] * len(questions)

    def preflight(self, *, logprobs: bool) -> bool:
        return logprobs


class UnreadyJudge(LosingJudge):
    """Raises at preflight, as a judge does without a key."""

    def preflight(self, *, logprobs: bool) -> bool:
        raise MissingPart("The variable KIT_JUDGE_KEY is not set; set it to the judge's key.")


class SilentOnChances(LosingJudge):
    """Has no log-probabilities to give."""

    def preflight(self, *, logprobs: bool) -> bool:
        return False


class FailingEncoder:
    """Raises at every call, as an encoder does that is out of memory; counts the calls."""

    version = version_of("FailingEncoder")

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, images: Sequence[Any]) -> NoReturn:
        self.calls += 1
        raise MachineError("The encoder ran out of memory.")


class MissingEncoder(FailingEncoder):
    """Raises as an encoder does whose weights are not there."""

    def encode(self, images: Sequence[Any]) -> NoReturn:
        raise MissingPart("The encoder's weights are missing; install them with pip.")


class Recovering:
    """Loses every call until it is `well`, then answers as another judge does."""

    def __init__(self, healthy: Judge) -> None:
        self.healthy, self.well = healthy, False

    @property
    def version(self) -> str:
        return self.healthy.version

    def ask(self, questions: Sequence[Question], /) -> list[Reply | None]:
        return self.healthy.ask(questions) if self.well else [None] * len(questions)

    def preflight(self, *, logprobs: bool) -> bool:
        """Tells what the healthy judge tells."""
        preflight = getattr(self.healthy, "preflight", None)
        return logprobs and (preflight is None or bool(preflight(logprobs=logprobs)))
