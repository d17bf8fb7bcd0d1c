"""Rewards made of rewards: `Weighted` adds up, `Gated` asks one first, `BaseAndBonus` multiplies, `Mapped` bends."""

from __future__ import annotations

import asyncio
import math
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TypeGuard

from rewards.answers import ask
from rewards.errors import SpecError
from rewards.mixing.mapped import Mapped
from rewards.mixing.members import (
    aask,
    ask_all,
    chosen,
    joint_disclaimers,
    joint_score,
    joint_traits,
    named,
    placed,
    preflight_all,
    settled_by,
)
from rewards.mixing.ramp import refuse_ramp
from rewards.preflight import NoSpread, preflight
from rewards.types import Reward, Sample, Score, Traits, version_of

__all__ = ["BaseAndBonus", "Gated", "Mapped", "Weighted", "checked_gate", "checked_share", "checked_weight"]

CODE = 1  # rises when the same scores of the members would make another value
THRESHOLD = 0.5  # of a gate's range, from which on it opens
PASSED = 0.05  # of the range: what passing the gate alone is worth, so that any painting beats any failure
SHARE = 0.4  # of the base's worth that a bonus decides about


def checked_weight(weight: object) -> float:
    """Returns a weight as a float if it is a finite number of at least 0."""
    refuse_ramp(weight)
    largest = sys.float_info.max
    if isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= largest:
        return float(weight)
    raise SpecError(
        f"A weight is a finite number of at least 0, not {weight!r}; "
        "for a penalty, write penalised(reward, penalty=reward, weight=0.5)."
    )


def checked_share(share: object) -> float:
    """Returns a share as a float if it is a number above 0 and at most 1."""
    refuse_ramp(share)
    if isinstance(share, int | float) and not isinstance(share, bool) and 0 < share <= 1:
        return float(share)
    raise SpecError(f"A bonus has a share above 0 and at most 1, not {share!r}; without any, leave it out.")


