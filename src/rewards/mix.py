"""Rewards made of rewards: `Weighted` adds up members, `Gated` asks one before the other."""

from __future__ import annotations

import asyncio
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from rewards.errors import SpecError
from rewards.types import Reward, Sample, Score, Traits, version_of

PASSED = 0.05  # of the range: what passing the gate alone is worth, so that any painting beats any failure


def checked_weight(weight: object) -> float:
    """Returns a weight as a float if it is a finite number of at least 0."""
    largest = sys.float_info.max
    if isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= largest:
        return float(weight)
    raise SpecError(
        f"A weight is a finite number of at least 0, not {weight!r}; "
        "for a penalty, weigh a reward that is high where there is little to punish."
    )


class Weighted:
    """The weighted sum of its members, each first brought to [0, 1] by u = (r - lo) / (hi - lo).

    Range [0, sum of weights]. A member without a value leaves the mix without one unless its weight is 0;
    no weight is ever renormalised. Components are the u of each member and the members' own components.

    Attributes:
        members: Weight and reward of each member, in order.
    """

    name = "weighted"

    def __init__(self, members: Sequence[tuple[float, Reward]]) -> None:
        self.members = tuple((checked_weight(weight), reward) for weight, reward in members)
        self._terms = _named_terms([reward for _, reward in self.members])
        weights = [weight for weight, _ in self.members]
        total = sum(weights)
        if not 0 < total < math.inf:
            raise SpecError(f"A mix with the weights {weights} scores nothing; give one a weight above 0.")
        acting = [(weight, reward) for weight, reward in self.members if weight]
        parts = [reward.traits for _, reward in acting]
        disclaims = _joined_disclaimers(reward for _, reward in acting)
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
        self.traits = _with_members(own, self._terms)
        self.version = version_of("Weighted", [[weight, reward.version] for weight, reward in self.members])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        return self._mixed(samples, [term.reward(samples) for term in self._terms])

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting those members that can be awaited side by side."""
        answers = await asyncio.gather(*(_asked(term.reward, samples) for term in self._terms))
        return self._mixed(samples, answers)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Lets each member raise what is misconfigured."""
        for term in self._terms:
            _preflight(term.reward, samples)

    def _mixed(self, samples: Sequence[Sample], answers: Sequence[Sequence[Score]]) -> list[Score]:
        return [self._sum(scores) for _, *scores in zip(samples, *answers, strict=True)]

    def _sum(self, scores: Sequence[Score]) -> Score:
        value = 0.0
        for (weight, _), term, score in zip(self.members, self._terms, scores, strict=True):
            if score.value is not None:
                value += weight * term.unit(score.value)
            elif weight:
                return _score(None, [(term, score)])
        return _score(value, list(zip(self._terms, scores, strict=True)))


class Gated:
    """The inner reward where the gate reaches the middle of its range, else the lowest value.

    A sample that passes has lo + d (hi - lo) + (1 - d) (inner - lo) with d = 0.05, so that it scores above
    every sample that fails. The inner reward sees the samples that passed, in one batch, and no others.
    The range is the inner reward's; components are gate and inner on [0, 1], and their own components.

    Attributes:
        inner: The reward behind the gate.
        gate: The reward that is asked first.
    """

    name = "gated"

    def __init__(self, inner: Reward, *, gate: Reward) -> None:
        self.inner, self.gate = inner, gate
        self._gate, self._inner = terms = _named_terms([gate, inner])
        self.needs = gate.needs | inner.needs
        disclaims = _joined_disclaimers([gate, inner])
        if "16" not in inner.traits.disclaims:
            disclaims.pop("16", None)  # two values of the gate do not keep the inner reward from many
        own = Traits(
            range=inner.traits.range,
            gate=gate.traits.gate,
            floor=gate.traits.floor or inner.traits.floor,
            noise_floor=PASSED + (1 - PASSED) * inner.traits.noise_floor,
            disclaims=disclaims,
        )
        self.traits = _with_members(own, terms)
        self.version = version_of("Gated", [gate.version, inner.version])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        gates = self.gate(samples)
        passed = self._passed(samples, gates)
        return self._joined(gates, self.inner(passed) if passed else [])

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting first the gate, then the inner reward."""
        gates = await _asked(self.gate, samples)
        passed = self._passed(samples, gates)
        return self._joined(gates, await _asked(self.inner, passed) if passed else [])

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Lets the gate and the inner reward raise what is misconfigured."""
        _preflight(self.gate, samples)
        _preflight(self.inner, samples)

    def _passed(self, samples: Sequence[Sample], gates: Sequence[Score]) -> list[Sample]:
        return [sample for sample, gate in zip(samples, gates, strict=True) if self._opens(gate)]

    def _opens(self, gate: Score) -> bool:
        return gate.value is not None and self._gate.unit(gate.value) >= 0.5

    def _joined(self, gates: Sequence[Score], answers: Sequence[Score]) -> list[Score]:
        opened = [index for index, gate in enumerate(gates) if self._opens(gate)]
        inner = dict(zip(opened, answers, strict=True))
        return [self._join(gate, inner.get(index)) for index, gate in enumerate(gates)]

    def _join(self, gate: Score, inner: Score | None) -> Score:
        if gate.value is None:
            return _score(None, [(self._gate, gate)])
        told = [(self._gate, gate), (self._inner, inner)]
        if inner is None:
            return _score(self._inner.lowest, told)
        if inner.value is None:
            return _score(None, told[1:])
        unit = PASSED + (1 - PASSED) * self._inner.unit(inner.value)
        return _score(self._inner.lowest + unit * self._inner.span, told)


