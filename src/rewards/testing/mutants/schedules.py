"""Mutants 70: small edits of a correct reward that moves over a training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rewards.mixing.forms import rebuilt
from rewards.mixing.mix import Weighted
from rewards.mixing.ramp import ramp_of
from rewards.mixing.schedule import Scheduled
from rewards.registry import make
from rewards.testing.law import mutant
from rewards.types import Reward, Sample, Score


def moving() -> Reward:
    """Makes a correct reward that moves."""
    return make("0.5*coverage + ramp(0.2, 0.8, steps=40, start=10)*coverage(low=0.3)")


def _moving(id: str, name: str, kind: type[Scheduled]) -> None:
    def made() -> Reward:
        right = moving()
        assert isinstance(right, Scheduled)
        return kind(right.form, right.compose)

    mutant(id, name, caught_by="58", of=moving)(made)


class _Still(Scheduled):
    def at(self, step: int) -> Reward:
        return super().at(0)


_moving("70a", "a ramp that ignores the step", _Still)


class _Nameless(Weighted):
    @property
    def version(self) -> str:
        return "the same at every step"


class _Unversioned(Scheduled):
    def at(self, step: int) -> Reward:
        reward = super().at(step)
        assert isinstance(reward, Weighted)
        return _Nameless(reward.members)


_moving("70b", "a version that leaves the step out", _Unversioned)


class _Counting(Scheduled):
    asked = 0

    def at(self, step: int) -> Reward:
        self.asked += 1
        return super().at(self.asked)


_moving("70c", "a ramp by a count of calls", _Counting)


class _Guessing(Scheduled):
    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        return self.at(0)(samples)

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        pass


_moving("70d", "without a step it acts as at step 0", _Guessing)


class _Endless(Scheduled):
    def at(self, step: int) -> Reward:
        def number(value: Any) -> Any:
            ramp = ramp_of(value)
            if ramp is None:
                return value
            return ramp.first + (ramp.last - ramp.first) * max(0, step - ramp.start) / ramp.steps

        return self.compose(rebuilt(self.form, dict, number))


_moving("70e", "a ramp that goes on after its end", _Endless)


class _Narrow(Scheduled):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.traits = self.at(0).traits


_moving("70f", "the range of the first step for all", _Narrow)
