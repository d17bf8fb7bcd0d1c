"""Mutants 40 to 42, 58 to 61, 68 and 69: small edits of correct mixes and normalisers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rewards import groups
from rewards.groups import grpo
from rewards.mixing.members import joint_score
from rewards.mixing.mix import Gated, Weighted
from rewards.mixing.penalised import Penalised
from rewards.painted.coverage import Coverage
from rewards.painted.renders import Renders
from rewards.testing.cases.group_batches import Advantages, Kind
from rewards.testing.law import mutant
from rewards.testing.laws.groups import check_normaliser
from rewards.types import Reward, Sample, Score

# -- mixes -----------------------------------------------------------------------------------------------------


def _members() -> list[tuple[float, Reward]]:
    return [(0.3, Renders()), (0.7, Coverage())]


def mix() -> Reward:
    """Makes a correct weighted mix."""
    return Weighted(_members())


def gate() -> Reward:
    """Makes a correct gated reward."""
    return Gated(Coverage(), gate=Renders())


def _mixed(id: str, name: str, caught_by: str, of: Callable[[], Reward], kind: type[Any]) -> None:
    make = (lambda: kind(_members())) if of is mix else lambda: kind(Coverage(), gate=Renders())
    mutant(id, name, caught_by=caught_by, of=of)(make)


class _Dropped(Weighted):
    def _sum(self, scores: Sequence[Score]) -> Score:
        return super()._sum([Score(0.0) if score.value is None else score for score in scores])


_mixed("40a", "failed member dropped", "37", mix, _Dropped)


class _Renormalised(Weighted):
    def _sum(self, scores: Sequence[Score]) -> Score:
        whole = zip(self.members, scores, strict=True)
        there = [(weight, score.value) for (weight, _), score in whole if score.value is not None]
        total = sum(weight for weight, _ in there)
        value = sum(weight * unit for weight, unit in there) / total if total else None
        return joint_score(value, list(zip(self._terms, scores, strict=True)))


_mixed("40b", "weights renormalised", "36 37", mix, _Renormalised)


class _Shadowed(Weighted):
    def _sum(self, scores: Sequence[Score]) -> Score:
        right = super()._sum(scores)
        if right.value is None:
            return right
        value = 0.0
        for weight, _ in self.members:
            for score in scores:
                value += weight * (score.value or 0.0)
                weight = score.value or 0.0
        return replace(right, value=value)


_mixed("40c", "loop variable shadows a weight", "36", mix, _Shadowed)


class _Beside(Weighted):
    def _sum(self, scores: Sequence[Score]) -> Score:
        score = super()._sum(scores)
        return score if score.value is None else replace(score, value=0.99 * score.value)


_mixed("58", "a factor beside the components", "13", mix, _Beside)


class _Against(Weighted):
    def _sum(self, scores: Sequence[Score]) -> Score:
        first, *others = scores
        turned = first if first.value is None else replace(first, value=1 - first.value)
        return super()._sum([turned, *others])


_mixed("59", "a term with the wrong sign", "39", mix, _Against)


class _SoftGate(Gated):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        told = zip(super().__call__(samples), self.gate(samples), self.inner(samples), strict=True)
        return [
            replace(right, value=0.1 * first.value + 0.9 * second.value)
            if right.value is not None and first.value is not None and second.value is not None
            else right
            for right, first, second in told
        ]


_mixed("41a", "gate as a weighted term", "38", gate, _SoftGate)


class _AskingAll(Gated):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        self.inner(samples)
        return super().__call__(samples)


_mixed("41b", "inner reward asked after a failed gate", "38", gate, _AskingAll)


class _OpensHalfway(Gated):
    def _opens(self, gate: Score) -> bool:
        return gate.value is not None and gate.value >= 0.5


def strict_gate() -> Reward:
    """Makes a correct gated reward whose gate opens above the middle."""
    return Gated(Coverage(), gate=Coverage(low=0.3), threshold=0.7, bonus=0.0)


@mutant("68", "a gate that opens at half its range, whatever its threshold", caught_by="38", of=strict_gate)
def halfway_gate() -> Reward:
    """Makes one that ignores its threshold."""
    return _OpensHalfway(Coverage(), gate=Coverage(low=0.3), threshold=0.7, bonus=0.0)


def penalised() -> Reward:
    """Makes a correct reward with a penalty."""
    return Penalised(Coverage(), penalty=Coverage(low=0.3))


def _penalised(id: str, name: str, caught_by: str, kind: type[Any]) -> None:
    mutant(id, name, caught_by=caught_by, of=penalised)(lambda: kind(Coverage(), penalty=Coverage(low=0.3)))


class _Summed(Penalised):
    def _difference(self, components: Mapping[str, float], sign: int) -> float:
        return components[self._inner.key] + sign * self.weight * components[self._penalty.key]


class _Rewarded(_Summed):
    def rule(self, components: Mapping[str, float]) -> float:
        return min(1.0, self._difference(components, sign=1))


_penalised("69a", "a penalty that is added", "39", _Rewarded)


class _Unclipped(_Summed):
    def rule(self, components: Mapping[str, float]) -> float:
        return self._difference(components, sign=-1)


_penalised("69b", "a penalty that is not clipped at the lowest value", "38 39", _Unclipped)


class _Forgiven(Penalised):
    def _join(self, inner: Score, penalty: Score | None) -> Score:
        lost = penalty is not None and penalty.value is None
        return super()._join(inner, None if lost else penalty)


_penalised("69c", "a penalty without a value forgiven", "37", _Forgiven)


class _Later(Penalised):
    def _join(self, inner: Score, penalty: Score | None) -> Score:
        score = super()._join(inner, penalty)
        return score if score.value is None else replace(score, value=0.99 * score.value)


_penalised("69d", "a factor beside the rule of a penalty", "13", _Later)


class _Asked(Penalised):
    def _above(self, inner: Score) -> bool:
        return inner.value is not None


_penalised("69e", "a penalty asked where there is nothing to take", "38", _Asked)


# -- normalisers -----------------------------------------------------------------------------------------------

Change = Callable[[Sequence[float | None]], Any]


def _each_group(values: Sequence[float | None], keys: Sequence[str], change: Change) -> Advantages:
    """Changes the values of each group; the sample's own value decides its mask."""
    for value in values:
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{value} is a bug of the reward")
    mask = np.array([value is not None for value in values], bool)
    advantage = np.zeros(len(values))
    for key in set(keys):
        places = [i for i, other in enumerate(keys) if other == key and mask[i]]
        if places:
            advantage[places] = change([values[i] for i in places])
    return advantage, mask


