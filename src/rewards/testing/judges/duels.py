"""How a judged reward is asked, and how two given pictures are made to meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rewards.judged.judge import Judge
from rewards.testing.cases.described import Painted, Picture, samples_of
from rewards.testing.cases.pools import pool_of
from rewards.testing.law import Subject
from rewards.testing.scoring import scored
from rewards.types import Reward, Sample

KINDS = ("pairwise", "winrate")


def compares(subject: Subject) -> bool:
    """Tells whether a reward lets a judge compare pictures."""
    return subject.traits.kind in KINDS and subject.asking is not None


def can_duel(subject: Subject) -> bool:
    """Tells whether two given pictures can be made to meet: in a group of two, or by a pool of one."""
    alone = subject.make is not None and all(hasattr(subject.reward, name) for name in ("pool", "k"))
    return compares(subject) and (subject.traits.kind == "winrate" or alone)


def duel(subject: Subject, judge: Judge, a: Picture, b: Picture, *, soft: bool = True) -> float | None:
    """Returns v(a, b) on [0, 1]; a winrate is given a group of two, a pairwise reward a pool of one reference."""
    if subject.traits.kind == "winrate":
        return units(asking(subject, judge, soft), group_of([a, b], subject))[0]
    known = {"text": "keep"} if hasattr(subject.reward, "text") else {}
    reward = asking(subject, judge, soft, pool=pool_of(b), k=1, **known)
    return units(reward, group_of([a], subject))[0]


def asking(subject: Subject, judge: Judge, soft: bool = True, **parameters: Any) -> Reward:
    """Makes a reward that asks a judge; one without a `mode` keeps its own."""
    if subject.make is not None and hasattr(subject.reward, "mode"):
        parameters["mode"] = "soft" if soft else "hard"
    if parameters and subject.make is not None:
        return subject.make(judge=judge, **parameters)
    assert subject.asking is not None
    return subject.asking(judge)


def group_of(pictures: Sequence[Picture], subject: Subject) -> list[Sample]:
    """Returns samples of one group that painted these."""
    return samples_of([Painted("ok", picture) for picture in pictures], subject.reward.needs)


def units(reward: Reward, samples: Sequence[Sample]) -> list[float | None]:
    """Returns the values on [0, 1], in which a tie is one half."""
    lowest, highest = reward.traits.range or (0.0, 1.0)
    return [
        None if score.value is None else (score.value - lowest) / (highest - lowest)
        for score in scored(reward, samples)
    ]