def checked_gate(threshold: object, bonus: object) -> tuple[float, float]:
    """Returns threshold and bonus of a gate as floats if they are in (0, 1] and in [0, 1)."""
    refuse_ramp(threshold)
    refuse_ramp(bonus)
    if not (_is_number(threshold) and 0 < threshold <= 1 and _is_number(bonus) and 0 <= bonus < 1):
        raise SpecError(
            "A gate has a threshold above 0 and at most 1, and a bonus of at least 0 and below 1, not "
            f"threshold={threshold!r} and bonus={bonus!r}."
        )
    return float(threshold), float(bonus)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Weighted:
    """The weighted sum of its members, each rescaled to [0, 1] by u = (r - lo) / (hi - lo).

    The value is the sum of w_k u_k, in the range [0, sum of weights]. If a member has no value, the mix has none,
    unless the weight of that member is 0. Weights are never renormalised. Components are the u of each member and the
    members' own components. Members that ask a judge are asked at the same time.

    Source: the usual linear mix, except that a missing term is never left out.

    Attributes:
        members: Weight and reward of each member, in order.
    """

    name = "weighted"

    def __init__(self, members: Sequence[tuple[float, Reward]]) -> None:
        self.members = tuple((checked_weight(weight), reward) for weight, reward in members)
        self._terms = named([reward for _, reward in self.members])
        weights = [weight for weight, _ in self.members]
        total = sum(weights)
        if not 0 < total < math.inf:
            raise SpecError(f"A mix with the weights {weights} scores nothing; give one a weight above 0.")
        acting = [(weight, reward) for weight, reward in self.members if weight]
        parts = [reward.traits for _, reward in acting]
        disclaims = joint_disclaimers(reward for _, reward in acting)
        if not all("16" in part.disclaims for part in parts):
            disclaims.pop("16", None)  # one member that takes many values keeps the sum alive
        self.needs = frozenset[str]().union(*(reward.needs for _, reward in self.members))
        own = Traits(
            range=(0.0, total),
            gate=all(part.gate for part in parts),
            floor=all(part.floor for part in parts),
            noise_floor=sum(weight * reward.traits.noise_floor for weight, reward in acting) / total,
            disclaims=disclaims,
        )
        self.traits = joint_traits(own, self._terms)

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that give every member, also one of weight 0, its lowest value."""
        return frozenset.intersection(*(settled_by(reward) for _, reward in self.members))

    @property
    def version(self) -> str:
        """Changes with the version of any member, also after this was made."""
        return version_of("Weighted", [CODE, *([weight, reward.version] for weight, reward in self.members)])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return self._mixed(samples, ask_all(self._terms, samples))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting the members side by side."""
        answers = await asyncio.gather(*(aask(term.reward, samples) for term in self._terms))
        return self._mixed(samples, answers)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of each member; raises `NoSpread` if none tells pictures apart."""
        terms = zip(self.members, self._terms, strict=True)
        preflight_all(self._terms, samples, idle=[term for (weight, _), term in terms if not weight])

    def _mixed(self, samples: Sequence[Sample], answers: Sequence[Sequence[Score]]) -> list[Score]:
        return [self._sum(scores) for _, *scores in zip(samples, *answers, strict=True)]

    def _sum(self, scores: Sequence[Score]) -> Score:
        value = 0.0
        for (weight, _), term, score in zip(self.members, self._terms, scores, strict=True):
            if score.value is not None:
                value += weight * term.unit(score.value)
            elif weight:
                return joint_score(None, [(term, score)])
        return joint_score(value, list(zip(self._terms, scores, strict=True)))


class Gated:
    """The inner reward if the gate reaches a threshold, else the lowest value.

    A sample that passes has the value lo + d (hi - lo) + (1 - d) (inner - lo), where d is the bonus. So it scores above
    every sample that fails, unless d is 0. The range is the inner reward's. Components are gate and inner on [0, 1],
    and their own components.

    The gate is asked first, so put the cheap reward there. The inner reward sees only the samples that passed, in one
    batch. An inner reward of scope `group` compares each sample with those of its group that passed. A gate of scope
    `group` is refused, because some samples of each group would fail it whatever they painted.

    Source: the format gates of TikZilla and SGP-RL, as a multiplier that keeps any range.

    Attributes:
        inner: The reward behind the gate.
        gate: The reward that is asked first.
        threshold: Share of the gate's range from which on it opens, above 0 and at most 1.
        bonus: Share of the inner reward's range that passing alone is worth, at least 0 and below 1.
    """

    name = "gated"

    def __init__(
        self, inner: Reward, *, gate: Reward, threshold: float = THRESHOLD, bonus: float = PASSED
    ) -> None:
        self.inner, self.gate = inner, gate
        self.threshold, self.bonus = checked_gate(threshold, bonus)
        self._gate, self._inner = terms = named([gate, inner])
        if gate.traits.scope == "group":
            raise SpecError(
                f"{gate.name!r} compares the samples of a group and can be no gate: some of every group would "
                "fail it whatever they painted; add it to the inner reward with a weight."
            )
        self.needs = gate.needs | inner.needs
        disclaims = joint_disclaimers([gate, inner])
        disclaims.setdefault("18", "a gate is a step")
        if "16" not in inner.traits.disclaims:
            disclaims.pop("16", None)  # two values of the gate do not keep the inner reward from many
        own = Traits(
            range=inner.traits.range,
            gate=gate.traits.gate,
            floor=gate.traits.floor or inner.traits.floor,
            noise_floor=self.bonus + (1 - self.bonus) * inner.traits.noise_floor,
            disclaims=disclaims,
        )
        self.traits = joint_traits(own, terms)

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that make the gate fail, so that the inner reward is not asked."""
        return settled_by(self.gate)

    @property
    def version(self) -> str:
        """Changes with the version of any member, also after this was made."""
        parts = [CODE, self.gate.version, self.inner.version, self.threshold, self.bonus]
        return version_of("Gated", parts)

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        gates = ask(self.gate, samples)
        passed = [self._opens(gate) for gate in gates]
        inner = ask(self.inner, chosen(samples, passed)) if any(passed) else []
        return self._joined(gates, placed(inner, passed))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting first the gate, then the inner reward."""
        gates = await aask(self.gate, samples)
        passed = [self._opens(gate) for gate in gates]
        inner = await aask(self.inner, chosen(samples, passed)) if any(passed) else []
        return self._joined(gates, placed(inner, passed))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of gate and inner reward; raises `NoSpread` if no sample passes the gate."""
        with suppress(NoSpread):  # that all pass is what a gate is for; that none does is looked for below
            preflight(self.gate, samples)
        preflight(self.inner, samples)
        if samples and not self._gate.dear and not any(map(self._opens, ask(self.gate, samples))):
            raise NoSpread(
                f"The gate {self.gate.name!r} lets none of {len(samples)} probes pass, so all score alike. Ways "
                "out: train the policy on examples first, take an easier gate, or weigh it in place of a gate."
            )

    def _opens(self, gate: Score) -> bool:
        return gate.value is not None and self._gate.unit(gate.value) >= self.threshold

    def _joined(self, gates: Sequence[Score], inner: Sequence[Score | None]) -> list[Score]:
        return [self._join(*told) for told in zip(gates, inner, strict=True)]

    def _join(self, gate: Score, inner: Score | None) -> Score:
        if gate.value is None:
            return joint_score(None, [(self._gate, gate)])
        told = [(self._gate, gate), (self._inner, inner)]
        if inner is None:
            return joint_score(self._inner.lowest, told)
        if inner.value is None:
            return joint_score(None, told[1:])
        unit = self.bonus + (1 - self.bonus) * self._inner.unit(inner.value)
        return joint_score(self._inner.lowest + unit * self._inner.span, told)