@dataclass(frozen=True, slots=True)
class _Term:
    """A member of a composite: its reward, its key among the components, and its own scale."""

    reward: Reward
    key: str
    lowest: float
    span: float

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, *(f"{self.key}/{part}" for part in self.reward.traits.components))

    def unit(self, value: float) -> float:
        return (value - self.lowest) / self.span

    def components(self, score: Score | None) -> dict[str, float]:
        """Returns the same keys whatever was asked; what was not is 0."""
        if score is None or score.value is None:
            return dict.fromkeys(self.keys, 0.0)
        parts = (score.components.get(part, 0.0) for part in self.reward.traits.components)
        return dict(zip(self.keys, (self.unit(score.value), *parts), strict=True))

    def skipped(self, score: Score | None) -> tuple[str, ...]:
        if score is None or score.value is None:
            return self.keys
        return tuple(f"{self.key}/{part}" for part in score.skipped)


@dataclass(frozen=True, slots=True)
class _CallSum:
    """Adds up the members' judge calls; a reward with a `k` of its own keeps it."""

    members: tuple[tuple[Callable[[int, int], int], int | None], ...]

    def __call__(self, size: int, references: int) -> int:
        return sum(calls(size, references if k is None else k) for calls, k in self.members)


def _named_terms(rewards: Sequence[Reward]) -> list[_Term]:
    terms: list[_Term] = []
    for reward in rewards:
        if not isinstance(reward, Reward):
            raise SpecError(f"{reward!r} is no complete reward; pass it through rewards.make first.")
        scale = reward.traits.range
        if scale is None or not -math.inf < scale[0] < scale[1] < math.inf:
            raise SpecError(
                f"{reward.name!r} has the range {scale}, which cannot be brought to [0, 1]; "
                "give its traits a lowest and a highest value."
            )
        taken = {term.key for term in terms}
        names = chain([reward.name], (f"{reward.name}#{number}" for number in count(2)))
        key = next(name for name in names if name not in taken)
        terms.append(_Term(reward, key, lowest=scale[0], span=scale[1] - scale[0]))
    return terms


def _with_members(own: Traits, terms: Sequence[_Term]) -> Traits:
    """Fills in those traits that every composite takes from its members alike."""
    members = [term.reward.traits for term in terms]
    calls = tuple(
        (term.reward.traits.max_calls, getattr(term.reward, "k", None))
        for term in terms
        if term.reward.traits.max_calls is not None
    )
    return replace(
        own,
        scope="group" if any(member.scope == "group" for member in members) else "sample",
        kind="composite",
        deterministic=all(member.deterministic for member in members),
        continuous=all(member.continuous for member in members),
        size_free=all(member.size_free for member in members),
        symmetric=all(member.symmetric for member in members),
        monotone=frozenset.intersection(*(member.monotone for member in members)),
        max_calls=_CallSum(calls) if calls else None,
        tolerance=max(member.tolerance for member in members),
        components=tuple(key for term in terms for key in term.keys),
    )


def _joined_disclaimers(rewards: Iterable[Reward]) -> dict[str, str]:
    reasons: dict[str, list[str]] = {}
    for reward in rewards:
        for law, reason in reward.traits.disclaims.items():
            reasons.setdefault(law, []).append(f"{reward.name}: {reason}")
    return {law: "; ".join(told) for law, told in reasons.items()}


def _score(value: float | None, told: Sequence[tuple[_Term, Score | None]]) -> Score:
    asked = [(term, score) for term, score in told if score is not None]
    reason = "; ".join(f"{term.key}: {score.reason}" for term, score in asked if score.reason)
    if value is None:
        return Score(None, reason=reason)
    return Score(
        value,
        components={key: part for term, score in told for key, part in term.components(score).items()},
        reason=reason,
        references=tuple(dict.fromkeys(name for _, score in asked for name in score.references)),
        skipped=tuple(key for term, score in told for key in term.skipped(score)),
    )


async def _asked(reward: Reward, samples: Sequence[Sample]) -> list[Score]:
    ascore = getattr(reward, "ascore", None)
    return reward(samples) if ascore is None else list(await ascore(samples))


def _preflight(reward: Reward, samples: Sequence[Sample] | None) -> None:
    preflight = getattr(reward, "preflight", None)
    if preflight is not None:
        preflight(samples)
