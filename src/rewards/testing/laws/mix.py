"""Laws 36 to 39: what a reward that is made of rewards must keep, whatever its members say."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rewards.mixing.mix import BaseAndBonus, Gated, Mapped, Weighted
from rewards.mixing.penalised import Penalised
from rewards.testing.law import Broken, Subject, law
from rewards.types import Rendering, Reward, Sample, Score, Task, Traits, version_of

Values = Sequence[float | None]

ROUNDING = 1e-12
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
STEPPED = (Gated, BaseAndBonus, Penalised)  # ask one member first, and the other where that one lets them


class Told:
    """A member whose value stands in the prompt of the task, by its number; it remembers whom it was asked about.

    Attributes:
        asked: Ids of the tasks, in order.
    """

    needs = frozenset({"prompt", "task_id"})
    traits = Traits()

    def __init__(self, number: int) -> None:
        self.number, self.name = number, f"told-{number}"
        self.version = version_of("Told", number)
        self.asked: list[str] = []

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        self.asked += [sample.task.id for sample in samples]
        return [Score(json.loads(sample.task.prompt)[self.number]) for sample in samples]


def samples_that_tell(rows: Sequence[Values]) -> list[Sample]:
    """Returns samples that let each `Told` member say what the row of a sample holds for it."""
    rendering = Rendering("ok", evidence=frozenset({"source"}))
    return [
        Sample(Task(f"row-{i}", json.dumps(list(row))), "", "", rendering, "group")
        for i, row in enumerate(rows)
    ]


def members_of(reward: object) -> int:
    """Returns of how many members a composite of this package is made; 0 for anything else."""
    if isinstance(reward, Weighted):
        return len(reward.members)
    return 2 if isinstance(reward, STEPPED) else 1 if isinstance(reward, Mapped) else 0


def retold(reward: Any) -> tuple[Reward, list[Told]]:
    """Rebuilds a composite of `Told` members, in the order in which they are asked; all else stays as it is."""
    told = [Told(number) for number in range(members_of(reward))]
    kind = type(reward)
    if isinstance(reward, Weighted):
        return kind([(weight, one) for (weight, _), one in zip(reward.members, told, strict=True)]), told
    if isinstance(reward, Gated):
        return kind(told[1], gate=told[0], threshold=reward.threshold, bonus=reward.bonus), told
    if isinstance(reward, BaseAndBonus):
        return kind(told[0], told[1], share=reward.share), told
    if isinstance(reward, Penalised):
        return kind(told[0], penalty=told[1], weight=reward.weight), told
    return kind(told[0], reward.curve.function), told


def weights_of(reward: object) -> list[float]:
    """Returns the weight of each member; 1 where it has none."""
    if isinstance(reward, Weighted):
        return [weight for weight, _ in reward.members]
    if isinstance(reward, Penalised):
        return [1.0, reward.weight]
    return [1.0] * members_of(reward)


def _rows(subject: Subject, cells: SearchStrategy[float | None], most: int = 4) -> SearchStrategy[Any]:
    count = members_of(subject.reward)
    return st.lists(st.lists(cells, min_size=count, max_size=count), min_size=1, max_size=most)


def _units() -> SearchStrategy[float]:
    return st.integers(0, 100).map(lambda n: n / 100)


def _draws_linear(subject: Subject) -> Mapping[str, SearchStrategy[Any]]:
    count = members_of(subject.reward)
    weights = st.lists(st.integers(0, 300).map(lambda n: n / 100), min_size=count, max_size=count)
    return {
        "rows": _rows(subject, _units()),
        "weights": weights.filter(any),
        "factor": st.sampled_from([1.0, 0.5, 3.0]),
        "turn": st.integers(0, max(0, count - 1)),
    }


@law(
    "36 linear",
    "weights that are renormalised, or that another variable overwrites",
    draws=_draws_linear,
    applies=lambda subject: isinstance(subject.reward, Weighted),
)
def linear(
    subject: Subject, rows: Sequence[Values], weights: Sequence[float], factor: float, turn: int
) -> bool:
    """The value is the sum of weight times member; it scales and permutes with the weights."""
    kind: Any = type(subject.reward)
    scaled = [factor * weight for weight in weights]
    order = [*range(turn, len(weights)), *range(turn)]
    mixes = [
        (weights_of(subject.reward), retold(subject.reward)[0]),
        (scaled, kind([(weight, Told(i)) for i, weight in enumerate(scaled)])),
        (scaled, kind([(scaled[i], Told(i)) for i in order])),
    ]
    for given, mix in mixes:
        for row, score in zip(rows, mix(samples_that_tell(rows)), strict=True):
            want = math.fsum(weight * (unit or 0.0) for weight, unit in zip(given, row, strict=True))
            if score.value is None or abs(score.value - want) > 1e-9:
                raise Broken(
                    f"members of {list(row)} with the weights {given} give {score.value}, not {want:.9g}"
                )
    return len(weights) > 1 and any(any(row) for row in rows)


@law(
    "37 whole",
    "a member without a value counted as 0 or left out, or the other weights renormalised",
    draws=lambda subject: {
        "rows": _rows(subject, st.one_of(_units(), st.none())),
        "idle": st.integers(0, members_of(subject.reward)),
    },
    applies=lambda subject: members_of(subject.reward) > 0,
)
def whole(subject: Subject, rows: Sequence[Values], idle: int) -> bool:
    """If a member has no value, the mix has none, unless that member's weight is 0; nothing is renormalised."""
    mix, _ = retold(subject.reward)
    weights = weights_of(subject.reward)
    if isinstance(subject.reward, Weighted) and idle < len(weights) and sum(weights) > weights[idle]:
        kind: Any = type(subject.reward)
        weights = [0.0 if i == idle else weight for i, weight in enumerate(weights)]
        mix = kind([(weight, Told(i)) for i, weight in enumerate(weights)])
    met = False
    for row, score in zip(rows, mix(samples_that_tell(rows)), strict=True):
        lost = [unit is None and weight != 0 for unit, weight in zip(row, weights, strict=True)]
        if isinstance(subject.reward, STEPPED) and not _opens(subject.reward, row[0]):
            lost = lost[:1]  # the other is not asked
        met |= None in row
        if any(lost) != (score.value is None):
            why = f"members of {list(row)} with the weights {weights} give {score.value}"
            raise Broken(f"{why}; one is missing" if any(lost) else f"{why}; none that counts is missing")
        if isinstance(subject.reward, Weighted) and score.value is not None:
            want = math.fsum(weight * (unit or 0.0) for weight, unit in zip(weights, row, strict=True))
            if abs(score.value - want) > 1e-9:
                raise Broken(
                    f"members of {list(row)} with the weights {weights} give {score.value}, not {want:.9g}"
                )
    return met