class BaseAndBonus:
    """A base, and a bonus that counts only with the base: E ((1 - share) + share C).

    E and C are base and bonus on [0, 1]. The range is [0, 1]: a base of 0 scores 0, a full base alone scores 1 - share,
    and no bonus lifts the value above the base. Components are both on [0, 1], and their own components.

    The base is asked first. The bonus is asked only about samples with a base above 0, in one batch. A bonus of scope
    `group` compares each sample with those of its group that have a base above 0.

    Source: FIRM, its composite of editing (E (w1 + w2 C) / (w1 + w2) with weights of 0.6 and 0.4).

    Attributes:
        base: The reward that is asked first.
        bonus: The reward that is asked if the base is above 0.
        share: Share of the value that the bonus decides, above 0 and at most 1.
    """

    name = "base_and_bonus"

    def __init__(self, base: Reward, bonus: Reward, *, share: float = SHARE) -> None:
        self.base, self.bonus, self.share = base, bonus, checked_share(share)
        self._base, self._bonus = terms = named([base, bonus])
        self.needs = base.needs | bonus.needs
        disclaims = joint_disclaimers([base, bonus])
        if not ("16" in base.traits.disclaims and "16" in bonus.traits.disclaims):
            disclaims.pop("16", None)
        disclaims.setdefault("18", f"both may move at once, by 1 + {self.share:g} times as much")
        own = Traits(
            range=(0.0, 1.0),
            gate=base.traits.gate,
            floor=base.traits.floor,
            noise_floor=self._value(base.traits.noise_floor, bonus.traits.noise_floor),
            disclaims=disclaims,
        )
        self.traits = joint_traits(own, terms)

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that give the base its lowest value, so that the bonus is not asked."""
        return settled_by(self.base)

    @property
    def version(self) -> str:
        """Changes with the version of any member, also after this was made."""
        return version_of("BaseAndBonus", [CODE, self.base.version, self.bonus.version, self.share])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        bases = ask(self.base, samples)
        there = [self._there(base) for base in bases]
        bonuses = ask(self.bonus, chosen(samples, there)) if any(there) else []
        return self._joined(bases, placed(bonuses, there))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting first the base, then the bonus."""
        bases = await aask(self.base, samples)
        there = [self._there(base) for base in bases]
        bonuses = await aask(self.bonus, chosen(samples, there)) if any(there) else []
        return self._joined(bases, placed(bonuses, there))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of both; raises `NoSpread` if neither tells pictures apart."""
        preflight_all([self._base, self._bonus], samples)

    def _there(self, base: Score) -> bool:
        return base.value is not None and self._base.unit(base.value) > 0

    def _value(self, base: float, bonus: float) -> float:
        return base * ((1 - self.share) + self.share * bonus)

    def _joined(self, bases: Sequence[Score], bonuses: Sequence[Score | None]) -> list[Score]:
        return [self._join(*told) for told in zip(bases, bonuses, strict=True)]

    def _join(self, base: Score, bonus: Score | None) -> Score:
        if base.value is None:
            return joint_score(None, [(self._base, base)])
        told = [(self._base, base), (self._bonus, bonus)]
        if bonus is None:
            return joint_score(0.0, told)
        if bonus.value is None:
            return joint_score(None, told[1:])
        return joint_score(self._value(self._base.unit(base.value), self._bonus.unit(bonus.value)), told)