def _normaliser(id: str, name: str, caught_by: str, kind: Kind = "grpo") -> Callable[[Any], Any]:
    checked = partial(check_normaliser, kind=kind)
    return mutant(id, name, caught_by=caught_by, of=getattr(groups, kind), check=checked)


@_normaliser("42a", "None as 0 in the mean", "42")
def none_as_zero(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Counts what failed as 0."""
    advantage, _ = grpo([0.0 if value is None else value for value in values], groups)
    mask = np.array([value is not None for value in values])
    return np.where(mask, advantage, 0.0), mask


@_normaliser("42b", "NaN at no spread", "40")
def nan_at_no_spread(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Divides by the standard deviation whatever it is."""

    def change(told: Any) -> NDArray[np.float64]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return (np.array(told) - np.mean(told)) / np.std(told, ddof=0)  # type: ignore[no-any-return]

    return _each_group(values, groups, change)


@_normaliser("42c", "raw score at size 1", "42")
def raw_alone(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Passes the score of a member that is alone through."""
    return _each_group(values, groups, lambda told: told if len(told) == 1 else grpo(told)[0])


@_normaliser("42d", "a tiny epsilon and no rule for rounding", "40")
def tiny_epsilon(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Makes full-sized advantages of rounding."""

    def change(told: Any) -> NDArray[np.float64]:
        spread = np.std(told, ddof=1) if len(told) > 1 else 0.0
        return (np.array(told) - np.mean(told)) / (spread + 1e-20)  # type: ignore[no-any-return]

    return _each_group(values, groups, change)


@_normaliser("42e", "clipped", "40")
def clipped(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Clips advantages at 1."""
    advantage, mask = grpo(values, groups)
    return np.clip(advantage, -1.0, 1.0), mask


@_normaliser("42f", "absolute value", "40 43")
def folded(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Forgets the sign."""
    advantage, mask = grpo(values, groups)
    return np.abs(advantage), mask


@_normaliser("60", "the standard deviation of a population", "41")
def population(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Divides by m where m - 1 is claimed."""
    return grpo(values, groups, ddof=0)


@_normaliser("61", "one mean and deviation for all groups", "44")
def whole_batch(values: Sequence[float | None], groups: Sequence[str]) -> Advantages:
    """Takes the batch for a group."""
    return grpo(values)