@law(
    "38 gate",
    "a gate that is a term of a sum, or members that are asked before it",
    draws=lambda subject: {"rows": _rows(subject, st.sampled_from(LEVELS))},
    applies=lambda subject: isinstance(subject.reward, STEPPED),
)
def gate(subject: Subject, rows: Sequence[Values]) -> bool:
    """A sample that fails the gate has the lowest value, and the dearer member is not asked about it."""
    mix, (first, dearer) = retold(subject.reward)
    lowest, _ = _range(mix)
    samples = samples_that_tell(rows)
    scores = mix(samples)
    failed = [not _opens(subject.reward, row[0]) for row in rows]
    for row, score, fails in zip(rows, scores, failed, strict=True):
        if fails and score.value != lowest:
            raise Broken(f"a gate of {row[0]} gives {score.value}, not the lowest value {lowest}")
        if not fails and not (score.value is not None and score.value >= lowest):
            raise Broken(f"a gate of {row[0]} and {row[1]} behind it give {score.value}")
    if len(first.asked) != len(rows):
        raise Broken(f"the gate was asked {len(first.asked)} times about {len(rows)} samples")
    wanted = [sample.task.id for sample, fails in zip(samples, failed, strict=True) if not fails]
    if dearer.asked != wanted:
        raise Broken(f"the dearer member was asked about {dearer.asked}, where {wanted} had passed the gate")
    return any(failed)


@law(
    "39 monotone mix",
    "a term with the wrong sign, or a range that does not follow from the members",
    draws=lambda subject: {
        "row": _rows(subject, st.sampled_from(LEVELS), most=1).map(lambda rows: rows[0]),
        "raised": st.integers(0, members_of(subject.reward) - 1),
        "by": st.sampled_from(LEVELS[1:]),
    },
    applies=lambda subject: members_of(subject.reward) > 0,
)
def monotone_mix(subject: Subject, row: Sequence[float], raised: int, by: float) -> bool:
    """Raising a member never lowers the mix (raising a penalty never raises it), and the mix stays in its range."""
    mix, _ = retold(subject.reward)
    better = [min(1.0, unit + by) if i == raised else unit for i, unit in enumerate(row)]
    before, after = (score.value for score in mix(samples_that_tell([row, better])))
    lowest, highest = _range(mix)
    for value, members in ((before, row), (after, better)):
        if value is None or not lowest - ROUNDING <= value <= highest + ROUNDING:
            raise Broken(f"members of {list(members)} give {value}, outside of [{lowest}, {highest}]")
    sign = -1 if raised and isinstance(subject.reward, Penalised) else 1
    if before is not None and after is not None and sign * (after - before) < -ROUNDING:
        way = "lowered" if sign > 0 else "raised"
        raise Broken(f"raising {list(row)} to {better} {way} the mix from {before:.9g} to {after:.9g}")
    return better[raised] > row[raised]


def _opens(reward: Reward, first: float | None) -> bool:
    """Tells whether the member that is asked first lets the other be asked; Told members are on [0, 1]."""
    return first is not None and (first >= reward.threshold if isinstance(reward, Gated) else first > 0)


def _range(reward: Reward) -> tuple[float, float]:
    return reward.traits.range or (-math.inf, math.inf)
