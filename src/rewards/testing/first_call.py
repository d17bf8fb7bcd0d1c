"""The first call of a check: a reward that does not score two plain paintings fails once, for the true cause."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from rewards.errors import SpecError
from rewards.testing.cases.described import Painted, Picture, samples_of
from rewards.testing.law import Broken, Subject, all_laws
from rewards.testing.network import cut_off
from rewards.testing.report import Outcome
from rewards.testing.scoring import value, whole
from rewards.types import Sample, Score

CALLS = 30  # of the reward for each example, over all laws
PAINTINGS = [Painted("ok", Picture("painting", seed, 16, 16), task=seed) for seed in (3, 4)]


def fails_at_once(subject: Subject, examples: int) -> Outcome | None:
    """Scores two plain paintings, cut off from other machines unless live; returns what is broken, or None.

    Raises:
        SpecError: The reward would call another machine, which a check that is not `live` never does.
    """
    own = subject.asking is None and subject.scoring is None
    if not subject.live and own and subject.traits.max_calls is not None:
        raise SpecError(_unasked(subject, examples, "declares calls of a judge (max_calls)"))
    samples = samples_of(PAINTINGS, subject.reward.needs)
    told, reason = None, ""
    with nullcontext(list[str]()) if subject.live else cut_off() as tried:
        try:
            told = whole(subject.fresh()(samples), samples)
        except Broken as broken:
            reason = str(broken)
        except Exception as error:  # noqa: BLE001 (whatever it raises is what is wrong with it)
            reason = f"it raised {type(error).__name__}: {str(error)[:200]}"
        if told is None and not tried and _scores_one(subject.fresh(), samples[0]):
            reason = (
                "it scores one sample; a reward is called with a list of samples and returns a list of as many Score. "
                "Put @rewards.reward on a function of one sample"
            )
    if not tried:
        return None if told is not None else _outcome("01", f"two plain paintings: {reason}")
    where = f"it cannot reach {tried[0]}"
    if told is None:
        return _outcome("03", f"{reason}, where {where}; a machine that fails gives None")
    if scored := [score for score in told if score.value is not None]:
        return _outcome(
            "03", f"a painting scores {value(scored[0])} though {where}; a machine that fails gives None"
        )
    raise SpecError(_unasked(subject, examples, f"calls {tried[0]} by a client of its own"))


def _scores_one(reward: Any, sample: Sample) -> bool:
    try:
        return isinstance(reward(sample), int | float | Score)
    except Exception:  # noqa: BLE001 (then it is no function of one sample)
        return False


def _outcome(id: str, reason: str) -> Outcome:
    [law] = [law for law in all_laws() if law.id == id]
    return Outcome(replace(law, cause="nothing else is checked before this holds"), "failed", 1, 1, reason)


def _unasked(subject: Subject, examples: int, why: str) -> str:
    return (
        f"{subject.label} {why}, and a check calls it about {CALLS * examples:,} times. Take the judge as a parameter "
        "'judge', which the check replaces by a scripted one; or pass live=True (--live) to have it asked."
    )
