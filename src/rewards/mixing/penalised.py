"""A reward minus a penalty: `Penalised`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from rewards.answers import ask
from rewards.mixing.members import (
    aask,
    chosen,
    joint_disclaimers,
    joint_score,
    joint_traits,
    named,
    placed,
    settled_by,
)
from rewards.mixing.mix import checked_weight
from rewards.preflight import NoSpread, preflight
from rewards.types import Reward, Sample, Score, Traits, version_of

CODE = 1  # rises when the same scores of the members would make another value
WEIGHT = 0.5  # of the range: what a full penalty takes


class Penalised:
    """The inner reward minus weight times penalty, clipped at the lowest value.

    The value is lo + (hi - lo) max(0, u - weight p), where [lo, hi] is the inner reward's range, and u and p are inner
    reward and penalty on [0, 1]. The penalty is a reward that is high if there is something to punish. Components are u
    and p, and their own components.

    The inner reward is asked first. The penalty is asked only about samples above the lowest value, in one batch,
    because the others cannot lose anything. A penalty of scope `group` compares these samples with each other. A
    penalty of weight 0 is asked and reported, takes nothing, and may lack a value.

    Source: the usual penalised objective, rescaled to any range.

    Attributes:
        inner: The reward that is lowered.
        penalty: The reward that lowers it.
        weight: Share of the inner reward's range that a full penalty takes, at least 0.
    """

    name = "penalised"

    def __init__(self, inner: Reward, *, penalty: Reward, weight: float = WEIGHT) -> None:
        self.inner, self.penalty, self.weight = inner, penalty, checked_weight(weight)
        self._inner, self._penalty = terms = named([inner, penalty])
        self.needs = inner.needs | penalty.needs
        acting = [inner, penalty] if self.weight else [inner]
        disclaims = joint_disclaimers(acting)
        if not all("16" in reward.traits.disclaims for reward in acting):
            disclaims.pop("16", None)  # one that takes many values keeps the difference alive
        if self.weight:
            disclaims.setdefault("18", f"both may move at once, by 1 + {self.weight:g} times as much")
        claims = inner.traits
        own = Traits(
            range=claims.range,
            gate=claims.gate,
            floor=claims.floor,
            noise_floor=claims.noise_floor,
            disclaims=disclaims,
        )
        taken = self.weight * self._inner.span / self._penalty.span
        self.traits = replace(
            joint_traits(own, terms),
            tolerance=claims.tolerance + taken * penalty.traits.tolerance,
            # What a damage takes from the penalty may be more than what it takes from the inner reward.
            monotone=frozenset() if self.weight else claims.monotone,
        )

    @property
    def settled_by(self) -> frozenset[str]:
        """Kinds of findings that give the inner reward, and so this one, its lowest value."""
        return settled_by(self.inner)

    @property
    def version(self) -> str:
        """Changes with the version of any member, also after this was made."""
        return version_of("Penalised", [CODE, self.inner.version, self.penalty.version, self.weight])

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Scores samples in order."""
        inner = ask(self.inner, samples)
        above = [self._above(score) for score in inner]
        penalties = ask(self.penalty, chosen(samples, above)) if any(above) else []
        return self._joined(inner, placed(penalties, above))

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Scores samples in order, awaiting first the inner reward, then the penalty."""
        inner = await aask(self.inner, samples)
        above = [self._above(score) for score in inner]
        penalties = await aask(self.penalty, chosen(samples, above)) if any(above) else []
        return self._joined(inner, placed(penalties, above))

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Checks the configuration of both; raises `NoSpread` if the inner reward tells no pictures apart."""
        with suppress(NoSpread):  # that there is nothing to punish is what one hopes for
            preflight(self.penalty, samples)
        preflight(self.inner, samples)

    def rule(self, components: Mapping[str, float]) -> float:
        """Computes the value from the components of a score."""
        unit = components[self._inner.key] - self.weight * components[self._penalty.key]
        return self._inner.lowest + max(0.0, unit) * self._inner.span

    def _above(self, inner: Score) -> bool:
        return inner.value is not None and self._inner.unit(inner.value) > 0

    def _joined(self, inner: Sequence[Score], penalties: Sequence[Score | None]) -> list[Score]:
        return [self._join(*told) for told in zip(inner, penalties, strict=True)]

    def _join(self, inner: Score, penalty: Score | None) -> Score:
        if inner.value is None:
            return joint_score(None, [(self._inner, inner)])
        told = [(self._inner, inner), (self._penalty, penalty)]
        if penalty is not None and penalty.value is None and self.weight:
            return joint_score(None, told[1:])
        whole = joint_score(self._inner.lowest, told)
        return replace(whole, value=self.rule(whole.components))
