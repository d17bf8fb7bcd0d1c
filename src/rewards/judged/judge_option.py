"""The parameter `judge` of a reward: options of the client, or a judge that is made already."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from rewards.errors import SpecError
from rewards.judged.judge import Judge


def judge_of(reward: str, judge: Mapping[str, Any] | Judge | None) -> Judge:
    """Returns the judge that a reward was given; makes it, where options were given.

    Args:
        reward: Its name, for messages.
        judge: Options of `rewards.judged.client.openai_judge.OpenAIJudge`, or a live `Judge`.

    Raises:
        SpecError: There is none, or its options cannot be understood.
        MissingPart: The extra `judge` or the key is missing.
    """
    if judge is None:
        raise SpecError(
            f"{reward!r} has no judge; name one: judge={{'model': ..., 'base_url': ...}} asks any "
            "OpenAI-compatible endpoint."
        )
    if not isinstance(judge, Mapping):
        if callable(getattr(judge, "ask", None)) and isinstance(getattr(judge, "version", None), str):
            return judge
        raise SpecError(f"judge is {judge!r}; it is a mapping of options, or has 'ask' and 'version'.")
    from rewards.judged.client.openai_judge import OpenAIJudge

    known = list(inspect.signature(OpenAIJudge).parameters)
    for option in judge:
        if option not in known:
            raise SpecError(f"judge has no option {option!r}; it has {', '.join(known)}.")
    if "model" not in judge:
        raise SpecError("judge names no model; add 'model' to its options.")
    return OpenAIJudge(**judge)
