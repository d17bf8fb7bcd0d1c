"""What a reward answered, as scores: what is unambiguous is taken, what is not is named."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import SupportsFloat

from rewards.types import AnyReward, Sample, Score


def ask(reward: AnyReward, samples: Sequence[Sample]) -> list[Score]:
    """Asks a reward and returns its scores, one a sample."""
    name = getattr(reward, "name", type(reward).__qualname__)
    return scores_of(str(name), reward(samples), len(samples))


def scores_of(name: str, answer: object, count: int) -> list[Score]:
    """Returns the scores in what a reward answered: a list, a tuple, an array or a generator of scores or numbers.

    Args:
        name: Of the reward.
        answer: What it returned.
        count: How many samples it was asked about.

    Raises:
        TypeError: It is nothing of the kind.
        ValueError: There are more or fewer than samples.
    """
    if inspect.isawaitable(answer):
        if inspect.iscoroutine(answer):
            answer.close()
        raise TypeError(
            f"The reward {name} is a coroutine function; make it a plain one, with `async def ascore(self, samples)` "
            "beside it for what is awaited."
        )
    if not isinstance(answer, Iterable) or isinstance(answer, str | bytes | Mapping | Score):
        raise TypeError(
            f"The reward {name} returned {_shown(answer)} for {count} samples; return a list with one score a "
            "sample, or decorate a function of one sample with @rewards.reward."
        )
    scores = [_score(name, index, item) for index, item in enumerate(answer)]
    if len(scores) != count:
        raise ValueError(f"The reward {name} gave {len(scores)} scores for {count} samples.")
    return scores


def score_of(answer: object) -> Score | None:
    """Returns the score that an answer about one sample is: a score or a number; None where it is neither."""
    if isinstance(answer, Score):
        return answer
    if isinstance(answer, SupportsFloat) and not isinstance(answer, str | bytes):
        return Score(float(answer))
    return None


def _score(name: str, index: int, item: object) -> Score:
    score = score_of(item)
    if score is None:
        raise TypeError(
            f"The reward {name} gave {_shown(item)} for sample {index}; give a number or a rewards.Score, and "
            "Score(None, reason=...) where a machine failed."
        )
    return score


def _shown(thing: object) -> str:
    text = repr(thing)
    return text if len(text) <= 60 else f"{text[:60]}…"
