"""A mix whose numbers move over a training: `Scheduled`, which has a reward for each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NoReturn

from rewards.errors import SpecError
from rewards.mixing.forms import at_step, ramps_of
from rewards.mixing.ramp import checked_step
from rewards.types import Reward, Sample, Score, Traits, version_of

CODE = 1  # rises when the same ramps would make other rewards of a step


class Scheduled:
    """A mix with ramps in place of some numbers; `at(step)` is the reward of a training step.

    The reward of a step is an ordinary mix, with the numbers of that step in place of the ramps. Its version depends on
    these numbers. It knows nothing of steps. Members are made once, for all steps.

    Calling a `Scheduled` raises an error, because it does not know the step. Its traits hold at every step.

    Args:
        form: Normal form of the mix, with ramps; its leaves are reward objects.
        compose: Makes a reward of such a form without ramps.

    Attributes:
        form: Normal form of the mix.
        compose: Makes a reward of such a form without ramps.
        ramps: All ramps of the form.
        bends: Steps, in rising order, between which every ramp is a straight line; nothing changes after the last.
    """

    def __init__(self, form: Mapping[str, Any], compose: Callable[[Mapping[str, Any]], Reward]) -> None:
        self.form, self.compose = form, compose
        self.ramps = tuple(ramps_of(form))
        self.bends = tuple(
            sorted({0, *(step for ramp in self.ramps for step in (ramp.start, ramp.start + ramp.steps))})
        )
        between = [(one + other) // 2 for one, other in pairwise(self.bends)]
        made = [self._made(step) for step in sorted({*self.bends, *between})]
        self.name = made[0].name
        self.needs = frozenset[str]().union(*(reward.needs for reward in made))
        self.traits = _covering([reward.traits for reward in made])
        self.settled_by = frozenset.intersection(
            *(frozenset(getattr(reward, "settled_by", ())) for reward in made)
        )

    @property
    def version(self) -> str:
        """Changes with any ramp and the version of any member; `at(step).version` is the version of a step."""
        return version_of("Scheduled", [CODE, self.form])

    def at(self, step: int) -> Reward:
        """Returns the reward of a training step, counted from 0.

        Raises:
            SpecError: The step is not a whole number of at least 0.
        """
        return self.compose(at_step(self.form, checked_step(step)))

    def __call__(self, samples: Sequence[Sample], /) -> list[Score]:
        """Raises `SpecError`: no step was told."""
        self.refuse()

    async def ascore(self, samples: Sequence[Sample]) -> list[Score]:
        """Raises `SpecError`: no step was given."""
        self.refuse()

    def preflight(self, samples: Sequence[Sample] | None = None) -> None:
        """Raises `SpecError`: no step was given."""
        self.refuse()

    def refuse(self, way_out: str = "") -> NoReturn:
        """Raises `SpecError`, which says that no step was given and how to give one.

        Args:
            way_out: How the caller can give a step; by default, to take `reward.at(step)`.
        """
        ramps = ", ".join(dict.fromkeys(map(str, self.ramps)))
        way_out = (
            way_out
            or "take the reward of a step, reward.at(step), or write its numbers in place of the ramps"
        )
        raise SpecError(
            f"The reward {self.name!r} moves over the steps of a training, by {ramps}, and was told no step: {way_out}."
        )

    def _made(self, step: int) -> Reward:
        try:
            return self.at(step)
        except SpecError as error:
            raise SpecError(f"At step {step}: {error}") from error


def stepped(reward: Reward, step: int | None, way_out: str = "") -> Reward:
    """Returns the reward of a step; one that does not move is the same at every step, also where none is told.

    Args:
        reward: Any.
        step: Of the training; None where none is told.
        way_out: How to tell one, for the error.

    Raises:
        SpecError: The reward moves and no step is told, or it is no whole number of at least 0.
    """
    if step is not None:
        checked_step(step)
    if not isinstance(reward, Scheduled):
        return reward
    return reward.refuse(way_out) if step is None else reward.at(step)


def _covering(claims: Sequence[Traits]) -> Traits:
    """Returns what holds of the rewards of all steps."""
    ranges = [claim.range for claim in claims if claim.range is not None]
    return replace(
        claims[0],
        range=(min(low for low, _ in ranges), max(high for _, high in ranges)),
        gate=all(claim.gate for claim in claims),
        floor=all(claim.floor for claim in claims),
        noise_floor=max(claim.noise_floor for claim in claims),
        continuous=all(claim.continuous for claim in claims),
        monotone=frozenset.intersection(*(claim.monotone for claim in claims)),
        tolerance=max(claim.tolerance for claim in claims),
        disclaims={law: reason for claim in claims for law, reason in claim.disclaims.items()},
    )
